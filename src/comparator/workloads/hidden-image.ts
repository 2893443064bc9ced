import { isImageId } from '../../inventory/image-id.ts';
import { parameterNameIn } from '../../inventory/parameter.ts';
import { isTwoAccountsOfOneRegion } from '../../report/places.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { foreignIds } from './ids-of-region.ts';
import { workloadsOf } from './workloads.ts';

/**
 * Why a reference gives no image that the account of its side can launch. EC2 returns nothing for an id that the account
 * cannot see: whether it was deregistered, is of another region, or belongs to an account that does not share it is not known.
 */
export type NoImage =
  /** The account of the other side of the same region sees the image. */
  | { readonly is: 'not-shared'; readonly id: string; readonly owner: string }
  | { readonly is: 'of-other-region'; readonly id: string; readonly region: string }
  | { readonly is: 'not-shown'; readonly id: string }
  /** What is written, or what the parameter contains, is not the id of an image. */
  | { readonly is: 'no-id' }
  | { readonly is: 'no-parameter' };

/** @param text "ami-…" or "resolve:ssm:…", a reference of the side that gives no image. */
export function noImageBehind(text: string, side: SideName, context: Context): NoImage {
  const parameter = parameterNameIn(text);
  const known = parameter === null ? null : workloadsOf(context).index[side].parameter(parameter);
  if (known?.value === null) return { is: 'no-parameter' };
  const id = known?.value ?? text;
  if (!isImageId(id)) return { is: 'no-id' };
  const owner = ownerOfHiddenImage(id, side, context);
  if (owner !== null) return { is: 'not-shared', id, owner };
  if (side === 'target' && foreignIds(context.target, context.source).images.has(id))
    return { is: 'of-other-region', id, region: context.source.region };
  return { is: 'not-shown', id };
}

/**
 * Within one region an id means the same image to every account. One that the account of a side does not see, but that of
 * the other side does, exists: its owner ("account 111122223333"). Null where nothing shows that it exists.
 */
function ownerOfHiddenImage(id: string, side: SideName, context: Context): string | null {
  if (!isTwoAccountsOfOneRegion(context.source, context.target)) return null;
  const other = side === 'target' ? 'source' : 'target';
  const seen = workloadsOf(context).index[other].imageById(id);
  switch (seen.is) {
    case 'image':
      return `account ${seen.item.ownerId ?? context[other].account}`;
    case 'other-image':
      return (
        seen.item.ownerAlias ?? (seen.item.ownerId === null ? 'its owner' : `account ${seen.item.ownerId}`)
      );
    default:
      return null;
  }
}

/** What is known of an image that EC2 does not return to the account. */
export const NOT_SHOWN = 'it is deregistered, of another region, or not shared with the account';

/** Why a launch cannot use an image that the account of the side does not see. */
export function absence(text: string, side: SideName, context: Context): string {
  const place = context.places[side];
  const none = noImageBehind(text, side, context);
  switch (none.is) {
    case 'not-shared':
      return `of ${none.owner}, may not be launched by account ${context[side].account}`;
    case 'of-other-region':
      return `${named(none.id, text)}is an id of ${none.region}, which ${place} does not have`;
    case 'not-shown':
      return `${named(none.id, text)}is not returned by EC2 in ${place}: ${NOT_SHOWN}`;
    case 'no-id':
      return parameterNameIn(text) === null
        ? 'is not the id of an image'
        : 'its value is not the id of an image';
    case 'no-parameter':
      return `no such parameter in ${place}`;
  }
}

/** The id that a parameter gives; an id that is written is named already. */
function named(id: string, text: string): string {
  return id === text ? '' : `${id} `;
}

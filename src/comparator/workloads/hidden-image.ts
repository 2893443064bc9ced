import { isTwoAccountsOfOneRegion } from '../../report/places.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { workloadsOf } from './workloads.ts';

/**
 * Within one region an id means the same image to every account. One that the account of a side does not see, but that of
 * the other side does, exists: its owner ("account 111122223333"). Null where nothing shows that it exists.
 */
export function ownerOfHiddenImage(id: string, side: SideName, context: Context): string | null {
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

/** Why a launch cannot use an image that the account of the side does not see. */
export function absence(id: string, side: SideName, context: Context): string {
  const owner = ownerOfHiddenImage(id, side, context);
  const place = context.places[side];
  return owner === null
    ? `does not exist in ${place}`
    : `of ${owner}, may not be launched by account ${context[side].account}`;
}

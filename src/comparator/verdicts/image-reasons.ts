import type { Image } from '../../inventory/image.ts';
import type { OtherImage } from '../../inventory/other-image.ts';
import { resolveParameter } from '../../inventory/parameter.ts';
import type { Chain } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { isCopyOf } from '../pairing/image-lineage.ts';
import type { Found, Reference } from '../workloads/reference.ts';
import { workloadsOf } from '../workloads/workloads.ts';
import type { Judgements } from './judgements.ts';
import { type MakeChain, pairReasons } from './pair-reasons.ts';

/** An image that is pending, failed or disabled cannot be launched by any account. */
export function stateReasons(
  { state }: Pick<OtherImage, 'state'>,
  region: string,
  chain: MakeChain,
): Chain[] {
  return state === null || state === 'available' ? [] : chain('blocked', `it is ${state} in ${region}`);
}

/** Of an image of another account that something on the target launches: how it compares, where it is a counterpart. */
export function sharedImageReasons(
  reference: Reference,
  judgements: Judgements,
  context: Context,
  chain: MakeChain,
): Chain[] {
  const { found } = reference;
  if (found.is !== 'other-image') return [];
  const { details } = found.item;
  if (details === null || judgements.of(details) === null)
    return stateReasons(found.item, context.places.target, chain);
  const asImage: Reference = { ...reference, found: { is: 'image', item: details } };
  return pairReasons(asImage, 'target', judgements, context, null, chain);
}

/**
 * A parameter of one name gives a different image in each region. Parameters of AWS are meant to differ; of others the
 * image of the target has to be the counterpart of the source's, or what launches through it is something else.
 */
export function otherContentReasons(
  reference: Reference,
  judgements: Judgements,
  context: Context,
  chain: MakeChain,
): Chain[] {
  const { parameter, found } = reference;
  if (parameter === null || isPublished(parameter)) return [];
  const over = workloadsOf(context).index.target.image(resolveParameter(parameter)).found;
  if (over.is !== 'image' && over.is !== 'other-image') return [];
  const place = context.places.target;
  const state = stateReasons(over.item, place, chain);
  if (state.length > 0) return state;
  if (found.is !== 'image' && found.is !== 'other-image') return [];
  if (context.source.region === context.target.region && found.item.id === over.item.id) return [];
  const there = imageOf(over);
  if (found.is === 'image') {
    const judged = judgements.of(found.item);
    if (judged && there && judged.counterpart.target === there)
      return pairReasons(reference, 'source', judgements, context, null, chain);
    if (there && isCopyOf(there, { image: found.item, region: context.source.region })) return [];
    if (judged?.counterpart.pairingStatus === 'unread')
      return chain('unknown', `whether ${name(over)}, which it gives in ${place}, is its copy is not known`);
  } else {
    const original = found.item.details;
    if (there && original && isCopyOf(there, { image: original, region: context.source.region })) return [];
    if (isOneRelease(found.item, over)) return [];
  }
  return chain(
    'degraded',
    `in ${place} it gives ${name(over)}, and nothing shows that this is a copy of ${name(found)}`,
  );
}

/** Of AWS, which publishes one release of an image under the same name in each region; or of a vendor, likewise. */
function isOneRelease(ours: OtherImage, over: Found): boolean {
  if (over.is !== 'other-image') return false;
  const { ownerId, ownerAlias, name: called } = over.item;
  // What was not read of them cannot show that they differ.
  if (ours.name === null || called === null) return true;
  const owner =
    ours.ownerId !== null && ownerId !== null ? ours.ownerId === ownerId : ours.ownerAlias === ownerAlias;
  return owner && ours.name === called;
}

function isPublished(parameter: string): boolean {
  return /^(arn:[^:]*:ssm:[^:]*:[^:]*:parameter)?\/aws\/service\//.test(parameter);
}

function imageOf(found: Found): Image | null {
  if (found.is === 'image') return found.item;
  return found.is === 'other-image' ? found.item.details : null;
}

function name(found: Found): string {
  if (found.is !== 'image' && found.is !== 'other-image') return 'an image';
  const { name: called, id } = found.item;
  return called === null ? `image ${id}` : `image "${called}" (${id})`;
}

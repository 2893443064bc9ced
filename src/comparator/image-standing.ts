import type { Image } from '../inventory/image.ts';
import type { Context } from './context.ts';
import type { Counterpart } from './counterpart.ts';
import { copiedFrom, describedAsCopyOf, placeKey } from './image-lineage.ts';

/** What a paired image is to its source, with what shows it. */
export type Standing =
  /** AWS's record, an ancestor or the description link the two, or nothing speaks against the name. */
  | { is: 'copy' | 'namesake' }
  /** It is a copy of an earlier image of this name: the source has been rebuilt since. */
  | { is: 'copy-of-former'; former: string; by: string; strength: 'strong' | 'weak' }
  /** Proven to be no copy of this source. */
  | { is: 'no-copy'; because: string };

const sourceKeys = new WeakMap<Context, ReadonlySet<string>>();

/** Whether the source was read and has that image. Asked per image: worked out once. */
export function sourceHas(id: string, context: Context): boolean {
  const known =
    sourceKeys.get(context) ??
    new Set(
      context.counterparts.image.flatMap((c) =>
        c.source ? placeKey(context.source.region, c.source.id) : [],
      ),
    );
  sourceKeys.set(context, known);
  return known.has(placeKey(context.source.region, id));
}

/** Weighs what the target's record says of its origin against the source it is paired with. */
export function standingOf(
  pair: Counterpart<Image>,
  source: Image,
  target: Image,
  context: Context,
): Standing {
  if (pair.matchedBy !== 'name') return { is: 'copy' };
  const [here, there] = [context.source.region, context.target.region];
  const recorded = copiedFrom(target);
  const described = target.sourceImageId === null ? describedAsCopyOf(target) : null;
  const origin = recorded ?? described;
  const by = recorded
    ? "AWS's record of the copy (SourceImageId)"
    : 'the description that the copy was given';
  if (origin && origin.region === here && !sourceHas(origin.id, context))
    // AWS wrote the record; the description anybody can edit.
    return { is: 'copy-of-former', former: origin.id, by, strength: recorded ? 'strong' : 'weak' };
  if (origin && (origin.region !== null || sourceHas(origin.id, context))) {
    return {
      is: 'no-copy',
      because: `by ${by} it comes from ${origin.id}${origin.region ? ` in ${origin.region}` : ''}`,
    };
  }
  if (target.sourceInstanceId)
    return { is: 'no-copy', because: `it was made from the instance ${target.sourceInstanceId} in ${there}` };
  if (source.createdAt && target.createdAt && target.createdAt < source.createdAt) {
    return {
      is: 'no-copy',
      because: `it was made on ${target.createdAt}, before the source's image (${source.createdAt})`,
    };
  }
  return { is: 'namesake' };
}

import { itemsOf } from '../../inventory/collected.ts';
import type { Image } from '../../inventory/image.ts';
import type { MatchStrength } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import {
  copiedFrom,
  describedAsCopyOf,
  placeKey,
  snapshotsCopiedFrom,
  vendorOf,
} from '../pairing/image-lineage.ts';
import { perAudit } from '../per-audit.ts';
import { mayDescend } from './unread.ts';

/** What an image of the target is to the source image whose name it has, with the evidence. */
export type Provenance =
  /** AWS's record, an ancestor or a description link the two, or nothing that was read contradicts the name. */
  | { is: 'copy' | 'namesake' }
  /** It is a copy of an earlier image of this name: the source has been rebuilt since. */
  | { is: 'copy-of-former'; former: string; by: string; strength: MatchStrength }
  /** It is no copy of this source. */
  | { is: 'no-copy'; because: string; strength: MatchStrength };

const sourceKeys = perAudit(
  ({ source, counterparts }): ReadonlySet<string> =>
    new Set([
      ...counterparts.image.flatMap((c) => (c.source ? placeKey(source.region, c.source.id) : [])),
      // Images of other owners that something over here refers to.
      ...itemsOf(source.otherImages).flatMap((i) => (i.exists ? placeKey(source.region, i.id) : [])),
    ]),
);

/** Whether the source was read and has that image. */
export function sourceHas(id: string, context: Context): boolean {
  return sourceKeys(context).has(placeKey(context.source.region, id));
}

/** Weighs what the target's record says of its origin against the source it is paired with. */
export function provenanceOf(
  pair: Counterpart<Image>,
  source: Image,
  target: Image,
  context: Context,
): Provenance {
  return pair.matchedBy === 'name' ? namesakeProvenance(source, target, context) : { is: 'copy' };
}

/** What is known of an image of the target that has nothing but its name in common with the source. */
export function namesakeProvenance(source: Image, target: Image, context: Context): Provenance {
  const here = context.source.region;
  const origin = originOf(target);
  if (origin && mayDescend(source, target, context)) return { is: 'namesake' };
  if (origin && origin.region === here && !sourceHas(origin.id, context) && vendorOf(target) === null) {
    const { id: former, by, strength } = origin;
    return { is: 'copy-of-former', former, by, strength };
  }
  // An old record without a region may mean a region that was not listed; a snapshot never names one.
  if (origin && (origin.region !== null || origin.strength === 'medium' || sourceHas(origin.id, context))) {
    const from = `${origin.id}${origin.region ? ` in ${origin.region}` : ''}`;
    return { is: 'no-copy', because: `by ${origin.by} it comes from ${from}`, strength: origin.strength };
  }
  const proven = (because: string): Provenance => ({ is: 'no-copy', because, strength: 'strong' });
  if (target.sourceInstanceId)
    return proven(`it was created from the instance ${target.sourceInstanceId} in ${context.places.target}`);
  if (source.createdAt && target.createdAt && target.createdAt < source.createdAt)
    return proven(`it was created on ${target.createdAt}, before the source image (${source.createdAt})`);
  return { is: 'namesake' };
}

interface Origin {
  readonly id: string;
  readonly region: string | null;
  readonly by: string;
  readonly strength: MatchStrength;
}

/** AWS wrote the record; it also writes the description of a snapshot, without a region; the description of the image itself can be edited by its owner. */
function originOf(target: Image): Origin | null {
  const recorded = copiedFrom(target);
  if (recorded) return { ...recorded, by: "AWS's record of the copy (SourceImageId)", strength: 'strong' };
  if (target.sourceImageId !== null) return null;
  const written = snapshotsCopiedFrom(target);
  const described = describedAsCopyOf(target);
  if (written && (described === null || described.id === written))
    return {
      id: written,
      region: described?.region ?? null,
      by: 'the description of its snapshots',
      strength: 'medium',
    };
  return described && { ...described, by: 'the description that the copy was given', strength: 'weak' };
}

/** Why an image that is looked for may be there and yet not be listed; null where nothing is known to hide any. */
export function hiddenBy({ source, places }: Context): string | null {
  return source.imageSettings.allowedImages === 'enabled'
    ? `Allowed AMIs is enabled in ${places.source}, which hides images of other accounts: the image may exist and not be returned`
    : null;
}

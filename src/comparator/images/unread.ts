import type { Image } from '../../inventory/image.ts';
import type { DetailGap } from '../../inventory/snapshot.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { lineOf, type Placed, placeKey, shapeOf } from '../pairing/image-lineage.ts';
import { perAudit } from '../per-audit.ts';

type Explains = NonNullable<DetailGap['explains']>;

/**
 * Whether what was left unread of one side's images could change an answer: an image is there that it could have paired,
 * and on the other side one that it could be paired with. Else the gap is no more than a note.
 */
export function couldMatter(explains: Explains, side: SideName, context: Context): boolean {
  const pairs = context.counterparts.image;
  const unknown = pairs.flatMap((pair) => {
    const image = pair[side];
    return image && COULD_TELL[explains](image, pair, side, context) ? [{ image, pair }] : [];
  });
  if (unknown.length === 0) return false;
  const other = side === 'source' ? 'target' : 'source';
  const alone = new Set(
    pairs.flatMap((pair) => (pair.pairingStatus === 'alone' && pair[other] ? shapeOf(pair[other]) : [])),
  );
  return unknown.some(({ image, pair }) => pair.pairingStatus === 'paired' || alone.has(shapeOf(image)));
}

const COULD_TELL: Readonly<
  Record<Explains, (image: Image, pair: Counterpart<Image>, side: SideName, context: Context) => boolean>
> = {
  settings: () => false,
  snapshots: (image, { pairingStatus }) =>
    pairingStatus === 'alone' &&
    image.sourceImageId === null &&
    image.blockDevices.some(({ ebs }) => ebs?.snapshotId && ebs.description === null),
  ancestry: (image, pair, side, context) => {
    if (image.ancestry !== null || (pair.pairingStatus !== 'alone' && pair.matchedBy !== 'name'))
      return false;
    const known = placedIn(context);
    const origins = lineOf({ image, region: context[side].region }, known).slice(1);
    return origins.length > 0 && !origins.some(({ key }) => known.has(key));
  },
};

/** Every image of both sides by region and id. */
export const placedIn = perAudit((context): ReadonlyMap<string, Placed> => {
  const placed = new Map<string, Placed>();
  for (const pair of context.counterparts.image) {
    for (const side of ['target', 'source'] as const) {
      const { region } = context[side];
      const image = pair[side];
      if (image) placed.set(placeKey(region, image.id), { image, region });
    }
  }
  return placed;
});

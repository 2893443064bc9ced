import type { Image } from '../../inventory/image.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { bothEnds, type Counterpart, type UnreadEvidence } from '../pairing/counterpart.ts';
import { type Placed, placeKey } from '../pairing/image-lineage.ts';
import { unreadLinks } from '../pairing/image-unread.ts';
import { perAudit } from '../per-audit.ts';

/** Whether what was left unread of one side's images decides an answer. Else the gap is no more than a note. */
export function couldMatter(explains: UnreadEvidence['explains'], side: SideName, context: Context): boolean {
  return deciding(context).has(`${side} ${explains}`);
}

const deciding = perAudit(
  (context): ReadonlySet<string> =>
    new Set(
      context.counterparts.image.flatMap((pair) =>
        unreadEvidence(pair, context).map(({ side, explains }) => `${side} ${explains}`),
      ),
    ),
);

const linksIn = perAudit((context) => unreadLinks(context.source, context.target, placedIn(context)));

/**
 * The reads that would have decided about a pair: of an image whose counterpart is not known, and of two that have
 * nothing but their name in common.
 */
export function unreadEvidence(pair: Counterpart<Image>, context: Context): readonly UnreadEvidence[] {
  const ends = pair.matchedBy === 'name' ? bothEnds(pair) : null;
  return ends ? (linksIn(context)?.(ends.source, ends.target) ?? []) : (pair.evidence ?? []);
}

/**
 * Whether ancestry that was not read could show that one is a copy of the other through images in between: the record of
 * a copy names only the image that it was made from.
 */
export function mayDescend(source: Image, target: Image, context: Context): boolean {
  return (linksIn(context)?.(source, target) ?? []).some(({ explains }) => explains === 'ancestry');
}

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

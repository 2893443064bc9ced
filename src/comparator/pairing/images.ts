import type { Image } from '../../inventory/image.ts';
import { compareMaybe, compareText, firstOf } from '../../inventory/order.ts';
import { partitionOf } from '../../inventory/regions.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import { groupBy, groupByEach } from '../../text/groups.ts';
import type { NameMap } from '../names.ts';
import type { Counterpart } from './counterpart.ts';
import { imageAccess, imagesShownTo, otherImagesFailed } from './image-access.ts';
import { isCopyOf, lineOf, type Placed, placeKey } from './image-lineage.ts';
import { imageLinks, type Link } from './image-links.ts';
import { setUndecidedAside, unreadLinks } from './image-unread.ts';
import { Pairing } from './pairing.ts';

/**
 * Strongest evidence first, the name last. Of several copies of one source the usable ones count, then its namesake,
 * then the newest.
 */
export function imageCounterparts(source: Snapshot, target: Snapshot, names: NameMap): Counterpart<Image>[] {
  const label = (image: Image) => ({ name: image.name ?? image.id, scope: null });
  const guests = imagesShownTo(target);
  const pairing = new Pairing<Image>('image', source.images, target.images, label, guests);
  if (source.region === target.region)
    pairing.pairUnique(
      (i) => i.id,
      'id',
      () => 'strong',
    );

  const known = new Map<string, Placed>();
  for (const t of [...guests, ...pairing.targets])
    known.set(placeKey(target.region, t.id), { image: t, region: target.region });
  for (const s of pairing.sources)
    known.set(placeKey(source.region, s.id), { image: s, region: source.region });
  const nameThere = (s: Image) => (s.name === null ? null : names(s.name));

  // The counterpart is the copy of the copy that has the source's own name, not the one in between.
  const byName = groupBy(pairing.freeTargets, (t) => t.name);
  for (const s of pairing.freeSources) {
    const placed = { image: s, region: source.region };
    const origin = placeKey(source.region, s.id);
    const heir = (byName.get(nameThere(s) ?? '') ?? []).find(
      (t) =>
        pairing.isFree(t) &&
        isUsable(t) &&
        lineOf({ image: t, region: target.region }, known)
          .slice(1)
          .some(({ key, certain }) => certain && key === origin),
    );
    if (heir) pairing.pair(s, heir, isCopyOf(heir, placed) ? 'lineage' : 'ancestry', 'strong');
  }
  const byNameAlone: Link = {
    matchedBy: 'name',
    strength: 'weak',
    source: (s) => [nameThere(s) ?? ''],
    target: (t) => [t.name ?? ''],
    takes: 'any',
  };
  const links = imageLinks({ source: source.region, target: target.region, known });
  for (const link of links) pairLinked(pairing, link, nameThere, pairing.freeTargets);

  const access = imageAccess(source, target);
  for (const s of pairing.freeSources) {
    const found = access(s);
    if (found.is === 'granted') pairing.pairWithItself(s, found.image, SHARED, 'strong');
  }
  for (const link of links) pairLinked(pairing, link, nameThere, pairing.freeGuests);

  pairLinked(pairing, byNameAlone, nameThere, pairing.freeTargets);
  // Of images of other accounts only those of the source's: other accounts use the name for other images.
  const own = pairing.freeGuests.filter(({ ownerId }) => ownerId !== null && ownerId === source.account);
  pairLinked(pairing, byNameAlone, nameThere, own);

  for (const s of pairing.freeSources) {
    const found = access(s);
    if (found.is !== 'unknown') continue;
    const { because, evidence } = found;
    pairing.setAside('source', s, 'unread', { because, ...(evidence ? { evidence: [evidence] } : {}) });
  }
  const unread = unreadLinks(source, target, known);
  if (unread) setUndecidedAside(pairing, unread);
  setUnsharedAside(pairing, source, target);
  return pairing.finish();
}

/** How an image is matched that the target may launch as it is: it is its own counterpart. */
export const SHARED = 'shared';

/**
 * Another account may share a copy with the target. Where that look-up failed, what is left of the source may have one. A
 * failed kind is stated as a gap; a failed filter of a call that was answered otherwise is stated for each image.
 */
function setUnsharedAside(pairing: Pairing<Image>, source: Snapshot, target: Snapshot): void {
  if (partitionOf(source.region) !== partitionOf(target.region)) return;
  const evidence = [{ side: 'target', explains: 'copies' }] as const;
  const whole = otherImagesFailed(target);
  if (!whole && !target.gaps.some(({ explains }) => explains === 'copies')) return;
  const because = `which copies of it other accounts share with the account in ${target.region} could not be read`;
  for (const s of pairing.freeSources)
    pairing.setAside('source', s, 'unread', whole ? { evidence } : { because, evidence });
}

/** Namesakes first, so that no image takes the counterpart that has another's name. */
function pairLinked(
  pairing: Pairing<Image>,
  link: Link,
  nameThere: (s: Image) => string | null,
  targets: readonly Image[],
): void {
  const byKey = groupByEach(targets, (t) => link.target(t).filter((key) => key !== ''));
  if (byKey.size === 0) return;
  const byKeyAndName = groupByEach(targets, (t) =>
    t.name === null ? [] : link.target(t).flatMap((key) => (key === '' ? [] : [`${key}\n${t.name}`])),
  );
  const free = (s: Image, images: readonly Image[] = []) =>
    images.filter((t) => pairing.isFree(t) && (link.fits?.(s, t) ?? true));
  const take = (s: Image, candidates: readonly Image[]) => {
    const t = best(candidates, nameThere(s));
    if (t) pairing.pair(s, t, link.matchedBy, link.strength);
  };
  for (const s of pairing.freeSources) {
    const name = nameThere(s);
    if (name === null) continue;
    const keys = link.source(s);
    const namesakes = free(
      s,
      keys.flatMap((key) => byKeyAndName.get(`${key}\n${name}`) ?? []),
    );
    // A copy that failed and was made again under another name: the one that can be launched is the counterpart.
    const better = () =>
      free(
        s,
        keys.flatMap((key) => byKey.get(key) ?? []),
      ).some(isUsable);
    if (namesakes.some(isUsable) || link.takes !== 'any' || !better()) take(s, namesakes);
  }
  if (link.takes === 'namesake') return;
  const sources = groupByEach(pairing.freeSources, link.source);
  for (const s of pairing.freeSources) {
    const keys = link.source(s);
    if (link.takes === 'sole' && keys.some((key) => (sources.get(key)?.length ?? 0) > 1)) continue;
    const candidates = free(
      s,
      keys.flatMap((key) => byKey.get(key) ?? []),
    );
    if (link.takes === 'any' || candidates.length === 1) take(s, candidates);
  }
}

function best(candidates: readonly Image[], name: string | null): Image | undefined {
  return [...candidates].sort((a, b) =>
    firstOf(
      Number(isUsable(b)) - Number(isUsable(a)),
      Number(name !== null && b.name === name) - Number(name !== null && a.name === name),
      compareMaybe(b.createdAt, a.createdAt),
      compareText(a.id, b.id),
    ),
  )[0];
}

function isUsable({ state }: Image): boolean {
  return state === 'available';
}

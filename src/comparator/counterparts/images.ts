import type { Image } from '../../inventory/image.ts';
import { compareMaybe, compareText, firstOf } from '../../inventory/order.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { Counterpart } from '../counterpart.ts';
import { ancestry, describedAsCopyOf, isCopyOf, type Placed, placeKey } from '../image-lineage.ts';
import type { NameMap } from './names.ts';
import { groupBy, Pairing } from './pairing.ts';

/**
 * Strongest evidence first: AWS's record of the copy (in either direction), a shared ancestor, the description that the
 * console writes, the name. A source with several copies gets the one of its own name, then the usable, then the newest.
 */
export function imageCounterparts(source: Snapshot, target: Snapshot, names: NameMap): Counterpart<Image>[] {
  const label = (image: Image) => ({ name: image.name ?? image.id, scope: null });
  const pairing = new Pairing<Image>('image', source.images, target.images, label);
  const at = (region: string) => (image: Image) => ({ image, region });
  const [inSource, inTarget] = [at(source.region), at(target.region)];

  if (source.region === target.region) pairing.pairUnique((i) => i.id, 'id');

  const sameName = (s: Image, t: Image) => s.name !== null && t.name === names(s.name);
  const best = (s: Image, candidates: readonly Image[]) =>
    [...candidates].sort((a, b) =>
      firstOf(
        Number(sameName(s, b)) - Number(sameName(s, a)),
        Number(b.state === 'available') - Number(a.state === 'available'),
        compareMaybe(b.createdAt, a.createdAt),
        compareText(a.id, b.id),
      ),
    )[0];
  // Namesakes first, so that no image takes the counterpart that bears another's name.
  const pairBest = (related: (s: Image) => readonly Image[], matchedBy: string, onlyIfSole = false) => {
    for (const s of pairing.freeSources) {
      const t = best(
        s,
        related(s).filter((t) => sameName(s, t)),
      );
      if (t) pairing.pair(s, t, matchedBy);
    }
    for (const s of pairing.freeSources) {
      const candidates = related(s);
      const t = best(s, candidates);
      if (t && !(onlyIfSole && candidates.length > 1)) pairing.pair(s, t, matchedBy);
    }
  };

  const originals = groupBy(pairing.targets, (t) => t.sourceImageId);
  const byId = groupBy(pairing.targets, (t) => t.id);
  const free = (images: readonly Image[] | undefined) => (images ?? []).filter((t) => pairing.isFree(t));
  // Only copies have ancestors, so only they can be kin through one that is neither of the two.
  const known = new Map<string, Placed>();
  for (const s of pairing.sources) known.set(placeKey(source.region, s.id), inSource(s));
  for (const t of pairing.targets) known.set(placeKey(target.region, t.id), inTarget(t));
  // A copy of the copy that bears the source's own name stands for it, rather than the one in between.
  const byName = groupBy(pairing.freeTargets, (t) => t.name);
  for (const s of pairing.freeSources) {
    const origin = placeKey(source.region, s.id);
    const namesakes = s.name === null ? [] : free(byName.get(names(s.name)));
    const heir = namesakes.find((t) => ancestry(inTarget(t), known).slice(1).includes(origin));
    if (heir) pairing.pair(s, heir, isCopyOf(heir, inSource(s)) ? 'lineage' : 'ancestry');
  }
  pairBest((s) => free(originals.get(s.id)).filter((t) => isCopyOf(t, inSource(s))), 'lineage');
  pairBest((s) => free(byId.get(s.sourceImageId ?? '')).filter((t) => isCopyOf(s, inTarget(t))), 'lineage');

  const root = (placed: Placed) => ancestry(placed, known).at(-1) ?? '';
  const kin = groupBy(pairing.freeTargets, (t) => root(inTarget(t)));
  const siblings = groupBy(pairing.freeSources, (s) => root(inSource(s)));
  const sole = (s: Image) =>
    (siblings.get(root(inSource(s))) ?? []).filter((other) => pairing.isFree(other)).length === 1;
  const related = (s: Image) => free(kin.get(root(inSource(s)))).filter((t) => sameName(s, t) || sole(s));
  pairBest(related, 'ancestry', true);

  const described = groupBy(pairing.freeTargets, (t) => {
    const from = describedAsCopyOf(t);
    // AWS's own record outweighs a text that anybody can edit.
    return from && t.sourceImageId === null ? placeKey(from.region, from.id) : null;
  });
  pairBest((s) => free(described.get(placeKey(source.region, s.id))), 'description');
  pairBest((s) => (s.name === null ? [] : free(byName.get(names(s.name)))), 'name');
  return pairing.finish();
}

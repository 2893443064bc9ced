import { nameTag, type Tags } from '../../inventory/tags.ts';
import { groupBy } from '../../text/groups.ts';
import { serviceOf } from '../makers/makers.ts';
import type { StackNames } from '../makers/stacks.ts';
import { generatedName } from '../makers/suffix.ts';
import { rivalsOf } from './counterpart.ts';
import type { Pairing } from './pairing.ts';

type Side = 'source' | 'target';
interface Named {
  readonly id: string | null;
  readonly name: string | null;
  readonly tags: Tags;
  readonly description?: string;
}
/** What both sides call the stacks. */
export interface BothStacks {
  readonly source: StackNames;
  readonly target: StackNames;
}
/** Where an object is, alike on both sides: objects in different places are never a pair. Null: it cannot be paired. */
type Place<Item> = (item: Item, side: Side) => string | null;
const ANYWHERE = () => '';

export const BY_STACK = 'stack and logical id';
export const BY_STEM = 'name without its generated ending';
const BY_STEM_AND_TAG = 'Name tag, and name without its generated ending';

/**
 * The resource of a stack by the stack's name and the logical id, which are the same wherever the template is deployed.
 * Stacks of equal name first, then equal but for generated parts; in each the resources of existing stacks first, since
 * what a deleted stack left behind keeps its tags.
 */
export function pairByStack<Item extends Named>(
  pairing: Pairing<Item>,
  stacks: BothStacks,
  place: Place<Item> = ANYWHERE,
): void {
  for (const spelling of ['plain', 'stable'] as const) {
    for (const live of [true, false]) {
      pairing.pairUnique(
        (item, side) => stackKey(item, side, stacks, { spelling, live, place }),
        BY_STACK,
        () => 'strong',
      );
    }
  }
}

function stackKey<Item extends Named>(
  item: Item,
  side: Side,
  stacks: BothStacks,
  { spelling, live, place }: { spelling: 'plain' | 'stable'; live: boolean; place: Place<Item> },
): string | null {
  const resource = stacks[side].resourceOf(item);
  const at = resource && place(item, side);
  if (!resource || at === null || (live && !resource.live)) return null;
  return JSON.stringify([at, stacks[side][spelling](resource.stack), resource.logicalId]);
}

/** What is left of one stack and logical id on both sides: one of them has it twice, and either could be meant. */
export function setStackRivalsAside<Item extends Named>(
  pairing: Pairing<Item>,
  stacks: BothStacks,
  section: string,
  place: Place<Item> = ANYWHERE,
): void {
  const key = (side: Side) => (item: Item) =>
    stackKey(item, side, stacks, { spelling: 'stable', live: false, place });
  const targets = groupBy(pairing.freeTargets, key('target'));
  for (const [resource, ours] of groupBy(pairing.freeSources, key('source'))) {
    const theirs = targets.get(resource) ?? [];
    const [first] = theirs;
    if (!first) continue;
    const candidates = rivalsOf(theirs, (t) => `${label(t)} (${t.id})`);
    for (const s of ours) {
      pairing.setAside('source', s, 'ambiguous', {
        candidates,
        config: `names: { ${section}: { ${JSON.stringify(label(s))}: ${JSON.stringify(label(first))} } }`,
      });
    }
    for (const t of theirs) pairing.setAside('target', t, 'ambiguous');
  }
}

function label({ name, id }: Named): string {
  return name ?? id ?? '';
}

/** What a service makes, by what the service tags or writes into the name: the cluster, the environment, the VPC. */
export function pairByMaker<Item extends Named>(pairing: Pairing<Item>, place: Place<Item> = ANYWHERE): void {
  const made = (item: Item) => serviceOf(pairing.kind, { ...item, name: item.name ?? '' });
  const by = new Set([...pairing.freeSources, ...pairing.freeTargets].flatMap((i) => made(i)?.by ?? []));
  for (const matchedBy of [...by].sort()) {
    pairUniqueOfAll(
      pairing,
      (item, side) => {
        const service = made(item);
        const at = service?.by === matchedBy && service.identity ? place(item, side) : null;
        return at === null ? null : JSON.stringify([at, service?.identity]);
      },
      matchedBy,
    );
  }
}

/**
 * By what a person chose of a name that a tool completed. A service chose all of the names it makes, so what is left of
 * those says nothing. Several of one such name are distinguished by their Name tags, where those are not generated.
 */
export function pairByStem<Item extends Named>(pairing: Pairing<Item>, place: Place<Item> = ANYWHERE): void {
  const stemOf = (item: Item): string | null => {
    const name = item.name ?? '';
    return serviceOf(pairing.kind, { ...item, name }) ? null : generatedName(name)?.stem || null;
  };
  pairUniqueOfAll(
    pairing,
    (item, side) => {
      const stem = stemOf(item);
      const at = stem === null ? null : place(item, side);
      return stem === null || at === null ? null : JSON.stringify([at, stem.toLowerCase()]);
    },
    BY_STEM,
  );
  pairUniqueOfAll(
    pairing,
    (item, side) => {
      const [stem, tag] = [stemOf(item), nameTag(item.tags)];
      if (stem === null || tag === null || generatedName(tag)) return null;
      const at = place(item, side);
      return at === null ? null : JSON.stringify([at, stem.toLowerCase(), tag]);
    },
    BY_STEM_AND_TAG,
  );
}

/** Where the key is one object's alone among all of its side, also those that are paired: a weaker key needs to be sure. */
function pairUniqueOfAll<Item extends Named>(
  pairing: Pairing<Item>,
  keyOf: (item: Item, side: Side) => string | null,
  matchedBy: string,
): void {
  // Most objects are paired by now, and to work out the key of every one takes long.
  const isLeft = (items: readonly Item[], side: Side) => items.some((item) => keyOf(item, side) !== null);
  if (!isLeft(pairing.freeSources, 'source') || !isLeft(pairing.freeTargets, 'target')) return;
  const sole = (items: Iterable<Item>, side: Side) =>
    new Set(
      [...groupBy(items, (i) => keyOf(i, side))].flatMap(([key, of]) => (of.length === 1 ? [key] : [])),
    );
  const keys = { source: sole(pairing.sources, 'source'), target: sole(pairing.targets, 'target') };
  pairing.pairUnique(
    (item, side) => {
      const key = keyOf(item, side);
      return key !== null && keys.source.has(key) && keys.target.has(key) ? key : null;
    },
    matchedBy,
    () => 'medium',
  );
}

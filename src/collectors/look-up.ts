import pLimit from 'p-limit';
import { assembleSnapshot } from '../inventory/assemble.ts';
import { type Collected, complete, itemsOf } from '../inventory/collected.ts';
import type { Lookups } from '../inventory/lookups.ts';
import type { DetailGap, Snapshot } from '../inventory/snapshot.ts';
import { type Access, CONCURRENCY, sharedByCalls } from './collect.ts';
import { readImageDetails } from './image-look-up.ts';
import { collected } from './kind.ts';
import { readFacts } from './launch-facts.ts';
import { readCopies, readImagesById, readNamesakes } from './other-images.ts';
import { readParameters } from './parameters.ts';
import { makeReader } from './reader.ts';
import type { Pace } from './side.ts';

/** The second look: what something refers to and no listing holds. What the snapshot knows already is not asked again. */
export async function lookUp(
  snapshot: Snapshot,
  wanted: Lookups,
  pace: Pace,
  access: Access,
): Promise<Snapshot> {
  const { region } = snapshot;
  pace.signal?.throwIfAborted();
  const reader = makeReader({
    region,
    signal: pace.signal && sharedByCalls(pace.signal),
    deadline: pace.deadline,
    pageSize: pace.pageSize,
    access: access(region),
    limit: pLimit(pace.concurrency ?? CONCURRENCY),
    onProgress: pace.onProgress,
  });
  const gaps: DetailGap[] = [];
  const parameters = await more(snapshot.parameters, async (known) => {
    const names = unknown(wanted.parameterNames, known);
    if (names.length === 0) return [];
    const { items, gaps: found } = await readParameters(reader, names);
    gaps.push(...found);
    return items;
  });
  const named = itemsOf(parameters).flatMap(({ value }) => value?.match(/\bami-[0-9a-f]{8,17}\b/g) ?? []);
  const own = itemsOf(snapshot.images);
  const otherImages = await more(snapshot.otherImages, async (known) => {
    const ids = unknown([...wanted.imageIds, ...named], [...known, ...own]);
    const [byId, byName, copies] = await Promise.all([
      readImagesById(reader, ids),
      readNamesakes(reader, wanted.namesakes),
      readCopies(reader, wanted.copiesOf),
    ]);
    gaps.push(...copies.gaps);
    const owned = new Set(own.map(({ id }) => id));
    return [...byId, ...[...byName, ...copies.items].filter(({ id }) => !owned.has(id))];
  });
  const described = await readImageDetails(reader, snapshot, wanted);
  const launchFacts = await readFacts(reader, wanted.facts, snapshot.launchFacts);
  return assembleSnapshot({
    ...snapshot,
    launchFacts,
    images: described.images,
    parameters,
    otherImages,
    gaps: [...described.gaps, ...gaps],
  });
}

/** What was known and what came on top, each id once; a kind that could not be read before stays so. */
async function more<Item extends { readonly id: string }>(
  before: Collected<Item>,
  read: (known: readonly Item[]) => Promise<Item[]>,
): Promise<Collected<Item>> {
  if (before.status === 'failed') return before;
  const after = await collected(() => read(before.items));
  if (after.status === 'failed') return after;
  const byId = new Map([...before.items, ...after.items].map((item) => [item.id, item]));
  return complete([...byId.values()]);
}

/** Each once, in one order: the same references ask the same questions. */
function unknown(ids: readonly string[], known: readonly { readonly id: string }[]): string[] {
  const have = new Set(known.map(({ id }) => id));
  return [...new Set(ids)].filter((id) => !have.has(id)).sort();
}

/**
 * `Map.groupBy` of Node 21, for Node 20: groups in the order of their first member. An item whose key is null belongs to no
 * group.
 */
export function groupBy<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key | null,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) addTo(groups, key, item);
  }
  return groups;
}

/** Groups of items that have several keys: an item is in the group of each of them, once. */
export function groupByEach<Item, Key>(
  items: Iterable<Item>,
  keysOf: (item: Item) => readonly Key[],
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const keys = keysOf(item);
    for (const key of keys.length > 1 ? new Set(keys) : keys) addTo(groups, key, item);
  }
  return groups;
}

function addTo<Item, Key>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}

/** Numbers what nothing else distinguishes, in the order of the calls: `id`, `id-2`, `id-3`. */
export class Numbering {
  readonly #taken = new Map<string, number>();

  /** How many times `key` has been requested, this time included. */
  next(key: string): number {
    const n = (this.#taken.get(key) ?? 0) + 1;
    this.#taken.set(key, n);
    return n;
  }

  /** `id` the first time, then `id-2`, `id-3`. */
  unique(id: string): string {
    return numbered(id, this.next(id));
  }
}

/** `id` for the first, `id-2` for the second. */
export function numbered(id: string, n: number): string {
  return n === 1 ? id : `${id}-${n}`;
}

/** The items in runs of at most `most`, in their order. */
export function chunks<Item>(items: readonly Item[], most: number): Item[][] {
  const runs = Math.ceil(items.length / most);
  return Array.from({ length: runs }, (_, i) => items.slice(i * most, (i + 1) * most));
}

import type { Chosen, Facet } from './address.ts';

/** What an item of a list offers to facets and to the search. */
export interface Filterable {
  readonly facets: Readonly<Partial<Record<Facet, readonly string[]>>>;
  /** Everything that the search looks in, in lower case. */
  readonly text: () => string;
}

export function wordsOf(q: string): string[] {
  return q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** All words, anywhere in the item. */
export function found<T extends Filterable>(items: readonly T[], words: readonly string[]): readonly T[] {
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = item.text();
    return words.every((word) => text.includes(word));
  });
}

/** One of the values within a facet, and every facet; `but` is left out, so that a facet counts what it could add. */
export function passes(item: Filterable, chosen: Chosen, but?: Facet): boolean {
  return Object.entries(chosen).every(([facet, values]) => {
    if (facet === but || values.length === 0) return true;
    const own = item.facets[facet as Facet] ?? [];
    return own.some((value) => values.includes(value));
  });
}

export interface FacetCount {
  readonly value: string;
  readonly count: number;
  readonly chosen: boolean;
}

/** The values of a facet with their counts, the most frequent first; chosen ones are always among them. */
export function facetCounts(items: readonly Filterable[], facet: Facet, chosen: Chosen): FacetCount[] {
  const on = new Set(chosen[facet] ?? []);
  const counts = new Map<string, number>([...on].map((value) => [value, 0]));
  for (const item of items) {
    if (!passes(item, chosen, facet)) continue;
    for (const value of item.facets[facet] ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count, chosen: on.has(value) }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

export type Order<T> = (a: T, b: T) => number;

/** In the order of a column, descending with `-` before it; equal items stay in the order of the report. */
export function sorted<T>(
  items: readonly T[],
  sort: string,
  orders: Readonly<Record<string, Order<T>>>,
): readonly T[] {
  const order = orders[sort.replace('-', '')];
  if (!order) return items;
  const sign = sort.startsWith('-') ? -1 : 1;
  return [...items].sort((a, b) => sign * order(a, b));
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Ascending, descending, the order of the report; columns of numbers begin with descending. */
export function nextSort(current: string, column: string, numeric: boolean): string {
  const steps = numeric ? [`-${column}`, column, ''] : [column, `-${column}`, ''];
  const at = steps.indexOf(current);
  return steps[at < 0 || current === '' ? 0 : at + 1] ?? '';
}

/** Code-unit order: total, the same on every machine, no locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Nulls first, then code-unit order. */
export function compareMaybe(a: string | null | undefined, b: string | null | undefined): number {
  if (a == null || b == null) return a == null ? (b == null ? 0 : -1) : 1;
  return compareText(a, b);
}

/** The first comparison that decides. */
export function firstOf(...comparisons: number[]): number {
  return comparisons.find((c) => c !== 0) ?? 0;
}

/** A copy with the keys in code-unit order, so that equal records print alike. */
export function sortedRecord<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  // `fromEntries` defines own properties, so that a tag named `__proto__` stays a tag.
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
}

/** Each once, in one order, without those that are absent or blank. */
export function distinctTexts(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.flatMap((text) => (text ? [text] : [])))].sort(compareText);
}

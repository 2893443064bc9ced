/** A line of each side that are shown beside each other; null where a side has none. */
export type Beside = readonly [source: string | null, target: string | null];

/** Blocks up to this size are aligned by likeness (quadratic); larger ones are shown one below the other. */
const MOST_ALIGNED = 60;

/**
 * Puts lines that are mostly alike side by side: the alignment, in order, of greatest total likeness.
 * (Neighbours by position would set a changed port beside an unrelated rule and highlight everything.)
 */
export function align(removed: readonly string[], added: readonly string[]): Beside[] {
  if (removed.length > MOST_ALIGNED || added.length > MOST_ALIGNED) {
    return [...removed.map((a) => [a, null] as const), ...added.map((b) => [null, b] as const)];
  }
  const like = removed.map((a) => added.map((b) => likeness(a, b)));
  const best = totals(like, removed.length, added.length);
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const out: Beside[] = [];
  let i = 0;
  let j = 0;
  while (i < removed.length || j < added.length) {
    const a = removed[i] ?? null;
    const b = added[j] ?? null;
    const alike = like[i]?.[j] ?? 0;
    if (alike > 0 && at(i, j) === alike + at(i + 1, j + 1)) {
      out.push([a, b]);
      i++;
      j++;
    } else if (a !== null && (b === null || at(i, j) === at(i + 1, j))) {
      out.push([a, null]);
      i++;
    } else {
      out.push([null, b]);
      j++;
    }
  }
  return out;
}

/** The greatest total likeness reachable from each pair of positions to the end. */
function totals(like: readonly (readonly number[])[], rows: number, columns: number): number[][] {
  const best = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  for (let i = rows - 1; i >= 0; i--) {
    const row = best[i] ?? [];
    const below = best[i + 1];
    for (let j = columns - 1; j >= 0; j--) {
      const alike = like[i]?.[j] ?? 0;
      const paired = alike > 0 ? alike + (below?.[j + 1] ?? 0) : 0;
      row[j] = Math.max(below?.[j] ?? 0, row[j + 1] ?? 0, paired);
    }
  }
  return best;
}

/** By white space, not by punctuation: `10.0.0.0/8` and `arn:aws:…` are one word each to who reads them. */
export function words(line: string): string[] {
  return line.split(/( +)/).filter((w) => w !== '');
}

/** `architecture: arm64`, `Team = web`: a line that says what it is about. */
const KEYED = /^(.+?)(?: = |: )/;

/** 0 to 1. Keyed lines are alike when the key is one; others by the share of words in common, from a half on. */
function likeness(a: string, b: string): number {
  const keyA = KEYED.exec(a)?.[1];
  const keyB = KEYED.exec(b)?.[1];
  if (keyA !== undefined && keyB !== undefined) return keyA === keyB ? 1 : 0;
  const left = a.split(' ').filter((w) => w !== '');
  const right = b.split(' ').filter((w) => w !== '');
  const rest = new Map<string, number>();
  for (const word of left) rest.set(word, (rest.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of right) {
    const n = rest.get(word) ?? 0;
    if (n > 0) common++;
    rest.set(word, n - 1);
  }
  const share = (2 * common) / Math.max(1, left.length + right.length);
  return share >= 0.5 ? share : 0;
}

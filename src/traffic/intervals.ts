/**
 * Sets of points on a line, as ascending half-open boundaries: `[2, 5, 9, 10]` is 2, 3, 4 and 9.
 * Intervals never touch, so one set has exactly one list and equality is comparing lists. Nothing here adds to a
 * point, it only compares; so the same code serves services and IPv4 (numbers) and IPv6 (bigints).
 */
export type Point = number | bigint;
export type Intervals<P extends Point> = readonly P[];

/**
 * A set operation as its truth table: bit 0 is "in neither", bit 1 "in the left only", bit 2 "in the right only",
 * bit 3 "in both". Bit 0 must be unset, or the result would have no beginning.
 */
export type Operation = typeof UNION | typeof DIFFERENCE | typeof INTERSECTION;
export const UNION = 0b1110;
export const DIFFERENCE = 0b0010;
export const INTERSECTION = 0b1000;

/** `left` combined with `right`, in one walk over both lists. */
export function combine<P extends Point>(
  left: Intervals<P>,
  right: Intervals<P>,
  operation: Operation,
): Intervals<P> {
  if (left.length === 0) return operation === UNION ? right : left;
  if (right.length === 0) return operation === INTERSECTION ? right : left;
  if (left === right && operation !== DIFFERENCE) return left;
  const result: P[] = [];
  let i = 0;
  let j = 0;
  let inside = 0;
  while (i < left.length || j < right.length) {
    const x = left[i];
    const y = right[j];
    const at = (y === undefined || (x !== undefined && x < y) ? x : y) as P;
    if (x === at) i++;
    if (y === at) j++;
    // An odd number of boundaries passed means inside.
    const now = (operation >> ((i & 1) | ((j & 1) << 1))) & 1;
    if (now !== inside) result.push(at);
    inside = now;
  }
  return result;
}

/** The union of many sets: one sort instead of a chain of pairwise unions. */
export function unionOf<P extends Point>(sets: readonly Intervals<P>[]): Intervals<P> {
  const [only] = sets;
  if (sets.length <= 1 || only === undefined) return only ?? [];
  const parts: [P, P][] = [];
  for (const set of sets) for (const part of pairs(set)) parts.push(part);
  parts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const result: P[] = [];
  for (const [first, end] of parts) extend(result, first, end);
  return result;
}

/** Adds `[first, end)` to a list under construction; `first` must not be before the list's last interval. */
export function extend<P extends Point>(list: P[], first: P, end: P): void {
  const reached = list.at(-1);
  if (reached === undefined || reached < first) list.push(first, end);
  else if (reached < end) list[list.length - 1] = end;
}

/** The intervals as `[first, end)` pairs. */
export function* pairs<P extends Point>(set: Intervals<P>): Generator<[P, P]> {
  for (let i = 0; i + 1 < set.length; i += 2) yield [set[i] as P, set[i + 1] as P];
}

export function contains<P extends Point>(set: Intervals<P>, point: P): boolean {
  return (passed(set, point) & 1) === 1;
}

/** The lowest point of the set from `point` on; undefined when there is none. */
export function firstFrom<P extends Point>(set: Intervals<P>, point: P): P | undefined {
  const boundaries = passed(set, point);
  return (boundaries & 1) === 1 ? point : set[boundaries];
}

/** How many items of an ascending list are not beyond the point. */
export function passed<P extends Point>(ascending: readonly P[], point: P): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as P) <= point) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function same<T>(left: readonly T[], right: readonly T[]): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
  return true;
}

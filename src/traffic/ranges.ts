/**
 * How to divide the ranges of one protocol so that they take the fewest words.
 */
import { unionOf } from './intervals.ts';
import { cost, costOf, endOf, firstOf, type Piece, pieceOf } from './piece.ts';

/**
 * The cheapest way known to cut the ranges of one protocol, given its maximal ranges: those that a peer admits in one
 * stretch. A range that overlaps no other stays. Where they overlap, either each stays with its own peers, or all are
 * cut at all ends and each strip gets all its peers. A range that spans all the others it overlaps (as "all ports"
 * does) would tie unrelated ones together, so there is a third way: it stays, and the others are divided without it.
 */
export function fewest(ranges: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  divide([...ranges].sort(byRange), 0, result);
  return result;
}

/** How some ranges were divided. */
interface Division {
  readonly cost: number;
  /** How many different points the ranges begin or end at: how many pieces cutting at all of them would give. */
  readonly ends: number;
  /** Where the last of them ends. */
  readonly reached: number;
}

/**
 * How many ranges around each other are looked into. People nest two or three (all ports, the ephemeral ones, one of
 * them); what is nested deeper counts as overlapping, so that a thousand nested ranges cost no thousand attempts.
 */
const DEEPEST = 8;

/** Appends the pieces of `sorted` to `result`. */
function divide(sorted: readonly Piece[], depth: number, result: Piece[]): Division {
  let [spent, ends, reached] = [0, 0, -1];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const first = firstOf(sorted[from] as Piece);
    let end = first + 1;
    for (to = from; to < sorted.length && firstOf(sorted[to] as Piece) < end; to++)
      end = Math.max(end, endOf(sorted[to] as Piece));
    const group = divideOverlapping(sorted.slice(from, to), end, depth, result);
    spent += group.cost;
    ends += group.ends - (first === reached ? 1 : 0);
    reached = end;
  }
  return { cost: spent, ends, reached };
}

/** The same for ranges that hang together; the last ends at `reached`. */
function divideOverlapping(
  sorted: readonly Piece[],
  reached: number,
  depth: number,
  result: Piece[],
): Division {
  const before = result.length;
  const widest = sorted[0] as Piece;
  const others = sorted.slice(1);
  let [spent, ends] = [cost(widest), 2];
  result.push(widest);
  if (others[0] !== undefined && endOf(widest) === reached && depth < DEEPEST) {
    const inner = divide(others, depth + 1, result);
    spent += inner.cost;
    ends =
      inner.ends + (firstOf(others[0]) === firstOf(widest) ? 0 : 1) + (inner.reached === reached ? 0 : 1);
  } else if (others.length > 0) {
    spent += costOf(others);
    append(result, others);
    ends = new Set(sorted.flatMap((piece) => piece.services)).size;
  }
  // Every strip costs at least its range and one peer.
  const isPromising = others.length > 0 && 2 * (ends - 1) <= spent;
  const cutUp = isPromising ? strips(sorted, spent, result.length - before) : null;
  if (cutUp === null) return { cost: spent, ends, reached };
  result.length = before;
  append(result, cutUp);
  return { cost: costOf(cutUp), ends, reached };
}

/** Ranges cut at all their ends; null unless that costs less than `budget`, or as much in fewer than `count` pieces. */
function strips(sorted: readonly Piece[], budget: number, count: number): readonly Piece[] | null {
  const ends = [...new Set(sorted.flatMap((piece) => piece.services))].sort((a, b) => a - b);
  const result: Piece[] = [];
  let spent = 0;
  let active: Piece[] = [];
  let next = 0;
  for (let i = 0; i + 1 < ends.length; i++) {
    const [first, end] = [ends[i] as number, ends[i + 1] as number];
    active = active.filter((piece) => endOf(piece) > first);
    for (let piece = sorted[next]; piece !== undefined && firstOf(piece) === first; piece = sorted[++next])
      active.push(piece);
    const strip = pieceOf([first, end], {
      ipv4: unionOf(active.map(({ peers }) => peers.ipv4)),
      ipv6: unionOf(active.map(({ peers }) => peers.ipv6)),
      // No atom twice: overlapping ranges of one peer would be one range.
      atoms: active.flatMap(({ peers }) => peers.atoms).sort(),
    });
    spent += cost(strip);
    if (spent > budget) return null;
    result.push(strip);
  }
  return spent < budget || result.length < count ? result : null;
}

/** By first port, the wider before the narrower. */
const byRange = (a: Piece, b: Piece): number => firstOf(a) - firstOf(b) || endOf(b) - endOf(a);

/** Unlike `push(...more)` this has no limit on how many. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item);
}

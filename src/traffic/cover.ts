/**
 * From address ranges to the fewest CIDRs, plain or as "these except those".
 */
import type { Block, Space } from './addresses.ts';
import { type Intervals, type Point, pairs } from './intervals.ts';

/** The addresses in `peers` and not in `except`; every block of `except` is inside one of `peers`. Both ascend. */
export interface Spelling<P extends Point> {
  readonly peers: readonly Block<P>[];
  readonly except: readonly Block<P>[];
}

/** The fewest blocks that make up exactly the set, ascending and disjoint. */
function cover<P extends Point>(space: Space<P>, set: Intervals<P>): Block<P>[] {
  const blocks: Block<P>[] = [];
  for (const [first, end] of pairs(set)) {
    for (let start = first; start < end; ) {
      const block = { start, length: space.fit(start, end) };
      blocks.push(block);
      start = space.after(block);
    }
  }
  return blocks;
}

/**
 * A place in the binary tree of prefixes: a block of the plain cover, or the smallest block around two such places.
 * `plain` counts the CIDRs it takes at best, `holes` the CIDRs it takes to cut from the whole block what is not in
 * the set.
 */
interface Place {
  readonly length: number;
  /** Which blocks of the plain cover are inside, inclusive. */
  readonly from: number;
  readonly to: number;
  readonly best: number;
  readonly holes: number;
  readonly halves: readonly [Place, Place] | null;
}

/**
 * The spelling with the fewest CIDRs in total; without `except` where that is no longer.
 *
 * For every block the choice is between spelling its two halves apart, and the whole block except its holes. Only
 * blocks where the plain cover forks need looking at: a larger block around the same addresses has the same halves
 * to spell and more holes. So the tree has as many places as the cover has blocks, and the whole is linear in it.
 */
export function spell<P extends Point>(space: Space<P>, set: Intervals<P>): Spelling<P> {
  const blocks = cover(space, set);
  if (blocks.length < 3) return { peers: blocks, except: [] };
  const peers: Block<P>[] = [];
  const except: Block<P>[] = [];
  const write = (place: Place): void => {
    const first = blocks[place.from] as Block<P>;
    if (place.halves === null) {
      peers.push(first);
    } else if (place.best === 1 + place.holes && place.best < spelledApart(place.halves)) {
      const whole = { start: space.mask(first.start, place.length), length: place.length };
      peers.push(whole);
      except.push(...cover(space, gaps(space, whole, blocks.slice(place.from, place.to + 1))));
    } else {
      for (const half of place.halves) write(half);
    }
  };
  write(treeOf(space, blocks));
  return { peers, except };
}

/** Builds the tree from left to right: a pair of neighbours forks deeper the more bits they share. */
function treeOf<P extends Point>(space: Space<P>, blocks: readonly Block<P>[]): Place {
  const open: Place[] = [];
  /** `forks[i]` is the prefix length of the smallest block around `open[i]` and `open[i + 1]`. */
  const forks: number[] = [];
  const closeDownTo = (length: number) => {
    while ((forks.at(-1) ?? -1) > length) {
      const [left, right] = open.splice(-2) as [Place, Place];
      open.push(fork(forks.pop() as number, left, right));
    }
  };
  for (const [i, block] of blocks.entries()) {
    const previous = blocks[i - 1];
    if (previous !== undefined) {
      const length = space.shared(previous.start, block.start);
      closeDownTo(length);
      forks.push(length);
    }
    open.push({ length: block.length, from: i, to: i, best: 1, holes: 0, halves: null });
  }
  closeDownTo(-1);
  return open[0] as Place;
}

function fork(length: number, left: Place, right: Place): Place {
  const halves = [left, right] as const;
  // On the way from this fork down to each half's own block, every skipped level leaves one sibling empty.
  const holes = left.holes + right.holes + (left.length - length - 1) + (right.length - length - 1);
  const best = Math.min(spelledApart(halves), 1 + holes);
  return { length, from: left.from, to: right.to, best, holes, halves };
}

function spelledApart([left, right]: readonly [Place, Place]): number {
  return left.best + right.best;
}

/** What `whole` holds beside `blocks`. */
function gaps<P extends Point>(space: Space<P>, whole: Block<P>, blocks: readonly Block<P>[]): Intervals<P> {
  const result: P[] = [];
  let reached = whole.start;
  for (const block of blocks) {
    if (reached < block.start) result.push(reached, block.start);
    reached = space.after(block);
  }
  const end = space.after(whole);
  if (reached < end) result.push(reached, end);
  return result;
}

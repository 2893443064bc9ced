import { createHash } from 'node:crypto';

/** Blocks of two lists that are to be compared. */
export interface Chosen {
  /** In ascending order. */
  readonly indexes: readonly number[];
  /** How many are in at least one of the lists. */
  readonly either: number;
}

interface Indexes {
  readonly size: number;
  has(index: number): boolean;
  keys(): Iterable<number>;
}

/**
 * All blocks of either list, or `count` of them: spread over the volume, and the same ones in every run for the same seed.
 * A block that is in one list only is the likeliest difference, so up to half of a sample is taken from there; more where the
 * rest does not fill it. Not all of it: a written block of zeros is in one list only, and is no difference.
 */
export function chooseBlocks(source: Indexes, target: Indexes, count: number | 'all', seed: string): Chosen {
  const oneSided: number[] = [];
  const common: number[] = [];
  for (const index of source.keys()) (target.has(index) ? common : oneSided).push(index);
  for (const index of target.keys()) if (!source.has(index)) oneSided.push(index);
  const either = oneSided.length + common.length;
  if (count === 'all' || count >= either) return { indexes: ascending([...oneSided, ...common]), either };
  const fromOne = Math.min(oneSided.length, Math.max(Math.ceil(count / 2), count - common.length));
  const order = shuffled(seed);
  const indexes = [...order(oneSided).slice(0, fromOne), ...order(common).slice(0, count - fromOne)];
  return { indexes: ascending(indexes), either };
}

function ascending(indexes: number[]): number[] {
  return indexes.sort((a, b) => a - b);
}

/** An order that looks like chance and is not. */
function shuffled(seed: string): (indexes: readonly number[]) => number[] {
  const salt = createHash('sha256').update(seed).digest().readUInt32BE(0);
  return (indexes) =>
    indexes
      .map((index) => [mixed((index ^ salt) >>> 0), index] as const)
      .sort(([a, i], [b, k]) => a - b || i - k)
      .map(([, index]) => index);
}

/** A bijection of 32-bit numbers in which near ones end far from each other: the finalizer of MurmurHash3. */
function mixed(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

import type { Failure } from '../../inventory/collected.ts';
import type { ContentDevice, ContentResult, DeviceToVerify, ImageToVerify } from '../../inventory/content.ts';
import type { BlockList, BlockReader } from '../block-reader.ts';
import { CallFailed } from '../failures.ts';
import { chooseBlocks } from './choose.ts';

type BySide<T> = { readonly source: T; readonly target: T };

/** A block that is to be compared, with its token on each side; null: not written there, so a block of zeros. */
export interface ChosenBlock {
  readonly index: number;
  readonly source: string | null;
  readonly target: string | null;
}

/** A pair of volumes whose lists were read and whose blocks are chosen. Of the lists themselves nothing is kept. */
export interface Listed {
  readonly device: string;
  readonly snapshots: BySide<string>;
  readonly sizeGiB: BySide<number>;
  readonly written: BySide<number> & { readonly either: number };
  readonly chosen: readonly ChosenBlock[];
  /** Blocks to read of each side. */
  readonly reads: BySide<number>;
}

/** Lists both volumes of a pair; what is settled by that alone, or cannot be had, is an answer already. */
export async function listedOf(
  image: ImageToVerify,
  { device, snapshots, reason }: DeviceToVerify,
  { source, target, blocks }: BySide<BlockReader> & { readonly blocks: number | 'all' },
): Promise<Listed | ContentDevice> {
  const nothing = {
    device,
    snapshots,
    sizeGiB: { source: null, target: null },
    blocks: null,
    firstDifferent: [],
  };
  if (reason !== null || snapshots.source === null || snapshots.target === null)
    return { ...nothing, result: 'not-verified', reason: reason ?? 'no-snapshot', failures: [] };
  const ids = { source: snapshots.source, target: snapshots.target };
  const [here, there] = await Promise.all([
    attempt(source.list(ids.source)),
    attempt(target.list(ids.target)),
  ]);
  if ('failure' in here || 'failure' in there) {
    const failures = [
      ...('failure' in here ? [{ side: 'source' as const, ...here.failure }] : []),
      ...('failure' in there ? [{ side: 'target' as const, ...there.failure }] : []),
    ];
    return { ...nothing, result: 'not-verified', reason: 'failed', failures };
  }
  const sizeGiB = { source: here.list.sizeGiB, target: there.list.sizeGiB };
  const [ours, theirs] = [here.list.tokens, there.list.tokens];
  const { indexes, either } = chooseBlocks(ours, theirs, blocks, `${image.name} ${device}`);
  const written = { source: ours.size, target: theirs.size, either };
  if (sizeGiB.source !== sizeGiB.target) {
    const counted = { ...written, compared: 0, different: 0 };
    return { ...nothing, sizeGiB, blocks: counted, result: 'different', reason: null, failures: [] };
  }
  const chosen = indexes.map((index) => ({
    index,
    source: ours.get(index) ?? null,
    target: theirs.get(index) ?? null,
  }));
  const reads = {
    source: chosen.filter((block) => block.source !== null).length,
    target: chosen.filter((block) => block.target !== null).length,
  };
  return { device, snapshots: ids, sizeGiB, written, chosen, reads };
}

async function attempt(list: Promise<BlockList>): Promise<{ list: BlockList } | { failure: Failure }> {
  try {
    return { list: await list };
  } catch (error) {
    if (error instanceof CallFailed) return { failure: error.failure };
    throw error;
  }
}

/** What comparing blocks brought. */
export interface Comparison {
  readonly compared: number;
  /** Indexes, ascending. */
  readonly different: readonly number[];
  readonly failures: ContentDevice['failures'];
}

/** How many indexes are named. */
const NAMED = 5;

export function deviceOf(listed: Listed, { compared, different, failures }: Comparison): ContentDevice {
  const { device, snapshots, sizeGiB, written } = listed;
  const result = resultOf(different.length, failures.length, compared, written.either);
  return {
    device,
    snapshots,
    sizeGiB,
    result,
    reason: result === 'not-verified' ? 'failed' : null,
    blocks: { ...written, compared, different: different.length },
    firstDifferent: different.slice(0, NAMED),
    failures,
  };
}

/** One block that differs is a proof, even if others could not be read; "equal" needs every block. */
function resultOf(different: number, failures: number, compared: number, either: number): ContentResult {
  if (different > 0) return 'different';
  if (failures > 0) return 'not-verified';
  return compared === either ? 'equal' : 'no-difference-found';
}

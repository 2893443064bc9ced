import { compareText } from '../../inventory/order.ts';
import type { BlockReader } from '../block-reader.ts';
import { CallFailed } from '../failures.ts';
import type { ChosenBlock, Comparison, Listed } from './listed.ts';
import { BrokenBlock } from './reader.ts';

/** The base64 SHA-256 of a block of zeros: the content of a block that was never written. */
const ZERO_BLOCK = 'B4VNL+8pega6gWheZgwzLeNtXRjVRpJ9MNqtbX/aFUE=';

/** Blocks of a pair under way at once, on each side: far below AWS's 1,000 a second, enough for 8 MiB in flight. */
const CONCURRENCY = 16;
/** How often a block is requested whose bytes do not arrive completely. */
const TRIES = 3;

/** How many blocks may still be read. What a broken block costs a second time comes out of it too. */
export interface Allowance {
  take(blocks: number): boolean;
}

type Side = 'source' | 'target';
type Sides = { readonly source: BlockReader; readonly target: BlockReader };

/**
 * Compares the chosen blocks by digest. Stops at the first that cannot be read: the pair is then not verified, even if the
 * rest is the same, and reading the rest costs money.
 */
export async function differingBlocks(
  listed: Listed,
  sides: Sides,
  allowance: Allowance,
  onRead: (side: Side) => void,
): Promise<Comparison> {
  const different: number[] = [];
  const failures: Comparison['failures'][number][] = [];
  let compared = 0;
  let next = 0;
  const digest = async (side: Side, block: ChosenBlock): Promise<string | null> => {
    const token = block[side];
    if (token === null) return ZERO_BLOCK;
    try {
      return await persistent(sides[side], listed.snapshots[side], block.index, token, allowance);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (!failures.some((f) => f.side === side)) failures.push({ side, ...error.failure });
      return null;
    } finally {
      onRead(side);
    }
  };
  const worker = async () => {
    while (failures.length === 0) {
      const block = listed.chosen[next++];
      if (!block) return;
      const [here, there] = await Promise.all([digest('source', block), digest('target', block)]);
      if (here === null || there === null) return;
      compared += 1;
      if (here !== there) different.push(block.index);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  different.sort((a, b) => a - b);
  failures.sort((a, b) => compareText(a.side, b.side));
  return { compared, different, failures };
}

/** The SDK retries what AWS refuses; it does not retry an incomplete body, so it is done here. */
async function persistent(
  reader: BlockReader,
  snapshotId: string,
  index: number,
  token: string,
  allowance: Allowance,
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await reader.digest(snapshotId, index, token);
    } catch (error) {
      if (!(error instanceof BrokenBlock) || tries === TRIES || !allowance.take(1)) throw error;
    }
  }
}

import { BLOCK_BYTES, BLOCKS_PER_GIB, type ContentEstimate } from '../../inventory/content.ts';
import { LIST_PAGE } from './reader.ts';

/** AWS's own example, in dollars; other regions charge otherwise (ebsapi-pricing). */
const PER_LIST_REQUEST = 0.0006 / 1000;
const PER_BLOCK = 0.003 / 1000;
/** GetSnapshotBlock per second, account and region. */
const BLOCKS_PER_SECOND = 1000;

/** @param blocks on the busier side, and on both together. */
export function estimateOf(
  listRequests: number,
  blocks: { readonly busier: number; readonly both: number },
): ContentEstimate {
  const dollars = listRequests * PER_LIST_REQUEST + blocks.both * PER_BLOCK;
  return {
    listRequests,
    blocks: blocks.both,
    gib: rounded((blocks.both * BLOCK_BYTES) / 2 ** 30, 2),
    dollars: rounded(dollars, 4),
    leastSeconds: Math.ceil(blocks.busier / BLOCKS_PER_SECOND),
  };
}

/** The most that listing a volume of this size takes. */
export function mostListRequests(sizeGiB: number): number {
  return Math.ceil((sizeGiB * BLOCKS_PER_GIB) / LIST_PAGE);
}

/** Upwards: a cost is never said to be smaller than it is. */
function rounded(value: number, digits: number): number {
  return Math.ceil(value * 10 ** digits - 1e-9) / 10 ** digits;
}

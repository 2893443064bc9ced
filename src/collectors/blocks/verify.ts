import {
  BLOCKS_PER_GIB,
  CONTENT_RESULTS,
  type ContentDevice,
  type ContentEstimate,
  type ContentEvidence,
  type ContentImage,
  type DeviceToVerify,
  type ImageToVerify,
} from '../../inventory/content.ts';
import type { BlockReader } from '../block-reader.ts';
import type { Progress } from '../reader.ts';
import { estimateOf } from './cost.ts';
import { type Allowance, differingBlocks } from './digests.ts';
import { deviceOf, type Listed, listedOf } from './listed.ts';

export interface Verification {
  readonly images: readonly ImageToVerify[];
  readonly source: BlockReader;
  readonly target: BlockReader;
  /** Blocks per pair of volumes. */
  readonly blocks: number | 'all';
  readonly budgetGiB: number;
  /** Called when the lists are read and before the first block is: what reading them will cost, and how many pairs do not fit the budget. */
  readonly onEstimate: (estimate: ContentEstimate, leftOut: number) => Promise<void>;
  readonly onProgress: (side: 'source' | 'target', progress: Progress) => void;
}

/**
 * Lists the blocks of all pairs first, since only the lists show what a comparison costs; then says so; then reads what
 * the budget allows, a pair of volumes wholly or not at all, in the order of the plan.
 */
export async function verifyContent(how: Verification): Promise<ContentEvidence> {
  const allowance = allowanceOf(Math.floor(how.budgetGiB * BLOCKS_PER_GIB));
  const images: { image: ImageToVerify; devices: (Listed | ContentDevice)[] }[] = [];
  for (const image of how.images) {
    const devices: (Listed | ContentDevice)[] = [];
    for (const device of image.devices) devices.push(await listed(image, device, how, allowance));
    images.push({ image, devices });
  }
  const toRead = images.flatMap(({ devices }) => devices.filter(isListed));
  const total = (of: (one: Listed) => number) => toRead.reduce((sum, one) => sum + of(one), 0);
  const blocks = { source: total((one) => one.reads.source), target: total((one) => one.reads.target) };
  const estimate = estimateOf(how.source.listed + how.target.listed, {
    busier: Math.max(blocks.source, blocks.target),
    both: blocks.source + blocks.target,
  });
  const leftOut = images.flatMap(({ devices }) =>
    devices.filter((d) => !isListed(d) && d.reason === 'budget'),
  );
  await how.onEstimate(estimate, leftOut.length);

  const read = { source: 0, target: 0 };
  const onRead = (side: 'source' | 'target') => {
    read[side] += 1;
    const progress = {
      what: `blocks (of ${blocks[side]})`,
      count: read[side],
      done: read[side] === blocks[side],
    };
    how.onProgress(side, progress);
  };
  const verified: ContentImage[] = [];
  for (const { image, devices } of images) {
    const done: ContentDevice[] = [];
    for (const one of devices)
      done.push(isListed(one) ? deviceOf(one, await differingBlocks(one, how, allowance, onRead)) : one);
    verified.push(imageOf(image, done));
  }
  return { asked: how.blocks, budgetGiB: how.budgetGiB, estimate, images: verified };
}

async function listed(
  image: ImageToVerify,
  device: DeviceToVerify,
  how: Verification,
  allowance: Allowance,
): Promise<Listed | ContentDevice> {
  const found = await listedOf(image, device, how);
  if (isListed(found) && !allowance.take(found.reads.source + found.reads.target))
    return {
      ...deviceOf(found, { compared: 0, different: [], failures: [] }),
      result: 'not-verified',
      reason: 'budget',
    };
  for (const side of ['source', 'target'] as const)
    how.onProgress(side, { what: 'list requests', count: how[side].listed, done: false });
  return found;
}

function isListed(one: Listed | ContentDevice): one is Listed {
  return 'chosen' in one;
}

/** Of several volumes the worst decides; an image of which some volume was not verified is not verified. */
function imageOf({ name, source, target, reason }: ImageToVerify, devices: ContentDevice[]): ContentImage {
  const worst = CONTENT_RESULTS.flatMap((result) => devices.filter((d) => d.result === result))[0];
  return {
    name,
    source,
    target,
    result: reason === null && worst ? worst.result : 'not-verified',
    reason: reason ?? (worst?.result === 'not-verified' ? worst.reason : null),
    devices,
  };
}

function allowanceOf(blocks: number): Allowance {
  let left = blocks;
  return {
    take: (count) => {
      if (count > left) return false;
      left -= count;
      return true;
    },
  };
}

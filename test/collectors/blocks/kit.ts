import { verifyContent } from '../../../src/collectors/blocks/verify.ts';
import { type OpenSide, openSide } from '../../../src/collectors/live.ts';
import type {
  ContentDevice,
  ContentEstimate,
  ContentEvidence,
  ImageToVerify,
} from '../../../src/inventory/content.ts';
import type { Endpoint } from '../../endpoint/endpoint.ts';
import type { SnapshotBlocks } from '../../endpoint/model.ts';
import { endpoint } from '../kit.ts';

export const SOURCE = 'us-east-1';
export const TARGET = 'eu-west-1';

/** A volume of one GiB, which is 2,048 blocks, with these written. */
export function volume(blocks: Readonly<Record<number, string>>, sizeGiB = 1): SnapshotBlocks {
  return { sizeGiB, blocks };
}

/** So many blocks, each of which holds something else. */
export function many(count: number, change: Readonly<Record<number, string>> = {}): SnapshotBlocks {
  return volume({
    ...Object.fromEntries(Array.from({ length: count }, (_, i) => [i, `block ${i}`])),
    ...change,
  });
}

/** Pairs of volumes, each the only one of an image, on one double. */
export function twoRegions(pairs: readonly (readonly [SnapshotBlocks, SnapshotBlocks])[]): Promise<Endpoint> {
  const side = (of: 0 | 1) => Object.fromEntries(pairs.map((pair, i) => [`snap-${of}${i}`, pair[of]]));
  return endpoint({ [SOURCE]: { blocks: side(0) }, [TARGET]: { blocks: side(1) } });
}

function planOf(count: number): ImageToVerify[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `image ${i}`,
    source: `ami-0${i}`,
    target: `ami-1${i}`,
    reason: null,
    devices: [
      {
        device: '/dev/xvda',
        snapshots: { source: `snap-0${i}`, target: `snap-1${i}` },
        sizeGiB: { source: 1, target: 1 },
        reason: null,
      },
    ],
  }));
}

export interface Wishes {
  readonly blocks?: number | 'all';
  readonly budgetGiB?: number;
  readonly signal?: AbortSignal;
  readonly pageSize?: number;
  readonly images?: number;
  readonly onEstimate?: (estimate: ContentEstimate) => void;
  readonly onProgress?: (line: string) => void;
}

export async function verify(ebs: Endpoint, wishes: Wishes = {}): Promise<ContentEvidence> {
  const { signal, pageSize, blocks = 'all', budgetGiB = 20, images = 1 } = wishes;
  const sides: OpenSide[] = [];
  try {
    for (const region of [SOURCE, TARGET])
      sides.push(
        await openSide({ region, endpointUrl: ebs.url }, { maxAttempts: 2, requestTimeoutMs: 5_000 }),
      );
    const [source, target] = await Promise.all(sides.map((side) => side.blocks({ signal, pageSize })));
    if (!source || !target) throw new Error('two sides were opened');
    return await verifyContent({
      images: planOf(images),
      source,
      target,
      blocks,
      budgetGiB,
      onEstimate: async (estimate) => wishes.onEstimate?.(estimate),
      onProgress: (side, { what, count, done }) =>
        wishes.onProgress?.(`${side} ${what} ${count}${done ? '.' : ''}`),
    });
  } finally {
    for (const side of sides) side.close();
  }
}

/** The one volume of an image. */
export function deviceIn({ images }: ContentEvidence, image = 0): ContentDevice {
  const device = images[image]?.devices[0];
  if (!device) throw new Error(`there is no image ${image}`);
  return device;
}

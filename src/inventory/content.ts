import * as z from 'zod';
import { failureSchema } from './collected.ts';
import type { DeepReadonly } from './deep-readonly.ts';

/** The size of a block of the EBS direct APIs, in bytes. */
export const BLOCK_BYTES = 524_288;
export const BLOCKS_PER_GIB = 2 ** 30 / BLOCK_BYTES;

/** What was found of the content of one volume, or of an image as a whole; of several volumes the first of these is used. */
export const CONTENT_RESULTS = ['different', 'not-verified', 'no-difference-found', 'equal'] as const;
export type ContentResult = (typeof CONTENT_RESULTS)[number];

/**
 * Why nothing was found out.
 *
 * - `budget`: reading it would have exceeded what was allowed.
 * - `failed`: it was requested and not received; `failures` say why.
 * - `not-available`: one of the two images is pending, failed or disabled.
 * - `instance-store`: the image has no EBS snapshot.
 * - `no-snapshot`: AWS shows no snapshot for this device.
 * - `one-side-only`: the other image has no such device.
 */
const CONTENT_REASONS = [
  'budget',
  'failed',
  'not-available',
  'instance-store',
  'no-snapshot',
  'one-side-only',
] as const;
const reason = z.enum(CONTENT_REASONS).nullable().describe('Why it was not verified.');
export type ContentReason = (typeof CONTENT_REASONS)[number];

const bySide = <T extends z.ZodType>(of: T) => z.object({ source: of, target: of });

export const contentDeviceSchema = z.object({
  device: z.string(),
  snapshots: bySide(z.string().nullable()),
  result: z.enum(CONTENT_RESULTS),
  reason,
  sizeGiB: bySide(z.number().nullable()).describe(
    'Of the volumes, as the block lists say; null: not listed.',
  ),
  blocks: z
    .object({
      source: z.number(),
      target: z.number(),
      either: z.number().describe('In at least one of the two lists: what a full comparison takes.'),
      compared: z.number(),
      different: z.number(),
    })
    .nullable()
    .describe('Written blocks of 512 KiB; null: not listed.'),
  firstDifferent: z.array(z.number()).describe('The first few indexes of blocks that differ.'),
  failures: z.array(z.object({ side: z.enum(['source', 'target']), ...failureSchema.shape })),
});
export type ContentDevice = DeepReadonly<z.output<typeof contentDeviceSchema>>;

export const contentImageSchema = z.object({
  name: z.string(),
  source: z.string(),
  target: z.string(),
  result: z
    .enum(CONTENT_RESULTS)
    .describe('"equal" only where every block of every volume was compared; a sample can only disprove.'),
  reason,
  devices: z.array(contentDeviceSchema),
});
export type ContentImage = DeepReadonly<z.output<typeof contentImageSchema>>;

const estimateSchema = z.object({
  listRequests: z.number(),
  blocks: z.number().describe('Blocks to read, both sides together.'),
  gib: z.number(),
  dollars: z
    .number()
    .describe("AWS's example prices for the requests; they vary by region, and transfer is apart."),
  leastSeconds: z.number().describe('At 1,000 blocks a second and side, which is the quota of AWS.'),
});
export type ContentEstimate = z.infer<typeof estimateSchema>;

/** What `--verify-content` requested, the cost that was stated, and what it found. */
export const contentSchema = z.object({
  asked: z.union([z.literal('all'), z.number()]).describe('Blocks per pair of volumes.'),
  budgetGiB: z.number(),
  estimate: estimateSchema,
  images: z.array(contentImageSchema),
});
export type ContentEvidence = DeepReadonly<z.output<typeof contentSchema>>;

/** A pair of volumes whose blocks are to be compared, or the reason why they cannot be. */
export interface DeviceToVerify {
  readonly device: string;
  readonly snapshots: { readonly source: string | null; readonly target: string | null };
  /** As the images say; the snapshots are never larger. */
  readonly sizeGiB: { readonly source: number | null; readonly target: number | null };
  readonly reason: ContentReason | null;
}

/** A pair of images whose content is to be compared. */
export interface ImageToVerify {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly reason: ContentReason | null;
  readonly devices: readonly DeviceToVerify[];
}

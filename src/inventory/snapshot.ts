import { z } from 'zod';
import { collectedSchema, failureSchema } from './collected.ts';
import { imageSchema } from './image.ts';
import { keyPairSchema } from './key-pair.ts';
import { prefixListSchema } from './prefix-list.ts';
import { securityGroupSchema } from './security-group.ts';
import { vpcSchema } from './vpc.ts';

/** The version of the file format; a reader refuses what it does not know. */
export const SNAPSHOT_VERSION = 1;

/** The kinds of a snapshot, in the order they are written. */
export const SNAPSHOT_KINDS = ['vpcs', 'keyPairs', 'prefixLists', 'securityGroups', 'images'] as const;
export type SnapshotKind = (typeof SNAPSHOT_KINDS)[number];

/**
 * What is missing inside a kind that was read: entries of one prefix list, launch permissions of some images.
 * `kind` is what the report calls the gap: "prefix-list", "image", "account", …
 */
export const detailGapSchema = z.strictObject({ kind: z.string(), ...failureSchema.shape });
export type DetailGap = z.infer<typeof detailGapSchema>;

export const snapshotSchema = z.strictObject({
  schemaVersion: z.literal(SNAPSHOT_VERSION),
  region: z.string(),
  account: z.string().nullable().describe('The caller; null where nothing tells it.'),
  takenAt: z.string().describe('ISO-8601 UTC.'),
  origin: z.string().describe('"live", "dumps" or "listing".'),
  vpcs: collectedSchema(vpcSchema),
  keyPairs: collectedSchema(keyPairSchema),
  prefixLists: collectedSchema(prefixListSchema),
  securityGroups: collectedSchema(securityGroupSchema),
  images: collectedSchema(imageSchema),
  gaps: z.array(detailGapSchema).describe('What is missing inside kinds that were read.'),
});
/** One side, as it was. Everything in it is canonical; ids mean something only within it. */
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Whether the side is a classic listing, which lacks more than it says: what it does not hold may still be there. */
export function isListing(snapshot: Pick<Snapshot, 'origin'>): boolean {
  return snapshot.origin === 'listing';
}

import * as z from 'zod';
import { autoScalingGroupSchema } from './auto-scaling-group.ts';
import { collectedSchema, failed, failureSchema } from './collected.ts';
import { imageSchema } from './image.ts';
import { imageSettingsSchema, UNKNOWN_SETTINGS } from './image-settings.ts';
import { instanceSchema } from './instance.ts';
import { keyPairSchema } from './key-pair.ts';
import type { SnapshotKind } from './kinds.ts';
import { launchConfigurationSchema } from './launch-configuration.ts';
import { launchFactsSchema, UNREAD_FACTS } from './launch-facts/index.ts';
import { launchTemplateSchema } from './launch-template.ts';
import { otherImageSchema } from './other-image.ts';
import { parameterSchema } from './parameter.ts';
import { prefixListSchema } from './prefix-list.ts';
import { recycledImageSchema } from './recycled-image.ts';
import { securityGroupSchema } from './security-group.ts';
import { stackSchema } from './stack.ts';
import { staleVpcSchema } from './stale-groups.ts';
import { vpcSchema } from './vpc.ts';

export { SNAPSHOT_KINDS, type SnapshotKind } from './kinds.ts';

/** The version of the file format; a reader refuses what it does not know. */
export const SNAPSHOT_VERSION = 1;

/**
 * What is missing inside a kind that was read: entries of one prefix list, launch permissions of some images.
 * `kind` is what the report calls the gap: "prefix-list", "image", "account", …
 */
export const detailGapSchema = z.strictObject({
  kind: z.string(),
  ...failureSchema.shape,
  explains: z
    .enum(['ancestry', 'snapshots', 'settings', 'recycle-bin', 'copies', 'permissions'])
    .optional()
    .describe(
      'Set where what is missing only explains or strengthens what was read; a report says when it matters.',
    ),
});
export type DetailGap = z.infer<typeof detailGapSchema>;

/** A file of before the tool read workloads is still a snapshot; that it lacks them is stated. */
function sinceWorkloads<Item extends z.ZodType>(item: Item) {
  return collectedSchema(item).default(() =>
    failed({
      code: 'not-read',
      message: 'The snapshot was made by a version of ec2-parity that did not read workloads.',
      hint: 'Take the snapshot again, or exclude workloads with --only key-pairs,security-groups,images.',
    }),
  );
}

/** The schema of each kind in the file; a kind of the table that has no schema does not compile. */
const kindSchemas = {
  vpcs: collectedSchema(vpcSchema),
  keyPairs: collectedSchema(keyPairSchema),
  prefixLists: collectedSchema(prefixListSchema),
  securityGroups: collectedSchema(securityGroupSchema),
  images: collectedSchema(imageSchema),
  instances: sinceWorkloads(instanceSchema),
  launchTemplates: sinceWorkloads(launchTemplateSchema),
  launchConfigurations: sinceWorkloads(launchConfigurationSchema),
  autoScalingGroups: sinceWorkloads(autoScalingGroupSchema),
  stacks: sinceWorkloads(stackSchema).describe('CloudFormation stacks, with what their templates refer to.'),
  parameters: sinceWorkloads(parameterSchema).describe('SSM parameters that image references go through.'),
  otherImages: sinceWorkloads(otherImageSchema).describe('Images of other owners that something refers to.'),
} satisfies Record<SnapshotKind, z.ZodType>;

/**
 * The zod schema of a snapshot file. `parseSnapshot` also checks what a schema cannot, such as the order of
 * items.
 */
export const snapshotSchema = z.strictObject({
  schemaVersion: z.literal(SNAPSHOT_VERSION),
  region: z.string(),
  account: z.string().nullable().describe('The caller; null where it is not known.'),
  takenAt: z.string().describe('ISO-8601 UTC.'),
  origin: z.string().describe('"live", "dumps" or "listing".'),
  ...kindSchemas,
  launchFacts: launchFactsSchema.default(UNREAD_FACTS),
  recycledImages: z
    .array(recycledImageSchema)
    .nullable()
    .default(null)
    .describe('Images in the Recycle Bin; null where they were not read.'),
  staleReferences: z
    .array(staleVpcSchema)
    .nullable()
    .default(null)
    .describe(
      'Rules that refer to groups which no longer exist, of the VPCs that were asked; null where none was.',
    ),
  imageSettings: imageSettingsSchema
    .default(UNKNOWN_SETTINGS)
    .describe('What the region is set to do with images.'),
  gaps: z.array(detailGapSchema).describe('What is missing inside kinds that were read.'),
});
/** One side, as it was. Everything in it is canonical; ids mean something only within it. */
export type Snapshot = z.infer<typeof snapshotSchema>;

/** Whether the side is a classic listing, which lacks more than it says: what it does not hold may still be there. */
export function isListing(snapshot: Pick<Snapshot, 'origin'>): boolean {
  return snapshot.origin === 'listing';
}

import { z } from 'zod';
import { compareMaybe, compareText, firstOf } from './order.ts';
import { type AwsTags, tagsFrom, tagsSchema } from './tags.ts';
import { isoTime } from './time.ts';

export const launchPermissionsSchema = z.strictObject({
  accounts: z.array(z.string()),
  organizations: z.array(z.string()).describe('Organization and organizational-unit ARNs.'),
  everyone: z.boolean(),
});
export type LaunchPermissions = z.infer<typeof launchPermissionsSchema>;

export const blockDeviceSchema = z.strictObject({
  device: z.string(),
  virtualName: z.string().nullable().describe('An instance-store volume, e.g. "ephemeral0".'),
  ebs: z
    .strictObject({
      snapshotId: z.string().nullable(),
      sizeGiB: z.number().nullable(),
      volumeType: z.string().nullable(),
      iops: z.number().nullable(),
      throughputMiBps: z.number().nullable(),
      encrypted: z.boolean().nullable(),
      deleteOnTermination: z.boolean().nullable(),
    })
    .nullable(),
});
export type BlockDevice = z.infer<typeof blockDeviceSchema>;

export const imageSchema = z.strictObject({
  id: z.string(),
  name: z.string().nullable(),
  description: z.string().nullable(),
  ownerId: z.string().nullable(),
  state: z.string().describe('"available", "pending", "failed", "disabled", …'),
  stateReason: z.string().nullable(),
  createdAt: z.string().nullable().describe("Of a copy: when the copy was made, not the source's date."),
  deprecatedAt: z.string().nullable(),
  public: z.boolean(),
  architecture: z.string().nullable(),
  bootMode: z.string().nullable(),
  ena: z.boolean().nullable(),
  sriovNet: z.string().nullable(),
  imds: z.string().nullable(),
  tpm: z.string().nullable(),
  virtualization: z.string().nullable(),
  rootDeviceType: z.string().nullable(),
  rootDeviceName: z.string().nullable(),
  platform: z.string().nullable(),
  platformDetails: z.string().nullable(),
  usageOperation: z.string().nullable(),
  productCodes: z.array(z.string()),
  blockDevices: z.array(blockDeviceSchema),
  sourceImageId: z
    .string()
    .nullable()
    .describe('For CreateImage the base image; for CopyImage what it is a copy of.'),
  sourceImageRegion: z.string().nullable(),
  sourceInstanceId: z.string().nullable().describe('Set by CreateImage only: an image with it is no copy.'),
  tags: tagsSchema,
  launchPermissions: launchPermissionsSchema.nullable().describe('Null when they were not read.'),
});
export type Image = z.infer<typeof imageSchema>;

/** A row of DescribeImages. */
export interface AwsImage {
  ImageId?: string | undefined;
  Name?: string | undefined;
  Description?: string | undefined;
  OwnerId?: string | undefined;
  State?: string | undefined;
  StateReason?: { Code?: string | undefined; Message?: string | undefined } | undefined;
  CreationDate?: string | undefined;
  DeprecationTime?: string | undefined;
  Public?: boolean | undefined;
  Architecture?: string | undefined;
  BootMode?: string | undefined;
  EnaSupport?: boolean | undefined;
  SriovNetSupport?: string | undefined;
  ImdsSupport?: string | undefined;
  TpmSupport?: string | undefined;
  VirtualizationType?: string | undefined;
  RootDeviceType?: string | undefined;
  RootDeviceName?: string | undefined;
  Platform?: string | undefined;
  PlatformDetails?: string | undefined;
  UsageOperation?: string | undefined;
  ProductCodes?: { ProductCodeId?: string | undefined }[] | undefined;
  BlockDeviceMappings?:
    | {
        DeviceName?: string | undefined;
        VirtualName?: string | undefined;
        Ebs?:
          | {
              SnapshotId?: string | undefined;
              VolumeSize?: number | undefined;
              VolumeType?: string | undefined;
              Iops?: number | undefined;
              Throughput?: number | undefined;
              Encrypted?: boolean | undefined;
              DeleteOnTermination?: boolean | undefined;
            }
          | undefined;
      }[]
    | undefined;
  SourceImageId?: string | undefined;
  SourceImageRegion?: string | undefined;
  SourceInstanceId?: string | undefined;
  Tags?: AwsTags;
}
/** A row of DescribeImageAttribute's `LaunchPermissions`. */
export interface AwsLaunchPermission {
  UserId?: string | undefined;
  Group?: string | undefined;
  OrganizationArn?: string | undefined;
  OrganizationalUnitArn?: string | undefined;
}

export function launchPermissionsFrom(rows: readonly AwsLaunchPermission[]): LaunchPermissions {
  const sorted = (values: (string | undefined)[]) =>
    [...new Set(values.filter((v) => v !== undefined))].sort(compareText);
  return {
    accounts: sorted(rows.map((r) => r.UserId)),
    organizations: sorted(rows.flatMap((r) => [r.OrganizationArn, r.OrganizationalUnitArn])),
    everyone: rows.some((r) => r.Group === 'all'),
  };
}

export function imageFrom(raw: AwsImage, permissions: readonly AwsLaunchPermission[] | null): Image {
  return {
    id: raw.ImageId ?? '',
    name: raw.Name || null,
    description: raw.Description || null,
    ownerId: raw.OwnerId ?? null,
    state: raw.State ?? 'available',
    stateReason: raw.StateReason?.Message ?? raw.StateReason?.Code ?? null,
    createdAt: isoTime(raw.CreationDate),
    deprecatedAt: isoTime(raw.DeprecationTime),
    public: raw.Public ?? false,
    architecture: raw.Architecture ?? null,
    bootMode: raw.BootMode ?? null,
    ena: raw.EnaSupport ?? null,
    sriovNet: raw.SriovNetSupport ?? null,
    imds: raw.ImdsSupport ?? null,
    tpm: raw.TpmSupport ?? null,
    virtualization: raw.VirtualizationType ?? null,
    rootDeviceType: raw.RootDeviceType ?? null,
    rootDeviceName: raw.RootDeviceName ?? null,
    platform: raw.Platform?.toLowerCase() || null,
    platformDetails: raw.PlatformDetails ?? null,
    usageOperation: raw.UsageOperation ?? null,
    productCodes: (raw.ProductCodes ?? []).flatMap((p) => p.ProductCodeId ?? []).sort(compareText),
    blockDevices: (raw.BlockDeviceMappings ?? [])
      .map(blockDeviceFrom)
      .sort((a, b) => firstOf(compareText(a.device, b.device), compareMaybe(a.virtualName, b.virtualName))),
    sourceImageId: raw.SourceImageId ?? null,
    sourceImageRegion: raw.SourceImageRegion ?? null,
    sourceInstanceId: raw.SourceInstanceId ?? null,
    tags: tagsFrom(raw.Tags),
    launchPermissions: permissionsOf(raw.State ?? 'available', permissions),
  };
}

/**
 * The state tells more than an answer does: DisableImage removes all launch permissions, and an image that is pending
 * or has failed can be launched by nobody, whoever it is shared with.
 */
function permissionsOf(state: string, rows: readonly AwsLaunchPermission[] | null): LaunchPermissions | null {
  if (state === 'disabled') return launchPermissionsFrom([]);
  return state === 'available' && rows ? launchPermissionsFrom(rows) : null;
}

function blockDeviceFrom(raw: NonNullable<AwsImage['BlockDeviceMappings']>[number]): BlockDevice {
  const { Ebs } = raw;
  return {
    device: raw.DeviceName ?? '',
    virtualName: raw.VirtualName ?? null,
    ebs: Ebs
      ? {
          snapshotId: Ebs.SnapshotId ?? null,
          sizeGiB: Ebs.VolumeSize ?? null,
          volumeType: Ebs.VolumeType ?? null,
          iops: Ebs.Iops ?? null,
          throughputMiBps: Ebs.Throughput ?? null,
          encrypted: Ebs.Encrypted ?? null,
          deleteOnTermination: Ebs.DeleteOnTermination ?? null,
        }
      : null,
  };
}

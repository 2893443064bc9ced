import * as z from 'zod';
import {
  type AwsBlockDevice,
  blockDeviceFrom,
  blockDeviceSchema,
  type SnapshotsById,
} from './block-device.ts';
import {
  type AwsAncestor,
  type AwsWatermark,
  ancestorSchema,
  ancestryFrom,
  watermarkSchema,
  watermarksFrom,
} from './image-origin.ts';
import { compareMaybe, compareText, firstOf } from './order.ts';
import { type AwsTags, tagsFrom, tagsSchema } from './tags.ts';
import { isoTime } from './time.ts';

export type { BlockDevice } from './block-device.ts';

export const launchPermissionsSchema = z.strictObject({
  accounts: z.array(z.string()),
  organizations: z.array(z.string()).describe('Organization and organizational-unit ARNs.'),
  everyone: z.boolean(),
});
export type LaunchPermissions = z.infer<typeof launchPermissionsSchema>;

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
  watermarks: z.array(watermarkSchema).default([]),
  deregistrationProtection: z.string().nullable().default(null),
  imageAllowed: z.boolean().nullable().default(null).describe('What Allowed AMIs says of the image.'),
  ancestry: z
    .array(ancestorSchema)
    .nullable()
    .default(null)
    .describe('Its ancestors, nearest first, builds and copies alike; null where they were not read.'),
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
  BlockDeviceMappings?: AwsBlockDevice[] | undefined;
  SourceImageId?: string | undefined;
  SourceImageRegion?: string | undefined;
  SourceInstanceId?: string | undefined;
  ImageWatermarks?: AwsWatermark[] | undefined;
  DeregistrationProtection?: string | undefined;
  ImageAllowed?: boolean | undefined;
  Tags?: AwsTags;
}

/** What else was asked about an image. */
export interface ImageDetails {
  readonly ancestry?: readonly AwsAncestor[] | null | undefined;
  readonly snapshots?: SnapshotsById | undefined;
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

export function imageFrom(
  raw: AwsImage,
  permissions: readonly AwsLaunchPermission[] | null,
  { ancestry = null, snapshots }: ImageDetails = {},
): Image {
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
      .map((device) => blockDeviceFrom(device, snapshots))
      .sort((a, b) => firstOf(compareText(a.device, b.device), compareMaybe(a.virtualName, b.virtualName))),
    sourceImageId: raw.SourceImageId ?? null,
    sourceImageRegion: raw.SourceImageRegion ?? null,
    sourceInstanceId: raw.SourceInstanceId ?? null,
    watermarks: watermarksFrom(raw.ImageWatermarks),
    deregistrationProtection: raw.DeregistrationProtection || null,
    imageAllowed: raw.ImageAllowed ?? null,
    ancestry: ancestry && ancestryFrom(raw.ImageId ?? '', ancestry),
    tags: tagsFrom(raw.Tags),
    launchPermissions: permissionsOf(raw.State ?? 'available', permissions),
  };
}

/**
 * The state shows more than an answer does: DisableImage removes all launch permissions, and an image that is pending
 * or has failed cannot be launched by any account, even one that it is shared with.
 */
function permissionsOf(state: string, rows: readonly AwsLaunchPermission[] | null): LaunchPermissions | null {
  if (state === 'disabled') return launchPermissionsFrom([]);
  return state === 'available' && rows ? launchPermissionsFrom(rows) : null;
}

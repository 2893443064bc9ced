import * as z from 'zod';

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
      // Of the snapshot behind it; null in files of before it was read.
      description: z.string().nullable().default(null),
      fullSnapshotBytes: z
        .number()
        .nullable()
        .default(null)
        .describe('Size of all written blocks of the snapshot; an equal copy has the same.'),
      outpostArn: z.string().nullable().default(null).describe('The Outpost that stores the snapshot.'),
      localZone: z.string().nullable().default(null).describe('The Local Zone that stores the snapshot.'),
      kmsKeyId: z.string().nullable().default(null).describe('Of this region and account only.'),
    })
    .nullable(),
});
export type BlockDevice = z.infer<typeof blockDeviceSchema>;

/** One of an image's `BlockDeviceMappings`. */
export interface AwsBlockDevice {
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
        OutpostArn?: string | undefined;
      }
    | undefined;
}

/** A row of DescribeSnapshots. */
export interface AwsSnapshot {
  SnapshotId?: string | undefined;
  Description?: string | undefined;
  FullSnapshotSizeInBytes?: number | undefined;
  KmsKeyId?: string | undefined;
  OutpostArn?: string | undefined;
  AvailabilityZone?: string | undefined;
}
export type SnapshotsById = ReadonlyMap<string, AwsSnapshot>;

export function blockDeviceFrom(raw: AwsBlockDevice, snapshots: SnapshotsById | undefined): BlockDevice {
  const { Ebs } = raw;
  const snapshot = Ebs?.SnapshotId ? snapshots?.get(Ebs.SnapshotId) : undefined;
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
          description: snapshot?.Description || null,
          fullSnapshotBytes: snapshot?.FullSnapshotSizeInBytes ?? null,
          outpostArn: Ebs.OutpostArn || snapshot?.OutpostArn || null,
          localZone: localZoneOf(snapshot?.AvailabilityZone),
          kmsKeyId: snapshot?.KmsKeyId ?? null,
        }
      : null,
  };
}

/** "us-west-2-lax-1a" is a Local Zone; "us-west-2a" is an Availability Zone, whose snapshots the Region stores. */
function localZoneOf(zone: string | undefined): string | null {
  return zone !== undefined && LOCAL_ZONE.test(zone) ? zone : null;
}

const LOCAL_ZONE = /^[a-z]{2,}(-[a-z]+)+-\d+-[a-z]+-\d+[a-z]$/;

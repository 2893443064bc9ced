import type { Report } from '../../../src/report/model.ts';
import { type AuditOptions, audit, type Estate } from '../../kit/estate.ts';

export type Row = NonNullable<Estate['images']>[number];

/** An x86_64 image of one unencrypted 8 GiB volume, made on 1 June. */
export const image = (Name: string, ImageId: string, more: Partial<Row> = {}): Row => ({
  Name,
  ImageId,
  OwnerId: '111122223333',
  State: 'available',
  CreationDate: '2026-06-01T00:00:00.000Z',
  Architecture: 'x86_64',
  BlockDeviceMappings: [
    {
      DeviceName: '/dev/xvda',
      Ebs: { VolumeSize: 8, VolumeType: 'gp3', SnapshotId: `snap-${ImageId}`, Encrypted: false },
    },
  ],
  ...more,
});

/** AWS's record of a copy that was made a day later. */
export const copyOf = (SourceImageId: string, SourceImageRegion = 'us-east-1'): Partial<Row> => ({
  SourceImageId,
  SourceImageRegion,
  CreationDate: '2026-06-02T00:00:00.000Z',
});

/** AWS's record of an image that was built on another, in its region. */
export const builtOn = (SourceImageId: string, SourceImageRegion: string): Partial<Row> => ({
  SourceImageId,
  SourceImageRegion,
  SourceInstanceId: 'i-1',
});

/** us-east-1 against eu-west-1, images alone. */
export const images = (
  source: Row[],
  target: Row[],
  more: { source?: Estate; target?: Estate } & AuditOptions = {},
): Report => {
  const { source: s, target: t, ...options } = more;
  return audit({ images: source, ...s }, { images: target, ...t }, { scopes: ['images'], ...options });
};

/** How the source image of that name was paired: "ami-9 by lineage (strong)". */
export function pairing(report: Report, name: string): string {
  const pair = report.pairs.find((p) => p.source && p.name === name);
  return pair?.target
    ? `${pair.target.id} by ${pair.matchedBy} (${pair.matchStrength})`
    : (pair?.state ?? '');
}

import type { Image as AwsImage, ImageAncestryEntry } from '@aws-sdk/client-ec2';
import type { AwsSnapshot, SnapshotsById } from '../inventory/block-device.ts';
import { ancestryFrom } from '../inventory/image-origin.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { canonical, nameOf } from './canonical.ts';
import { type DetailFailure, detailGaps } from './detail-gaps.ts';
import { CallFailed } from './failures.ts';
import { optionalFailure } from './optional.ts';
import { allPages, listed } from './paging.ts';
import type { Reader } from './reader.ts';
import { type RowFailure, rowFailure } from './vanished.ts';

/** EC2 takes at most so many values of one filter. */
const FILTER_VALUES = 200;

export interface Ancestries {
  readonly byImage: ReadonlyMap<string, readonly ImageAncestryEntry[]>;
  readonly failed: readonly RowFailure[];
}

/** The images that `readAncestries` reads: copies whose original is elsewhere. */
export function copiesFromElsewhere(rows: readonly AwsImage[]): AwsImage[] {
  const here = new Set(rows.map(({ ImageId }) => ImageId));
  return rows.filter(
    ({ SourceImageId, SourceInstanceId }) => SourceImageId && !SourceInstanceId && !here.has(SourceImageId),
  );
}

/**
 * The ancestors of copies whose original is elsewhere: what that was made from in turn, no listing of this region says.
 * One call per image.
 */
export async function readAncestries(reader: Reader, copies: readonly AwsImage[]): Promise<Ancestries> {
  const [first, ...others] = copies;
  const byImage = new Map<string, readonly ImageAncestryEntry[]>();
  const failed: RowFailure[] = [];
  if (!first) return { byImage, failed };
  const step = reader.steps('ancestries of images', copies.length);
  const ask = async ({ ImageId = '', Name }: AwsImage) => {
    try {
      const answer = await reader.call('GetImageAncestry', { ImageId });
      const rows = listed(reader, 'GetImageAncestry', answer.ImageAncestryEntries);
      canonical(reader, 'GetImageAncestry', nameOf(ImageId, Name), () => ancestryFrom(ImageId, rows));
      byImage.set(ImageId, rows);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      const failure = optionalFailure(reader, 'GetImageAncestry', error);
      failed.push({ ...rowFailure(ImageId, nameOf(ImageId, Name), error), failure });
    }
    step();
  };
  await ask(first);
  // Where the call does not exist, asking five hundred times more will not help.
  if (failed[0]?.failure.code !== 'unsupported') await Promise.all(others.map(ask));
  return { byImage, failed };
}

export function ancestryGaps(failures: readonly RowFailure[]): DetailGap[] {
  return detailGaps('image', 'The ancestry', failures).map((gap) => ({ ...gap, explains: 'ancestry' }));
}

/** The snapshots behind the images: what they say they were copied for, and how much is written in them. */
export async function readSnapshots(
  reader: Reader,
  rows: readonly AwsImage[],
): Promise<{ byId: SnapshotsById; gaps: DetailGap[] }> {
  const ids = rows.flatMap(({ BlockDeviceMappings = [] }) =>
    BlockDeviceMappings.flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []),
  );
  const wanted = [...new Set(ids)].sort();
  const byId = new Map<string, AwsSnapshot>();
  const failures: DetailFailure[] = [];
  const ask = async (Values: string[]) => {
    try {
      for (const snapshot of await snapshotsOf(reader, Values)) byId.set(snapshot.SnapshotId ?? '', snapshot);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      const failure = optionalFailure(reader, 'DescribeSnapshots', error);
      failures.push(...Values.map((item) => ({ item, failure })));
    }
  };
  const filters = Array.from({ length: Math.ceil(wanted.length / FILTER_VALUES) }, (_, i) =>
    wanted.slice(i * FILTER_VALUES, (i + 1) * FILTER_VALUES),
  );
  await Promise.all(filters.map(ask));
  const gaps = detailGaps('image', 'Descriptions and written sizes', failures);
  return { byId, gaps: gaps.map((gap) => ({ ...gap, explains: 'snapshots' })) };
}

/** By filter: an id in `SnapshotIds` that does not exist any more would fail the whole call. */
function snapshotsOf(reader: Reader, Values: string[]) {
  return allPages(reader, {
    action: 'DescribeSnapshots',
    what: 'snapshots',
    ask: async (position) => {
      const Filters = [{ Name: 'snapshot-id', Values }];
      const { Snapshots, NextToken } = await reader.call('DescribeSnapshots', { Filters, ...position });
      return { rows: Snapshots, next: NextToken };
    },
    idOf: (snapshot) => snapshot.SnapshotId,
  });
}

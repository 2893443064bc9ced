import type { Image as AwsImage, ImageAncestryEntry } from '@aws-sdk/client-ec2';
import type { AwsSnapshot, SnapshotsById } from '../inventory/block-device.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { nameOf } from './canonical.ts';
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
  readonly gaps: DetailGap[];
}

/**
 * The ancestors of copies whose original is elsewhere: what that was made from in turn, no listing of this region says.
 * One call per image, so beyond `limit` such images none is read.
 */
export async function readAncestries(
  reader: Reader,
  rows: readonly AwsImage[],
  limit: number,
): Promise<Ancestries> {
  const here = new Set(rows.map(({ ImageId }) => ImageId));
  const [first, ...others] = rows.filter(
    ({ SourceImageId, SourceInstanceId }) => SourceImageId && !SourceInstanceId && !here.has(SourceImageId),
  );
  const byImage = new Map<string, readonly ImageAncestryEntry[]>();
  if (!first) return { byImage, failed: [], gaps: [] };
  if (others.length >= limit) return { byImage, failed: [], gaps: [tooMany(others.length + 1, limit)] };
  const failed: RowFailure[] = [];
  const ask = async ({ ImageId = '', Name }: AwsImage) => {
    try {
      const answer = await reader.call('GetImageAncestry', { ImageId });
      byImage.set(ImageId, listed(reader, 'GetImageAncestry', answer.ImageAncestryEntries));
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      const failure = optionalFailure(reader, 'GetImageAncestry', error);
      failed.push({ ...rowFailure(ImageId, nameOf(ImageId, Name), error), failure });
    }
  };
  await ask(first);
  // Where the call does not exist, asking five hundred times more will not help.
  if (failed[0]?.failure.code !== 'unsupported') await Promise.all(others.map(ask));
  return { byImage, failed, gaps: [] };
}

export function ancestryGaps(failures: readonly RowFailure[]): DetailGap[] {
  return detailGaps('image', 'The ancestry', failures).map((gap) => ({ ...gap, explains: 'ancestry' }));
}

function tooMany(count: number, limit: number): DetailGap {
  return {
    kind: 'image',
    code: 'not-read',
    message: `The ancestry of ${count} copies was not read: it takes one call per image, and the limit is ${limit} images.`,
    hint: 'If a copy of a copy is not recognised, check it manually with get-image-ancestry.',
    explains: 'ancestry',
  };
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

import type { Image as AwsImage, LaunchPermission } from '@aws-sdk/client-ec2';
import type { DetailGap } from '../inventory/snapshot.ts';
import { nameOf } from './canonical.ts';
import { detailGaps } from './detail-gaps.ts';
import { CallFailed } from './failures.ts';
import { listed } from './paging.ts';
import type { Reader } from './reader.ts';
import { type RowFailure, rowFailure } from './vanished.ts';

/** What is used of a row of DescribeImages. */
type Row = Pick<AwsImage, 'ImageId' | 'Name' | 'State'>;

export interface Permissions {
  readonly byImage: ReadonlyMap<string, readonly LaunchPermission[]>;
  readonly failed: readonly RowFailure[];
}

/** Who may launch the images: one call per image. */
export async function readPermissions(reader: Reader, rows: readonly Row[]): Promise<Permissions> {
  const byImage = new Map<string, readonly LaunchPermission[]>();
  const failed: RowFailure[] = [];
  const step = reader.steps('launch permissions', rows.length);
  await Promise.all(
    rows.map(async (row) => {
      const permissions = await permissionsOf(reader, row).catch((error) => {
        if (!(error instanceof CallFailed)) throw error;
        failed.push(rowFailure(row.ImageId ?? '', nameOf(row.ImageId, row.Name), error));
        return null;
      });
      step();
      if (permissions) byImage.set(row.ImageId ?? '', permissions);
    }),
  );
  return { byImage, failed };
}

/**
 * DisableImage removes all launch permissions, so a disabled image has none. An image that is still pending, or has
 * failed, cannot be launched, and EC2 may refuse to return them: null, which is no gap.
 */
async function permissionsOf(
  reader: Reader,
  { ImageId, State }: Row,
): Promise<readonly LaunchPermission[] | null> {
  if (State === 'disabled') return [];
  if (State !== undefined && State !== 'available') return null;
  const answer = await reader.call('DescribeImageAttribute', { ImageId, Attribute: 'launchPermission' });
  return listed(reader, 'DescribeImageAttribute', answer.LaunchPermissions);
}

export function permissionGaps(failures: readonly RowFailure[]): DetailGap[] {
  return detailGaps('image', 'The launch permissions', failures);
}

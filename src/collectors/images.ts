import type { Image as AwsImage, DescribeImagesCommandInput, LaunchPermission } from '@aws-sdk/client-ec2';
import { type Image, type ImageDetails, imageFrom } from '../inventory/image.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { canonical, nameOf } from './canonical.ts';
import { ancestryGaps, copiesFromElsewhere, readAncestries, readSnapshots } from './image-details.ts';
import { detailsLeft } from './image-details-left.ts';
import { permissionGaps, readPermissions } from './image-permissions.ts';
import { allPages } from './paging.ts';
import type { Reader } from './reader.ts';
import { type RowFailure, withoutVanished } from './vanished.ts';

/** The account's own images with everything that DescribeImages hides by default: deprecated and disabled ones (C1). */
const OWN = { Owners: ['self'], IncludeDeprecated: true, IncludeDisabled: true };

/**
 * Images, who may launch them, and what they were made from. Launch permissions and ancestry take one call per image, at 20
 * a second once the first 100 are spent (E4).
 * @param detailLimit With more images that these calls are for, they are left unread, and the snapshot says so.
 */
export async function readImages(
  reader: Reader,
  detailLimit: number,
): Promise<{ items: Image[]; gaps: DetailGap[] }> {
  const rows = await ownImages(reader, true, {});
  const launchable = rows.filter(({ State = 'available' }) => State === 'available').length;
  const copies = copiesFromElsewhere(rows);
  const [fewImages, fewCopies] = [launchable <= detailLimit, copies.length <= detailLimit];
  const [permissions, ancestries, snapshots] = await Promise.all([
    readPermissions(reader, fewImages ? rows : []),
    readAncestries(reader, fewCopies ? copies : []),
    readSnapshots(reader, rows),
  ]);
  const { ids, failures, gaps } = await withoutVanishedImages(reader, [
    ...permissions.failed,
    ...ancestries.failed,
  ]);
  const left = rows.filter(({ ImageId = '' }) => !ids.has(ImageId));
  const items = left.map((row) => {
    const id = row.ImageId ?? '';
    const details = { ancestry: ancestries.byImage.get(id), snapshots: snapshots.byId };
    return imageOf(reader, row, permissions.byImage.get(id) ?? null, details);
  });
  const unread = (of: readonly RowFailure[]) => failures.filter((failure) => of.includes(failure));
  return {
    items,
    gaps: [
      ...detailsLeft('permissions', fewImages ? 0 : launchable),
      ...permissionGaps(unread(permissions.failed)),
      ...detailsLeft('ancestry', fewCopies ? 0 : copies.length),
      ...ancestryGaps(unread(ancestries.failed)),
      ...snapshots.gaps,
      ...gaps,
    ],
  };
}

function ownImages(
  reader: Reader,
  reports: boolean,
  which: Pick<DescribeImagesCommandInput, 'Filters'>,
): Promise<AwsImage[]> {
  return allPages(reader, {
    action: 'DescribeImages',
    what: 'images',
    reports,
    ask: async (position) => {
      const { Images, NextToken } = await reader.call('DescribeImages', { ...OWN, ...which, ...position });
      return { rows: Images, next: NextToken };
    },
    idOf: (image) => image.ImageId,
  });
}

/** Images that were deregistered after they had been listed. */
export function withoutVanishedImages(reader: Reader, failed: readonly RowFailure[]) {
  return withoutVanished('image', failed, async (Values) => {
    const again = await ownImages(reader, false, { Filters: [{ Name: 'image-id', Values: [...Values] }] });
    return new Set(again.map(({ ImageId }) => ImageId ?? ''));
  });
}

function imageOf(
  reader: Reader,
  row: AwsImage,
  permissions: readonly LaunchPermission[] | null,
  details: ImageDetails,
): Image {
  const name = nameOf(row.ImageId, row.Name);
  return canonical(reader, 'DescribeImages', name, () => imageFrom(row, permissions, details));
}

import type { Image as AwsImage, DescribeImagesCommandInput, LaunchPermission } from '@aws-sdk/client-ec2';
import { type Image, type ImageDetails, imageFrom, launchPermissionsFrom } from '../inventory/image.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { canonical, nameOf } from './canonical.ts';
import { detailGaps } from './detail-gaps.ts';
import { CallFailed } from './failures.ts';
import { ancestryGaps, readAncestries, readSnapshots } from './image-details.ts';
import { allPages, listed } from './paging.ts';
import type { Reader } from './reader.ts';
import { type RowFailure, rowFailure, withoutVanished } from './vanished.ts';

/** The account's own images with everything that DescribeImages hides by default: deprecated and disabled ones (C1). */
const OWN = { Owners: ['self'], IncludeDeprecated: true, IncludeDisabled: true };

/** How many images may cost a call each. */
export interface ImageLimits {
  readonly permissions: number;
  readonly ancestry: number;
}

/**
 * Images, who may launch them, and what they were made from. Launch permissions cost one call per image, at 20 a
 * second once the first 100 are spent (E4), so beyond the limit they are left unread, and the snapshot says so.
 */
export async function readImages(
  reader: Reader,
  limits: ImageLimits,
): Promise<{ items: Image[]; gaps: DetailGap[] }> {
  const rows = await ownImages(reader, true, {});
  const [permissions, ancestries, snapshots] = await Promise.all([
    readPermissions(reader, rows, limits.permissions),
    readAncestries(reader, rows, limits.ancestry),
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
      ...permissions.gaps,
      ...permissionGaps(unread(permissions.failed)),
      ...ancestries.gaps,
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
function withoutVanishedImages(reader: Reader, failed: readonly RowFailure[]) {
  return withoutVanished('image', failed, async (Values) => {
    const again = await ownImages(reader, false, { Filters: [{ Name: 'image-id', Values: [...Values] }] });
    return new Set(again.map(({ ImageId }) => ImageId ?? ''));
  });
}

function permissionGaps(failures: readonly RowFailure[]): DetailGap[] {
  return detailGaps('image', 'The launch permissions', failures);
}

/** The images, those that are named with their launch permissions; what could not be read of them is a gap. */
export async function readPermissionsOf(
  reader: Reader,
  images: readonly Image[],
  ids: readonly string[],
): Promise<{ images: readonly Image[]; gaps: DetailGap[] }> {
  const wanted = new Set(ids);
  const rows = images
    .filter(({ id }) => wanted.has(id))
    .map(
      ({ id, name, state }): AwsImage => ({
        ImageId: id,
        Name: name ?? undefined,
        State: state as AwsImage['State'],
      }),
    );
  if (rows.length === 0) return { images, gaps: [] };
  const { byImage, failed } = await readPermissions(reader, rows, rows.length);
  const { ids: vanished, failures, gaps } = await withoutVanishedImages(reader, failed);
  return {
    images: images
      .filter(({ id }) => !vanished.has(id))
      .map((image) => withPermissions(image, byImage.get(image.id))),
    gaps: [...permissionGaps(failures), ...gaps],
  };
}

function withPermissions(image: Image, rows: readonly LaunchPermission[] | undefined): Image {
  return rows ? { ...image, launchPermissions: launchPermissionsFrom(rows) } : image;
}

async function readPermissions(
  reader: Reader,
  rows: readonly AwsImage[],
  limit: number,
): Promise<{
  byImage: ReadonlyMap<string, readonly LaunchPermission[]>;
  failed: readonly RowFailure[];
  gaps: DetailGap[];
}> {
  const byImage = new Map<string, readonly LaunchPermission[]>();
  if (rows.length > limit) return { byImage, failed: [], gaps: [tooMany(rows.length, limit)] };
  const failed: RowFailure[] = [];
  let read = 0;
  await Promise.all(
    rows.map(async (row) => {
      const permissions = await permissionsOf(reader, row).catch((error) => {
        if (!(error instanceof CallFailed)) throw error;
        failed.push(rowFailure(row.ImageId ?? '', nameOf(row.ImageId, row.Name), error));
        return null;
      });
      read += 1;
      reader.progress('launch permissions', read, read === rows.length);
      if (permissions) byImage.set(row.ImageId ?? '', permissions);
    }),
  );
  return { byImage, failed, gaps: [] };
}

/**
 * DisableImage removes all launch permissions, so a disabled image has none. An image that is still pending, or has
 * failed, cannot be launched, and EC2 may refuse to return them: null, which is no gap.
 */
async function permissionsOf(
  reader: Reader,
  { ImageId, State }: AwsImage,
): Promise<readonly LaunchPermission[] | null> {
  if (State === 'disabled') return [];
  if (State !== undefined && State !== 'available') return null;
  const answer = await reader.call('DescribeImageAttribute', { ImageId, Attribute: 'launchPermission' });
  return listed(reader, 'DescribeImageAttribute', answer.LaunchPermissions);
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

function tooMany(count: number, limit: number): DetailGap {
  return {
    kind: 'image',
    code: 'not-read',
    message: `The launch permissions of ${count} images were not read: they take one call per image, and the limit is ${limit} images.`,
    hint: 'Check the images that other accounts launch manually with describe-image-attribute --attribute launchPermission.',
  };
}

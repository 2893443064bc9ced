import type { Image as AwsImage } from '@aws-sdk/client-ec2';
import { type Image, launchPermissionsFrom } from '../inventory/image.ts';
import { ancestryFrom } from '../inventory/image-origin.ts';
import type { DetailGap, Snapshot } from '../inventory/snapshot.ts';
import { ancestryGaps, readAncestries } from './image-details.ts';
import { withDetailsLeft } from './image-details-left.ts';
import { permissionGaps, readPermissions } from './image-permissions.ts';
import { withoutVanishedImages } from './images.ts';
import type { Reader } from './reader.ts';
import type { RowFailure } from './vanished.ts';

export interface DetailsWanted {
  readonly permissionsOf: readonly string[];
  readonly ancestryOf: readonly string[];
}

/** The images, those that are named with the details that the listing left unread; what cannot be read of them is a gap. */
export async function readImageDetails(
  reader: Reader,
  { images: collected, gaps: before }: Pick<Snapshot, 'images' | 'gaps'>,
  wanted: DetailsWanted,
): Promise<Pick<Snapshot, 'images' | 'gaps'>> {
  if (collected.status === 'failed') return { images: collected, gaps: before };
  const images = collected.items;
  const [ofPermissions, ofAncestry] = [
    rowsOf(images, wanted.permissionsOf),
    rowsOf(images, wanted.ancestryOf),
  ];
  if (ofPermissions.length + ofAncestry.length === 0) return { images: collected, gaps: before };
  const [permissions, ancestries] = await Promise.all([
    readPermissions(reader, ofPermissions),
    readAncestries(reader, ofAncestry),
  ]);
  const { ids, failures, gaps } = await withoutVanishedImages(reader, [
    ...permissions.failed,
    ...ancestries.failed,
  ]);
  const left = images
    .filter(({ id }) => !ids.has(id))
    .map((image) => detailed(image, permissions, ancestries));
  const unread = (of: readonly RowFailure[]) => failures.filter((failure) => of.includes(failure));
  return {
    images: { status: 'complete', items: left },
    gaps: [
      ...stillLeft(before, left, wanted),
      ...permissionGaps(unread(permissions.failed)),
      ...ancestryGaps(unread(ancestries.failed)),
      ...gaps,
    ],
  };
}

function rowsOf(images: readonly Image[], ids: readonly string[]) {
  const wanted = new Set(ids);
  return images
    .filter(({ id }) => wanted.has(id))
    .map(({ id, name, state }) => ({
      ImageId: id,
      Name: name ?? undefined,
      State: state as AwsImage['State'],
    }));
}

function detailed(
  image: Image,
  permissions: Awaited<ReturnType<typeof readPermissions>>,
  ancestries: Awaited<ReturnType<typeof readAncestries>>,
): Image {
  const [granted, ancestors] = [permissions.byImage.get(image.id), ancestries.byImage.get(image.id)];
  return {
    ...image,
    ...(granted ? { launchPermissions: launchPermissionsFrom(granted) } : {}),
    ...(ancestors ? { ancestry: ancestryFrom(image.id, ancestors) } : {}),
  };
}

/** The notes of the listing, about what was not read since. */
function stillLeft(
  gaps: readonly DetailGap[],
  images: readonly Image[],
  { permissionsOf, ancestryOf }: DetailsWanted,
): DetailGap[] {
  const [granted, descended] = [new Set(permissionsOf), new Set(ancestryOf)];
  const here = new Set(images.map(({ id }) => id));
  const permissions = images.filter((i) => lacksPermissions(i) && !granted.has(i.id)).length;
  const ancestry = images.filter((i) => lacksAncestry(i, here) && !descended.has(i.id)).length;
  const noted = permissionsOf.length > 0 ? withDetailsLeft(gaps, 'permissions', permissions) : [...gaps];
  return ancestryOf.length > 0 ? withDetailsLeft(noted, 'ancestry', ancestry) : noted;
}

function lacksPermissions({ state, launchPermissions }: Image): boolean {
  return state === 'available' && launchPermissions === null;
}

function lacksAncestry(image: Image, here: ReadonlySet<string>): boolean {
  const { sourceImageId, sourceInstanceId, ancestry } = image;
  return sourceImageId !== null && !sourceInstanceId && ancestry === null && !here.has(sourceImageId);
}

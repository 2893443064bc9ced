import { type Collected, complete } from '../../inventory/collected.ts';
import { type AwsLaunchPermission, type Image, imageFrom } from '../../inventory/image.ts';
import { type OtherImage, otherImageFrom } from '../../inventory/other-image.ts';
import type { DetailGap } from '../../inventory/snapshot.ts';
import { count } from '../../text/counts.ts';
import { shellWord } from '../../text/shell.ts';
import { BadDump, collect, type Dump, failureOf, rowsOf } from './answers.ts';
import { detailGaps, detailsOf, dumpedDetails } from './image-details.ts';
import { fileName, saving } from './kinds.ts';
import { imageRow, launchPermissionRow } from './rows.ts';

/** The caller's own images, with the launch permissions of those that a describe-image-attribute answer was saved of. */
export function collectImages(
  dump: Dump,
  account: string | null,
  keepsOthers: boolean,
): { images: Collected<Image>; gaps: DetailGap[] } {
  const permissions = permissionsByImage(dump);
  const details = dumpedDetails(dump);
  const collected = collect(
    dump,
    'images',
    imageRow,
    (row) => imageFrom(row, permissions.complete.get(row.ImageId) ?? null, detailsOf(details, row)),
    (image) => image.id,
  );
  if (collected.status === 'failed') return { images: collected, gaps: [] };
  const items = collected.items.filter((image) => isOwn(image, account));
  const others = collected.items.length - items.length;
  if (others > 0 && !keepsOthers) {
    dump.notes.push(
      `${dump.folder.dir}: left out ${others} of ${collected.items.length} images, which belong to other accounts than ${account}`,
    );
  }
  return {
    images: { status: 'complete', items },
    gaps: [
      ...ownerGap(dump, account, items),
      ...permissionGaps(dump, items, permissions.broken),
      ...detailGaps(dump, items, details),
    ],
  };
}

/** Those of other owners, as far as they were saved: an image that is not in the files may still exist. */
export function collectOtherImages(dump: Dump, account: string | null): Collected<OtherImage> {
  // What there is to be said about the files is said where the account's own images are read.
  const silent = { ...dump, notes: [] };
  const collected = collect(silent, 'images', imageRow, otherImageFrom, ({ id }) => id);
  if (collected.status === 'failed') return collected;
  return complete(collected.items.filter((image) => !isOwn(image, account)));
}

function isOwn({ ownerId }: Pick<Image, 'ownerId'>, account: string | null): boolean {
  return !account || !ownerId || ownerId === account;
}

/** Without `--owners self` an answer contains public images of many accounts; treating them as the caller's would be a false inventory. */
function ownerGap(dump: Dump, account: string | null, images: readonly Image[]): DetailGap[] {
  const owners = new Set(images.flatMap(({ ownerId }) => ownerId ?? []));
  if (account !== null || owners.size < 2) return [];
  return [
    {
      kind: 'account',
      code: 'not-in-dump',
      message: `${dump.folder.dir} contains images of ${owners.size} accounts, and which account is the caller's is not known.`,
      hint: 'Save it there.',
      commands: [saving(dump, 'caller.json', 'get-caller-identity', 'sts')],
    },
  ];
}

interface Permissions {
  readonly complete: ReadonlyMap<string, readonly AwsLaunchPermission[]>;
  readonly broken: readonly BadDump[];
}

/** Of several answers for one image the newest counts: they are whole lists, not pages. */
function permissionsByImage(dump: Dump): Permissions {
  const complete = new Map<string, readonly AwsLaunchPermission[]>();
  const broken: BadDump[] = dump.folder.files.flatMap(({ fault, shown }) =>
    fault?.key === 'LaunchPermissions'
      ? [new BadDump('malformed', `${shown} cannot be read: ${fault.why}`)]
      : [],
  );
  for (const answer of dump.answers.filter(({ key }) => key === 'LaunchPermissions')) {
    try {
      const rows = rowsOf(answer, launchPermissionRow).map(({ row }) => row);
      complete.set(String(answer.whole.ImageId), rows);
    } catch (error) {
      if (!(error instanceof BadDump)) throw error;
      broken.push(error);
    }
  }
  return { complete, broken };
}

/**
 * No permissions at all were a choice of who made the dump (one call per image): a stated limit. Permissions of some
 * images only are a loop that broke off: what is absent then was meant to be there, and the side is incomplete.
 */
function permissionGaps(dump: Dump, images: readonly Image[], broken: readonly BadDump[]): DetailGap[] {
  const launchable = images.filter(({ state }) => state === 'available');
  const unread = launchable.filter(({ launchPermissions }) => launchPermissions === null);
  const [first] = unread;
  if (!first) return [];
  const save = (id: string) =>
    saving(
      dump,
      fileName(`launch-permissions-${id}.json`),
      `describe-image-attribute --attribute launchPermission --image-id ${shellWord(id)}`,
    );
  if (broken.length > 0)
    return broken.map((error) => ({ kind: 'image', ...failureOf(error, [save(first.id)]) }));
  if (unread.length === launchable.length) {
    return [
      {
        kind: 'image',
        code: 'not-read',
        message: `${dump.folder.dir} contains no launch permissions: whether the images are shared with the same accounts is not compared.`,
        hint: 'To compare them, save the launch permissions of each image.',
        commands: launchable.slice(0, NAMED).map(({ id }) => save(id)),
      },
    ];
  }
  return [
    {
      kind: 'image',
      code: 'not-in-dump',
      message: `${dump.folder.dir} contains the launch permissions of ${count(launchable.length - unread.length, 'image')}, but not of ${unread.map(({ id }) => id).join(', ')}.`,
      hint: 'Save them there, for each of these images.',
      commands: unread.slice(0, NAMED).map(({ id }) => save(id)),
    },
  ];
}

/** How many commands a gap shows: the others differ in the id alone. */
const NAMED = 5;

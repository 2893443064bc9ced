import type { SnapshotsById } from '../../inventory/block-device.ts';
import type { AwsImage, Image } from '../../inventory/image.ts';
import type { AwsAncestor } from '../../inventory/image-origin.ts';
import { allowedImagesFrom, type ImageSettings } from '../../inventory/image-settings.ts';
import type { DetailGap } from '../../inventory/snapshot.ts';
import { shellWord } from '../../text/shell.ts';
import { type Answer, BadDump, type Dump, failureOf, rowsOf } from './answers.ts';
import { type Advice, type AnswerKey, fileName, saving } from './kinds.ts';
import { ancestorRow, snapshotRow } from './rows.ts';

/** What a folder contains besides the images to show what they were made from. */
export interface DumpedDetails {
  readonly snapshots: SnapshotsById;
  readonly ancestries: ReadonlyMap<string, readonly AwsAncestor[]>;
  /** What is broken, and what it would have explained. */
  readonly broken: readonly { readonly key: 'Snapshots' | 'ImageAncestryEntries'; readonly error: BadDump }[];
}

export function dumpedDetails(dump: Dump): DumpedDetails {
  const broken: DumpedDetails['broken'][number][] = [];
  const answered = <Found>(key: 'Snapshots' | 'ImageAncestryEntries', read: (answer: Answer) => Found[]) => {
    for (const { fault, shown } of dump.folder.files)
      if (fault?.key === key)
        broken.push({ key, error: new BadDump('malformed', `${shown} cannot be read: ${fault.why}`) });
    return answersOf(dump, key).flatMap((answer) => {
      try {
        return read(answer);
      } catch (error) {
        if (!(error instanceof BadDump)) throw error;
        broken.push({ key, error });
        return [];
      }
    });
  };
  const snapshots = answered('Snapshots', (answer) => rowsOf(answer, snapshotRow).map(({ row }) => row));
  const ancestries = answered('ImageAncestryEntries', (answer) => {
    const rows = rowsOf(answer, ancestorRow).map(({ row }) => row);
    const sources = new Set(rows.map(({ SourceImageId }) => SourceImageId));
    // The answer does not say which image was asked about: it is the one that no other was made from.
    return rows.filter(({ ImageId }) => !sources.has(ImageId)).map(({ ImageId }) => [ImageId, rows] as const);
  });
  return {
    snapshots: new Map(snapshots.map((row) => [row.SnapshotId, row])),
    ancestries: new Map(ancestries),
    broken,
  };
}

/**
 * Absent answers are a stated limit, and only where an image could be explained by them: one without AWS's record of
 * where it comes from, or a copy whose original is elsewhere.
 */
export function detailGaps(dump: Dump, images: readonly Image[], details: DumpedDetails): DetailGap[] {
  const here = new Set(images.map(({ id }) => id));
  const unrecorded = images.filter(
    (i) => i.sourceImageId === null && i.blockDevices.some((d) => d.ebs?.snapshotId),
  );
  const fromElsewhere = images.filter(
    (i) => i.sourceImageId !== null && i.sourceInstanceId === null && !here.has(i.sourceImageId),
  );
  const untraced = fromElsewhere.filter(({ ancestry }) => ancestry === null);
  const [first] = untraced;
  const { dir } = dump.folder;
  const saveSnapshots = saving(dump, 'Snapshots.json', 'describe-snapshots --owner-ids self');
  const saveAncestry = (id: string) =>
    saving(dump, fileName(`ancestry-${id}.json`), `get-image-ancestry --image-id ${shellWord(id)}`);
  const gap = (explains: 'snapshots' | 'ancestry', message: string, advice: Advice): DetailGap => ({
    kind: 'image',
    code: 'not-read',
    message,
    ...advice,
    explains,
  });
  const isBroken = (key: AnswerKey) => details.broken.some((b) => b.key === key);
  return [
    ...details.broken.map(
      ({ key, error }): DetailGap => ({
        kind: 'image',
        ...failureOf(error, key === 'Snapshots' ? [saveSnapshots] : first ? [saveAncestry(first.id)] : []),
        explains: key === 'Snapshots' ? 'snapshots' : 'ancestry',
      }),
    ),
    ...(unrecorded.length > 0 && answersOf(dump, 'Snapshots').length === 0 && !isBroken('Snapshots')
      ? [
          gap(
            'snapshots',
            `${dir} contains no snapshots: their descriptions, which show what an image is a copy of, are not used.`,
            { hint: 'To use them, save the snapshots.', commands: [saveSnapshots] },
          ),
        ]
      : []),
    ...(first && !isBroken('ImageAncestryEntries')
      ? [
          gap(
            'ancestry',
            `${dir} contains no ancestry of ${untraced.length} of ${fromElsewhere.length} images that are copies from another region or account.`,
            {
              hint: 'If a copy of a copy is not recognised, save the ancestry of each such image.',
              commands: [saveAncestry(first.id)],
            },
          ),
        ]
      : []),
  ];
}

/** What get-allowed-images-settings and get-ebs-encryption-by-default answered; the newest counts. */
export function dumpedSettings(dump: Dump): ImageSettings {
  // get-snapshot-block-public-access-state has a "State" too, with other words.
  const states = answersOf(dump, 'State').flatMap(({ value }) =>
    typeof value === 'string' ? (allowedImagesFrom(value) ?? []) : [],
  );
  const defaults = answersOf(dump, 'EbsEncryptionByDefault').flatMap(({ value }) =>
    typeof value === 'boolean' ? value : [],
  );
  return { allowedImages: states.at(-1) ?? null, encryptionByDefault: defaults.at(-1) ?? null };
}

function answersOf(dump: Dump, key: AnswerKey): Answer[] {
  return dump.answers.filter((answer) => answer.key === key);
}

/** What answers other than DescribeImages say about the image of a row. */
export function detailsOf({ snapshots, ancestries }: DumpedDetails, row: AwsImage) {
  return { snapshots, ancestry: ancestries.get(row.ImageId ?? '') };
}

import type { Image as AwsImage, DescribeImagesCommandInput } from '@aws-sdk/client-ec2';
import type { ImageName } from '../inventory/lookups.ts';
import { noNamesake, noOtherImage, type OtherImage, otherImageFrom } from '../inventory/other-image.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { canonical, nameOf } from './canonical.ts';
import { CallFailed } from './failures.ts';
import { optionalFailure } from './optional.ts';
import { allPages } from './paging.ts';
import type { Reader } from './reader.ts';

/** EC2 takes at most so many values of one filter. */
const FILTER_VALUES = 200;

/**
 * Images by id, of any owner. By filter: an id in `ImageIds` that does not exist would fail the whole call.
 * An id that is not in the answer is an image that the account cannot see.
 */
export async function readImagesById(reader: Reader, ids: readonly string[]): Promise<OtherImage[]> {
  // A filter takes * and ? for any text; no id has one.
  const possible = ids.filter((id) => /^ami-[A-Za-z0-9-]+$/.test(id));
  const found = await inParts(possible, (Values) =>
    imagesBy(reader, { Filters: [{ Name: 'image-id', Values }] }),
  );
  const known = new Map(found.map((image) => [image.id, image]));
  return ids.map((id) => known.get(id) ?? noOtherImage(id));
}

/** Images that have exactly these names, of these owners; for a name that none has, that there is none. */
export async function readNamesakes(reader: Reader, names: readonly ImageName[]): Promise<OtherImage[]> {
  const byOwner = new Map<string, Set<string>>();
  for (const { owner, name } of names) byOwner.set(owner, (byOwner.get(owner) ?? new Set()).add(name));
  const found = await Promise.all(
    [...byOwner].map(async ([owner, wanted]) => {
      const images = await inParts([...wanted], (some) =>
        imagesBy(reader, { Owners: [owner], Filters: [{ Name: 'name', Values: some.map(literally) }] }),
      );
      const named = images.filter(({ name }) => name !== null && wanted.has(name));
      const existing = new Set(named.map(({ name }) => name));
      return [...named, ...[...wanted].filter((n) => !existing.has(n)).map((n) => noNamesake(owner, n))];
    }),
  );
  return found.flat();
}

/**
 * The images that were copied from these and that the account may launch, of any owner. What is asked is an extra
 * question of a call that was answered before: where it fails, that is a stated gap, but for an emulator without the filter.
 */
export async function readCopies(
  reader: Reader,
  ids: readonly string[],
): Promise<{ items: OtherImage[]; gaps: DetailGap[] }> {
  try {
    const items = await inParts(ids, (Values) =>
      imagesBy(reader, { Filters: [{ Name: 'source-image-id', Values }] }),
    );
    return { items, gaps: [] };
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    const failure = optionalFailure(reader, 'DescribeImages', error);
    return {
      items: [],
      gaps: failure.code === 'unsupported' ? [] : [{ kind: 'image', ...failure, explains: 'copies' }],
    };
  }
}

/** A filter value that means itself (EC2 User Guide, Using_Filtering). */
function literally(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&');
}

async function inParts<Item>(
  values: readonly string[],
  read: (some: string[]) => Promise<Item[]>,
): Promise<Item[]> {
  const parts = Array.from({ length: Math.ceil(values.length / FILTER_VALUES) }, (_, i) =>
    values.slice(i * FILTER_VALUES, (i + 1) * FILTER_VALUES),
  );
  return (await Promise.all(parts.map(read))).flat();
}

/** With what DescribeImages hides by default: whether a launch would get it is for who reads its state (C1). */
async function imagesBy(reader: Reader, which: DescribeImagesCommandInput): Promise<OtherImage[]> {
  const shown = { IncludeDeprecated: true, IncludeDisabled: true };
  const rows = await allPages<AwsImage>(reader, {
    action: 'DescribeImages',
    what: 'images',
    ask: async (position) => {
      const { Images, NextToken } = await reader.call('DescribeImages', { ...which, ...shown, ...position });
      return { rows: Images, next: NextToken };
    },
    idOf: (image) => image.ImageId,
  });
  return rows.map((row) =>
    canonical(reader, 'DescribeImages', nameOf(row.ImageId, row.Name), () => otherImageFrom(row)),
  );
}

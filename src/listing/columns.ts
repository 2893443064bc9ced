import { type Tags, tagsFrom } from '../inventory/tags.ts';
import { count } from '../text/counts.ts';

/**
 * The layout of the classic EC2 tools (ec2-describe-group, -keypairs, -images, version 1.6.7.1, API 2013-02-01): one
 * record a line, its kind in the first column, columns apart by one TAB, empty columns kept. Measured by running the
 * genuine tools; `ec2-describe-group -H` prints the header once, before everything else.
 */
export type ListingKind = 'security-groups' | 'key-pairs' | 'images';

export const HEADERS: Readonly<Record<ListingKind, readonly string[]>> = {
  'security-groups': ['GROUP', 'Id', 'Owner', 'Name', 'Description', 'VpcID'],
  // The tool has no word for the first column here.
  'key-pairs': ['KeyPair', 'Fingerprint'],
  images: [
    'Type',
    'ImageID',
    'Name',
    'Owner',
    'State',
    'Accessibility',
    'ProductCodes',
    'Architecture',
    'ImageType',
    'KernelId',
    'RamdiskId',
    'Platform',
    'RootDeviceType',
    'VirtualizationType',
    'Hypervisor',
  ],
};

/** One column may not break the line or the next one, nor move a terminal's cursor or turn its text round. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A value as one column. The genuine tools print TABs and line ends unchanged, which cannot be read back;
 * here each such character is one space.
 */
export function column(text: string): string {
  // Nearly every column is plain ASCII, and there are millions of them.
  return /^[ -~]*$/.test(text) ? text : text.replace(UNFIT, ' ');
}

/** Whether `column` changes the text. */
export function isUnfit(text: string): boolean {
  return column(text) !== text;
}

/** A record as its line, without the line end. */
export function line(...columns: readonly string[]): string {
  return columns.map(column).join('\t');
}

/** A line per tag. Keys that differ in control characters alone become one; sorted as they are written. */
export function tagLines(resource: 'GROUP' | 'image', id: string, tags: Tags): string[] {
  const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key: column(Key), Value: column(Value) }));
  return Object.entries(tagsFrom(pairs)).map(([key, value]) => line('TAG', resource, id, key, value));
}

/** "2 rule descriptions"; an empty list for none. */
export function countUnlessNone(n: number, one: string, many = `${one}s`): string[] {
  return n === 0 ? [] : [count(n, one, many)];
}

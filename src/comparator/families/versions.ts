import { compareText } from '../../inventory/order.ts';

/** Words of versions before a release, earliest first; a version with one of them is older than the version without. */
const BEFORE_RELEASE = [
  'dev',
  'snapshot',
  'a',
  'alpha',
  'b',
  'beta',
  'm',
  'milestone',
  'pre',
  'preview',
  'c',
  'rc',
];

/**
 * The order that people mean: 1.10 is after 1.9, v1.2 is 1.2.0, 1.2.0-rc.1 is before 1.2.0 and 1.2.0-1 after it.
 * Build metadata (semver's "+…") decides nothing.
 */
export function compareVersions(a: string, b: string): number {
  return compareParsed(parseVersion(a), parseVersion(b));
}

/** Its numbers and words; for those who compare many. */
export type ParsedVersion = readonly string[];

export function compareParsed(left: ParsedVersion, right: ParsedVersion): number {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = compareParts(left[i], right[i]);
    if (order !== 0) return order;
  }
  return 0;
}

export function parseVersion(version: string): ParsedVersion {
  const [release = ''] = version
    .toLowerCase()
    .replace(/^v(?=\d)/, '')
    .split('+');
  return release.match(/\d+|[a-z]+/g) ?? [];
}

function compareParts(a: string | undefined, b: string | undefined): number {
  const [wordA, wordB] = [isWord(a), isWord(b)];
  if (wordA || wordB) {
    const order = rank(a) - rank(b);
    return order !== 0 || !wordA || !wordB ? order : compareText(a ?? '', b ?? '');
  }
  return compareNumbers(a ?? '0', b ?? '0');
}

function isWord(part: string | undefined): boolean {
  return part !== undefined && !/^\d/.test(part);
}

/** A word before the release, nothing, another word, a number. */
function rank(part: string | undefined): number {
  if (part === undefined) return 0;
  if (!isWord(part)) return 2;
  const at = BEFORE_RELEASE.indexOf(part);
  return at < 0 ? 1 : at - BEFORE_RELEASE.length;
}

/** By text, since a build number that is a time has more digits than a double holds. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')];
  return left.length - right.length || compareText(left, right);
}

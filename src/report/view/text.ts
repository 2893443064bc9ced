/**
 * Every string of a report came from AWS or from a file somebody could write: it is hostile until shown otherwise.
 * This page makes such strings *visible*; each renderer then escapes them for its own syntax.
 */

/**
 * What the eye cannot see or what moves the text around it: controls (terminal escapes, newlines), format characters
 * (bidi overrides, zero-width), lone surrogates, private use, non-characters, line separators, blanks other than the
 * plain space, and the Braille blank. A variation selector stays only where it belongs, behind a pictograph.
 */
const UNSEEN =
  /(?! |(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2800]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * One line in which nothing is hidden: U+202E reads `\u{202E}`, a newline `\n`.
 * A backslash of the data is left alone, so a name that spells out `\n` looks like one that holds a newline: legible paths
 * and regular expressions are worth more here than telling those two apart.
 */
export function visible(text: string): string {
  return text.replace(
    UNSEEN,
    (c) => SHORT[c] ?? `\\u{${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}

/** Text of our own making or of a config file whose line breaks carry meaning. */
export function visibleLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/).map(visible);
}

/** At most `limit` characters, cut between code points, with the cut shown. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = [...text];
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}

/** A moment as ISO 8601 in UTC to the second: `2026-11-22 09:13:04Z`. Anything else is shown as it stands. */
export function moment(text: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(text);
  return parts ? `${parts[1]} ${parts[2]}Z` : visible(text);
}

/** `1 finding`, `2 findings`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** `a, b, and 7 more`. */
export function named(items: readonly string[], most: number): string {
  const rest = items.length - most;
  return [...items.slice(0, most), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}

/** `Map.groupBy` of Node 21, for Node 20: groups in order of their first member. */
export function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Where a group is: its scope, with its VPC by id and ranges where that is needed to tell it from another group. */
export function scopeText({
  scope,
  vpc,
}: {
  readonly scope: string | null;
  readonly vpc?: string | undefined;
}): string | null {
  return scope !== null && vpc !== undefined ? `${scope}, ${vpc}` : (scope ?? vpc ?? null);
}

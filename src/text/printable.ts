/**
 * Every string from AWS or from a file is hostile until it is escaped. This page makes such strings *visible*; each renderer
 * then escapes them for its own syntax.
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
 * A backslash of the data is not changed, so a name that spells out `\n` looks like one that holds a newline: legible paths
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

/**
 * At most `limit` UTF-16 units, cut between code points, with the cut shown: for interfaces that count by units, or do not
 * say what they count.
 */
export function fitted(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const point of text) {
    if (kept.length + point.length > limit - 1) break;
    kept += point;
  }
  return `${kept}…`;
}

/** Text from a file or from AWS for a message of one line: a name cannot move the cursor or hide what follows. */
export function printable(text: string, longest = 120): string {
  return clip(visible(text), longest);
}

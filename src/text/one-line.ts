/** Text on one line: each run of white space, control and format characters (terminal escapes, U+202E) becomes one space. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

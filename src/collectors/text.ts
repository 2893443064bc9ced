/** Long enough for an AWS sentence, short enough for one line of a report. */
const LONGEST = 400;

/**
 * One printable line of whatever AWS, an SDK or a file said: control and format characters (terminal escapes,
 * U+202E) gone, white space closed up, and the parts that help nobody who reads a line dropped.
 */
export function oneLine(text: string): string {
  const plain = text
    .replace(/\s*Deserialization error: to see the raw response[^\n]*/g, '')
    .replace(/\s*Encoded authorization failure message: \S+/g, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain;
}

/** `an AWS sentence.` -> `an AWS sentence`, so that it can be put into another. */
export function unpointed(text: string): string {
  return text.replace(/[.\s]+$/, '');
}

import { oneLine } from '../text/one-line.ts';
import { clip } from '../text/printable.ts';

/** Long enough for an AWS sentence, short enough for one line of a report. */
const LONGEST = 400;

/** What AWS, an SDK or a file said, as one line of a report, without the parts that do not help a reader there. */
export function saidInOneLine(text: string): string {
  const useful = text
    .replace(/\s*Deserialization error: to see the raw response[^\n]*/g, '')
    .replace(/\s*Encoded authorization failure message: \S+/g, '');
  return clip(oneLine(useful), LONGEST);
}

/** `an AWS sentence.` -> `an AWS sentence`, so that it can be put into another. */
export function unpointed(text: string): string {
  return text.replace(/[.\s]+$/, '');
}

import type { SIGNS } from '../../../report/headline.ts';
import type { Report } from '../../../report/model.ts';
import type { Digest } from '../../../report/view/digest.ts';
import type { TerminalOptions } from '../options.ts';
import type { Paint } from '../paint.ts';

/** From so many columns on there is room for what distinguishes a finding from others of its rule: ports, addresses, names. */
export const WIDE = 110;

/** So many rows of a table, then "and 12 more". */
export const MOST_ROWS = { findings: 20, workloads: 14, fixes: 12, gaps: 10 } as const;

/** The report, and how the short form of it is written. */
export interface ShortView {
  readonly report: Report;
  readonly options: TerminalOptions;
  readonly columns: number;
  readonly p: Paint;
  readonly signs: (typeof SIGNS)['unicode' | 'ascii'];
  readonly digest: Digest;
}

/** A heading, with the head of the last column at the right end of the line. */
export function titled(text: string, last: string, columns: number, p: Paint): string {
  const space = columns - text.length - last.length;
  return p.bold(last === '' || space < 2 ? text : `${text}${' '.repeat(space)}${last}`);
}

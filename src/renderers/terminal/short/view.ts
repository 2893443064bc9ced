import type { SIGNS } from '../../../report/headline.ts';
import type { Report } from '../../../report/model.ts';
import type { Digest } from '../../../report/view/digest.ts';
import { hang } from '../layout.ts';
import type { TerminalOptions } from '../options.ts';
import type { Paint } from '../paint.ts';
import { type Column, lastColumn, tableLines } from '../rows.ts';

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

/** A table with its title, and in the line of the title the heading of the last column, above that column. */
export function titledTable(
  title: string,
  last: string,
  rows: readonly (readonly string[])[],
  layout: readonly Column[],
  { columns, p }: Pick<ShortView, 'columns' | 'p'>,
  paintCell?: (column: number, text: string) => string,
): string[] {
  if (rows.length === 0) return hang('', title, columns, p.bold);
  const { start, end, right } = lastColumn(rows, layout, columns, INDENT);
  const at = Math.max(title.length + 2, right ? end - last.length : start);
  const heading =
    at + last.length <= columns ? [p.bold(`${title.padEnd(at)}${last}`)] : hang('', title, columns, p.bold);
  return [...heading, ...tableLines(rows, layout, columns, INDENT, paintCell)];
}

const INDENT = '  ';

import { width, wrap } from './layout.ts';

/** One column of a table. A `whole` cell is a name, id or number: it is never cut, wrapped or broken. */
export interface Column {
  readonly whole?: boolean;
  readonly right?: boolean;
}

const GAP = '  ';

/**
 * Rows in fixed columns, two spaces apart, without borders. The widest column that is not whole takes what is left of the
 * line and wraps at spaces. A whole cell that does not fit its column takes the line, and its row continues below.
 */
export function tableLines(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  room: number,
  indent: string,
  paintCell: (column: number, text: string) => string = (_, text) => text,
): string[] {
  const widths = widthsOf(rows, columns, room - indent.length);
  return rows.flatMap((row) => rowLines(row, columns, widths, indent, paintCell));
}

/** Where the last column of the table begins and ends, counted from 0: its heading is on the line above the table. */
export function lastColumn(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  room: number,
  indent: string,
): { readonly start: number; readonly end: number; readonly right: boolean } {
  const widths = widthsOf(rows, columns, room - indent.length);
  const end = widths.reduce((sum, w) => sum + w, indent.length + GAP.length * (columns.length - 1));
  return { start: end - (widths.at(-1) ?? 0), end, right: columns.at(-1)?.right ?? false };
}

function widthsOf(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  room: number,
): readonly number[] {
  const natural = columns.map((_, i) => rows.reduce((most, row) => Math.max(most, width(row[i] ?? '')), 0));
  const fixed = natural.map((w, i) => (columns[i]?.whole ? Math.min(w, Math.floor(room * 0.55)) : w));
  const flexible = columns.findIndex((c) => !c.whole);
  if (flexible < 0) return fixed;
  const others = fixed.reduce((sum, w, i) => (i === flexible ? sum : sum + w), 0);
  const left = room - others - GAP.length * (columns.length - 1);
  return fixed.map((w, i) => (i === flexible ? Math.max(Math.min(w, left), 12) : w));
}

function rowLines(
  row: readonly string[],
  columns: readonly Column[],
  widths: readonly number[],
  indent: string,
  paintCell: (column: number, text: string) => string,
): string[] {
  const cells = columns.map((column, i) => {
    const text = row[i] ?? '';
    return column.whole ? [text] : wrap(text, widths[i] ?? 0);
  });
  // A name that is wider than its column is alone on its line; what follows it continues on the next line.
  const wide = columns.findIndex((c, i) => c.whole && width(row[i] ?? '') > (widths[i] ?? 0));
  if (wide >= 0 && wide < columns.length - 1) {
    const head = lineOf(
      row.slice(0, wide + 1).map((t) => [t]),
      0,
      columns,
      widths,
      indent,
      paintCell,
    );
    const rest = columns.map((_, i) => (i <= wide ? [''] : (cells[i] ?? [''])));
    return [head, ...linesOf(rest, columns, widths, indent, paintCell)];
  }
  return linesOf(cells, columns, widths, indent, paintCell);
}

function linesOf(
  cells: readonly (readonly string[])[],
  columns: readonly Column[],
  widths: readonly number[],
  indent: string,
  paintCell: (column: number, text: string) => string,
): string[] {
  const height = Math.max(1, ...cells.map((c) => c.length));
  return Array.from({ length: height }, (_, n) => lineOf(cells, n, columns, widths, indent, paintCell));
}

function lineOf(
  cells: readonly (readonly string[])[],
  n: number,
  columns: readonly Column[],
  widths: readonly number[],
  indent: string,
  paintCell: (column: number, text: string) => string,
): string {
  const parts = cells.map((lines, i) => {
    const text = lines[n] ?? '';
    const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(text)));
    const painted = text === '' ? '' : paintCell(i, text);
    return columns[i]?.right ? space + painted : painted + space;
  });
  return `${indent}${parts.join(GAP)}`.trimEnd();
}

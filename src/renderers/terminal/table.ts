import Table, { type HorizontalAlignment } from 'cli-table3';
import { hang, width } from './layout.ts';

/** No frame: columns alone read as well in a log, and leave the room to the words. */
const UNFRAMED = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
const GAP = UNFRAMED.middle.length;

/** Columns as wide as their widest cell, two spaces apart. A cell may have several lines. No line ends with a space. */
export function tableLines(
  rows: readonly (readonly string[])[],
  aligns: readonly HorizontalAlignment[] = [],
): string[] {
  if (rows.length === 0) return [];
  const table = new Table({
    chars: UNFRAMED,
    // cli-table3 colours heads and borders by itself, even into a pipe, unless switched off.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: [...aligns],
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** Cells of one line each, and a last one that is wrapped in what room is left of the line. */
export interface Row {
  readonly cells: readonly Cell[];
  readonly last: (room: number) => readonly string[];
}

export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** Below this the last column would be a column of single words. */
const LEAST_ROOM = 20;

/** A table after an indent. Where the other columns leave too little room for the last one, it goes below them. */
export function columnsWithText(indent: number, rows: readonly Row[], columns: number): string[] {
  // Measured on the table itself: cli-table3 counts some wide characters as narrow.
  const fixed = tableLines(rows.map(({ cells }) => [...cells.map(({ text }) => text), '|']));
  const taken = indent + fixed.reduce((most, line) => Math.max(most, width(line)), 1) - 1;
  const needed = rows
    .flatMap(({ last }) => last(columns).map(width))
    .reduce((most, w) => Math.max(most, w), 0);
  const before = ' '.repeat(indent);
  if (taken + Math.min(needed, LEAST_ROOM) > columns) {
    return rows.flatMap(({ cells, last }) => [
      ...hang(before, cells.map(({ text }) => text).join('  '), columns),
      ...last(columns - indent - GAP).map((line) => `${before}${' '.repeat(GAP)}${line}`),
    ]);
  }
  return tableLines(
    rows.map(({ cells, last }) => [
      ...cells.map(({ text, paint = String }) => paint(text)),
      last(columns - taken).join('\n'),
    ]),
  ).map((line) => before + line);
}

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
  table.push(...rows.flatMap(rowsOfOneLine));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/**
 * A row for each line of its cells. For every line that it draws, cli-table3 shortens the whole cell for a debug message,
 * character by character where the cell has line breaks: the time grows with the cube of the text.
 */
function rowsOfOneLine(row: readonly string[]): string[][] {
  const cells = row.map((text) => text.split('\n'));
  const height = cells.reduce((most, lines) => Math.max(most, lines.length), 1);
  return Array.from({ length: height }, (_, at) => cells.map((lines) => lines[at] ?? ''));
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
  const taken = indent + widthOfCells(rows.map(({ cells }) => cells.map(({ text }) => text)));
  const before = ' '.repeat(indent);
  // Wrapping the last column only to measure it is needed only where there is little room.
  const needed = () => Math.max(0, ...rows.map(({ last }) => widest(last(columns))));
  if (taken + LEAST_ROOM > columns && taken + Math.min(needed(), LEAST_ROOM) > columns) {
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

/** What the cells take of a line, with the gap after each. */
function widthOfCells(rows: readonly (readonly string[])[]): number {
  if (rows.every((cells) => cells.every((text) => ASCII.test(text)))) {
    const count = rows.reduce((most, cells) => Math.max(most, cells.length), 0);
    const widths = Array.from({ length: count }, (_, at) => widest(rows.map((cells) => cells[at] ?? '')));
    return widths.reduce((sum, w) => sum + w + GAP, 0);
  }
  // Measured on the table itself: cli-table3 counts some wide characters as narrow.
  return widest(tableLines(rows.map((cells) => [...cells, '|']))) - 1;
}

const ASCII = /^[\x20-\x7e]*$/;

function widest(lines: readonly string[]): number {
  return lines.reduce((most, line) => Math.max(most, width(line)), 0);
}

import type { MeantRow } from '../../pairing/meant-row.ts';

/** A row with its direction; the description is no part of it. */
export function lineOf(row: MeantRow): string {
  return `${row.direction} ${row.text}`;
}

/** Rows as sorted lines. Duplicates that differ by description only are one line. */
export function lines(rows: readonly MeantRow[]): string[] {
  return [...new Set(rows.map((r) => r.text))].sort();
}

/** Both sides' rows, to be held side by side. */
export function bothLines(rows: {
  readonly source: readonly MeantRow[];
  readonly target: readonly MeantRow[];
}) {
  return { source: lines(rows.source), target: lines(rows.target) };
}

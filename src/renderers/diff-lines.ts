import type { DifferenceRow, Part } from '../report/view/index.ts';

/** A difference as `diff` prints it: `-` only in the source, `+` only in the target. */
export function diffLines(rows: readonly DifferenceRow[]): string[] {
  const line = (parts: readonly Part[]) => parts.map((p) => p.text).join('');
  return rows.flatMap((row) => {
    if (row.state === 'note') return [`  (${row.note})`];
    if (row.state === 'same') return [`  ${line(row.source ?? [])}`];
    return [
      ...(row.source ? [`- ${line(row.source)}`] : []),
      ...(row.target ? [`+ ${line(row.target)}`] : []),
    ];
  });
}

import type { ReportView } from '../../report/view/index.ts';
import { count, thousands } from '../../text/counts.ts';
import { hang, width } from './layout.ts';
import type { Paint } from './paint.ts';
import { tableLines } from './table.ts';

/** Kind x state, then counts per severity. A terminal too narrow for the table gets the same as sentences. */
export function counts(view: ReportView, columns: number, paint: Paint): string[] {
  if (view.matrix.length === 0) return ['Nothing to compare.'];
  const lines = tableLines(
    [
      ['', ...view.states],
      ...view.matrix.map((row) => [
        row.label,
        ...row.cells.map((c) => (c.count === 0 ? '.' : thousands(c.count))),
      ]),
    ],
    ['left', ...view.states.map(() => 'right' as const)],
  );
  const fits = lines.every((line) => width(line) <= columns);
  return [
    ...(fits ? lines.map((line, i) => (i === 0 ? paint.dim(line) : line)) : sentences(view, columns)),
    '',
    ...severities(view, columns, paint),
  ];
}

function sentences(view: ReportView, columns: number): string[] {
  return view.matrix.flatMap((row) => {
    const parts = row.cells.filter((c) => c.count > 0).map((c) => `${thousands(c.count)} ${c.label}`);
    return hang('', `${row.label}: ${parts.join(', ')}`, columns);
  });
}

function severities(view: ReportView, columns: number, paint: Paint): string[] {
  const total = view.findings.length;
  if (total === 0) return ['No findings.'];
  const parts = view.severities
    .filter((s) => s.count > 0)
    .map((s) => ({ severity: s.severity, text: `${thousands(s.count)} ${s.severity}` }));
  const lead = `${count(total, 'finding')}: `;
  const text = `${lead}${parts.map((part) => part.text).join(', ')}`;
  if (width(text) > columns) return hang('', text, columns);
  return [`${lead}${parts.map((part) => paint.severity[part.severity](part.text)).join(', ')}`];
}

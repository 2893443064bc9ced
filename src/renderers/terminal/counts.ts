import Table from 'cli-table3';
import type { ReportView } from '../../report/view/index.ts';
import { count, thousands } from '../../text/counts.ts';
import { hang, width } from './layout.ts';
import type { Paint } from './paint.ts';

/** No frame: rules of dashes and columns read as well in a log, and leave the room to the words. */
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

/** Kind x state, then counts per severity. A terminal too narrow for the table gets the same as sentences. */
export function counts(view: ReportView, columns: number, paint: Paint): string[] {
  if (view.matrix.length === 0) return ['Nothing to compare.'];
  const table = new Table({
    chars: UNFRAMED,
    // cli-table3 colours heads and borders by itself, even into a pipe, unless told not to.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: ['left', ...view.states.map(() => 'right' as const)],
  });
  table.push(['', ...view.states]);
  for (const row of view.matrix) {
    table.push([row.label, ...row.cells.map((c) => (c.count === 0 ? '.' : String(c.count)))]);
  }
  const lines = table.toString().split('\n');
  const fits = lines.every((line) => width(line) <= columns);
  return [
    ...(fits ? lines.map((l, i) => (i === 0 ? paint.dim(l) : l).trimEnd()) : sentences(view, columns)),
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
  const parts = view.severities.filter((s) => s.count > 0);
  const text = `${count(total, 'finding')}: ${parts.map((s) => `${thousands(s.count)} ${s.severity}`).join(', ')}`;
  if (width(text) > columns) return hang('', text, columns);
  return [
    `${count(total, 'finding')}: ${parts.map((s) => paint.severity[s.severity](`${thousands(s.count)} ${s.severity}`)).join(', ')}`,
  ];
}

import type { Finding } from '../../../report/model.ts';
import { type Digest, findingRows, type ObjectName } from '../../../report/view/digest.ts';
import { SEVERITIES, type Severity } from '../../../report/vocabulary.ts';
import { thousands } from '../../../text/counts.ts';
import { groupBy } from '../../../text/groups.ts';
import { andMore } from '../../../text/lists.ts';
import { visible } from '../../../text/printable.ts';
import { hang } from '../layout.ts';
import { MOST_ROWS, type ShortView, titledTable, WIDE } from './view.ts';

/** Critical and high findings on a line each, the others as counts. */
export function findings(view: ShortView): string[] {
  const { report, columns, p, digest } = view;
  if (report.findings.length === 0) return [];
  const per = (severity: Severity) => report.findings.filter((f) => f.severity === severity);
  const totals = SEVERITIES.map((s) => `${thousands(per(s).length)} ${s}`).join(', ');
  const shown = rowsOf([...per('critical'), ...per('high')], digest, columns >= WIDE);
  const rows = shown.slice(0, MOST_ROWS.findings);
  const rest = shown.length - rows.length;
  const lower = (['medium', 'low', 'info'] as const)
    .filter((s) => per(s).length > 0)
    .map((s) => summaryOf(s, per(s), digest.short));
  return [
    ...titledTable(
      `FINDINGS  ${totals}`,
      'fix',
      rows,
      [{ whole: true }, { whole: true }, {}, { whole: true, right: true }],
      view,
      (column, text) => (column === 0 ? p.severity[text as Severity](text) : text),
    ),
    ...(rest > 0 ? [`  ${andMore(rest)}`] : []),
    ...lower.flatMap((text) => hang('  ', text, columns, p.dim)),
  ];
}

/** "13 medium: 5 no counterpart, 2 ambiguous group, 6 more" */
function summaryOf(severity: Severity, all: readonly Finding[], short: ReadonlyMap<string, string>): string {
  const groups = [...groupBy(all, (f) => f.rule)].sort(([, a], [, b]) => b.length - a.length);
  const named = groups.slice(0, 3);
  const rest = all.length - named.reduce((n, [, of]) => n + of.length, 0);
  const parts = named.map(([rule, of]) => `${thousands(of.length)} ${short.get(rule) ?? visible(rule)}`);
  return `${thousands(all.length)} ${severity}: ${[...parts, ...(rest > 0 ? [`${thousands(rest)} more`] : [])].join(', ')}`;
}

/** Two findings that look the same in the columns (two directions of one group) are one row. */
function rowsOf(all: readonly Finding[], digest: Digest, wide: boolean): string[][] {
  const rows = findingRows(all, digest).map(({ severity, object, objects, what, gist, fix }) => [
    severity,
    object ? nameOf(object) : objects,
    wide && gist !== '' ? `${what}: ${gist}` : what,
    String(fix ?? '-'),
  ]);
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

function nameOf({ kindWord: kind, name, vpc }: ObjectName): string {
  return `${kind} ${name}${vpc === '' ? '' : ` (VPC ${vpc})`}`;
}

import { exitSentence } from '../../report/exit.ts';
import type { Report } from '../../report/model.ts';
import { type ReportView, reportView, type SideView } from '../../report/view/index.ts';
import { count, thousands } from '../../text/counts.ts';
import { visible } from '../../text/printable.ts';
import { counts } from './counts.ts';
import { decisionLines } from './decision.ts';
import { commandLines, findingLines, ruleLines } from './finding.ts';
import { hang, LEAST_COLUMNS, MOST_COLUMNS, wrap } from './layout.ts';
import type { TerminalOptions } from './options.ts';
import { type Paint, paint } from './paint.ts';
import { planLines } from './plan.ts';
import { readinessBlocks } from './readiness.ts';
import { renderShort } from './short/index.ts';
import { columnsWithText, type Row, tableLines } from './table.ts';

export type { TerminalOptions } from './options.ts';

/** The report for eyes and for grep: `^result:` is the first line, the headline with its counts is the last block. */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  return options.full ? renderFull(report, options) : renderShort(report, options);
}

function renderFull(report: Report, options: TerminalOptions): string {
  const view = reportView(report);
  const columns = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, Math.floor(options.columns)));
  const p = paint(options.color);
  const blocks = [
    head(view, columns, p),
    blockingGaps(view, columns, p),
    ...readinessBlocks(view, columns, p),
    limits(view, columns, p),
    counts(view, columns, p),
    ...findings(view, columns, p),
    content(view, columns),
    aside(view, report.unchecked.length, columns),
    foot(report, options, columns, p),
    decisionLines(report, options, columns, p),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function head(view: ReportView, columns: number, p: Paint): string[] {
  const words = [
    'result:',
    view.verdict,
    ` ${view.source.heading} -> ${view.target.heading}`,
    ` ${view.phase}`,
    view.complete ? '' : ' incomplete',
  ];
  const [first = '', ...rest] = hang('', words.join(' ').trimEnd(), columns);
  return [
    first.replace(view.verdict, p.verdict[view.verdict]),
    ...rest,
    ...columnsWithText(
      2,
      view.sides.map((s) => sideRow(s, p)),
      columns,
    ),
    ...(view.translated === '' ? [] : hang('  ', view.translated, columns, p.dim)),
  ];
}

function sideRow(s: SideView, p: Paint): Row {
  const facts = [s.region, `account ${s.account}`, `taken ${s.takenAt}`];
  return {
    cells: [{ text: s.role }, ...facts.map((text) => ({ text, paint: p.dim }))],
    last: (room) => wrap(s.origin, room).map(p.dim),
  };
}

function blockingGaps(view: ReportView, columns: number, p: Paint): string[] {
  return [
    ...view.notices.flatMap((text) => hang('', text, columns, p.warn)),
    ...(view.blocking.length === 0 && view.complete ? [] : hang('', view.completeness, columns, p.warn)),
    ...view.blocking.flatMap((g) => gap(g, '!', columns, p.warn, p)),
  ];
}

function limits(view: ReportView, columns: number, p: Paint): string[] {
  return view.limits.flatMap((g) => gap(g, 'i', columns, p.dim, p));
}

function gap(
  g: ReportView['blocking'][number],
  sign: '!' | 'i',
  columns: number,
  how: (line: string) => string,
  p: Paint,
): string[] {
  return [
    ...hang(`${sign} `, `${g.side.toLowerCase()} ${g.kind}: ${g.message} (${g.code})`, columns, how),
    ...hang('    ', g.hint, columns, p.dim),
    ...commandLines(g.commands, columns, p),
  ];
}

/** Worst first; within a severity by rule, so that its title is said once. */
function findings(view: ReportView, columns: number, p: Paint): string[][] {
  return view.groups.flatMap((group) => {
    const title = `${group.label.toUpperCase()}  ${thousands(group.count)}`;
    return [
      [p.severity[group.severity](title), p.dim('-'.repeat(columns))],
      ...group.rules.map((rule) => [
        ...ruleLines(rule.rule, rule.title, columns, p),
        ...hang('  ', rule.why, columns, p.dim),
        ...rule.findings.flatMap((f) => findingLines(f, columns, p)),
      ]),
    ];
  });
}

/** What needs a look first; of what is equal the count says enough. */
function content({ content: { lead, rows } }: ReportView, columns: number): string[] {
  if (lead === '') return [];
  const open = rows.filter((row) => row.result !== 'equal');
  return [
    ...hang('content: ', lead, columns),
    ...columnsWithText(
      2,
      open.map(({ label, name, said }) => ({
        cells: [{ text: label }],
        last: (room) => wrap(`${name}  ${said}`, room),
      })),
      columns,
    ),
  ];
}

function aside(view: ReportView, unchecked: number, columns: number): string[] {
  const parts = [
    view.waived.length > 0 ? `${count(view.waived.length, 'finding')} waived` : '',
    view.resolved.length > 0 ? `${count(view.resolved.length, 'finding')} resolved since the baseline` : '',
    unchecked > 0 ? `${count(unchecked, 'finding')} of the baseline not checked in this run` : '',
  ].filter((t) => t !== '');
  return parts.length === 0 ? [] : hang('', `${parts.join('; ')}.`, columns);
}

function foot(report: Report, options: TerminalOptions, columns: number, p: Paint): string[] {
  return [
    // A path is on one line, so that it can be copied.
    ...tableLines(options.written.map((w) => [w.format, visible(w.path)])),
    ...planLines(report, columns),
    ...hang('', exitSentence(report, options.failOn), columns, p.bold),
  ];
}

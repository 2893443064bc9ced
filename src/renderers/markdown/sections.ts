import type { ReportView } from '../../report/view/index.ts';
import { count } from '../../text/counts.ts';
import { code, link, table, text } from './escape.ts';
import { commandBlocks } from './finding.ts';

/** The tables around the findings, as ready Markdown. */

export function sidesTable(view: ReportView): string {
  return table(
    ['', 'Region', 'Account', 'Taken at', 'Origin'],
    view.sides.map((s) => [s.label, code(s.region), code(s.account), text(s.takenAt), code(s.origin)]),
  );
}

export function matrixTable(view: ReportView): string {
  if (view.matrix.length === 0) return 'Nothing to compare.';
  return table(
    ['Kind', ...view.states],
    view.matrix.map((row) => [row.label, ...row.cells.map((c) => (c.count === 0 ? '·' : String(c.count)))]),
    ['left', ...view.states.map(() => 'right' as const)],
  );
}

/** Ready list items. `quote` begins every line but the first: the template has written that of the first. */
export function gapLines(gaps: ReportView['blocking'], quote: '> ' | '' = ''): string[] {
  return gaps.map((g) => {
    const line = `**${g.side}, ${text(g.kind)}** ${code(g.code)}: ${text(g.message)} ${text(g.hint)}`;
    if (g.commands.length === 0) return line;
    const blocks = commandBlocks(g.commands).split('\n');
    return [line, '', ...blocks.map((l) => `  ${l}`)].join(`\n${quote}`);
  });
}

export function waivedTable(view: ReportView): string {
  if (view.waived.length === 0) return '';
  return table(
    ['Rule', 'Subject', 'Reason', 'Owner', 'Until'],
    view.waived.map((f) => [code(f.rule), code(f.name), text(f.reason), text(f.owner), text(f.until)]),
  );
}

export function resolvedTable(view: ReportView): string {
  if (view.resolved.length === 0) return '';
  return table(
    ['Rule', 'Subject', 'What it said'],
    view.resolved.map((f) => [code(f.rule), code(f.name), text(f.message)]),
  );
}

/** What was compared of the content of images, and how far that goes. */
export function contentTable({ content }: ReportView): string {
  if (content.rows.length === 0) return '';
  const rows = table(
    ['Content', 'Image', 'What was done'],
    content.rows.map((row) => [text(row.label), code(row.name), text(row.said)]),
  );
  return `${text(content.lead)}\n\n${rows}`;
}

/** VPCs, address ranges and names that were taken for one another. */
export function mappingTable(view: ReportView): string {
  if (view.mapping.length === 0) return '';
  return table(
    ['What', 'Source', 'Target', 'By'],
    view.mapping.map((m) => [text(m.what), code(m.source), code(m.target), text(m.by)]),
  );
}

export function ruleHead(rule: ReportView['groups'][number]['rules'][number]): string {
  return `${text(rule.title)} · ${code(rule.rule)} · ${count(rule.findings.length, 'finding')}`;
}

export function ruleLinks(rule: ReportView['groups'][number]['rules'][number]): string {
  return rule.links.map((l) => link(l.text, l.href)).join(', ');
}

import { exitSentence } from '../../report/exit.ts';
import { headline, SIGNS, workloadCounts } from '../../report/headline.ts';
import type { Cause, Finding, Report, ReportSide, Workload } from '../../report/model.ts';
import { headingPlaces } from '../../report/places.ts';
import { alikeGaps, kindsText } from '../../report/view/alike-gaps.ts';
import {
  type Digest,
  digestOf,
  type FixEffect,
  findingRows,
  fixEffect,
  fixHeading,
  type ObjectName,
  type WorkloadReason,
  workloadReason,
} from '../../report/view/digest.ts';
import { baselineText } from '../../report/view/drift.ts';
import type { FixText } from '../../report/view/fix-rules.ts';
import { kindWord } from '../../report/view/labels.ts';
import { workloadsInOrder } from '../../report/view/workloads.ts';
import { SEVERITIES, type Severity } from '../../report/vocabulary.ts';
import { count, thousands } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import { andMore } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import { decisionLines } from './decision.ts';
import { driftBlocks, waivedBlock } from './drift.ts';
import { hang, LEAST_COLUMNS, MOST_COLUMNS } from './layout.ts';
import type { TerminalOptions } from './options.ts';
import { type Paint, paint } from './paint.ts';
import { planLines } from './plan.ts';
import { tableLines } from './rows.ts';
import { word } from './word.ts';

/** So many rows of a table, then "and 12 more". */
/** From so many columns on there is room for what distinguishes a finding from others of its rule: ports, addresses, names. */
const WIDE = 110;
const MOST_ROWS = { findings: 20, workloads: 14, fixes: 12, gaps: 10 } as const;

interface Look {
  readonly report: Report;
  readonly options: TerminalOptions;
  readonly columns: number;
  readonly p: Paint;
  readonly signs: (typeof SIGNS)['unicode' | 'ascii'];
  readonly digest: Digest;
}

/**
 * The report on about a screen: details first, the decision last, since the end is what stays on the screen. Every cause,
 * finding and workload that is left out is counted, and the last lines say where the rest is.
 */
export function renderShort(report: Report, options: TerminalOptions): string {
  const columns = Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, Math.floor(options.columns)));
  const causes = report.causes ?? [];
  const look: Look = {
    report,
    options,
    columns,
    p: paint(options.color),
    signs: SIGNS[options.ascii ? 'ascii' : 'unicode'],
    digest: digestOf(report),
  };
  const details =
    report.phase === 'drift' && report.baseline
      ? driftBlocks(report, options, columns, look.p)
      : [findings(look), workloads(look), fixes(look, causes), waivedBlock(look)];
  const blocks = [
    head(look),
    ...details,
    notRead(look),
    notLookedAt(look),
    foot(look),
    decisionLines(report, options, columns, look.p),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function head({ report, options, columns, p, signs }: Look): string[] {
  const { source, target, phase, verdict, complete } = report;
  const { state } = headline(report, options.failOn);
  const heading = headingPlaces(source, target);
  const first = `result: ${verdict}  ${visible(heading.source)} ${signs.to} ${visible(heading.target)}  ${phase}: ${state}`;
  const accounts =
    source.account === target.account
      ? [`account ${visible(source.account ?? 'unknown')} on both sides`]
      : [
          `source account ${visible(source.account ?? 'unknown')}`,
          `target account ${visible(target.account ?? 'unknown')}`,
        ];
  const parts = [...accounts, taken(source, target), complete ? 'complete' : 'incomplete'];
  const [line = '', ...rest] = hang('', first, columns);
  return [
    line.replace(verdict, p.verdict[verdict]),
    ...rest,
    ...hang('', parts.join(signs.between), columns, p.dim),
    ...(report.baseline ? hang('', baselineText(report), columns, p.dim) : []),
    ...report.warnings.flatMap((text) => hang('', visible(text), columns, p.warn)),
    ...report.notes.flatMap(({ at, message }) => hang('', visible(`${at}: ${message}`), columns, p.warn)),
  ];
}

function taken(source: ReportSide, target: ReportSide): string {
  const of = ({ origin, takenAt }: ReportSide) =>
    `${visible(origin)} of ${visible(takenAt.slice(0, 16).replace('T', ' '))} UTC`;
  return of(source) === of(target) ? of(source) : `${of(source)} and ${of(target)}`;
}

function findings({ report, columns, p, digest }: Look): string[] {
  if (report.findings.length === 0) return [];
  const per = (severity: Severity) => report.findings.filter((f) => f.severity === severity);
  const totals = SEVERITIES.map((s) => `${thousands(per(s).length)} ${s}`).join(', ');
  const shown = rowsOf([...per('critical'), ...per('high')], digest, columns >= WIDE);
  const rows = shown.slice(0, MOST_ROWS.findings);
  const rest = shown.length - rows.length;
  const lines = tableLines(
    rows,
    [{ whole: true }, { whole: true }, {}, { whole: true, right: true }],
    columns,
    '  ',
    (column, text) => (column === 0 ? p.severity[text as Severity](text) : text),
  );
  const lower = (['medium', 'low', 'info'] as const)
    .filter((s) => per(s).length > 0)
    .map((s) => `${s}: ${summaryOf(per(s), digest.short)}`);
  return [
    titled(`FINDINGS  ${totals}`, rows.length > 0 ? 'fix' : '', columns, p),
    ...lines,
    ...(rest > 0 ? [`  ${andMore(rest)}`] : []),
    ...lower.flatMap((text) => hang('  ', text, columns, p.dim)),
  ];
}

/** "13: 5 no counterpart, 2 ambiguous group, 6 more" */
function summaryOf(all: readonly Finding[], short: ReadonlyMap<string, string>): string {
  const groups = [...groupBy(all, (f) => f.rule)].sort(([, a], [, b]) => b.length - a.length);
  const named = groups.slice(0, 3);
  const rest = all.length - named.reduce((n, [, of]) => n + of.length, 0);
  const parts = named.map(([rule, of]) => `${thousands(of.length)} ${short.get(rule) ?? visible(rule)}`);
  return `${thousands(all.length)}: ${[...parts, ...(rest > 0 ? [`${thousands(rest)} more`] : [])].join(', ')}`;
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

function workloads(look: Look): string[] {
  const { report, columns, p, signs, digest } = look;
  const { total, blocked, degraded, unknown, launchable } = workloadCounts(report);
  if (total === 0) return [];
  const counts = [
    [blocked, `${signs.blocked} ${thousands(blocked)} blocked`],
    [degraded, `${signs.degraded} ${thousands(degraded)} degraded`],
    [unknown, `? ${thousands(unknown)} unknown`],
    [launchable, `${signs.launchable} ${thousands(launchable)} launchable`],
  ] as const;
  const held = workloadsInOrder(report).filter((w) => w.verdict !== 'launchable');
  const shown = held.slice(0, MOST_ROWS.workloads);
  const signOf = {
    blocked: signs.blocked,
    degraded: signs.degraded,
    unknown: '?',
    launchable: signs.launchable,
  };
  const rows = shown.map((w) => {
    const reason = workloadReason(w, digest);
    const numbers = reason.fixes;
    const fix = `${numbers.slice(0, 2).join(', ')}${numbers.length > 2 ? ` +${numbers.length - 2}` : ''}`;
    return [signOf[w.verdict], `${kindWord(w.kind)} ${visible(w.name)}`, reasonText(reason), fix || '-'];
  });
  const lines = tableLines(
    rows,
    [{ whole: true }, { whole: true }, {}, { whole: true, right: true }],
    columns,
    '  ',
    (column, text) => (column === 0 ? p.workload[verdictOf(text, signOf)](text) : text),
  );
  const title = ['WORKLOADS', ...counts.filter(([n]) => n > 0).map(([, text]) => text)].join('  ');
  return [
    titled(title, rows.length > 0 ? 'fix' : '', columns, p),
    ...lines,
    ...(held.length > shown.length ? [`  ${andMore(held.length - shown.length)}`] : []),
  ];
}

function verdictOf(sign: string, signOf: Readonly<Record<Workload['verdict'], string>>): Workload['verdict'] {
  const all = ['blocked', 'degraded', 'unknown', 'launchable'] as const;
  return all.find((verdict) => signOf[verdict] === sign) ?? 'unknown';
}

/** The worst reason in a few words. Its chain is in the full report. */
function reasonText({ what, object, others }: WorkloadReason): string {
  const said = object === '' ? what : `${what}: ${object}`;
  return others > 0 ? `${said} (${andMore(others)})` : said;
}

function fixes({ columns, p, digest }: Look, causes: readonly Cause[]): string[] {
  if (causes.length === 0) return [];
  const shown = causes.slice(0, MOST_ROWS.fixes);
  const rows = shown.map((cause, i) => [
    String(i + 1),
    plainText(fixHeading(cause, digest)),
    effectText(fixEffect(cause, i + 1, digest)),
  ]);
  return [
    titled(`FIX LIST  ${count(causes.length, 'fix', 'fixes')}`, 'affects', columns, p),
    ...tableLines(rows, [{ whole: true, right: true }, {}, { whole: true }], columns, '  '),
    ...(causes.length > shown.length ? [`  ${andMore(causes.length - shown.length)}`] : []),
  ];
}

function plainText(parts: FixText): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.name)).join('');
}

/** "2 blocked", "1 blocked, with 5" where another fix is needed too, "no workload". */
function effectText({ verdict, workloads: n, together }: FixEffect): string {
  if (verdict === null) return 'no workload';
  const text = `${thousands(n)} ${verdict}`;
  if (together.length === 0) return text;
  return together.length > 2 ? `${text}, with others` : `${text}, with ${together.join(', ')}`;
}

function notRead({ report, columns, p }: Look): string[] {
  const gaps = report.gaps.filter((g) => g.blocking);
  const limits = report.gaps.length - gaps.length;
  if (gaps.length === 0 && limits === 0) return [];
  const alike = alikeGaps(gaps);
  const shown = alike.slice(0, MOST_ROWS.gaps);
  return [
    p.bold('NOT READ'),
    ...shown.flatMap((one) => [
      ...hang('  ? ', `${one.first.side} ${kindsText(one)}: ${visible(one.first.message)}`, columns),
      ...(one.first.hint ? hang('    ', visible(one.first.hint), columns, p.dim) : []),
    ]),
    ...(alike.length > shown.length ? [`  ${andMore(alike.length - shown.length)}`] : []),
    ...(limits > 0
      ? hang(
          '  ',
          `${count(limits, 'limit')} of what was read ${limits === 1 ? 'is' : 'are'} in the full report.`,
          columns,
          p.dim,
        )
      : []),
  ];
}

function notLookedAt({ report, columns, p }: Look): string[] {
  if (report.notLookedAt.length === 0) return [];
  const bySide = groupBy(report.notLookedAt, (n) => n.side);
  const lines = [...bySide].flatMap(([side, all]) => {
    // What it would have shown is in the full report.
    const what = [...new Set(all.map((n) => visible(n.what).replace(/ \([^()]*\)$/, '')))];
    return hang(`  ${side}: `, what.join(', '), columns);
  });
  return [p.bold('NOT LOOKED AT'), ...lines];
}

function foot({ report, options, columns, p }: Look): string[] {
  const json = options.written.find((w) => w.format === 'json');
  const where =
    options.written.length > 0
      ? [
          json ? 'Full report, and the same in this terminal:' : 'Full report:',
          ...options.written.map((w) => `  ${visible(w.path)}`),
          ...(json ? [`  ec2-parity render ${word(json.path)} --full`] : []),
        ]
      : ['Everything: add --full, or -o html=report.html'];
  const accept =
    json && report.findings.some((f) => report.phase === 'drift' && f.status !== 'persisting')
      ? [
          'If the changes are intended, accept this run as the next baseline:',
          `  ec2-parity accept ${word(json.path)} -o baseline.json`,
        ]
      : [];
  return [
    ...where,
    ...planLines(report, columns),
    ...accept,
    ...hang('', exitSentence(report, options.failOn), columns, p.bold),
  ];
}

/** A heading, with the head of the last column at the right end of the line. */
function titled(text: string, last: string, columns: number, p: Paint): string {
  const space = columns - text.length - last.length;
  return p.bold(last === '' || space < 2 ? text : `${text}${' '.repeat(space)}${last}`);
}

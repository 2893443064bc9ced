import type { Finding, Report } from '../../report/model.ts';
import {
  betweenText,
  changeViews,
  expiryText,
  formerText,
  movedText,
  severitiesText,
  sinceText,
  usersText,
} from '../../report/view/drift.ts';
import { commandViews } from '../../report/view/index.ts';
import { kindWord } from '../../report/view/labels.ts';
import { thousands } from '../../text/counts.ts';
import { andMore } from '../../text/lists.ts';
import { visible } from '../../text/printable.ts';
import { hang } from './layout.ts';
import type { TerminalOptions } from './options.ts';
import type { Paint } from './paint.ts';
import { tableLines } from './rows.ts';
import { word } from './word.ts';

/** So many in full, then a line each, then "and 12 more". */
const MOST = { full: 10, lines: 20 } as const;

interface Look {
  readonly report: Report;
  readonly options: TerminalOptions;
  readonly columns: number;
  readonly p: Paint;
}

/** What changed since the baseline: new and worsened in full, the rest as lines and counts. */
export function driftBlocks(report: Report, options: TerminalOptions, columns: number, p: Paint): string[][] {
  const look = { report, options, columns, p };
  const by = (status: Finding['status']) => report.findings.filter((f) => f.status === status);
  return [
    changed('NEW', by('new'), look),
    changed('WORSENED', by('worsened'), look),
    lines('RESOLVED', report.resolved, look, (f) => resolvedText(f)),
    waivedBlock(look),
    lines('UNCHECKED', report.unchecked, look, () => 'not read, or not looked at, in this run'),
    persisting(by('persisting'), look),
  ];
}

function changed(title: string, findings: readonly Finding[], look: Look): string[] {
  if (findings.length === 0) return [];
  const { p } = look;
  const inFull = findings.slice(0, MOST.full);
  return [
    p.bold(`${title}  ${thousands(findings.length)}`),
    ...inFull.flatMap((f, i) => [...(i === 0 ? [] : ['']), ...inDetail(f, look)]),
    ...lineRows(findings.slice(MOST.full), look, (f) => f.message),
  ];
}

function inDetail(finding: Finding, { report, options, columns, p }: Look): string[] {
  const { severity, rule, fingerprint, moved, status } = finding;
  const text = (body: string, how?: (line: string) => string) =>
    body === '' ? [] : hang('    ', body, columns, how);
  const who = movedText(moved, status);
  const changes = changeViews(finding, report);
  const commands = commandViews(finding.commands);
  const users = usersText(finding, report);
  const json = options.written.find((w) => w.format === 'json');
  const [first = '', ...rest] = hang('  ', `${severity}  ${subjectText(finding)}  ${visible(rule)}`, columns);
  return [
    first.replace(severity, p.severity[severity](severity)),
    ...rest,
    ...text(formerText(finding)),
    ...text(visible(finding.message)),
    ...text(sinceText(finding)),
    ...(who === '' || !moved ? [] : text(`${who}, ${betweenText(moved)}${changes.length > 0 ? ':' : '.'}`)),
    ...changes.flatMap(({ rows, more, id, region }) => [
      ...(changes.length > 1 ? text(`  ${id} (${region})`) : []),
      ...rows.flatMap((row) => hang(`      ${row.when.padEnd(6)}  `, row.text, columns)),
      ...(more === '' ? [] : text(`  ${more}`)),
    ]),
    ...(users === '' ? [] : text(`Used by ${users}`)),
    ...(commands.length > 0 ? [] : text(visible(finding.remedy))),
    // A command is on one line, so that it can be copied.
    ...commands.flatMap(({ does, shell }) => [...text(`${does}:`, p.dim), `      ${shell}`]),
    ...(json
      ? [p.dim('    More about it:'), `      ec2-parity explain ${visible(fingerprint)} ${word(json.path)}`]
      : []),
  ];
}

function lines(
  title: string,
  findings: readonly Finding[],
  look: Look,
  say: (finding: Finding) => string,
): string[] {
  if (findings.length === 0) return [];
  return [look.p.bold(`${title}  ${thousands(findings.length)}`), ...lineRows(findings, look, say)];
}

function lineRows(
  findings: readonly Finding[],
  { columns, p }: Look,
  say: (finding: Finding) => string,
): string[] {
  const shown = findings.slice(0, MOST.lines);
  return [
    ...tableLines(
      shown.map((f) => [f.severity, subjectText(f), visible(say(f))]),
      [{ whole: true }, { whole: true }, {}],
      columns,
      '  ',
      (column, cell) => (column === 0 ? p.severity[cell as Finding['severity']](cell) : cell),
    ),
    ...(findings.length > shown.length ? [`  ${andMore(findings.length - shown.length)}`] : []),
  ];
}

/** What was found is history: "Said then: …" keeps the sentence from being read as of today. */
function resolvedText(finding: Finding): string {
  const who = movedText(finding.moved, 'resolved');
  const between = finding.moved ? ` ${betweenText(finding.moved)}` : '';
  return `Was: ${finding.message}${who === '' ? '' : ` ${who}${between}.`}`;
}

/** In every phase: what is waived stays visible. */
export function waivedBlock({ report, columns, p }: Pick<Look, 'report' | 'columns' | 'p'>): string[] {
  if (report.waived.length === 0) return [];
  const shown = report.waived.slice(0, MOST.lines);
  return [
    p.bold(`WAIVED  ${thousands(report.waived.length)}`),
    ...shown.flatMap((f) => {
      const { reason, owner, until } = f.waiver;
      const by = owner === null ? '' : `, owner ${visible(owner)}`;
      return [
        ...hang('  ', `${f.severity}  ${subjectText(f)}  ${visible(f.rule)}`, columns),
        ...hang('    ', expiryText(until, report.startedAt), columns),
        ...hang('    ', `"${visible(reason)}"${by}`, columns, p.dim),
      ];
    }),
    ...(report.waived.length > shown.length ? [`  ${andMore(report.waived.length - shown.length)}`] : []),
  ];
}

function persisting(findings: readonly Finding[], { report, options, columns, p }: Look): string[] {
  if (findings.length === 0) return [];
  const changedToo = report.findings.length > findings.length;
  const json = options.written.find((w) => w.format === 'json');
  return [
    ...hang('', `PERSISTING  ${severitiesText(findings)}`, columns, p.bold),
    ...(changedToo
      ? []
      : [
          ...hang(
            '  ',
            'The baseline has them too, and none has worsened; they do not fail this run.',
            columns,
            p.dim,
          ),
          ...(json ? [`  ec2-parity render ${word(json.path)} --full`] : []),
        ]),
  ];
}

/** The VPC is always named: in a drift report one line has to say which group it is. */
function subjectText({ kind, subject }: Finding): string {
  const vpc = kind === 'security-group' && subject.scope !== null ? ` (VPC ${visible(subject.scope)})` : '';
  return `${kindWord(kind)} ${visible(subject.name)}${vpc}`;
}

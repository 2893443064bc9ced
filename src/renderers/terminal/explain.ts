import type { Finding, Pair, Report } from '../../report/model.ts';
import { headingPlaces } from '../../report/places.ts';
import { commandViews } from '../../report/view/commands.ts';
import { type Digest, digestOf, workloadKey } from '../../report/view/digest.ts';
import {
  betweenText,
  changeViews,
  expiryText,
  formerText,
  minute,
  movedText,
  sinceText,
  usersText,
} from '../../report/view/drift.ts';
import { comparisonOf } from '../../report/view/island/comparison.ts';
import type { ComparisonCell } from '../../report/view/island/types.ts';
import { kindWord } from '../../report/view/labels.ts';
import { trafficView } from '../../report/view/traffic.ts';
import { count } from '../../text/counts.ts';
import { visible } from '../../text/printable.ts';
import { explainedFacts } from './explain-facts.ts';
import { hang, LEAST_COLUMNS, MOST_COLUMNS } from './layout.ts';
import type { TerminalOptions } from './options.ts';
import { type Paint, paint } from './paint.ts';
import { tableLines } from './rows.ts';
import { word } from './word.ts';

/** Rows of both sides before "and 12 more". */
const MOST_ROWS = 60;

interface Look {
  readonly report: Report;
  readonly finding: Finding;
  readonly pair: Pair | undefined;
  readonly digest: Digest;
  readonly columns: number;
  readonly p: Paint;
  readonly heading: { readonly source: string; readonly target: string };
}

/** Everything behind one finding: both objects, how they were paired, what differs, who uses it, what to do. */
export function renderExplanation(
  report: Report,
  finding: Finding,
  path: string,
  options: Pick<TerminalOptions, 'columns' | 'color'>,
): string {
  const places = headingPlaces(report.source, report.target);
  const look: Look = {
    report,
    finding,
    pair:
      report.pairs.find((pair) => pair.findings.includes(finding.fingerprint)) ?? pairAbout(report, finding),
    digest: digestOf(report),
    columns: Math.min(MOST_COLUMNS, Math.max(LEAST_COLUMNS, Math.floor(options.columns))),
    p: paint(options.color),
    heading: { source: visible(places.source), target: visible(places.target) },
  };
  const blocks = [
    head(look),
    why(look),
    objects(look),
    paired(look),
    ...bothSides(look),
    traffic(look),
    changes(look),
    facts(look),
    users(look),
    accepted(look, path),
    fix(look),
    more(look),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** A finding that is resolved or unchecked is in no pair of this run; its object may be. */
function pairAbout({ pairs }: Report, { kind, subject }: Finding): Pair | undefined {
  return pairs.find(
    (p) =>
      p.kind === kind &&
      p.name === subject.name &&
      p.scope === subject.scope &&
      p.source?.id === subject.sourceId,
  );
}

function head({ finding, report, columns, p }: Look): string[] {
  const { severity, rule, kind, subject, message, fingerprint, firstSeen, status } = finding;
  const vpc = subject.scope === null ? '' : ` (VPC ${visible(subject.scope)})`;
  const waiver = 'waiver' in finding ? (finding as Report['waived'][number]).waiver : null;
  const state = report.resolved.includes(finding)
    ? 'resolved'
    : report.unchecked.includes(finding)
      ? 'unchecked'
      : waiver
        ? 'waived'
        : status;
  const moved = movedText(finding.moved, state === 'resolved' ? 'resolved' : status);
  const history = [
    formerText(finding),
    moved === '' || finding.moved === null ? '' : `${moved} ${betweenText(finding.moved)}.`,
    sinceText(finding),
  ].filter((text) => text !== '');
  const [first = '', ...rest] = hang(
    '',
    `${severity}  ${visible(rule)}  ${kindWord(kind)} ${visible(subject.name)}${vpc}`,
    columns,
  );
  return [
    first.replace(severity, p.severity[severity]),
    ...rest,
    ...hang('', visible(message), columns),
    `fingerprint ${visible(fingerprint)} · ${state} · first seen ${minute(firstSeen)}`,
    ...history.flatMap((text) => hang('', text, columns)),
  ];
}

function why({ finding, report, columns, p }: Look): string[] {
  const text = report.rules.find((rule) => rule.id === finding.rule)?.why ?? '';
  return text === '' ? [] : [p.bold('WHY IT MATTERS'), ...hang('  ', visible(text), columns)];
}

function objects({ finding, report, pair, columns, p, heading }: Look): string[] {
  const ends = {
    source: pair ? pair.source : end(finding.subject.sourceId, finding),
    target: pair ? pair.target : end(finding.subject.targetId, finding),
  };
  const row = (label: string, of: (side: 'source' | 'target') => string) => [
    label,
    of('source'),
    of('target'),
  ];
  const rows = [
    row('', (side) => `${heading[side]} (${side})`),
    row('id', (side) => (ends[side] === null ? 'none' : visible(ends[side]?.id ?? ''))),
    row('name', (side) => visible(ends[side]?.name ?? '')),
    ...(finding.subject.scope === null
      ? []
      : [
          row('VPC', (side) => (ends[side] === null ? '' : vpcOf(report, side, finding.subject.scope ?? ''))),
        ]),
    row('account', (side) => visible(report[side].account ?? 'unknown')),
    row('read', (side) => minute(report[side].takenAt)),
  ];
  return [
    p.bold('OBJECTS'),
    ...tableLines(rows, [{ whole: true }, { whole: true }, { whole: true }], columns, '  '),
  ];
}

function end(id: string | null, { subject }: Finding): { id: string; name: string } | null {
  return id === null ? null : { id, name: subject.name };
}

/** The VPC of a side by name and id, where the report paired it. */
function vpcOf({ mapping }: Report, side: 'source' | 'target', scope: string): string {
  const found = (mapping?.vpcs ?? []).filter(({ source, target }) =>
    [source?.name, target?.name].includes(scope),
  );
  const [only] = found;
  const own = found.length === 1 ? only?.[side] : undefined;
  return own ? `${visible(own.name ?? own.id)} ${visible(own.id)}` : visible(scope);
}

const SURE = { strong: 'certain', medium: 'likely', weak: 'not certain' } as const;

function paired({ pair, columns, p }: Look): string[] {
  if (!pair) return [];
  if (pair.source === null || pair.target === null)
    return [
      p.bold('NOT PAIRED'),
      ...hang(
        '  ',
        pair.state === 'ambiguous'
          ? 'More than one object could be its counterpart.'
          : 'No object of the other side was found to be its counterpart.',
        columns,
      ),
    ];
  const by = visible((pair.matchedBy ?? 'unknown').replaceAll('-', ' '));
  const sure = pair.matchStrength ? `: ${SURE[pair.matchStrength]}` : '';
  return [p.bold(`PAIRED BY ${by.toUpperCase()}${sure}`)];
}

const SIGNS = {
  same: ' ',
  covered: ' ',
  unknown: '?',
  'source-only': '-',
  'target-only': '+',
  'open-to-world': '+',
} as const satisfies Record<ComparisonCell['state'], string>;

const NOTES = {
  same: '',
  covered: 'covered by the other side',
  unknown: 'cannot be compared',
  'source-only': 'source only',
  'target-only': 'target only',
  'open-to-world': 'target only, open to any address',
} as const satisfies Record<ComparisonCell['state'], string>;

/** The objects as they were read, row by row: `-` only the source, `+` only the target. */
function bothSides({ pair, finding, report, columns, p, heading }: Look): string[][] {
  if (!pair) return [];
  const own = new Set(pair.findings);
  const about = report.findings.filter((f) => own.has(f.fingerprint));
  const comparison = comparisonOf(pair, about.includes(finding) ? about : [...about, finding]);
  return (comparison?.sections ?? []).map((section) => {
    const rows = section.rows.slice(0, MOST_ROWS).map(({ name, source, target }) => {
      const sign =
        [source, target].map((c) => (c === null ? ' ' : SIGNS[c.state])).find((s) => s !== ' ') ?? ' ';
      const text = (cell: ComparisonCell | null) =>
        cell === null ? '' : `${cell.columns.join(' ')}${cell.via === '' ? '' : ` (${cell.via})`}`;
      const notes = [...new Set([source, target].map((c) => (c === null ? '' : NOTES[c.state])))];
      return [sign, name, text(source), text(target), notes.filter((n) => n !== '').join(', ')];
    });
    const rest = section.rows.length - rows.length + section.more;
    const title = `AS READ${section.title === '' ? '' : `, ${section.title.toLowerCase()}`}`;
    const named = rows.some((row) => row[1] !== '');
    const all = [[' ', '', heading.source, heading.target, ''], ...rows];
    const shown = named ? all : all.map(([sign = '', , ...others]) => [sign, ...others]);
    const layout = [
      { whole: true },
      ...(named ? [{ whole: true }] : []),
      { whole: true },
      { whole: true },
      {},
    ];
    return [
      p.bold(title),
      ...tableLines(shown, layout, columns, '  '),
      ...(rest > 0 ? [`  and ${count(rest, 'more row')}, in the report`] : []),
    ];
  });
}

function traffic({ finding, columns, p, heading }: Look): string[] {
  const view = trafficView(finding);
  if (!view) return [];
  const lines = view.rows.flatMap(({ what, peers, except }) =>
    hang(
      '  ',
      `${what} ${view.preposition} ${peers.join(', ')}${except.length > 0 ? ` except ${except.join(', ')}` : ''}`,
      columns,
    ),
  );
  return [
    p.bold(`TRAFFIC, ${view.direction}, that only ${heading[view.admittedBy]} (${view.admittedBy}) admits`),
    ...lines,
    ...hang('  example: ', view.example, columns),
  ];
}

function changes({ finding, report, columns, p }: Look): string[] {
  return changeViews(finding, report).flatMap(({ region, id, rows, more: rest }) => [
    p.bold(`WHAT CHANGED in ${id} (${region})`),
    ...rows.flatMap(({ when, text }) => hang(`  ${when.padEnd(6)}  `, text, columns)),
    ...(rest === '' ? [] : [`  ${rest}`]),
  ]);
}

function facts({ finding, columns, p }: Look): string[] {
  const all = explainedFacts(finding);
  if (all.length === 0) return [];
  return [p.bold('FACTS'), ...tableLines(all, [{ whole: true }, {}], columns, '  ')];
}

function users({ finding, report, digest, columns, p }: Look): string[] {
  const used = usersText(finding, report);
  const hit = report.workloads.filter((w) => w.because.includes(finding.fingerprint));
  const others = (w: Report['workloads'][number]) => {
    const own = digest.fixOf.get(finding.fingerprint);
    const needed = (digest.fixesOf.get(workloadKey(w)) ?? []).filter((n) => n !== own);
    return needed.length > 0
      ? `, together with ${needed.length > 1 ? 'fixes' : 'fix'} ${needed.join(', ')}`
      : '';
  };
  const lines = hit.slice(0, MOST_ROWS).map((w) => {
    const verb =
      w.verdict === 'blocked' ? 'keeps from launching' : w.verdict === 'degraded' ? 'degrades' : 'concerns';
    return `It ${verb} ${kindWord(w.kind)} ${visible(w.name)}${others(w)}.`;
  });
  if (used === '' && lines.length === 0) return [];
  return [
    p.bold('USED BY'),
    ...(used === '' ? ['  nothing that was read'] : hang('  ', used, columns)),
    ...lines.flatMap((line) => hang('  ', line, columns)),
    ...(hit.length > MOST_ROWS ? [`  and ${count(hit.length - MOST_ROWS, 'more workload')}`] : []),
  ];
}

function accepted({ finding, report, columns, p }: Look, path: string): string[] {
  const waiver = 'waiver' in finding ? (finding as Report['waived'][number]).waiver : null;
  if (waiver) {
    const owner = waiver.owner === null ? '' : ` by ${visible(waiver.owner)}`;
    return [
      p.bold('WAIVED'),
      ...hang(
        '  ',
        `${visible(waiver.reason)}${owner}. ${expiryText(waiver.until, report.finishedAt)}`,
        columns,
      ),
    ];
  }
  if (!report.findings.includes(finding)) return [];
  return [
    p.bold('NOT WAIVED'),
    ...hang(
      '  ',
      'To waive it in the config until a day, and no more than it is now; it stays in every report:',
      columns,
    ),
    `    ec2-parity waive ${word(finding.fingerprint)} ${word(path)} --pin --reason REASON --owner OWNER --until ${dayAfter(report.finishedAt)}`,
    '  To accept exactly this finding in a baseline for phase drift:',
    `    ec2-parity accept ${word(path)} --finding ${word(finding.fingerprint)} -o baseline.json`,
  ];
}

const WAIVED_DAYS = 90;

/** The day so long after a time, as an example of when a waiver ends. */
function dayAfter(time: string): string {
  const at = Date.parse(time);
  if (Number.isNaN(at)) return 'YYYY-MM-DD';
  return new Date(at + WAIVED_DAYS * 86_400_000).toISOString().slice(0, 10);
}

function fix({ finding, report, digest, columns, p }: Look): string[] {
  const number = digest.fixOf.get(finding.fingerprint);
  const cause = number === undefined ? undefined : report.causes?.[number - 1];
  const commands = commandViews(finding.commands ?? []);
  const all = commands.length > 0 ? commands : commandViews(cause?.commands);
  const shared =
    cause && cause.findings.length > 1 ? `, which resolves ${count(cause.findings.length, 'finding')}` : '';
  return [
    p.bold(number === undefined ? 'WHAT TO DO' : `FIX ${number}${shared}`),
    ...hang('  ', visible(finding.remedy), columns),
    ...(cause && cause.remedy !== finding.remedy && shared !== ''
      ? hang('  ', `Of the whole fix: ${visible(cause.remedy)}`, columns)
      : []),
    ...all.flatMap(({ does, shell }, i) => [...hang(`  ${i + 1}. `, `${does}:`, columns), `    ${shell}`]),
  ];
}

function more({ finding, report, p }: Look): string[] {
  const links = report.rules.find((rule) => rule.id === finding.rule)?.links ?? [];
  return [
    p.bold('MORE'),
    ...links.map((link) => `  ${visible(link)}`),
    '  The rule, and how severities are set:',
    `    ec2-parity rules ${word(finding.rule)}`,
  ];
}

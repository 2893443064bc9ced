import type { CommandView, DifferenceRow, FindingView, Part, TrafficView } from '../../report/view/index.ts';
import { andMore, atMost } from '../../text/lists.ts';
import { hang, width } from './layout.ts';
import type { Paint } from './paint.ts';

/** Differences longer than this are for the full reports. */
const MOST_LINES = 8;
/** What exists on one side only has no difference to show: a few rows say what it is. */
const MOST_ONE_SIDED = 4;
/** Users named before "and N more". */
const MOST_USERS = 4;
/** Peers of one difference named before "and N more". */
const MOST_PEERS = 12;

/** One finding: what and where, the sentence, the difference, the remedy, who depends on it. */
export function findingLines(
  finding: FindingView,
  columns: number,
  paint: Paint,
  verbose: boolean,
): string[] {
  const where = [finding.scope === '' ? '' : `vpc ${finding.scope}`, finding.age]
    .filter((t) => t !== '')
    .join(', ');
  if (finding.minor && !verbose) {
    // Evidence and remedy of an info finding are in the full reports.
    return hang('  ', `${finding.name}: ${finding.message}`, columns);
  }
  const text = (lead: string, body: string, how?: (line: string) => string) =>
    hang(`    ${lead}`, body, columns, how);
  return [
    ...hang('  ', `${finding.name}${where === '' ? '' : `  (${where})`}`, columns, paint.bold),
    ...text('', finding.message),
    ...differenceLines(finding, columns, paint, verbose),
    ...(finding.config === ''
      ? []
      : finding.config.split('\n').map((line, i) => `    ${i === 0 ? 'config: ' : '        '}${line}`)),
    ...text('fix: ', finding.remedy),
    ...commandLines(finding.commands, columns, paint),
    ...usedBy(finding, text),
    ...(verbose ? finding.facts.flatMap((f) => text(`${f.key}: `, f.value, paint.dim)) : []),
  ];
}

/** A command is on one line, so that it can be copied. */
export function commandLines(commands: readonly CommandView[], columns: number, paint: Paint): string[] {
  return commands.flatMap(({ does, shell }) => [
    ...hang('      ', `${does}:`, columns, paint.dim),
    `        ${shell}`,
  ]);
}

function usedBy(finding: FindingView, text: (lead: string, body: string) => string[]): string[] {
  if (finding.usedBy.length === 0) return [];
  return text(
    'used by: ',
    atMost(
      finding.usedBy.map((u) => `${u.kind} ${u.name}${u.side === 'source' ? '' : ` (${u.side})`}`),
      MOST_USERS,
    ),
  );
}

function differenceLines(finding: FindingView, columns: number, paint: Paint, verbose: boolean): string[] {
  const lines = finding.traffic
    ? trafficLines(finding.traffic, verbose)
    : rowLines(finding.difference?.rows ?? []);
  const oneSided = finding.sourceId === '' || finding.targetId === '';
  const shown = verbose ? lines : lines.slice(0, oneSided ? MOST_ONE_SIDED : MOST_LINES);
  const rest = lines.length - shown.length;
  const how = { '+': paint.added, '-': paint.removed };
  return [
    ...shown.flatMap((line) => signed(line, columns, how[line.sign])),
    ...(rest > 0 ? hang('      ', `${andMore(rest)} of these lines`, columns, paint.dim) : []),
  ];
}

/** The example is on the line of its difference where there is room, else on the next. */
function signed(
  { sign, text, example }: SignedLine,
  columns: number,
  how: (line: string) => string,
): string[] {
  const lead = `    ${sign} `;
  const one = `${text}   ${example}`;
  if (example === '' || width(lead + one) <= columns)
    return hang(lead, example === '' ? text : one, columns, how);
  return [...hang(lead, text, columns, how), ...hang(' '.repeat(lead.length + 2), example, columns, how)];
}

interface SignedLine {
  /** `+`: only on the target; `-`: only on the source. */
  readonly sign: '+' | '-';
  readonly text: string;
  /** `e.g. tcp/22 from 0.0.0.1`, or empty. */
  readonly example: string;
}

function trafficLines(traffic: TrafficView, verbose: boolean): SignedLine[] {
  const sign = traffic.admittedBy === 'target' ? '+' : '-';
  return traffic.rows.map((row, i) => {
    const most = verbose ? Number.POSITIVE_INFINITY : MOST_PEERS;
    const peers =
      atMost(row.peers, most) + (row.except.length === 0 ? '' : ` except ${atMost(row.except, most)}`);
    return {
      sign,
      text: `${traffic.direction} ${row.what} ${traffic.preposition} ${peers}`,
      example: i === 0 ? `e.g. ${traffic.example}` : '',
    };
  });
}

function rowLines(rows: readonly DifferenceRow[]): SignedLine[] {
  const line = (parts: readonly Part[]) => parts.map((p) => p.text).join('');
  return rows.flatMap((row): SignedLine[] => {
    if (row.state === 'same' || row.state === 'note') return [];
    return [
      ...(row.source ? [{ sign: '-' as const, text: line(row.source), example: '' }] : []),
      ...(row.target ? [{ sign: '+' as const, text: line(row.target), example: '' }] : []),
    ];
  });
}

/** The head of a rule's findings: `security-group/missing  Title`. */
export function ruleLines(rule: string, title: string, columns: number, paint: Paint): string[] {
  if (width(`${rule}  ${title}`) > columns) return hang('', `${rule}  ${title}`, columns);
  return [`${rule}  ${paint.dim(title)}`];
}

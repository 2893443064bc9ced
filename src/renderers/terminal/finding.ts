import type { CommandView, DifferenceRow, FindingView, Part, TrafficView } from '../../report/view/index.ts';
import { atMost } from '../../text/lists.ts';
import { hang, width } from './layout.ts';
import type { Paint } from './paint.ts';

/** Users named before "and N more". */
const MOST_USERS = 4;

/** One finding: what and where, the sentence, the difference, the remedy, who depends on it. */
export function findingLines(finding: FindingView, columns: number, paint: Paint): string[] {
  const where = [finding.scope === '' ? '' : `vpc ${finding.scope}`, finding.age]
    .filter((t) => t !== '')
    .join(', ');
  const text = (lead: string, body: string, how?: (line: string) => string) =>
    hang(`    ${lead}`, body, columns, how);
  return [
    ...hang('  ', `${finding.name}${where === '' ? '' : `  (${where})`}`, columns, paint.bold),
    ...text('', finding.message),
    ...differenceLines(finding, columns, paint),
    ...(finding.config === ''
      ? []
      : finding.config.split('\n').map((line, i) => `    ${i === 0 ? 'config: ' : '        '}${line}`)),
    ...text('fix: ', finding.remedy),
    ...commandLines(finding.commands, columns, paint),
    ...usedBy(finding, text),
    ...finding.facts.flatMap((f) => text(`${f.key}: `, f.value, paint.dim)),
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

function differenceLines(finding: FindingView, columns: number, paint: Paint): string[] {
  const lines = finding.traffic ? trafficLines(finding.traffic) : rowLines(finding.difference?.rows ?? []);
  const how = { '+': paint.targetOnly, '-': paint.sourceOnly };
  return [...lines.flatMap((line) => signed(line, columns, how[line.sign]))];
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

function trafficLines(traffic: TrafficView): SignedLine[] {
  const sign = traffic.admittedBy === 'target' ? '+' : '-';
  return traffic.rows.map((row, i) => {
    const peers = row.peers.join(', ') + (row.except.length === 0 ? '' : ` except ${row.except.join(', ')}`);
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

import type { DifferenceRow, FindingView, Part, TrafficView } from '../../report/view/index.ts';
import { hang, width } from './layout.ts';
import type { Paint } from './paint.ts';

/** Differences longer than this are for the full reports. */
const MOST_LINES = 8;
/** Users named before "and N more". */
const MOST_USERS = 4;

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
  if (finding.severity === 'info' && !verbose) {
    // One line of its own is what an info is worth here: the full reports hold the evidence and the advice.
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
      : finding.config.split('\n').flatMap((l, i) => text(i === 0 ? 'config: ' : '        ', l))),
    ...text('fix: ', finding.remedy),
    ...usedBy(finding, text),
    ...(verbose ? finding.facts.flatMap((f) => text(`${f.key}: `, f.value, paint.dim)) : []),
  ];
}

function usedBy(finding: FindingView, text: (lead: string, body: string) => string[]): string[] {
  if (finding.usedBy.length === 0) return [];
  const named = finding.usedBy.slice(0, MOST_USERS).map((u) => `${u.kind} ${u.name}`);
  const rest = finding.usedBy.length - named.length;
  return text('used by: ', [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', '));
}

function differenceLines(finding: FindingView, columns: number, paint: Paint, verbose: boolean): string[] {
  const lines = finding.traffic ? trafficLines(finding.traffic) : rowLines(finding.difference?.rows ?? []);
  const shown = verbose ? lines : lines.slice(0, MOST_LINES);
  const rest = lines.length - shown.length;
  const how = { '+': paint.added, '-': paint.removed };
  return [
    ...shown.flatMap((line) => hang(`    ${line.sign} `, line.text, columns, how[line.sign])),
    ...(rest > 0 ? hang('      ', `and ${rest} more of these lines`, columns, paint.dim) : []),
  ];
}

interface SignedLine {
  /** `+`: only on the target; `-`: only on the source. */
  readonly sign: '+' | '-';
  readonly text: string;
}

function trafficLines(traffic: TrafficView): SignedLine[] {
  const sign = traffic.admittedBy === 'target' ? '+' : '-';
  return traffic.rows.map((row, i) => {
    const peers = row.peers.join(', ') + (row.except.length === 0 ? '' : ` except ${row.except.join(', ')}`);
    const example = i === 0 ? `   e.g. ${traffic.example}` : '';
    return { sign, text: `${traffic.direction} ${row.what} ${traffic.preposition} ${peers}${example}` };
  });
}

function rowLines(rows: readonly DifferenceRow[]): SignedLine[] {
  const line = (parts: readonly Part[]) => parts.map((p) => p.text).join('');
  return rows.flatMap((row): SignedLine[] => {
    if (row.state === 'same' || row.state === 'note') return [];
    return [
      ...(row.source ? [{ sign: '-' as const, text: line(row.source) }] : []),
      ...(row.target ? [{ sign: '+' as const, text: line(row.target) }] : []),
    ];
  });
}

/** The head of a rule's findings: `security-group/missing  Title`. */
export function ruleLines(rule: string, title: string, columns: number, paint: Paint): string[] {
  if (width(`${rule}  ${title}`) > columns) return hang('', `${rule}  ${title}`, columns);
  return [`${rule}  ${paint.dim(title)}`];
}

import type { CommandView, FindingView, TrafficView } from '../../report/view/index.ts';
import { atMost } from '../../text/lists.ts';
import { diffLines } from '../diff-lines.ts';
import { code, fenced, table, text } from './escape.ts';

/** An info-level finding as one item of a list: the full report holds the evidence and the advice. */
export function markdownItem(finding: FindingView): string {
  const where = finding.scope === '' ? '' : ` (VPC ${code(finding.scope)})`;
  return `- ${code(finding.name)}${where}: ${text(finding.message)}\n`;
}

/** A difference up to this long is shown at once, a longer one on demand. */
const OPEN_LINES = 6;

/** Users named before "and N more". */
const MOST_USERS = 8;

/** One finding as ready Markdown for the template to place. */
export interface MarkdownFinding {
  readonly subject: string;
  readonly message: string;
  readonly traffic: string;
  readonly example: string;
  readonly difference: string;
  /** The summary line of a collapsed difference; empty where it is short enough to stand open. */
  readonly fold: string;
  readonly config: string;
  readonly remedy: string;
  readonly commands: string;
  readonly usedBy: string;
}

export function markdownFinding(finding: FindingView): MarkdownFinding {
  const ids = [finding.sourceId, finding.targetId].filter((id) => id !== '').map(code);
  const place = [
    finding.scope === '' ? '' : `VPC ${code(finding.scope)}`,
    ids.join(' → '),
    text(finding.age),
  ];
  const around = place.filter((t) => t !== '').join(', ');
  const lines = diffLines(finding.difference?.rows ?? []);
  return {
    subject: `**${code(finding.name)}**${around === '' ? '' : ` (${around})`}`,
    message: text(finding.message),
    traffic: finding.traffic ? trafficTable(finding.traffic) : '',
    example: finding.traffic ? example(finding.traffic) : '',
    difference: lines.length === 0 ? '' : fenced('diff', lines),
    fold: lines.length > OPEN_LINES ? `Difference (${lines.length} lines)` : '',
    config: finding.config === '' ? '' : fenced('yaml', finding.config.split('\n')),
    remedy: text(finding.remedy),
    commands: commandBlocks(finding.commands),
    usedBy: atMost(
      finding.usedBy.map(
        (u) => `${text(u.kind)} ${code(u.name)}${u.side === 'source' ? '' : ` (${u.side})`}`,
      ),
      MOST_USERS,
    ),
  };
}

/** Each command in a block of its own, to be copied whole. */
export function commandBlocks(commands: readonly CommandView[]): string {
  return commands.map(({ does, shell }) => `${text(does)}:\n\n${fenced('sh', [shell])}`).join('\n\n');
}

function trafficTable(traffic: TrafficView): string {
  const peers = (list: readonly string[]) => list.map(code).join(', ');
  const rows = traffic.rows.map((row) => [
    traffic.direction,
    text(row.what),
    peers(row.peers) + (row.except.length === 0 ? '' : ` except ${peers(row.except)}`),
    `${traffic.admittedBy} only`,
  ]);
  return table(
    ['Direction', 'Protocol and ports', traffic.direction === 'ingress' ? 'From' : 'To', 'Admitted by'],
    rows,
  );
}

function example(traffic: TrafficView): string {
  return `Example: ${code(traffic.example)} passes on the ${traffic.admittedBy}, not on the ${traffic.refusedBy}.`;
}

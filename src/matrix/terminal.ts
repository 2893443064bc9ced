import pc from 'picocolors';
import stringWidth from 'string-width';
import { SIGNS } from '../report/headline.ts';
import { count } from '../text/counts.ts';
import { andMore, atMost } from '../text/lists.ts';
import { visible } from '../text/printable.ts';
import type { AuditedPair, Rollup } from './model.ts';
import {
  auditedOf,
  columnsOf,
  exitReason,
  failedOf,
  figureText,
  placeText,
  sentenceOf,
  signOf,
} from './text.ts';

export interface RollupTerminalOptions {
  readonly color: boolean;
  readonly ascii: boolean;
}

const MOST_REPEATED = 12;
const MOST_PAIRS_OF_A_ROW = 6;

/** The roll-up for a terminal: details first, the decision last. A line is never cut: names, accounts and paths can be copied. */
export function rollupTerminal(rollup: Rollup, { color, ascii }: RollupTerminalOptions): string {
  const c = pc.createColors(color);
  const signs = SIGNS[ascii ? 'ascii' : 'unicode'];
  const decided = { fails: c.red, unknown: c.magenta, passes: c.green }[signOf(rollup)];
  const blocks = [
    [`result: ${rollup.verdict}  ${count(rollup.summary.pairs, 'pair')}`],
    pairTable(rollup, signs.to, c.bold),
    repeatedRows(rollup, c.bold),
    notAudited(rollup, c.bold),
    reports(rollup, c.bold),
    [
      c.bold(decided(`${signs[signOf(rollup)]} ${sentenceOf(rollup)}`)),
      `exit code ${rollup.exitCode}: ${exitReason(rollup)}`,
    ],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

type Style = (text: string) => string;

function pairTable(rollup: Rollup, arrow: string, bold: Style): string[] {
  const audited = auditedOf(rollup);
  if (audited.length === 0) return [];
  const columns = columnsOf(rollup);
  const rows = audited.map((pair) => [
    ...columns.map(({ figure }) => figureText(figure(pair))),
    `${visible(pair.name)}: ${placeText(pair.source)} ${arrow} ${placeText(pair.target)}${notes(pair)}`,
  ]);
  return [
    bold('PAIRS, the furthest from parity first'),
    ...table([[...columns.map(({ head }) => head), 'pair'], ...rows]),
  ];
}

function notes({ complete, verdict }: AuditedPair): string {
  if (!complete) return ' [incomplete]';
  return verdict === 'parity' ? ' [parity]' : '';
}

/** Figures to the right, the last column as long as it is. */
function table(rows: readonly (readonly string[])[]): string[] {
  const last = (rows[0]?.length ?? 1) - 1;
  const widths = Array.from({ length: last }, (_, i) =>
    Math.max(...rows.map((row) => stringWidth(row[i] ?? ''))),
  );
  return rows.map((row) =>
    `  ${row.map((cell, i) => (i < last ? cell.padStart(widths[i] ?? 0) : cell)).join('  ')}`.trimEnd(),
  );
}

function repeatedRows({ repeated, summary }: Rollup, bold: Style): string[] {
  if (repeated.length === 0) return [];
  const shown = repeated.slice(0, MOST_REPEATED);
  const rest = repeated.length - shown.length;
  return [
    bold('IN SEVERAL PAIRS'),
    ...shown.flatMap(({ pairs, title, varies, severity, blocked, degraded }) => [
      `  ${pairs.length} of ${summary.pairs - summary.failed}  ${severity}  ${visible(title)}`,
      `      in ${atMost(pairs.map(visible), MOST_PAIRS_OF_A_ROW)}${effects(blocked, degraded)}${varies ? '; the details differ by pair' : ''}`,
    ]),
    ...(rest > 0 ? [`  ${andMore(rest)}; the JSON roll-up has all of them`] : []),
  ];
}

function effects(blocked: number, degraded: number): string {
  const parts = [
    ...(blocked > 0 ? [`${blocked} blocked`] : []),
    ...(degraded > 0 ? [`${degraded} degraded`] : []),
  ];
  return parts.length > 0 ? `: ${parts.join(', ')}` : '';
}

function notAudited(rollup: Rollup, bold: Style): string[] {
  const failed = failedOf(rollup);
  if (failed.length === 0) return [];
  return [
    bold('NOT AUDITED'),
    ...failed.flatMap(({ name, message, hint }) => [
      `  ${visible(name)}: ${visible(message)}`,
      `      ${visible(hint)}`,
    ]),
  ];
}

function reports(rollup: Rollup, bold: Style): string[] {
  const rows = auditedOf(rollup).flatMap(({ name, report }) =>
    report === null ? [] : [`  ${visible(name)}: ${visible(report)}`],
  );
  return rows.length > 0 ? [bold('REPORTS'), ...rows] : [];
}

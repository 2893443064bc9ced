import { SIGNS } from '../report/headline.ts';
import { capital } from '../text/capital.ts';
import { count, thousands } from '../text/counts.ts';
import { listed } from '../text/lists.ts';
import { code, text } from '../text/markdown.ts';
import { visible } from '../text/printable.ts';
import type { AuditedPair, Repeated, Rollup } from './model.ts';
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

/** GitHub drops a step summary near 1 MiB without a word, so the default stays clear of it. */
const MOST_BYTES = 1_000_000;
const MOST_REPEATED = 25;

/** The roll-up for a step summary or a comment. Where all would not fit, rows are left out from the end, and a line counts them. */
export function rollupMarkdown(rollup: Rollup, maxBytes = MOST_BYTES): string {
  const head = [
    `### ${SIGNS.unicode[signOf(rollup)]} ${text(capital(sentenceOf(rollup)))}`,
    `${count(rollup.summary.pairs, 'pair')} · exit code ${rollup.exitCode}: ${exitReason(rollup)}`,
  ].join('\n\n');
  const tables = [failedTable(rollup), pairTable(rollup), repeatedTable(rollup)].filter((t) => t !== null);
  const budget = { left: maxBytes - size(head) - 2 };
  return `${[head, ...tables.map((t) => placed(t, budget))].filter((t) => t !== '').join('\n\n')}\n`;
}

interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rule: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows beyond those that a reader can use. */
  readonly left?: number;
}

/** The table with as many rows as there is room for. */
function placed({ title, head, rule, rows, left: beyond = 0 }: Table, budget: { left: number }): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const frame = [`**${title}**`, '', line(head), line(rule)];
  const omission = (rest: number) => [
    '',
    `Left out here for length: ${thousands(rest)} more. The JSON roll-up has ${rest === 1 ? 'it' : 'them'}.`,
  ];
  // The longest that the frame can be: with the sentence about rows that are left out.
  let left = budget.left - size([...frame, ...omission(rows.length + beyond)].join('\n')) - 2;
  if (left < 0) return '';
  const kept: string[] = [];
  for (const row of rows.map(line)) {
    left -= size(row) + 1;
    if (left < 0) break;
    kept.push(row);
  }
  const rest = rows.length - kept.length + beyond;
  const whole = [...frame, ...kept, ...(rest > 0 ? omission(rest) : [])].join('\n');
  budget.left -= size(whole) + 2;
  return whole;
}

function pairTable(rollup: Rollup): Table | null {
  const audited = auditedOf(rollup);
  if (audited.length === 0) return null;
  const columns = columnsOf(rollup);
  return {
    title: 'Pairs, the furthest from parity first',
    head: ['pair', 'source', 'target', ...columns.map(({ head }) => head), 'result'],
    rule: ['---', '---', '---', ...columns.map(() => '--:'), '---'],
    rows: audited.map((pair) => [
      code(visible(pair.name)),
      code(placeText(pair.source)),
      code(placeText(pair.target)),
      ...columns.map(({ figure }) => figureText(figure(pair))),
      `${SIGNS.unicode[pair.exitCode === 0 ? 'passes' : pair.exitCode === 3 ? 'unknown' : 'fails']} ${text(result(pair))}`,
    ]),
  };
}

function result({ headline, complete }: AuditedPair): string {
  return complete ? headline : `${headline}; incomplete`;
}

function failedTable(rollup: Rollup): Table | null {
  const failed = failedOf(rollup);
  if (failed.length === 0) return null;
  return {
    title: 'Not audited',
    head: ['pair', 'because', 'what to do'],
    rule: ['---', '---', '---'],
    rows: failed.map(({ name, message, hint }) => [
      code(visible(name)),
      text(visible(message)),
      text(visible(hint)),
    ]),
  };
}

function repeatedTable({ repeated, summary }: Rollup): Table | null {
  if (repeated.length === 0) return null;
  return {
    title: 'In several pairs',
    head: ['pairs', 'severity', 'what', 'in', 'blocked', 'degraded', 'what to do'],
    rule: ['--:', '---', '---', '---', '--:', '--:', '---'],
    left: Math.max(0, repeated.length - MOST_REPEATED),
    rows: repeated
      .slice(0, MOST_REPEATED)
      .map((one) => [
        `${one.pairs.length} of ${summary.pairs - summary.failed}`,
        one.severity,
        text(visible(one.title)),
        listed(one.pairs.map((pair) => code(visible(pair)))),
        figureText(one.blocked),
        figureText(one.degraded),
        text(visible(fix(one))),
      ]),
  };
}

function fix({ remedy, varies }: Repeated): string {
  return varies ? `${remedy} (The details differ by pair.)` : remedy;
}

function size(t: string): number {
  return new TextEncoder().encode(t).length;
}

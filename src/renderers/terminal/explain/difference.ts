import { changeViews } from '../../../report/view/drift.ts';
import { trafficView } from '../../../report/view/traffic.ts';
import { hang } from '../layout.ts';
import { tableLines } from '../rows.ts';
import { explainedFacts } from './facts.ts';
import type { Look } from './look.ts';

export function traffic({ finding, columns, p, heading }: Look): string[] {
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

export function changes({ finding, report, columns, p }: Look): string[] {
  return changeViews(finding, report).flatMap(({ region, id, rows, more: rest }) => [
    p.bold(`WHAT CHANGED in ${id} (${region})`),
    ...rows.flatMap(({ when, text }) => hang(`  ${when.padEnd(6)}  `, text, columns)),
    ...(rest === '' ? [] : [`  ${rest}`]),
  ]);
}

export function facts({ finding, columns, p }: Look): string[] {
  const all = explainedFacts(finding);
  if (all.length === 0) return [];
  return [p.bold('FACTS'), ...tableLines(all, [{ whole: true }, {}], columns, '  ')];
}

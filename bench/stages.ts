/**
 * What each stage costs, as ratios within one run: `npm run bench [-- GROUPS RULES]`.
 * The yardstick is JSON.parse of the snapshot's text: what reading it costs at the very least. Machines differ, ratios
 * hardly do; a single run is no measurement, so each stage runs a few times and its median counts.
 */
import { compare } from '../src/comparator/compare.ts';
import { checkSnapshot } from '../src/inventory/snapshot-check.ts';
import { snapshotText } from '../src/inventory/snapshot-text.ts';
import { renderHtml, renderJson, renderMarkdown, renderTerminal } from '../src/renderers/index.ts';
import type { Report } from '../src/report/model.ts';
import { SCOPES } from '../src/report/vocabulary.ts';
import { region } from './estate.ts';

const [groups = 2000, rules = 50] = process.argv.slice(2).map(Number);
const RUNS = 3;

async function median(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
}

const source = region('us-east-1', groups, rules);
const twin = { ...region('us-east-1', groups, rules), region: 'eu-west-1' };
const changed = region('eu-west-1', groups, rules, true);
const audit = (target: typeof source): Report =>
  compare({
    source,
    target,
    config: {},
    phase: 'readiness',
    scopes: SCOPES,
    startedAt: '2026-11-15T06:00:00.000Z',
    finishedAt: '2026-11-15T06:00:00.000Z',
    tool: { name: 'ec2-parity', version: 'bench' },
  });
const text = snapshotText(source);
const report = audit(changed);
const stages: [string, () => unknown][] = [
  ['JSON.parse of the snapshot (the yardstick)', () => JSON.parse(text)],
  ['snapshot: write as text', () => snapshotText(source)],
  ['snapshot: check what was parsed', () => checkSnapshot(JSON.parse(text))],
  ['compare: everything alike', () => audit(twin)],
  [`compare: ${Math.ceil(groups / 10)} groups differ`, () => audit(changed)],
  ['render: json', () => renderJson(report)],
  ['render: md', () => renderMarkdown(report)],
  ['render: html', () => renderHtml(report)],
  [
    'render: terminal',
    () => renderTerminal(report, { columns: 80, color: false, failOn: 'high', written: [] }),
  ],
];

process.stdout.write(
  `${groups} groups x ${rules} rules a side, ${(text.length / 1e6).toFixed(1)} MB; ${report.findings.length} findings\n\n`,
);
let yardstick = 0;
for (const [title, work] of stages) {
  const ms = await median(work);
  yardstick ||= ms;
  process.stdout.write(
    `${title.padEnd(46)} ${ms.toFixed(0).padStart(7)} ms  ${(ms / yardstick).toFixed(2).padStart(7)} x\n`,
  );
}

/**
 * What each stage costs, as ratios within one run: `npm run bench [-- GROUPS RULES LAUNCHERS]`. LAUNCHERS multiplies what
 * starts instances; with twice as much of it a stage should take about twice as long, not four times.
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
import { type Sizes, withLaunchers } from './launchers.ts';

const [groups = 2000, rules = 50, launchers = 1] = process.argv.slice(2).map(Number);
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
const audit = (target: typeof source, from = source): Report =>
  compare({
    source: from,
    target,
    config: {},
    phase: 'readiness',
    scopes: SCOPES,
    startedAt: '2026-11-15T06:00:00.000Z',
    finishedAt: '2026-11-15T06:00:00.000Z',
    tool: { name: 'ec2-parity', version: 'bench' },
  });
const sizes: Sizes = {
  groups,
  images: 2000 * launchers,
  templates: 2000 * launchers,
  scaling: 1000 * launchers,
  instances: 10_000 * launchers,
  stacks: 300 * launchers,
};
const halves: Sizes = {
  groups,
  images: Math.ceil(sizes.images / 2),
  templates: Math.ceil(sizes.templates / 2),
  scaling: Math.ceil(sizes.scaling / 2),
  instances: Math.ceil(sizes.instances / 2),
  stacks: Math.ceil(sizes.stacks / 2),
};
const starting = (of: Sizes) => ({ from: withLaunchers(source, of), to: withLaunchers(changed, of, true) });
const [whole, half] = [starting(sizes), starting(halves)];
const judged = audit(whole.to, whole.from);
const text = snapshotText(source);
const report = audit(changed);
const stages: [string, () => unknown][] = [
  ['JSON.parse of the snapshot (the yardstick)', () => JSON.parse(text)],
  ['snapshot: write as text', () => snapshotText(source)],
  ['snapshot: check what was parsed', () => checkSnapshot(JSON.parse(text))],
  ['compare: everything alike', () => audit(twin)],
  [`compare: ${Math.ceil(groups / 10)} groups differ`, () => audit(changed)],
  [`compare: with half of ${judged.workloads.length} workloads`, () => audit(half.to, half.from)],
  [`compare: with ${judged.workloads.length} workloads`, () => audit(whole.to, whole.from)],
  ['render: json', () => renderJson(report)],
  ['render: md', () => renderMarkdown(report)],
  ['render: html', () => renderHtml(report)],
  [
    'render: terminal',
    () => renderTerminal(report, { columns: 80, color: false, failOn: 'high', written: [] }),
  ],
  [`render: html, ${judged.findings.length} findings with workloads`, () => renderHtml(judged)],
  [`render: md, ${judged.findings.length} findings with workloads`, () => renderMarkdown(judged)],
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

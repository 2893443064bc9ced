/**
 * What it costs to read what launches name, in requests and time: `npm run bench:reads [-- TEMPLATES]`. A region of the
 * endpoint double is read, and then what its launch templates need; the ratio of the second to the first is what counts.
 * The double answers in this process and takes part of the time of both.
 */
import { readCosts } from './reads.ts';

const [templates = 2000] = process.argv.slice(2).map(Number);
const RUNS = 3;

const runs = await readCosts(templates, RUNS);
const median = (of: (run: (typeof runs)[number]) => number) =>
  runs.map(of).sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
const rows = (['objects that are compared', 'what their launches need'] as const).map((title, i) => ({
  title,
  requests: median((run) => run.requests[i] ?? 0),
  ms: median((run) => run.ms[i] ?? 0),
}));
const [first] = rows;
process.stdout.write(`${templates} launch templates, ${templates / 2} Auto Scaling groups\n\n`);
for (const { title, requests, ms } of rows)
  process.stdout.write(
    `${title.padEnd(28)} ${String(requests).padStart(5)} requests ${ms.toFixed(0).padStart(7)} ms  ${(ms / (first?.ms ?? 1)).toFixed(2)} x\n`,
  );
const most = Object.entries(runs[0]?.perAction ?? {}).sort(([, a], [, b]) => b - a);
process.stdout.write(`\n${most.map(([action, count]) => `${action} ${count}`).join(', ')}\n`);

/** One audit of two snapshot files, for `adversarial.ts`: prints what it took, in a process whose peak of memory is its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { growLess } from '../src/cli/heap.ts';
import { compare } from '../src/comparator/compare.ts';
import { readSnapshot } from '../src/inventory/store.ts';
import { renderJson } from '../src/renderers/index.ts';
import { SCOPES } from '../src/report/vocabulary.ts';

const [sourceFile = '', targetFile = '', reportFile = ''] = process.argv.slice(2);
const time = '2026-11-15T06:00:00.000Z';

/** Of all threads: other work of the machine changes it less than the clock. */
const processorMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const parsing = processorMs();
for (const file of [sourceFile, targetFile]) JSON.parse(readFileSync(file, 'utf8'));
const auditing = processorMs();
const [source, target] = [await readSnapshot(sourceFile), await readSnapshot(targetFile)];
// As the command line does.
growLess();
const report = compare({
  source,
  target,
  config: {},
  phase: 'readiness',
  scopes: SCOPES,
  startedAt: time,
  finishedAt: time,
  tool: { name: 'ec2-parity', version: 'bench' },
});
writeFileSync(reportFile, renderJson(report));
const ended = processorMs();
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ parseMs: auditing - parsing, auditMs: ended - auditing, peakMb }));

/**
 * Estates that cost more than their size where a stage is quadratic: `npm run bench:adversarial [-- NAME ...]`.
 * Each is audited from two snapshot files to report.json in a separate process, at half of its size and at its size.
 * A linear stage takes about twice as long at twice the size, a quadratic one four times. The yardstick of a row is
 * JSON.parse of its two snapshots; times are those of the processor.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { snapshotText } from '../src/inventory/snapshot-text.ts';
import { ADVERSARIES, type Adversary } from './adversarial-estates.ts';

const child = fileURLToPath(new URL('adversarial-run.ts', import.meta.url));
const names = process.argv.slice(2);
const chosen = Object.entries<Adversary>(ADVERSARIES).filter(
  ([name]) => names.length === 0 || names.includes(name),
);
const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-bench-'));
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Run {
  readonly parseMs: number;
  readonly auditMs: number;
  readonly peakMb: number;
  readonly reportMb: number;
}

function run({ sides }: Adversary, size: number): Run | string {
  const files = sides(size).map((side, i) => {
    const file = join(folder, `${i}.json`);
    writeFileSync(file, snapshotText(side));
    return file;
  });
  const report = join(folder, 'report.json');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', child, ...files, report],
    { encoding: 'utf8', timeout: 600_000 },
  );
  if (status !== 0)
    return (
      stderr
        .trim()
        .split('\n')
        .find((line) => /Error/.test(line)) ?? 'ended early'
    );
  return { ...(JSON.parse(stdout) as Omit<Run, 'reportMb'>), reportMb: statSync(report).size / 1e6 };
}

const seconds = (ms: number) => (ms / 1000).toFixed(2).padStart(6);
say('estate                                       size    cpu s  /parse  2N:N  peak MB  report MB');
try {
  for (const [, adversary] of chosen) {
    const { title, size } = adversary;
    const [half, whole] = [run(adversary, size / 2), run(adversary, size)];
    const head = `${title.padEnd(42)} ${String(size).padStart(6)}`;
    if (typeof half === 'string' || typeof whole === 'string') {
      say(`${head}  ${typeof whole === 'string' ? whole : half}`);
      process.exitCode = 1;
      continue;
    }
    const ratio = (whole.auditMs / whole.parseMs).toFixed(1).padStart(6);
    const growth = (whole.auditMs / half.auditMs).toFixed(1).padStart(5);
    const [peak, written] = [whole.peakMb.toFixed(0).padStart(8), whole.reportMb.toFixed(1).padStart(10)];
    say(`${head}  ${seconds(whole.auditMs)}  ${ratio} ${growth} ${peak} ${written}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

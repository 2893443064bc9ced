import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Keeps about 100 MB, makes several times of it that is soon garbage, and prints the most that was in the heap. */
const SCRIPT = `
const { growLess } = await import(${JSON.stringify(fileURLToPath(new URL('../../src/cli/heap.ts', import.meta.url)))});
const block = () => Array.from({ length: 20_000 }, (_, i) => ({ i }));
const kept = Array.from({ length: 80 }, block);
if (process.argv.includes('less')) growLess();
let most = 0;
const waiting = [];
for (let i = 0; i < 600; i++) {
  // Long enough in use to be moved to where the garbage of small collections is not.
  waiting.push(block());
  if (waiting.length > 20) waiting.shift();
  most = Math.max(most, process.memoryUsage().heapUsed);
}
console.log(most / 1024 / 1024, kept.length);
`;

function most(args: readonly string[], options: readonly string[] = []): number {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, '--import', 'tsx', '--input-type=module', '--eval', SCRIPT, '--', ...args],
    { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return Number.parseFloat(stdout);
}

test('The heap of a command that reads much grows less than by default, and as a person says who says it', {
  timeout: 120_000,
}, () => {
  const [less, byDefault, chosen] = [most(['less']), most([]), most(['less'], ['--max-old-space-size=4000'])];
  expect(less).toBeLessThan(0.75 * byDefault);
  expect(chosen).toBeGreaterThan(1.3 * less);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentsIn } from './documents.ts';
import { changed, changes } from './mutations.ts';
import { faultOf } from './outcome.ts';
import { type Target, targetsFor } from './targets.ts';

/** The first run also loads what it needs; what hangs takes far longer. `npm run fuzz` has a lower bound. */
const SECONDS = 10;
/** As many as take a few seconds. The seed is fixed, so that a change that has nothing to do with it stays green. */
const RUNS = 4;

let home: string;
let targets: readonly Target[];
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'ec2-parity-fuzz-'));
  targets = targetsFor(await documentsIn(home));
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a file that somebody changed', () => {
  test('every way in has valid documents, which are answered', { timeout: 120_000 }, async () => {
    for (const { name, seeds, run } of targets) {
      const [seed = ''] = seeds;
      const { code, stderr } = await run(Buffer.from(seed), mkdtempSync(join(home, 'valid-')), 0, home);
      expect([name, code === 2 ? stderr : 'answered']).toEqual([name, 'answered']);
    }
  });

  test('is answered or refused in two lines, soon, whatever the change', { timeout: 300_000 }, async () => {
    const any = fc.record({ target: fc.nat(), seed: fc.nat(), pick: fc.nat({ max: 99 }), change: changes });
    await fc.assert(
      fc.asyncProperty(any, async ({ target, seed, pick, change }) => {
        const { name, seeds, run } = targets[target % targets.length] as Target;
        const bytes = changed(seeds[seed % seeds.length] ?? '', change);
        const outcome = await run(bytes, mkdtempSync(join(home, 'run-')), pick, home);
        expect([name, faultOf(outcome, SECONDS)]).toEqual([name, null]);
      }),
      { numRuns: RUNS * targets.length, seed: 20_261_126 },
    );
  });
});

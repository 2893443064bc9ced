import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/model.ts';
import { AWS_ENV, type Moto, startMoto } from './kit.ts';
import { estatesOf, plannedLive, seedAnew, weighty, withoutImages } from './planned.ts';
import { ScriptRunner } from './run-script.ts';

let moto: Moto;
let runner: ScriptRunner;
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  moto = await startMoto();
  runner = new ScriptRunner(moto.url);
}, 180_000);
afterAll(async () => {
  await moto?.stop();
  runner?.remove();
});

const runScript = (plan: Plan, shell: 'dash' | 'bash') => runner.run(plan, shell);

it.each([
  // With a group named "()", and one whose rule of egress to everywhere has a description.
  [1037, 'dash'],
  // With an image named "a[b]c".
  [26, 'bash'],
] as const)(
  'what an audit finds after plan.sh of estate %d is what the simulation says, finding by finding',
  async (seed, shell) => {
    await seedAnew(moto.url, estatesOf(seed));
    const { plan, report } = await plannedLive(moto.url);
    expect(plan.steps.length).toBeGreaterThan(3);
    expect(await runScript(plan, shell)).toMatchObject({ code: 0, stderr: '' });
    const resolved = new Set(plan.resolves);
    const left = report.findings.filter((f) => !resolved.has(f.fingerprint));
    const after = await plannedLive(moto.url);
    expect(weighty(withoutImages(after.report))).toEqual(weighty(withoutImages({ findings: left })));
    expect(await runScript(plan, shell)).toMatchObject({ code: 0, stderr: '', changes: 0 });
  },
  600_000,
);

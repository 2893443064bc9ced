import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditedSides } from '../../src/audit/run.ts';
import { compare } from '../../src/comparator/compare.ts';
import { buildPlan } from '../../src/plan/build.ts';
import type { Plan } from '../../src/plan/model.ts';
import { comparisonOf, type PlanInput } from '../../src/plan/planning.ts';
import { simulate } from '../../src/plan/simulate/index.ts';
import type { Report } from '../../src/report/model.ts';
import { AWS_ENV, type Moto, startEc2 } from './kit.ts';
import { auditedLive, estatesOf, seedAnew } from './planned.ts';
import { ScriptRunner } from './run-script.ts';

/**
 * Estates by their seeds. In CI three: with groups in circles, copies and new launch templates; with rules that are revoked and
 * versions of launch templates; and with a described rule of egress to a group that is revoked. `PLAN_ESTATES=100
 * PLAN_FIRST=8000 npm run test:moto -- plan-random` tries others.
 */
const { PLAN_ESTATES, PLAN_FIRST = '8000' } = process.env;
const seeds =
  PLAN_ESTATES === undefined
    ? [7003, 7004, 7016]
    : Array.from({ length: Number(PLAN_ESTATES) }, (_, i) => Number(PLAN_FIRST) + i);

let moto: Moto;
let runner: ScriptRunner;
beforeAll(async () => {
  Object.assign(process.env, AWS_ENV);
  moto = await startEc2();
  runner = await ScriptRunner.start(moto.url);
}, 180_000);
afterAll(async () => {
  await moto?.stop();
  runner?.remove();
});

it.each(seeds)(
  'estate %d: plan.sh, stopped after each of its changes, ends as the simulation says, finding by finding',
  async (seed) => {
    await seedAnew(moto.url, estatesOf(seed));
    const before = await auditedLive(moto.url);
    const input = {
      ...before,
      options: { allowRevoke: seed % 2 === 0, allowWorldOpen: seed % 3 !== 0, findings: null },
    };
    const plan = buildPlan(input);
    await stoppedAtEachChange(plan, seed % 2 === 0 ? 'bash' : 'dash');
    const after = (await auditedLive(moto.url)).report;
    // What could not be read has no findings.
    expect(after.gaps).toEqual(before.report.gaps);
    expect(all(after)).toEqual(all(simulated(plan, input)));
    expect(await runner.run(plan, 'dash')).toMatchObject({ code: 0, stderr: '', changes: 0 });
  },
  900_000,
);

/** Each run makes one change, and does not get the answer to it: at the next one the script has to find what it made. */
async function stoppedAtEachChange(plan: Plan, shell: 'dash' | 'bash'): Promise<void> {
  for (let runs = 0; ; runs++) {
    const ended = await runner.run(plan, shell, { FAIL_AT: '1', FAIL_AFTER: 'yes' });
    if (ended.code === 0) {
      expect(ended).toMatchObject({ stderr: '', changes: 0 });
      return;
    }
    expect(ended).toMatchObject({
      code: 9,
      stderr: expect.stringMatching(
        /^stopped here\nplan.sh: stopped in step \d+ of \d+\. Run the script again to go on: .*\n$/,
      ),
      changes: 1,
    });
    // Rules are authorized together; where one exists already, one by one.
    expect(runs).toBeLessThan(plan.steps.length * 8);
  }
}

/** What an audit of the simulated sides finds. */
function simulated(plan: Plan, input: PlanInput & AuditedSides): Report {
  const { world } = simulate(
    plan.steps.map((step) => ({ ...step, aims: [] })),
    input,
  );
  const sides = { source: world.source.snapshot(), target: world.target.snapshot() };
  return compare({ ...comparisonOf(input), ...sides });
}

/** Every finding, of severity info too, by what it is about and what was found. */
function all({ findings }: Report): string[] {
  return findings
    .map((f) => `${f.severity} ${f.rule} ${f.subject.name} ${f.fingerprint} ${f.content}`)
    .sort();
}

import { describe, expect, it } from 'vitest';
import { planScriptOf } from '../../page/script.ts';
import { withPlan } from '../../src/plan/report.ts';
import { parsedReport } from '../../src/report/model.ts';
import { islandOf } from '../../src/report/view/island/index.ts';
import { allow, group, VPC } from '../kit/estate.ts';
import { planned } from './kit.ts';

describe('a report with a plan', () => {
  const names = ['db', `a'; "$(id)"\n#`];
  const made = planned(
    { vpcs: [VPC], securityGroups: names.map((name) => group(name, [allow('tcp', 80, 80, 'sg-db')])) },
    { vpcs: [VPC], securityGroups: [] },
  );
  const report = withPlan(made.report, made.plan);

  it('says what the plan resolves and what it leaves, and is read back as it was written', () => {
    expect(report.plan?.resolves).toEqual(made.plan.resolves);
    expect(report.plan?.simulated).toEqual({ resolved: 2, new: 0 });
    const read = parsedReport(JSON.parse(JSON.stringify(report)));
    expect(read.success && JSON.stringify(read.data)).toBe(JSON.stringify(report));
  });

  it('is a page whose copied commands are the steps of the plan in their order, one comment line each', () => {
    const { island } = islandOf(report);
    const { commands, text } = planScriptOf(island.plan ?? [], island.fixes, island);
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(commands).toBe(made.plan.steps.length);
    expect(lines).toEqual(made.plan.steps.flatMap((s) => s.commands.map((c) => c.shell)));
  });

  it('has no plan where none was made', () => {
    expect(made.report.plan).toBeUndefined();
    expect(islandOf(made.report).island.plan).toBeNull();
  });
});

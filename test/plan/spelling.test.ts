import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBundle } from '../../src/plan/bundle.ts';
import { exitCode } from '../../src/report/gate.ts';
import { snapshotOf } from '../kit/estate.ts';
import { estates } from '../kit/random-estate.ts';
import { planned } from './kit.ts';
import { spelled, spellings } from './spelling.ts';

const options = fc.constantFrom({}, { allowRevoke: true, allowWorldOpen: true });

describe('two sides that are the same, and are written differently', () => {
  it('need no step, whatever the plan is allowed to do, and no finding is more than information', () => {
    let [divided, rules] = [0, 0];
    fc.assert(
      fc.property(estates, spellings, options, ({ source }, spelling, allowed) => {
        const target = spelled(source, spelling);
        const made = planned(source, target, allowed);
        const { plan, report } = made;
        expect(report.findings.filter((f) => f.severity !== 'info').map((f) => f.message)).toEqual([]);
        expect(plan.steps.map((s) => s.does)).toEqual([]);
        expect(plan.simulated).toMatchObject({ resolved: 0, new: 0, notes: [] });
        expect(report.pairs.filter((p) => p.state !== 'same').map((p) => p.name)).toEqual([]);
        expect(exitCode(report, 'low')).toBe(0);
        if (report.findings.some((f) => f.rule === 'security-group/written-differently')) divided += 1;
        rules += report.pairs.length;
      }),
      { numRuns: 50 },
    );
    expect(divided).toBeGreaterThan(0);
    expect(rules).toBeGreaterThan(100);
  });

  it('give a script that says that the plan has no steps, and a plan.md without any', () => {
    for (const [{ source }, spelling] of fc.sample(fc.tuple(estates, spellings), { numRuns: 5, seed: 3 })) {
      const target = spelled(source, spelling);
      const { plan, report } = planned(source, target);
      const files = new Map(
        planBundle(plan, report, {
          source: snapshotOf('us-east-1', source),
          target: snapshotOf('eu-west-1', target),
        }).map((f) => [f.name, f.text]),
      );
      expect(files.get('plan.sh')).toContain("'The plan has no steps.'");
      expect(files.get('plan.md')).toContain('0 steps.');
      expect(files.get('plan.md')).not.toMatch(/^## (Steps|How to run it)/m);
    }
  });
});

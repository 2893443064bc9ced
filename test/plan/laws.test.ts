import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/comparator/compare.ts';
import { buildPlan } from '../../src/plan/build.ts';
import { comparisonOf } from '../../src/plan/planning.ts';
import { simulate } from '../../src/plan/simulate/index.ts';
import { estates } from '../kit/random-estate.ts';
import { complaints, inputOf, planned } from './kit.ts';

const EVERYTHING = { allowRevoke: true, allowWorldOpen: true };
const allowed = fc.constantFrom(EVERYTHING, { allowRevoke: false, allowWorldOpen: false });

describe('every plan of two estates', () => {
  it('makes no finding, and accounts for every finding: resolved, or left with a reason', () => {
    fc.assert(
      fc.property(estates, allowed, ({ source, target }, options) => {
        const { plan, report } = planned(source, target, options);
        const left = plan.left.map((l) => l.fingerprint);
        expect(plan.simulated.new).toBe(0);
        expect([...plan.resolves, ...left].sort()).toEqual(report.findings.map((f) => f.fingerprint).sort());
        expect(plan.left.filter((l) => !/^[A-Z0-9].*\.$/s.test(l.because))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('has each step after what it needs, and no step that resolves nothing and that nothing needs', () => {
    fc.assert(
      fc.property(estates, allowed, ({ source, target }, options) => {
        const { steps } = planned(source, target, options).plan;
        const done = new Set<string>();
        for (const { id, needs } of steps) {
          expect(needs.filter((need) => !done.has(need))).toEqual([]);
          done.add(id);
        }
        expect(done.size).toBe(steps.length);
      }),
      { numRuns: 25 },
    );
  });

  it('revokes nothing and opens nothing by default', () => {
    fc.assert(
      fc.property(estates, ({ source, target }) => {
        for (const { operation, needs } of planned(source, target).plan.steps) {
          if (operation.type === 'change-prefix-list') expect(operation.remove).toEqual([]);
          // Of a group that the plan makes, the egress that EC2 gives to it.
          if (operation.type === 'revoke-rules')
            expect('madeBy' in operation.group && needs.length > 0).toBe(true);
          if (operation.type !== 'authorize-rules' || operation.direction === 'egress') continue;
          for (const { peer } of operation.rules)
            if (peer.type === 'cidr') expect(['0.0.0.0/0', '::/0']).not.toContain(peer.cidr);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('leaves nothing to plan once it is done', () => {
    fc.assert(
      fc.property(estates, allowed, ({ source, target }, options) => {
        const before = inputOf(source, target, options);
        const { world } = simulate(
          buildPlan(before).steps.map((s) => ({ ...s, aims: [] })),
          before,
        );
        const sides = { source: world.source.snapshot(), target: world.target.snapshot() };
        const report = compare({ ...comparisonOf(before), ...sides });
        expect(buildPlan({ ...before, ...sides, report }).steps.map((s) => s.does)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('is a script that shellcheck, dash and bash find nothing in', () => {
    for (const { source, target } of fc.sample(estates, { numRuns: 12, seed: 15 }))
      expect(complaints(planned(source, target, EVERYTHING))).toEqual([]);
  }, 60_000);

  it('is the same bytes each time', () => {
    for (const { source, target } of fc.sample(estates, { numRuns: 5, seed: 16 })) {
      const digest = () =>
        createHash('sha256')
          .update(JSON.stringify(planned(source, target, EVERYTHING).plan))
          .digest('hex');
      expect(digest()).toBe(digest());
    }
  });
});

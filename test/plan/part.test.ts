import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPlan } from '../../src/plan/build.ts';
import { listedFor } from '../../src/plan/listed.ts';
import { simulate } from '../../src/plan/simulate/index.ts';
import { estates } from '../kit/random-estate.ts';
import { inputOf } from './kit.ts';

const EVERYTHING = { allowRevoke: true, allowWorldOpen: true };
const NOT_SELECTED = 'It is not among the findings that were selected (--findings).';

/** A part of the findings of two estates, as --findings or --only selects it. */
const parts = fc.tuple(estates, fc.infiniteStream(fc.boolean()));

describe('a plan for a part of the findings', () => {
  it('alone resolves what it says, makes no finding, and says of each other finding why it is left', () => {
    let resolved = 0;
    fc.assert(
      fc.property(parts, ([{ source, target }, choices]) => {
        const whole = inputOf(source, target, EVERYTHING);
        const selected = new Set(
          whole.report.findings.map((f) => f.fingerprint).filter(() => choices.next().value),
        );
        const input = inputOf(source, target, { ...EVERYTHING, findings: selected });
        const plan = buildPlan(input);
        const again = simulate(
          plan.steps.map((s) => ({ ...s, aims: [] })),
          input,
        );
        expect(again.made.map((f) => f.rule)).toEqual([]);
        expect([...again.resolved].sort()).toEqual([...plan.resolves].sort());
        const done = new Set<string>();
        for (const { id, needs } of plan.steps) {
          expect(needs.filter((need) => !done.has(need))).toEqual([]);
          done.add(id);
        }
        for (const { fingerprint, because } of plan.left)
          expect(because === NOT_SELECTED).toBe(!selected.has(fingerprint));
        resolved += plan.resolves.filter((fingerprint) => selected.has(fingerprint)).length;
      }),
      { numRuns: 25 },
    );
    expect(resolved).toBeGreaterThan(10);
  });

  it('has no step where nothing is selected', () => {
    fc.assert(
      fc.property(estates, ({ source, target }) => {
        const plan = buildPlan(inputOf(source, target, { ...EVERYTHING, findings: new Set() }));
        expect(plan.steps).toEqual([]);
        expect(plan.resolves).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});

describe('the steps that are listed with findings', () => {
  it('are each listed once, and after all that they need', () => {
    fc.assert(
      fc.property(estates, ({ source, target }) => {
        const { report, ...rest } = inputOf(source, target, EVERYTHING);
        const plan = buildPlan({ report, ...rest });
        const steps = plan.steps.map((s) => ({ ...s, aims: [...s.resolves] }));
        const rules = new Map(report.findings.map((f) => [f.fingerprint, f.rule]));
        const lists = listedFor(
          steps,
          report.findings.map((f) => [f.fingerprint]),
          (fingerprint) => rules.get(fingerprint),
        );
        const inOrder = lists.flatMap(({ own }) => own.map(({ id }) => id));
        expect(new Set(inOrder).size).toBe(inOrder.length);
        const place = new Map(inOrder.map((id, i) => [id, i]));
        for (const { id, needs } of steps) {
          const at = place.get(id);
          if (at === undefined) continue;
          for (const need of needs) expect(place.get(need) ?? -1).toBeLessThan(at);
        }
      }),
      { numRuns: 25 },
    );
  });
});

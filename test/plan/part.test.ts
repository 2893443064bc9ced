import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/comparator/compare.ts';
import { buildPlan } from '../../src/plan/build.ts';
import { listedFor } from '../../src/plan/listed.ts';
import type { Plan } from '../../src/plan/model.ts';
import { comparisonOf } from '../../src/plan/planning.ts';
import { nextOf } from '../../src/plan/reasons/text.ts';
import { simulate } from '../../src/plan/simulate/index.ts';
import { SCOPES } from '../../src/report/vocabulary.ts';
import { estates } from '../kit/random-estate.ts';
import { inputOf } from './kit.ts';

const EVERYTHING = { allowRevoke: true, allowWorldOpen: true };
const NOT_SELECTED = 'It is not among the findings that were selected (--findings).';

/** A part of the findings of two estates, as --findings or --only selects it. */
const parts = fc.tuple(estates, fc.infiniteStream(fc.boolean()));

/** What steps refer to and no earlier step makes. */
function unmade({ steps }: Plan): string[] {
  const done = new Set<string>();
  return steps.flatMap(({ id, operation }) => {
    const named = [...JSON.stringify(operation).matchAll(/"madeBy":("(?:[^"\\]|\\.)*")/g)].map(
      ([, text = '""']) => JSON.parse(text) as string,
    );
    const missing = named.filter((step) => !done.has(step));
    done.add(id);
    return missing;
  });
}

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

  it('of one finding resolves it, wherever the whole plan resolves it', () => {
    let resolved = 0;
    fc.assert(
      fc.property(estates, ({ source, target }) => {
        // Of two names of one key, importing one alone would make another finding: the other one is renamed then.
        const keys = (source.keyPairs ?? []).map((key) => key.PublicKey);
        fc.pre(new Set(keys).size === keys.length);
        const whole = inputOf(source, target, EVERYTHING);
        const { resolves } = buildPlan(whole);
        for (const fingerprint of resolves) {
          const options = { ...whole.options, findings: new Set([fingerprint]) };
          const part = buildPlan({ ...whole, options });
          const left = part.left.find((l) => l.fingerprint === fingerprint);
          // What needs nothing has no steps: those for another finding may resolve it.
          if (left && nextOf(left.reason) === 'nothing') continue;
          expect(part.resolves).toContain(fingerprint);
          expect(unmade(part)).toEqual([]);
          resolved += 1;
        }
      }),
      { numRuns: 12 },
    );
    expect(resolved).toBeGreaterThan(10);
  });

  it('of some kinds makes no finding of any kind, and names nothing that it does not make', () => {
    let resolved = 0;
    const kinds = fc.subarray([...SCOPES], { minLength: 1 });
    fc.assert(
      fc.property(estates, kinds, ({ source, target }, scopes) => {
        const whole = inputOf(source, target, EVERYTHING);
        const report = compare({ ...comparisonOf(whole), scopes });
        const input = { ...whole, report };
        const plan = buildPlan(input);
        const again = simulate(
          plan.steps.map((s) => ({ ...s, aims: [] })),
          input,
        );
        expect(again.made.map((f) => f.rule)).toEqual([]);
        expect([...again.resolved].sort()).toEqual([...plan.resolves].sort());
        expect(unmade(plan)).toEqual([]);
        resolved += plan.resolves.length;
      }),
      { numRuns: 20 },
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

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compare } from '../../src/comparator/compare.ts';
import { itemsOf } from '../../src/inventory/collected.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { buildPlan } from '../../src/plan/build.ts';
import { comparisonOf } from '../../src/plan/planning.ts';
import { simulate } from '../../src/plan/simulate/index.ts';
import { estates } from '../kit/random-estate.ts';
import { inputOf } from './kit.ts';

const EVERYTHING = { allowRevoke: true, allowWorldOpen: true };

/** Key pairs by name: the id of an old one is not known. */
function objectsById(side: Snapshot): ReadonlyMap<string, unknown> {
  const { securityGroups, prefixLists, keyPairs, images, launchTemplates } = side;
  return new Map<string, unknown>([
    ...itemsOf(securityGroups).map((one) => [one.id, one] as const),
    ...itemsOf(prefixLists).map((one) => [one.id, one] as const),
    ...itemsOf(keyPairs).map((one) => [one.id ?? one.name, one] as const),
    ...itemsOf(images).map((one) => [one.id, one] as const),
    ...itemsOf(launchTemplates).map((one) => [one.id, one] as const),
  ]);
}

it('what the comparator calls equal, a plan leaves alone, and it deletes nothing', () => {
  let equal = 0;
  fc.assert(
    fc.property(estates, ({ source, target }) => {
      const input = inputOf(source, target, EVERYTHING);
      const { world } = simulate(
        buildPlan(input).steps.map((s) => ({ ...s, aims: [] })),
        input,
      );
      const [before, after] = [objectsById(input.target), objectsById(world.target.snapshot())];
      for (const { source: one, target: other, findings } of input.report.pairs) {
        if (!one || !other || findings.length > 0) continue;
        equal++;
        expect(after.get(other.id)).toEqual(before.get(other.id));
      }
      expect(objectsById(world.source.snapshot()).size).toBe(objectsById(input.source).size);
      for (const id of before.keys()) expect(after.has(id)).toBe(true);
    }),
    { numRuns: 60 },
  );
  expect(equal).toBeGreaterThan(100);
});

it('a plan for a side that is like the source has no step', () => {
  fc.assert(
    fc.property(estates, ({ source }) => {
      const input = inputOf(source, source, EVERYTHING);
      // Both sides have the same images, so that those of the target are no copies.
      const about = new Set(['image']);
      const steps = buildPlan(input).steps.filter((s) => !about.has(kindOf(s.operation.type)));
      expect(steps.map((s) => s.does)).toEqual([]);
      const again = compare(comparisonOf(input));
      expect(again.findings.filter((f) => f.kind === 'security-group' && f.severity !== 'info')).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

function kindOf(type: string): string {
  return type.includes('image') || type.includes('launch') ? 'image' : type;
}

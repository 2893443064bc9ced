import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rule } from '../../src/inventory/security-group.ts';
import { SharedRules } from '../../src/inventory/shared-rules.ts';

const rule = (port: number, cidr = '10.0.0.0/8'): Rule => ({
  direction: 'ingress',
  protocol: 'tcp',
  from: port,
  to: port,
  peer: { type: 'cidr', cidr },
  description: null,
});
const START = '{"id":"sg-1","rules":['.length;
const textOf = (rules: readonly unknown[], after = '}') =>
  `{"id":"sg-1","rules":${JSON.stringify(rules)}${after}`;

describe('The rules of groups that are read for one comparison', () => {
  test('are one list where two groups have the same', () => {
    const shared = new SharedRules();
    const lists = [
      [rule(1), rule(2)],
      [rule(2), rule(1)],
      [rule(1), rule(2)],
      [rule(1)],
      [rule(1), rule(2), rule(3)],
      [rule(1), rule(2)],
    ].map((rules) => shared.list(textOf(rules), START)?.rules);
    expect(lists[2]).toBe(lists[0]);
    expect(lists[5]).toBe(lists[0]);
    expect(new Set(lists).size).toBe(4);
  });

  test('are those of the text, whatever was read before it', () => {
    const rules = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('10.0.0.0/8', '::/0')), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.array(rules, { maxLength: 12 }),
        fc.constantFrom('}', ',"tags":{}}'),
        (groups, after) => {
          const shared = new SharedRules();
          for (const group of groups) {
            const expected = group.map(([port, cidr]) => rule(port, cidr));
            const text = textOf(expected, after);
            expect(shared.list(text, START)).toEqual({
              rules: expected,
              end: text.length - after.length - 1,
            });
          }
        },
      ),
    );
  });

  test('end where the list ends, where one is the beginning of another', () => {
    const shared = new SharedRules();
    const [short, long] = [[rule(1)], [rule(1), rule(2)]];
    for (const rules of [short, long, short, short, long, long])
      expect(shared.list(textOf(rules), START)?.rules).toEqual(rules);
    // As often in a row as is needed for the same to be expected next.
    expect(shared.list('{"id":"sg-1","rules":[', START)).toBeNull();
  });

  test('are plain as a list where each of them is, and have one list in order', () => {
    const shared = new SharedRules();
    const plain = shared.list(textOf([rule(2), rule(1)]), START)?.rules as Rule[];
    const odd = shared.list(textOf([rule(1), { ...rule(2), more: 1 }]), START)?.rules;
    expect(shared.isPlainList(plain)).toBe(true);
    expect(shared.isPlainList(odd)).toBe(false);
    expect(shared.isPlainList([rule(1)])).toBe(false);
    expect(shared.sorted(plain)).toEqual([rule(1), rule(2)]);
    expect(shared.sorted(plain)).toBe(shared.sorted(plain));
    expect(plain).toEqual([rule(2), rule(1)]);
    expect(shared.sorted([rule(3), rule(1)])).toEqual([rule(1), rule(3)]);
  });
});

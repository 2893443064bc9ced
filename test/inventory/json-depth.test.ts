import { expect, test } from 'vitest';
import { nestsDeeperThan } from '../../src/inventory/json-depth.ts';
import { readDocuments } from '../../src/inventory/json-text.ts';

const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}0${'}]'.repeat(depth / 2)}`;

test.each([
  [2, false],
  [200, false],
  [202, true],
  [100_000, true],
])('%i levels are too deep: %s', (depth, deep) => {
  expect(nestsDeeperThan(JSON.parse(nested(depth)))).toBe(deep);
});

test('a text with too deep values is at fault, with the keys of the value that has them', () => {
  expect(readDocuments(`{"KeyPairs": ${nested(300)}, "Vpcs": []}`)).toEqual({
    documents: [],
    fault: {
      line: 1,
      column: 1,
      what: 'values are nested deeper than 200 levels',
      keys: ['KeyPairs', 'Vpcs'],
    },
  });
});

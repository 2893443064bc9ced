import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parameterNameIn, resolveParameter } from '../../src/inventory/parameter.ts';
import { count, thousands } from '../../src/text/counts.ts';
import { groupBy, Numbering } from '../../src/text/groups.ts';
import { andMore, atMost, eitherOf, listed } from '../../src/text/lists.ts';
import { oneLine } from '../../src/text/one-line.ts';
import { printable, visible } from '../../src/text/printable.ts';

test.each([
  [0, '0 findings'],
  [1, '1 finding'],
  [2, '2 findings'],
  [999, '999 findings'],
  [1000, '1,000 findings'],
  [1234567, '1,234,567 findings'],
])('%d is counted as "%s"', (n, said) => {
  expect(count(n, 'finding')).toBe(said);
});

test('a plural that is not made with "s" is given', () => {
  expect([count(1, 'entry', 'entries'), count(2, 'entry', 'entries')]).toEqual(['1 entry', '2 entries']);
});

test.each([
  [[], '', '', ''],
  [['a'], 'a', 'a', 'a'],
  [['a', 'b'], 'a, b', 'a and b', 'a or b'],
  [['a', 'b', 'c'], 'a, b, c', 'a, b and c', 'a, b or c'],
  [['a', 'b', 'c', 'd'], 'a, b, c and 1 more', 'a, b, c and 1 more', 'a, b, c or d'],
])('%j is "%s" in a cell, "%s" in a sentence and "%s" as a choice', (items, cell, sentence, choice) => {
  expect([atMost(items, 3), listed(items, 3), eitherOf(items)]).toEqual([cell, sentence, choice]);
});

test('nothing more is said where nothing is left', () => {
  expect([andMore(-1), andMore(0), andMore(1), andMore(1500)]).toEqual([
    '',
    '',
    'and 1 more',
    'and 1,500 more',
  ]);
});

test('every item is in the group of its key, in the order of first members; items without a key are in none', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.option(fc.nat(3)), fc.nat())), (items) => {
      const groups = groupBy(items, ([key]) => key);
      const keys = items.flatMap(([key]) => (key === null ? [] : [key]));
      expect([...groups.keys()]).toEqual([...new Set(keys)]);
      for (const [key, group] of groups) expect(group).toEqual(items.filter((item) => item[0] === key));
    }),
  );
});

test('what has one name is numbered from the second on', () => {
  const ids = new Numbering();
  expect(['a', 'b', 'a', 'a'].map((id) => ids.unique(id))).toEqual(['a', 'b', 'a-2', 'a-3']);
});

test('one line never holds a line break, a control or a format character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]| {2}|^ | $/u);
      expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('a name in a message is cut at its limit, between characters, with the cut shown', () => {
  expect(printable('\u{1F600}'.repeat(5), 3)).toBe('\u{1F600}\u{1F600}…');
  expect(printable('a\u001b[2J', 100)).toBe('a\\u{1B}[2J');
});

test.each([
  ['resolve:ssm:/web/ami', '/web/ami'],
  ['resolve:ssm:web:3', 'web:3'],
  ['resolve:ssm:', null],
  ['ami-0123456789abcdef0', null],
  [' resolve:ssm:web', null],
  [null, null],
])('the image id %j names the parameter %j', (imageId, name) => {
  expect(parameterNameIn(imageId)).toBe(name);
  if (name !== null) expect(resolveParameter(name)).toBe(imageId);
});

test('digits are grouped by three, whatever the locale of the machine', () => {
  expect([1, 12, 123, 1234, 123456].map(thousands)).toEqual(['1', '12', '123', '1,234', '123,456']);
});

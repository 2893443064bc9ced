import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { complaintIn, complaintStrings, REPLACED_TEXTS } from '../../src/cli/complaints.ts';

const url = new URL('../../node_modules/yargs/locales/en.json', import.meta.url);
const table = JSON.parse(readFileSync(url, 'utf8')) as Record<string, unknown>;

test.each(REPLACED_TEXTS)('yargs has the text "%s", counted as ours is, with as many values', (text) => {
  const shape = (entry: unknown): unknown =>
    typeof entry === 'string'
      ? (entry.match(/%s/g)?.length ?? 0)
      : Object.fromEntries(Object.entries(entry as object).map(([key, value]) => [key, shape(value)]));
  expect(shape((complaintStrings() as Record<string, unknown>)[text])).toEqual(shape(table[text]));
});

test('a code is told from a text that has none', () => {
  expect(complaintIn('value-missing:baseline')).toEqual({ code: 'value-missing', about: 'baseline' });
  expect(complaintIn('Some new text of yargs: x')).toBeNull();
});

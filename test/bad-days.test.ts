import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BAD_DAYS } from './kit/bad-days.ts';

const folder = import.meta.dirname;
const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.test.ts'),
);
const texts = tests.map((file) => readFileSync(join(folder, file), 'utf8'));

it.each(Object.keys(BAD_DAYS))('docs/bad-days.md promises nothing that no test shows: %s', (id) => {
  expect(texts.some((text) => text.includes(`badDay('${id}')`))).toBe(true);
});

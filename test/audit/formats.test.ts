import { expect, test } from 'vitest';
import { defaultFormats, FORMATS, reportFileName } from '../../src/audit/formats.ts';

test('one format goes to stdout by default: stdout holds one document', () => {
  expect(defaultFormats('stdout')).toEqual(['terminal']);
});

test('by default the page, the Markdown and the JSON are written', () => {
  expect(defaultFormats('file').map(reportFileName)).toEqual(['report.html', 'report.md', 'report.json']);
});

test('no two formats share a file name: each can be written into one folder', () => {
  const names = FORMATS.map(reportFileName);
  expect(new Set(names).size).toBe(names.length);
});

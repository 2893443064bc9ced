import { expect, it } from 'vitest';
import { paint } from '../../src/renderers/terminal/paint.ts';
import { titledTable } from '../../src/renderers/terminal/short/view.ts';

const ROWS = [
  ['high', 'security group web', 'allows less', '12'],
  ['high', 'key pair deploy', 'another key', '3'],
];
const LAYOUT = [{ whole: true }, { whole: true }, {}, { whole: true, right: true }];
const table = (title: string, columns: number, layout = LAYOUT, last = 'fix') =>
  titledTable(title, last, ROWS, layout, { columns, p: paint(false) });

it.each([80, 120, 160])('the heading of numbers ends where they end, at %i columns', (columns) => {
  const [heading = '', first = ''] = table('FINDINGS', columns);
  expect(heading).toHaveLength(first.length);
  expect(heading.endsWith('fix')).toBe(true);
});

it('the heading of texts begins where they begin', () => {
  const layout = [{ whole: true }, {}, { whole: true }, { whole: true }];
  const [heading = '', first = ''] = table('FIX LIST', 80, layout, 'affects');
  expect(heading.indexOf('affects')).toBe(first.indexOf('12'));
});

it('a title that leaves no room has none, and wraps where it is longer than the line', () => {
  const title = 'WORKLOADS  10 blocked  9 degraded  1 unknown  3 launchable';
  const lines = table(title, 50);
  expect(lines.slice(0, 2)).toEqual(['WORKLOADS  10 blocked  9 degraded  1 unknown  3', 'launchable']);
  expect(table(title, 60)[0]).toBe(title);
});

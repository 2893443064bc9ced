import { expect, test } from 'vitest';
import type { Step } from '../../src/audit/progress.ts';
import { progressText } from '../../src/cli/progress.ts';

const sides = new Map([
  [
    'us-east-1',
    new Map([
      ['security groups', { what: 'security groups', count: 2000 }],
      ['images', { what: 'images', count: 140 }],
    ]),
  ],
  ['eu-west-1', new Map<string, Step>()],
]);

test('progress names what is read on each side, and how many so far', () => {
  expect(progressText(sides, 100)).toBe('us-east-1: security groups 2,000 · images 140 | eu-west-1: …');
});

test('progress stays on one line', () => {
  expect(progressText(sides, 20)).toBe('us-east-1: … · imag…');
});

test('where there is no room for all kinds, each side shows those begun last', () => {
  expect(progressText(sides, 60)).toBe('us-east-1: … · images 140 | eu-west-1: …');
});

test('a side that would steer the terminal cannot', () => {
  expect(progressText(new Map([['us-east-1@\x1b[2J', new Map()]]), 80)).not.toContain('\x1b');
});

test.each([
  [5, 'launch permissions 140 of 2,000'],
  [41, 'launch permissions 140 of 2,000 (about 50 s)'],
  [95, 'launch permissions 140 of 2,000 (about 2 min)'],
])(
  'of what takes a call each, it names the total and, %d s before the end, the time',
  (secondsLeft, text) => {
    const step = { what: 'launch permissions', count: 140, total: 2000, secondsLeft };
    expect(progressText(new Map([['us-east-1', new Map([[step.what, step]])]]), 80)).toBe(
      `us-east-1: ${text}`,
    );
  },
);

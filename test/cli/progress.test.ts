import { expect, test } from 'vitest';
import { progressText } from '../../src/cli/progress.ts';

const sides = new Map([
  [
    'us-east-1',
    new Map([
      ['security groups', 2000],
      ['images', 140],
    ]),
  ],
  ['eu-west-1', new Map<string, number>()],
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

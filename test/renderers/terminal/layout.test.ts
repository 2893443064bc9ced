import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import wrapAnsi from 'wrap-ansi';
import { width, wrap } from '../../../src/renderers/terminal/layout.ts';

/** All that is measured without string-width, and some of what is not. */
const NARROW = [...'abc XY/-:"~', ...'·–—‘’“”…←↑→↓✔✖'];
const OTHERS = ['é', '世', '👍', '\u0301', '\ufe0f', '\u200d', 'ﬁ'];
const text = (characters: readonly string[]) =>
  fc.array(fc.constantFrom(...characters), { maxLength: 60 }).map((all) => all.join(''));
const words = fc
  .array(fc.oneof(text(NARROW.filter((c) => c !== ' ')), fc.constantFrom('', 'a', 'sg-0123456789')), {
    maxLength: 12,
  })
  .map((all) => all.join(' '));

describe('the width of a text', () => {
  it('is what string-width measures', () => {
    fc.assert(
      fc.property(fc.oneof(text(NARROW), text([...NARROW, ...OTHERS])), (value) => {
        expect(width(value)).toBe(stringWidth(value));
      }),
    );
  });

  it.each(NARROW)('of %s is one column, alone and beside any other of them', (sign) => {
    expect(NARROW.map((other) => stringWidth(sign + other))).toEqual(NARROW.map(() => 2));
  });
});

describe('a wrapped text', () => {
  it('has the lines that wrap-ansi makes', () => {
    fc.assert(
      fc.property(fc.oneof(words, text(NARROW)), fc.integer({ min: 1, max: 50 }), (value, room) => {
        const rest = value.trimStart();
        fc.pre(rest === value && rest !== '');
        const expected = wrapAnsi(rest, room, { hard: false, trim: true }).split('\n');
        expect(wrap(rest, room)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/text/did-you-mean.ts';
import { typingErrors } from '../../src/text/distance.ts';

describe('typing errors between two words', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['same', 'same', 0],
    ['strat', 'start', 1],
    ['us-esat-1', 'us-east-1', 1],
    ['kitten', 'sitting', 3],
    ['flaw', 'lawn', 2],
    ['audt', 'audit', 1],
    ['auditt', 'audit', 1],
    ['ca', 'abc', 3],
  ])('%j and %j: %i', (a, b, expected) => {
    expect(typingErrors(a, b)).toBe(expected);
  });

  it('are the same both ways, none only for the same word, and at most the longer word', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const errors = typingErrors(a, b);
        expect(errors).toBe(typingErrors(b, a));
        expect(errors === 0).toBe(a === b);
        expect(errors).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(errors).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });

  it('is one for one exchange, one letter more and one letter less', () => {
    const word = fc.string({ minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(word, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (text, n, letter) => {
        const at = n % (text.length - 1);
        const exchanged = text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
        expect(typingErrors(text, exchanged)).toBe(text === exchanged ? 0 : 1);
        expect(typingErrors(text, text.slice(0, at) + letter + text.slice(at))).toBe(1);
        expect(typingErrors(text, text.slice(0, at) + text.slice(at + 1))).toBe(1);
      }),
    );
  });
});

describe('the word that was probably meant', () => {
  it.each([
    ['strat', ['start', 'stop'], 'start'],
    ['rep', ['report', 'audit'], 'report'],
    ['xyz', ['report', 'audit'], undefined],
  ])('%j among %j: %s', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

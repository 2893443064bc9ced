import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expression, isRegExp } from '../../src/text/expression.ts';

describe('an expression of the config', () => {
  it('matches whole names only', () => {
    expect(expression('web|app').replace('app', 'x')).toBe('x');
    expect(expression('web|app').replace('webhooks', 'x')).toBeNull();
    expect(expression('(?<family>.+)-(?<version>\\d+)?').groups('web-')).toEqual({
      family: 'web',
      version: undefined,
    });
  });

  it.each([
    ['(a+)+b', `${'a'.repeat(60)}`],
    ['(a|a)*b', `${'a'.repeat(200)}`],
    ['([a-z]+)*\\d', `${'a'.repeat(8000)}`],
    ['(.*a){20}', `${'a'.repeat(200)}b`],
  ])('%s answers for any name, where RegExp would need years', (text, name) => {
    expect(expression(text).groups(name)).toBeNull();
  });

  it.each([['a(?=b)'], ['(?!old-).*'], ['(?<=x)a'], ['(a)\\1'], ['a{2000}']])(
    '%s is refused with the reason: there is no linear algorithm for it',
    (text) => {
      expect(isRegExp(text)).toBe(true);
      expect(() => expression(text)).toThrow('not supported');
    },
  );

  it.each([['app (old'], ['a)|(b'], ['a**'], ['[z-a]']])('%s is no expression', (text) => {
    expect(isRegExp(text)).toBe(false);
    expect(() => expression(text)).toThrow();
  });

  it('reads $ as String.replace does, whatever was matched', () => {
    const part = fc.constantFrom(
      '$1',
      '$2',
      '$3',
      '$12',
      '$0',
      '$&',
      '$$',
      '$',
      '$<a>',
      '$<b>',
      'x',
      '-',
      '1',
      '<a>',
    );
    const text = '(?<a>[a-z]*)-(?<b>\\d+)?(.*)';
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        fc.stringMatching(/^[a-z]{0,3}-\d{0,2}[$&A-Z😀]{0,3}$/u),
        (value, name) => {
          const native = name.replace(new RegExp(`^(?:${text})$`, 'u'), value);
          expect(expression(text).replace(name, value)).toBe(native);
        },
      ),
    );
  });

  it('agrees with RegExp wherever both take the text', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '\\d',
      '\\w',
      '(a|b)',
      '(?:ab)',
      'é',
      '\\u0061',
      '-',
      '\\.',
    );
    const often = fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '*?');
    const text = fc
      .array(
        fc.tuple(piece, often).map((parts) => parts.join('')),
        { maxLength: 5 },
      )
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, fc.stringMatching(/^[abé1.\-😀]{0,6}$/u), (written, name) => {
        expect(expression(written).replace(name, 'x') !== null).toBe(
          new RegExp(`^(?:${written})$`, 'u').test(name),
        );
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repeatedKey } from '../../src/inventory/json-duplicates.ts';

describe('a key that is twice in one object', () => {
  it.each([
    ['{"a":1,"a":2}', 'a', 1],
    ['{"a":{"b":1},\n"c":[{"d":1,\n"d":2}]}', 'd', 3],
    ['{"a":1,"\\u0061":2}', 'a', 1],
    ['{"":1, "" : 2}', '', 1],
    ['{"__proto__":1,"__proto__":2}', '__proto__', 1],
    ['{"a\\"":1,"a\\"":2}', 'a"', 1],
  ])('%s', (text, key, line) => {
    expect(repeatedKey(text, 10)).toEqual({ key, line });
  });

  it.each([
    ['{"a":"a","b":{"a":"a"},"c":["a","a"]}'],
    ['[{"a":1},{"a":1}]'],
    ['{"a":"\\\\","b":"}{\\"","c":"\\\\\\""}'],
    ['"a"'],
    ['{}'],
  ])('is not in %s', (text) => {
    expect(repeatedKey(text, 10)).toBeNull();
  });

  it('is not looked for below the depth', () => {
    expect(repeatedKey('{"a":[{"b":1,"b":2}]}', 2)).toBeNull();
    expect(repeatedKey('{"a":[{"b":1,"b":2}]}', 3)).toEqual({ key: 'b', line: 1 });
  });

  it('is in no text that JSON.stringify makes, with or without indentation', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), fc.nat(3), (value, indent) => {
        expect(repeatedKey(JSON.stringify(value, null, indent), 99)).toBeNull();
      }),
    );
  });

  it('is found wherever one is put', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true }),
        fc.nat(),
        fc.nat(3),
        (value, at, depth) => {
          const keys = Object.keys(value);
          const key = keys[at % keys.length] ?? '';
          const inner = `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(key)}:1}`;
          const text = Array.from({ length: depth }).reduce<string>((made) => `[${made}]`, inner);
          expect(repeatedKey(text, 99)).toEqual({ key, line: 1 });
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../src/inventory/json-text.ts';

const line = (text: string) => {
  const { fault } = readDocuments(text);
  return fault && `${fault.line}:${fault.column} ${fault.what}`;
};

describe('JSON text', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readDocuments(text)).toEqual({ documents: [JSON.parse(text)], fault: null });
      }),
    );
  });

  it('may hold several values one after the other', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.json().filter((text) => /^[[{"]/.test(text)),
          { minLength: 2 },
        ),
        fc.constantFrom('', '\n', '\r\n  '),
        (texts, between) => {
          expect(readDocuments(texts.join(between))).toEqual({
            documents: texts.map((text) => JSON.parse(text)),
            fault: null,
          });
        },
      ),
    );
  });

  it('that is cut short anywhere has a fault, and never an exception', () => {
    fc.assert(
      fc.property(
        fc.json().filter((text) => /^[[{"]/.test(text)),
        fc.nat(),
        (text, at) => {
          const cut = text.slice(0, at % text.length);
          expect(readDocuments(cut).fault).not.toBeNull();
        },
      ),
    );
  });

  it.each([
    ['', '1:1 the text ends too early'],
    ['{', '1:2 the text ends too early'],
    ['{"a":1,\n}', '2:1 key expected'],
    ['{"a" 1}', '1:6 : expected'],
    ['{"a":}', '1:6 value expected'],
    ['[1,\n2\n3]', '3:1 , or ] expected'],
    ['[}', '1:2 value or ] expected'],
    ['{"a":1]', '1:7 , or } expected'],
    ["{'a':1}", '1:2 key or } expected'],
    ['{"a":"\n"}', '1:6 value expected'],
    ['{"a":01}', '1:7 , or } expected'],
    ['{} x', '1:4 value expected'],
  ])('%j has a fault at %s', (text, fault) => {
    expect(line(text)).toBe(fault);
  });

  it('that is broken still shows its top-level keys, and only those', () => {
    expect(readDocuments('{"A":{"B":1},"C":[{"D":2}').fault?.keys).toEqual(['A', 'C']);
  });

  it('with a million brackets is a fault and not a stack overflow', () => {
    expect(line('['.repeat(1_000_000))).toBe('1:1000001 the text ends too early');
  });
});

import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { width, wrap } from '../../../src/renderers/terminal/layout.ts';

/** Characters that combine, that are wide, that are ignored, and that are more than one together. */
const UNITS = [
  ...['a', '1', '#', ' ', '-', 'é', 'ß', 'e\u0301', '\u0308', '©', '…', '→', '✓', '─'],
  ...['漢', 'カ', 'ﾊﾞ', 'か\u3099', '한', '\u1112\u1161\u11ab', '\u1100', '\u1161', '\u11a8'],
  ...['🚀', '👩\u200d💻', '🇩', '🇪', '1\ufe0f\u20e3', '1\u20e3', '\ufe0f', '\u200d', '☎\ufe0f', '👍🏽'],
  ...['\u00ad', 'क\u094d', 'ि', '\u0e33', 'ا', 'ע', '\u0903'],
];
const text = fc.string({ unit: fc.constantFrom(...UNITS), maxLength: 12 });

describe('The width of a text', () => {
  test('is the one that string-width measures', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(width(value)).toBe(stringWidth(value));
      }),
      { numRuns: 2000 },
    );
  });

  test('is that of what is seen of a coloured text', () => {
    expect(width('\u001b[1m漢字\u001b[22m ok')).toBe(7);
  });

  test('of many names of one script is measured in less than a third of the time in which each is measured from the start', () => {
    const names = Array.from({ length: 50_000 }, (_, i) => `サーバー-${i}`);
    const measure = (of: (name: string) => number) => {
      const began = process.cpuUsage().user;
      const sum = names.reduce((all, name) => all + of(name), 0);
      return { sum, took: process.cpuUsage().user - began };
    };
    const [ours, each] = [measure(width), measure(stringWidth)];
    expect(ours.sum).toBe(each.sum);
    expect(ours.took).toBeLessThan(each.took / 3);
  });
});

describe('A paragraph', () => {
  test('keeps its words, whatever they consist of, and no line is longer than the room but for a long word', () => {
    const word = text.map((value) => value.replaceAll(' ', '')).filter((value) => value !== '');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.integer({ min: 10, max: 40 }), (words, room) => {
        const lines = wrap(words.join(' '), room);
        expect(lines.flatMap((line) => line.split(' '))).toEqual(words);
        for (const line of lines) if (line.includes(' ')) expect(width(line)).toBeLessThanOrEqual(room);
      }),
      { numRuns: 500 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { terminalPicture } from '../scripts/terminal-picture.ts';

const texts = (svg: string) =>
  [
    ...svg.matchAll(
      /<text x="([\d.]+)" y="(\d+)" textLength="([\d.]+)"[^>]*?xml:space="preserve"([^>]*)>(.*?)<\/text>/g,
    ),
  ].map(([, x, y, length, attributes, text]) => ({
    x: Number(x),
    y: Number(y),
    length: Number(length),
    attributes,
    text,
  }));

describe('the picture of a terminal', () => {
  it('places each run of one colour at its column and line', () => {
    const [first, second, third] = texts(terminalPicture('ab\u001b[31m cd\u001b[39m\nef', 'x'));
    const column = (second?.x ?? 0) - (first?.x ?? 0);
    expect(column).toBeCloseTo(first?.length ?? 0);
    expect(second).toMatchObject({ text: ' cd', attributes: ' fill="#ff8f8f"' });
    expect(third?.text).toBe('ef');
    expect(third?.x).toBe(first?.x);
    expect(third?.y).toBeGreaterThan(second?.y ?? 0);
  });

  it('keeps bold and colour over several runs and lines until they are reset', () => {
    const all = texts(
      terminalPicture('\u001b[1m\u001b[33ma\u001b[39m b\nc\u001b[22m d\u001b[2m e\u001b[0m f', 'x'),
    );
    expect(all.map(({ text, attributes }) => `${text}${attributes}`)).toEqual([
      'a fill="#d9b84f" font-weight="600"',
      ' b font-weight="600"',
      'c font-weight="600"',
      ' d',
      ' e fill="#9ba6b2"',
      ' f',
    ]);
  });

  it('contains the text as text, with any markup in it', () => {
    const svg = terminalPicture('<script>alert("1") & more', '<b>');
    expect(svg).not.toContain('<script>');
    expect(svg).not.toContain('<b>');
    expect(texts(svg)[0]?.text).toBe('&lt;script&gt;alert(&quot;1&quot;) &amp; more');
  });

  it('loses no colour: one that it does not know is an error', () => {
    expect(() => terminalPicture('\u001b[95mx', 'x')).toThrow('no colour for the ANSI code 95');
  });
});

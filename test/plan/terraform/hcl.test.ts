import { format } from '@cdktf/hcl-tools';
import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HclCode, type HclValue, hclFile } from '../../../src/plan/terraform/hcl.ts';
import { HOSTILE } from '../../kit/hostile.ts';
import { readBack } from './read-back.ts';

/** What somebody may write into a tag, and what HCL, a shell or a person reading it could take for something else. */
const awkward = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(...Object.values(HOSTILE)),
  fc
    .array(
      fc.constantFrom(
        '$',
        '%',
        '{',
        '}',
        '"',
        '\\',
        '\n',
        '\r',
        '\t',
        '\0',
        "'",
        'é',
        '\u202e',
        '😀',
        'a',
        '#',
        '/*',
      ),
    )
    .map((c) => c.join('')),
);
const value: fc.Arbitrary<HclValue> = fc.letrec<{ value: HclValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    awkward,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(awkward, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const attributes = fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{0,12}$/), value, {
  maxKeys: 6,
  noNullPrototype: true,
});

describe('a file of HCL', () => {
  it('reads back as what was written, whatever the texts hold, and is laid out as terraform fmt does', async () => {
    await fc.assert(
      fc.asyncProperty(
        attributes,
        fc.array(attributes, { maxLength: 2 }),
        awkward,
        async (own, inner, comment) => {
          const text = hclFile(
            [comment],
            [
              {
                type: 'resource',
                labels: ['aws_thing', 'one'],
                comment: [comment],
                attributes: own,
                blocks: inner.map((a) => ({ type: 'entry', attributes: a })),
              },
            ],
          );
          expect(await format(text)).toBe(text);
          const [resource] = (await parse('a.tf', text)).resource.aws_thing.one;
          const { entry = [], ...rest } = resource;
          expect(readBack(rest)).toEqual(composed(own));
          expect(readBack(entry)).toEqual(inner.map(composed));
        },
      ),
    );
  });

  it('writes expressions as they are, and only those', async () => {
    const text = hclFile(
      [],
      [
        {
          type: 'resource',
          labels: ['aws_a', 'b'],
          attributes: {
            id: new HclCode('aws_c.d.id'),
            name: 'aws_c.d.id',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: HCL would replace it.
            text: '${aws_c.d.id}',
            none: undefined,
          },
        },
      ],
    );
    expect(text).toBe(
      [
        'resource "aws_a" "b" {',
        '  id   = aws_c.d.id',
        '  name = "aws_c.d.id"',
        '  text = "$${aws_c.d.id}"',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('keeps a comment on its line', () => {
    const text = hclFile(['one\n}\nprovider "evil" {}\u2028x', ''], [{ type: 'locals', comment: ['a\rb'] }]);
    expect(text).toBe('# one } provider "evil" {} x\n#\n\n# a b\nlocals {}\n');
  });
});

/** Terraform composes text when it reads it. */
function composed(value: HclValue): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(composed);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k.normalize('NFC'), composed(v)]));
}

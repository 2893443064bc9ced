// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readTemplate } from '../../src/cloudformation/index.ts';
import type { Template } from '../../src/inventory/template.ts';
import { comesTo, HERE, THERE } from './kit.ts';

const word = fc.constantFrom(
  'Env',
  'Ami',
  'Groups',
  'Web',
  'AWS::Region',
  'prod',
  'us-east-1',
  'ami-12345678',
  '012',
  'yes',
  '__proto__',
);
const text = fc.oneof(
  word,
  fc.constantFrom('${Env}-x', '{{resolve:ssm:/a}}', 'a: b', '# no', '', '\u{1f600}', 'it\'s "so"'),
);

/** Values of a template in their long form. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    text,
    word.map((name) => ({ Ref: name })),
    fc.tuple(word, word).map((pair) => ({ 'Fn::GetAtt': pair })),
    text.map((t) => ({ 'Fn::Sub': t })),
    fc.tuple(text, tie('value')).map(([t, v]) => ({ 'Fn::Sub': [t, { Env: v }] })),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => ({ 'Fn::FindInMap': ['Map', a, b] })),
    fc.tuple(word, tie('value'), tie('value')).map((items) => ({ 'Fn::If': items })),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => ({ 'Fn::Join': [',', items] })),
    tie('value').map((v) => ({ 'Fn::Split': [',', v] })),
    tie('value').map((v) => ({ 'Fn::Select': ['0', v] })),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('value').map((v) => ({ 'Fn::ImportValue': v })),
  ),
}));

const template = fc
  .record({ key: value, groups: value, image: value, left: value, right: value })
  .map(({ key, groups, image, left, right }) => ({
    Parameters: {
      Env: { Type: 'String', Default: 'prod' },
      Ami: { Type: 'AWS::EC2::Image::Id' },
      Groups: { Type: 'CommaDelimitedList', Default: 'sg-1,sg-2' },
    },
    Mappings: { Map: { 'us-east-1': { prod: 'ami-1', yes: ['a', 'b'] }, prod: { prod: 'x' } } },
    Conditions: { prod: { 'Fn::Equals': [left, right] } },
    Resources: {
      Web: {
        Type: 'AWS::EC2::Instance',
        Condition: 'prod',
        Properties: { KeyName: key, SecurityGroupIds: groups, ImageId: image, Other: { deep: [image] } },
      },
    },
  }));

function isFunction(node: unknown): boolean {
  const [key, ...more] = typeof node === 'object' && node !== null ? Object.keys(node) : [];
  return more.length === 0 && /^(?:Ref|Fn::)/.test(key ?? '');
}

/** The same in the short tags of YAML. */
function short(node: unknown): string {
  if (typeof node === 'string') return stringify(node, { defaultStringType: 'QUOTE_DOUBLE' }).trim();
  if (Array.isArray(node)) return `[${node.map(short).join(', ')}]`;
  const entries = Object.entries(node as object);
  const [first] = entries;
  // A value takes one tag, so the argument of a short form may be no short form.
  if (first && isFunction(node) && !isFunction(first[1])) {
    return `!${first[0].replace('Fn::', '')} ${short(first[1])}`;
  }
  return `{${entries.map(([key, v]) => `${short(key)}: ${short(v)}`).join(', ')}}`;
}

function meaning(read: Template): unknown {
  return {
    references: read.references.map((r) => ({
      ...r,
      line: null,
      here: comesTo(r, read, HERE),
      there: comesTo(r, read, THERE),
    })),
    mappings: read.mappings.map((row) => ({ ...row, line: null })),
    parameters: read.parameters.map((p) => ({ ...p, line: null })),
    conditions: read.conditions,
  };
}

test('JSON, YAML in blocks and YAML in short tags say the same but for lines', () => {
  fc.assert(
    fc.property(template, (plain) => {
      const json = meaning(readTemplate(JSON.stringify(plain)));
      expect(meaning(readTemplate(JSON.stringify(plain, null, '\t')))).toEqual(json);
      expect(meaning(readTemplate(stringify(plain, { schema: 'yaml-1.1', lineWidth: 0 })))).toEqual(json);
      expect(meaning(readTemplate(short(plain)))).toEqual(json);
    }),
    { numRuns: 50 },
  );
});

test('a template that was kept in a snapshot comes to the same', () => {
  fc.assert(
    fc.property(template, (plain) => {
      const read = readTemplate(JSON.stringify(plain));
      expect(meaning(JSON.parse(JSON.stringify(read)))).toEqual(meaning(read));
    }),
    { numRuns: 40 },
  );
});

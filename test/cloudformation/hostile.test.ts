import { describe, expect, test } from 'vitest';
import { readTemplate, stackFrom, UnreadableTemplate } from '../../src/cloudformation/index.ts';
import { comesTo, HERE, refersTo } from './kit.ts';

function refusal(text: string): string {
  try {
    readTemplate(text);
  } catch (error) {
    if (error instanceof UnreadableTemplate) return error.message;
    throw error;
  }
  return 'read';
}

const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]
${Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`).join('\n')}
Resources: {R: {Type: T, Properties: *a12}}`;

describe('a text that is no template is refused in one line', () => {
  test.each([
    ['empty', '', 'holds no Resources, so it is no CloudFormation template'],
    ['blank', ' \n\n', 'holds no Resources, so it is no CloudFormation template'],
    ['a word', 'hello', 'holds no Resources, so it is no CloudFormation template'],
    ['a list', '- a\n- b', 'holds no Resources, so it is no CloudFormation template'],
    ['JSON that is no object', '[1, 2]', 'holds no Resources, so it is no CloudFormation template'],
    [
      'Resources that are no mapping',
      'Resources: [a]',
      'holds no Resources, so it is no CloudFormation template',
    ],
    ['two documents', 'Resources: {}\n---\nResources: {}', 'holds several YAML documents; a template is one'],
    ['rubbish', '\u0000\u0001{]}:: - \t', /^line 1, column \d+: .+/],
    ['a bracket left open', 'Resources:\n  A: [1, 2\n', /^line \d+, column \d+: .+/],
    ['JSON cut short', '{\n "Resources": {"A": ', /^line \d+, column \d+: .+/],
    ['five megabytes', `Resources: {}\n${'# x\n'.repeat(1_300_000)}`, 'is larger than 2 MB'],
    ['an alias bomb', bomb, 'holds more than 1000000 values once its aliases are followed'],
    ['an alias in itself', 'Resources: &r {A: *r}', 'line 1: an alias is inside the node that it refers to'],
    ['an alias of nothing', 'Resources: {A: *r}', 'line 1: the alias *r has no anchor'],
    [
      '10,000 brackets',
      `Resources: ${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      'nests deeper than 200 levels',
    ],
    ['10,000 open brackets', '['.repeat(10_000), 'nests deeper than 200 levels'],
    ['10,000 objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'nests deeper than 200 levels'],
    ['10,000 dashes', `Resources:\n ${'- '.repeat(10_000)}x`, 'nests deeper than 200 levels'],
    [
      '1,000 levels of indentation',
      Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'nests deeper than 200 levels',
    ],
  ])('%s', (_, text, expected) => {
    const said = refusal(text);
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
    expect(said).not.toContain('\n');
  });
});

describe('what looks odd is read as CloudFormation reads it', () => {
  const one = (properties: string, more = '') =>
    `${more}\nResources:\n  R: {Type: AWS::EC2::Instance, Properties: ${properties}}\n`;

  test('names that JavaScript objects know are names like any other', () => {
    const text = `
Parameters: {constructor: {Type: String, Default: ops}, __proto__: {Type: String, Default: web}}
Mappings: {toString: {__proto__: {hasOwnProperty: ami-1}}}
Conditions: {valueOf: !Equals [a, a]}
Resources:
  __proto__:
    Type: AWS::EC2::Instance
    Condition: valueOf
    Properties: {KeyName: !Ref constructor, ImageId: !FindInMap [toString, __proto__, hasOwnProperty]}
  prototype: {Type: AWS::EC2::Instance, Properties: {KeyName: !Ref __proto__, ImageId: !Ref toString}}
`;
    expect(refersTo(text)).toEqual([
      '__proto__ KeyName key-pair/name launches: ops',
      '__proto__ ImageId image/id launches: ami-1',
      'prototype KeyName key-pair/name launches: web',
      'prototype ImageId image/id launches: unknown "toString", which is neither a parameter nor a resource',
    ]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  test('of equal keys the last counts; aliases and merged mappings are followed', () => {
    expect(refersTo(one('{KeyName: a, KeyName: b}'))).toEqual(['R KeyName key-pair/name launches: b']);
    const shared = 'Metadata: {x: &base {KeyName: ops, ImageId: ami-1}}';
    expect(refersTo(one('{<<: *base, ImageId: ami-2}', shared))).toEqual([
      'R KeyName key-pair/name launches: ops',
      'R ImageId image/id launches: ami-2',
    ]);
  });

  test('a number, a truth and a leading zero are the text they are written as', () => {
    expect(refersTo(one('{KeyName: 0123, ImageId: yes, SecurityGroups: [1.10, null, ~, true]}'))).toEqual([
      'R KeyName key-pair/name launches: 0123',
      'R ImageId image/id launches: yes',
      'R SecurityGroups.0 security-group/either launches: 1.10',
      'R SecurityGroups.3 security-group/either launches: true',
    ]);
  });

  test('a byte order mark, tabs in JSON and a key longer than YAML allows do not matter', () => {
    const long = 'k'.repeat(2000);
    const json = `\uFEFF{\n\t"Metadata": {"${long}": 1},\n\t"Resources": {\n\t\t"R": {"Type": "AWS::EC2::Instance", "Properties": {"KeyName": "ops"}}}}`;
    expect(refersTo(json)).toEqual(['R KeyName key-pair/name launches: ops']);
    expect(refersTo(`\uFEFF${one('{KeyName: ops}').trim().replaceAll('\n', '\r\n')}\r\n`)).toEqual([
      'R KeyName key-pair/name launches: ops',
    ]);
  });

  test.each([
    'Ref: [a]',
    'Fn::GetAtt: {a: b}',
    'Fn::Sub: {a: b}',
    'Fn::Sub: []',
    'Fn::FindInMap: x',
    'Fn::FindInMap: []',
    'Fn::If: [a]',
    'Fn::If: x',
    'Fn::Join: x',
    'Fn::Join: []',
    'Fn::Select: []',
    'Fn::Split: {}',
    '{}',
    '[[[]]]',
  ])('a function that is misused is unknown or nothing, and no crash: %s', (spelling) => {
    const found = refersTo(
      one(`{KeyName: {${spelling.startsWith('[') ? 'x: []' : spelling.replace(/^\{\}$/, '')}}}`),
    );
    for (const line of found) expect(line).toMatch(/launches: (?:unknown .*|nothing|)$/);
  });

  test('sections of the wrong shape hold nothing', () => {
    for (const section of ['Parameters', 'Mappings', 'Conditions']) {
      for (const shape of ['x', '[1]', '{a: 1}', '{a: [b]}', '{a: {b: {c: {d: e}}}}', '']) {
        expect(refersTo(one('{KeyName: ops}', `${section}: ${shape}`))).toEqual([
          'R KeyName key-pair/name launches: ops',
        ]);
      }
    }
    expect(
      refersTo('Resources: {A: x, B: [1], C: {Type: [a]}, D: {Type: AWS::EC2::Instance, Properties: 5}}'),
    ).toEqual([]);
  });

  test('conditions that fan out, or stand in a chain of thousands, are worked out at once', () => {
    const fan = Array.from(
      { length: 60 },
      (_, i) => `  C${i}: !Or [!Condition C${i + 1}, !Condition C${i + 1}]`,
    );
    const text = `Conditions:\n${fan.join('\n')}\n  C60: !Equals [a, b]\n${one('{KeyName: !If [C0, a, b]}')}`;
    expect(refersTo(text)).toEqual(['R KeyName key-pair/name launches: b']);
    const chain = Array.from({ length: 5_000 }, (_, i) => `  C${i}: !Not [!Condition C${i + 1}]`);
    expect(refersTo(`Conditions:\n${chain.join('\n')}\n${one('{KeyName: !If [C0, a, b]}')}`)).toEqual([
      'R KeyName key-pair/name launches: ?C0 a | !C0 b',
    ]);
  });
});

describe('the template of a stack', () => {
  const row = { StackId: 'arn:x', StackName: 'web', StackStatus: 'CREATE_COMPLETE' };
  const body = { Resources: { R: { Type: 'AWS::EC2::Instance', Properties: { KeyName: 'ops' } } } };

  test('is the same as text and as the object that the AWS CLI makes of JSON', () => {
    const [asText, asObject] = [JSON.stringify(body, null, 2), body].map((b) => stackFrom(row, b));
    expect(asText).toEqual(asObject);
    const template = asText?.stack.template;
    expect(template?.references.map((r) => [r.line, ...comesTo(r, template, HERE)])).toEqual([[null, 'ops']]);
  });

  test.each([[5], ['x'], [[]], [{ Resources: [] }], [true]])(
    'that is %j is a fault beside the stack',
    (odd) => {
      expect(stackFrom(row, odd)).toMatchObject({
        stack: { name: 'web', template: null },
        fault: 'holds no Resources, so it is no CloudFormation template',
      });
    },
  );

  test('that nests without end is a fault too', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 5000; i += 1) deep = { a: deep };
    expect(stackFrom(row, deep).fault).toBe('nests deeper than 200 levels');
  });

  test('has values that CloudFormation masks as masked', () => {
    const { stack } = stackFrom(
      {
        ...row,
        Parameters: [
          { ParameterKey: 'Secret', ParameterValue: '****' },
          { ParameterKey: 'Ami', ParameterValue: '/ami', ResolvedValue: 'ami-1' },
        ],
      },
      { ...body, Parameters: { Secret: { Type: 'String', NoEcho: true }, Ami: { Type: 'String' } } },
    );
    expect(stack.template?.parameters).toMatchObject([
      { name: 'Secret', value: null, masked: true },
      { name: 'Ami', value: '/ami', resolved: 'ami-1', masked: false },
    ]);
  });
});

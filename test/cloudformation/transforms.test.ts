// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../src/cloudformation/index.ts';
import { refersTo, THERE } from './kit.ts';

const unknown = (text: string) =>
  readTemplate(text).unknownLaunches.map(({ resource, type }) => `${resource} ${type}`);

describe('AWS::LanguageExtensions', () => {
  const loop = (collection: string, more = '') => `Transform: AWS::LanguageExtensions
${more}Resources:
  Fn::ForEach::Servers:
    - Name
    - ${collection}
    - Server\${Name}:
        Type: AWS::EC2::Instance
        Properties: {KeyName: !Sub 'key-\${Name}', ImageId: !FindInMap [Images, !Ref Name, id]}
Mappings:
  Images: {a: {id: ami-1}, b: {id: ami-2}, names: {all: [a, b]}}
`;

  it.each([
    ['[a, b]', ''],
    ['!Ref Names', 'Parameters: {Names: {Type: CommaDelimitedList, Default: "a, b"}}\n'],
    ['!FindInMap [Images, names, all]', ''],
    ['!FindInMap [Images, !Ref Set, all]', 'Parameters: {Set: {Type: String, Default: names}}\n'],
  ])('writes a loop over %s out', (collection, more) => {
    expect(refersTo(loop(collection, more))).toEqual([
      'Servera KeyName key-pair/name launches: key-a',
      'Servera ImageId image/id launches: ami-1',
      'Serverb KeyName key-pair/name launches: key-b',
      'Serverb ImageId image/id launches: ami-2',
    ]);
  });

  it('writes a loop over the name of the region out', () => {
    const text = `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Servers:
    - Name
    - [!Ref AWS::Region, web]
    - Server&{Name}: {Type: AWS::EC2::Instance, Properties: {KeyName: !Ref Name}}
`;
    expect(refersTo(text, THERE).filter((line) => !line.endsWith(': nothing'))).toEqual([
      'Servereuwest1 KeyName key-pair/name launches: eu-west-1',
      'Serverweb KeyName key-pair/name launches: web',
    ]);
  });

  describe('over what the region decides', () => {
    const MAPS = `Mappings:
  Sets: {us-east-1: {all: [a]}, eu-west-1: {all: [a, b], text: 'b,c'}, ap-south-1: {none: x}}
Conditions: {Here: !Equals [!Ref AWS::Region, us-east-1]}
`;
    const keys = (collection: string, body = '', region = 'eu-west-1') =>
      refersTo(
        `Transform: AWS::LanguageExtensions
${MAPS}Resources:
  Fn::ForEach::Servers:
    - Name
    - ${collection}
    - Server\${Name}:
        Type: AWS::EC2::Instance
        ${body}Properties: {KeyName: !Ref Name}
`,
        { ...THERE, region },
      ).flatMap((r) => (r.includes('nothing') ? [] : [r.split(': ')[1]]));

    it.each([
      ['!FindInMap [Sets, !Ref AWS::Region, all]', ['a'], ['a', 'b']],
      ["!Split [',', !FindInMap [Sets, !Ref AWS::Region, text]]", [], ['b', 'c']],
      ['!If [Here, [x], [y, z]]', ['x'], ['y', 'z']],
      ['!FindInMap [Sets, !Ref AWS::Region, more, {DefaultValue: [q]}]', ['q'], ['q']],
      ['[a, !FindInMap [Sets, eu-west-1, text]]', ['a', 'b,c'], ['a', 'b,c']],
    ])('%s goes over the items of each region', (collection, here, there) => {
      const certain = (found: readonly (string | undefined)[]) =>
        found.filter((one) => !one?.startsWith('?'));
      expect(certain(keys(collection, '', 'us-east-1'))).toEqual(here);
      expect(keys(collection)).toEqual(there);
    });

    it('keeps the condition of the resource', () => {
      const all = '!FindInMap [Sets, !Ref AWS::Region, all]';
      expect(keys(all, 'Condition: Here\n        ', 'us-east-1')).toEqual(['a']);
      expect(keys(all, 'Condition: Here\n        ')).toEqual([]);
    });

    it('is looked up: a region without a row stops the stack', () => {
      const { lookUps } = readTemplate(`Transform: AWS::LanguageExtensions
${MAPS}Resources:
  Fn::ForEach::Buckets: [Name, !FindInMap [Sets, !Ref AWS::Region, all], {'B\${Name}': {Type: AWS::S3::Bucket}}]
`);
      expect(lookUps.map(({ value }) => value.is)).toContain('map');
    });

    it('writes properties, outputs and conditions under the same condition', () => {
      const text = `Transform: AWS::LanguageExtensions
${MAPS}Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      Fn::ForEach::Names: [P, !If [Here, [KeyName], []], {'\${P}': gone}]
Outputs:
  Fn::ForEach::Out: [N, !FindInMap [Sets, !Ref AWS::Region, all], {'O\${N}': {Value: !ImportValue '\${N}'}}]
`;
      expect(refersTo(text)).toEqual(['Server KeyName key-pair/name launches: gone']);
      expect(refersTo(text, THERE)).toEqual(['Server KeyName key-pair/name launches: nothing']);
      const { lookUps } = readTemplate(text);
      expect(lookUps.filter((l) => l.type === 'Outputs').map(({ value }) => value.is)).toEqual(['if', 'if']);
    });

    it('is not written out where it would be too much', () => {
      const items = Array.from({ length: 300 }, (_, i) => `i${i}`).join(', ');
      const rows = Array.from({ length: 40 }, (_, i) => `r${i}: {all: [${items.replaceAll('i', `i${i}x`)}]}`);
      const text = `Transform: AWS::LanguageExtensions
Mappings: {Sets: {${rows.join(', ')}}}
Resources:
  Fn::ForEach::S: [N, !FindInMap [Sets, !Ref AWS::Region, all], {'S\${N}': {Type: AWS::EC2::Instance, Properties: {KeyName: !Ref N}}}]
`;
      expect(refersTo(text)).toEqual([
        'S${N} KeyName key-pair/name launches: unknown the variable "N" of Fn::ForEach',
      ]);
    });
  });

  it('is not needed for DefaultValue of Fn::FindInMap (Template Reference, Fn::FindInMap enhancements)', () => {
    const text = `Mappings: {Keys: {us-east-1: {name: a}}}
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties: {KeyName: !FindInMap [Keys, !Ref AWS::Region, name, {DefaultValue: b}]}
`;
    expect(refersTo(text)).toEqual(['Server KeyName key-pair/name launches: a']);
    expect(refersTo(text, THERE)).toEqual(['Server KeyName key-pair/name launches: b']);
  });

  it('nests loops, and takes only letters and digits into logical ids', () => {
    const text = `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Outer:
    - Zone
    - [eu-west-1a]
    - Fn::ForEach::Inner:
        - N
        - ['1', '2']
        - 'S&{Zone}\${N}':
            Type: AWS::EC2::Instance
            Properties: {KeyName: '\${Zone}-\${N}'}
`;
    expect(refersTo(text)).toEqual([
      'Seuwest1a1 KeyName key-pair/name launches: eu-west-1a-1',
      'Seuwest1a2 KeyName key-pair/name launches: eu-west-1a-2',
    ]);
  });

  it('does not guess what a loop goes over, and does nothing where the transform is not named', () => {
    for (const collection of ["!Split [',', !Ref 'AWS::StackName']", '!Ref Unset', "!GetAZs ''"])
      expect(refersTo(loop(collection)).every((r) => r.includes('unknown'))).toBe(true);
    const without = loop('[a, b]').replace('Transform: AWS::LanguageExtensions\n', '');
    expect(refersTo(without).every((r) => r.includes('unknown'))).toBe(true);
  });

  it('has Fn::Length in conditions, and DefaultValue where a mapping has no row', () => {
    const text = `Transform: AWS::LanguageExtensions
Mappings:
  Images: {us-east-1: {id: ami-1}}
Conditions:
  Two: !Equals [{'Fn::Length': [a, b]}, 2]
Resources:
  S:
    Type: AWS::EC2::Instance
    Properties:
      KeyName: !If [Two, yes, no]
      ImageId: {'Fn::FindInMap': [Images, !Ref 'AWS::Region', id, {DefaultValue: ami-9}]}
`;
    expect(refersTo(text, THERE)).toEqual([
      'S KeyName key-pair/name launches: yes',
      'S ImageId image/id launches: ami-9',
    ]);
  });

  it('takes the name of a mapping from a parameter or another mapping', () => {
    const text = (name: string) => `Parameters: {Version: {Type: String, Default: AL2}}
Mappings:
  Versions: {AL2: {map: Images}}
  Images: {us-east-1: {id: ami-1}}
Resources:
  S: {Type: 'AWS::EC2::Instance', Properties: {ImageId: !FindInMap [${name}, !Ref 'AWS::Region', id]}}
`;
    const image = 'S ImageId image/id launches: ';
    expect(refersTo(text('!FindInMap [Versions, !Ref Version, map]'))).toEqual([`${image}ami-1`]);
    expect(refersTo(text("!Ref 'AWS::Region'"))).toEqual([`${image}unknown Fn::FindInMap`]);
  });

  it('refuses a loop that writes without end', () => {
    const many = Array.from({ length: 200 }, (_, i) => `x${i}`).join(', ');
    const text = `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::A:
    - A
    - [${many}]
    - Fn::ForEach::B:
        - B
        - [${many}]
        - R\${A}\${B}: {Type: 'AWS::EC2::Instance'}
`;
    expect(() => readTemplate(text)).toThrow('writes more than 10000 resources or values in loops');
  });
});

describe('AWS SAM', () => {
  it('gives the Globals section to each function', () => {
    const text = `Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {VpcConfig: {SecurityGroupIds: [sg-1]}}
Resources:
  A: {Type: 'AWS::Serverless::Function'}
  B: {Type: 'AWS::Serverless::Function', Properties: {VpcConfig: {SecurityGroupIds: [sg-2]}}}
`;
    expect(refersTo(text).map((r) => r.replace(/ VpcConfig.*: /, ' '))).toEqual([
      'A sg-1',
      'B sg-1',
      'B sg-2',
    ]);
    expect(unknown(text)).toEqual([]);
  });
});

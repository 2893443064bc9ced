// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, test } from 'vitest';
import { readTemplate } from '../../src/cloudformation/index.ts';
import { comesTo, HERE, THERE } from './kit.ts';

/** A template whose one reference is spelt so. */
const around = (spelling: string) => `
Parameters:
  Ami: {Type: AWS::EC2::Image::Id, Default: ami-11111111}
  Bare: {Type: String}
  Blank: {Type: String, Default: ''}
  Env: {Type: String, Default: prod}
  Groups: {Type: 'List<AWS::EC2::SecurityGroup::Id>', Default: 'sg-11111111, sg-22222222'}
  None: {Type: CommaDelimitedList, Default: ''}
  Latest: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /aws/service/latest}
  Dynamic: {Type: String, Default: '{{resolve:ssm:/from/default}}'}
Mappings:
  Images:
    us-east-1: {web: ami-aaaaaaaa, db: ami-bbbbbbbb, both: [ami-aaaaaaaa, ami-bbbbbbbb], dyn: '{{resolve:ssm:/from/map}}'}
    eu-west-1: {web: ami-cccccccc}
  Accounts:
    '111122223333': {ami: ami-dddddddd}
  Names: {prod: {row: web}}
  Included: {'Fn::Transform': {Name: AWS::Include}}
Conditions:
  East: !Equals [!Ref AWS::Region, us-east-1]
  West: !Not [!Condition East]
  Prod: !Equals [prod, !Ref Env]
  Open: !Equals [!Ref Bare, x]
  EastAndOpen: !And [!Condition East, !Condition Open]
  EastOrOpen: !Or [!Condition East, !Condition Open]
  Circular: !Not [!Condition Circular]
Resources:
  Group: {Type: AWS::EC2::SecurityGroup}
  Nested: {Type: AWS::CloudFormation::Stack}
  Finder: {Type: Custom::AmiFinder}
  One:
    Type: AWS::EC2::Instance
    Properties:
      SecurityGroupIds:
        - ${spelling}
`;

function evaluated(spelling: string, at = HERE): string {
  const template = readTemplate(around(spelling));
  return template.references
    .filter((r) => r.resource === 'One')
    .flatMap((r) => comesTo(r, template, at))
    .join(' | ');
}

/** Spelling, what it comes to in us-east-1, and in eu-west-1 where that is another thing. */
const SPELLINGS: readonly (readonly [spelling: string, here: string, there?: string])[] = [
  ['sg-11111111', 'sg-11111111'],
  ['"sg-11111111"', 'sg-11111111'],
  ['!Ref Ami', 'ami-11111111'],
  ['{Ref: Ami}', 'ami-11111111'],
  ['{"Ref": "Ami"}', 'ami-11111111'],
  ['!Ref Groups', 'sg-11111111 | sg-22222222'],
  ["!Join [',', [!Ref Group, !GetAtt Group.GroupId]]", 'own Group'],
  ["!Join ['-', [!Ref Group, !Ref Group]]", 'unknown text that is made from "Group"'],
  ['!Ref None', 'unknown the parameter "None", whose default is empty'],
  ['!Ref Blank', 'unknown the parameter "Blank", whose default is empty'],
  ['!If [East, "", sg-11111111]', 'nothing', 'sg-11111111'],
  ['!Ref Bare', 'unknown the parameter "Bare", which has no default'],
  ['!Ref Latest', 'ssm /aws/service/latest'],
  ['!Ref Dynamic', 'ssm /from/default'],
  ['!Ref AWS::NoValue', 'nothing'],
  ['!Ref AWS::StackId', 'unknown AWS::StackId'],
  ['!Ref Group', 'own Group'],
  ['!GetAtt Group.GroupId', 'own Group.GroupId'],
  ['!GetAtt [Group, GroupId]', 'own Group.GroupId'],
  ["{'Fn::GetAtt': [Group, GroupId]}", 'own Group.GroupId'],
  ['!GetAtt Nested.Outputs.Sg', 'unknown Outputs.Sg of the nested stack "Nested"'],
  ['!GetAtt Finder.Id', 'unknown Id of the custom resource "Finder"'],
  ['!Ref Typo', 'unknown "Typo", which is neither a parameter nor a resource'],
  ['!FindInMap [Images, !Ref AWS::Region, web]', 'ami-aaaaaaaa', 'ami-cccccccc'],
  ["!FindInMap [Images, {Ref: 'AWS::Region'}, web]", 'ami-aaaaaaaa', 'ami-cccccccc'],
  ["{'Fn::FindInMap': [Images, {Ref: AWS::Region}, db]}", 'ami-bbbbbbbb', 'no row Images.eu-west-1.db'],
  ['!FindInMap [Images, us-east-1, web]', 'ami-aaaaaaaa'],
  [
    '!FindInMap [Images, !Ref AWS::Region, both]',
    'ami-aaaaaaaa | ami-bbbbbbbb',
    'no row Images.eu-west-1.both',
  ],
  ['!FindInMap [Images, !Ref AWS::Region, dyn]', 'ssm /from/map', 'no row Images.eu-west-1.dyn'],
  [
    '!FindInMap [Images, !Ref AWS::Region, !FindInMap [Names, !Ref Env, row]]',
    'ami-aaaaaaaa',
    'ami-cccccccc',
  ],
  [
    '!FindInMap [Images, !Ref AWS::Region, !Ref Bare]',
    'unknown the parameter "Bare", which has no default',
    'unknown the parameter "Bare", which has no default',
  ],
  ['!FindInMap [Images, ap-south-2, !Ref Bare]', 'no row Images.ap-south-2.*'],
  ['!FindInMap [Accounts, !Ref AWS::AccountId, ami]', 'ami-dddddddd'],
  ['!FindInMap [Images, !Ref AWS::Region, db, {DefaultValue: ami-eeeeeeee}]', 'ami-bbbbbbbb', 'ami-eeeeeeee'],
  ['!FindInMap [!Ref Env, a, b]', 'unknown Fn::FindInMap of "prod", which is not written out in Mappings'],
  [
    '!FindInMap [Included, a, b]',
    'unknown Fn::FindInMap of "Included", which is not written out in Mappings',
  ],
  ['!Sub sg-${Env}', 'sg-prod'],
  ["!Sub '${AWS::Region}-${Env}-${!Keep}'", 'us-east-1-prod-${Keep}', 'eu-west-1-prod-${Keep}'],
  [
    "!Sub ['${Env}/${X}', {X: !FindInMap [Images, !Ref AWS::Region, web]}]",
    'prod/ami-aaaaaaaa',
    'prod/ami-cccccccc',
  ],
  ["!Sub ['${Env}', {Env: own}]", 'own'],
  ["!Sub '${Group.GroupId}'", 'own Group.GroupId'],
  ["!Sub '${Group}-x'", 'unknown text that is made from "Group"'],
  ["!Sub 'arn:${AWS::Partition}:${AWS::AccountId}.${AWS::URLSuffix}'", 'arn:aws:111122223333.amazonaws.com'],
  ["!Join ['-', [a, !Ref Env, !Ref AWS::NoValue, !Ref AWS::Region]]", 'a-prod-us-east-1', 'a-prod-eu-west-1'],
  ["!Join [',', !Ref Groups]", 'sg-11111111,sg-22222222'],
  ["!Split [',', 'sg-1,sg-2']", 'sg-1 | sg-2'],
  ["!Select [1, !Split ['|', 'a|b']]", 'b'],
  ['!Select [0, !Ref Groups]', 'sg-11111111'],
  ["!Select ['1', [a, !Ref Ami]]", 'ami-11111111'],
  ['!Select [9, !Ref Groups]', 'unknown an item that Fn::Select does not find'],
  ['!If [East, ami-1, ami-2]', 'ami-1', 'ami-2'],
  ['!If [West, ami-1, !Ref AWS::NoValue]', 'nothing', 'ami-1'],
  ["{'Fn::If': [Prod, a, b]}", 'a'],
  ['!If [Open, a, b]', '?Open a | !Open b'],
  ['!If [EastAndOpen, a, b]', '?EastAndOpen a | !EastAndOpen b', 'b'],
  ['!If [EastOrOpen, a, b]', 'a', '?EastOrOpen a | !EastOrOpen b'],
  ['!If [Circular, a, b]', '?Circular a | !Circular b'],
  ['!If [Missing, a, b]', '?Missing a | !Missing b'],
  ['!If [Open, !If [Open, a, b], !If [Open, c, d]]', '?Open a | !Open d'],
  ["!Join ['', [!If [Open, a, b], !If [Open, c, d]]]", '?Open ac | !Open bd'],
  ["'{{resolve:ssm:/my/ami}}'", 'ssm /my/ami'],
  ["'{{resolve:ssm:/my/ami:3}}'", 'ssm /my/ami:3'],
  ["!Sub '{{resolve:ssm:/${Env}/${AWS::Region}}}'", 'ssm /prod/us-east-1', 'ssm /prod/eu-west-1'],
  ["!Join ['', ['{{resolve:ssm:', !Ref Env, '}}']]", 'ssm prod'],
  ["'a{{resolve:ssm:/x}}'", 'unknown text that is made from an SSM parameter'],
  ["'{{resolve:ssm-secure:/x:1}}'", 'unknown {{resolve:ssm-secure:…}}'],
  ["'{{resolve:secretsmanager:x:SecretString}}'", 'unknown {{resolve:secretsmanager:…}}'],
  ['resolve:ssm:/my/ami:golden', 'ssm /my/ami:golden'],
  ['!ImportValue net-sg', 'unknown Fn::ImportValue "net-sg"'],
  ["Fn::ImportValue: !Sub '${Env}-sg'", 'unknown Fn::ImportValue "prod-sg"'],
  ['!Base64 x', 'unknown Fn::Base64'],
  ["!GetAZs ''", 'unknown Fn::GetAZs'],
  ['!Cidr [10.0.0.0/16, 4, 8]', 'unknown Fn::Cidr'],
  ['!Transform {Name: AWS::Include}', 'unknown Fn::Transform "AWS::Include"'],
  ['!Unheard x', 'unknown !Unheard'],
  ['{a: 1, b: 2}', 'unknown an object'],
];

describe('what a reference comes to in a region', () => {
  test.each(SPELLINGS.map(([spelling, here, there = here]) => [spelling, here, there] as const))(
    '%s',
    (spelling, here, there) => {
      expect([evaluated(spelling), evaluated(spelling, THERE)]).toEqual([here, there]);
    },
  );

  test('the partition and its domain follow the region', () => {
    const spelling = "!Sub '${AWS::Partition} ${AWS::URLSuffix}'";
    const at = (region: string) => evaluated(spelling, { region, account: null });
    expect(at('cn-north-1')).toBe('aws-cn amazonaws.com.cn');
    expect(at('us-gov-west-1')).toBe('aws-us-gov amazonaws.com');
    expect(at('eusc-de-east-1')).toBe('aws-eusc amazonaws.eu');
  });

  test("what the place does not tell is not guessed: the account, the stack's name", () => {
    const nowhere = { region: 'us-east-1', account: null };
    expect(evaluated('!Ref AWS::AccountId', nowhere)).toBe('unknown AWS::AccountId');
    expect(evaluated('!Ref AWS::StackName', nowhere)).toBe('unknown AWS::StackName');
    expect(evaluated('!Ref AWS::StackName', { ...nowhere, stackName: 'web' })).toBe('web');
  });

  test('answers to open conditions are followed up to a limit, item by item in a list', () => {
    const ifs = Array.from({ length: 20 }, (_, i) => `!If [C${i}, a${i}, b${i}]`).join(', ');
    expect(evaluated(`!Join ['', [${ifs}]]`)).toBe('unknown too many possible values');
    expect(evaluated(`[${ifs}]`).split(' | ')).toHaveLength(40);
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../src/cloudformation/index.ts';
import { compare } from '../../src/comparator/compare.ts';
import type { Stack } from '../../src/inventory/stack.ts';
import { audit, snapshotOf, VPC } from '../kit/estate.ts';

/** Those that the text itself has, without what a launch lacks. */
const faults = (text: string) =>
  readTemplate(text)
    .faults.filter(({ value }) => value === undefined)
    .map(({ is, resource, path, line, what }) => [is, resource, path, line, what]);

const DECLARED = `Parameters: {Key: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Key, prod]}
`;
const web = (properties: string, more = '', head = DECLARED) => `${head}Resources:
  Group: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupDescription: web}}
  Web:
    Type: AWS::EC2::Instance
${more}    Properties:
${properties}`;

describe('a name that a template does not define', () => {
  it.each([
    ['Ref', '      SubnetId: !Ref Subnet\n', ['no-such-name', 'Web', 'Properties.SubnetId', 8, 'Subnet']],
    [
      'Fn::GetAtt',
      '      SecurityGroupIds: [!GetAtt Other.GroupId]\n',
      ['no-such-name', 'Web', 'Properties.SecurityGroupIds.0', 8, 'Other'],
    ],
    [
      'Fn::GetAtt in its long form',
      '      SecurityGroupIds: [{Fn::GetAtt: [Other, GroupId]}]\n',
      ['no-such-name', 'Web', 'Properties.SecurityGroupIds.0', 8, 'Other'],
    ],
    [
      'a variable of Fn::Sub, in user data too',
      '      UserData: !Base64 {Fn::Sub: "echo ${Host} ${!Home} ${Own}"}\n',
      ['no-such-name', 'Web', 'Properties.UserData', 8, 'Host'],
    ],
    [
      'within another function',
      '      KeyName: !Join ["-", [!Ref Key, !If [IsProd, !Ref Missing, x]]]\n',
      ['no-such-name', 'Web', 'Properties.KeyName', 8, 'Missing'],
    ],
    [
      'the condition of Fn::If',
      '      KeyName: !If [IsTest, a, b]\n',
      ['no-such-condition', 'Web', 'Properties.KeyName', 8, 'IsTest'],
    ],
  ])('%s', (_, properties, fault) => {
    expect(faults(web(properties))).toContainEqual(fault);
  });

  it.each([
    ['DependsOn', '    DependsOn: Gateway\n', ['no-such-name', 'Web', 'DependsOn', 7, 'Gateway']],
    [
      'the condition of a resource',
      '    Condition: IsTest\n',
      ['no-such-condition', 'Web', 'Condition', 7, 'IsTest'],
    ],
  ])('%s', (_, more, fault) => {
    expect(faults(web('      KeyName: !Ref Key\n', more))).toEqual([fault]);
  });

  it('in an output', () => {
    const outputs = 'Outputs: {Id: {Value: !Ref Gone}, Arn: {Condition: IsTest, Value: x}}\n';
    expect(faults(`${web('      KeyName: !Ref Key\n')}${outputs}`).map(([is, at]) => [is, at])).toEqual([
      ['no-such-name', 'Id'],
      ['no-such-condition', 'Arn'],
    ]);
  });

  it('is said once, at the first place', () => {
    expect(faults(web('      SubnetId: !Ref Subnet\n      KeyName: !Ref Subnet\n'))).toHaveLength(1);
  });

  it.each([
    [
      'parameters, resources, attributes and pseudo parameters',
      '      KeyName: !Sub "${Key}${Group.GroupId}${AWS::Region}"\n',
    ],
    ['variables that Fn::Sub is given', '      KeyName: !Sub ["${Own}", {Own: !Ref Key}]\n'],
    ['what Fn::Sub leaves to a shell', '      UserData: !Base64 {Fn::Sub: "echo ${!HOME} $PATH"}\n'],
    ['conditions that are defined', '      KeyName: !If [IsProd, !Ref Key, !Ref "AWS::NoValue"]\n'],
  ])('does not concern %s', (_, properties) => {
    expect(faults(web(properties))).toEqual([]);
  });

  it.each([
    ['a transform', `Transform: AWS::Serverless-2016-10-31\n${DECLARED}`],
    ['a macro', `Transform: [AWS::LanguageExtensions, Own]\n${DECLARED}`],
  ])('may be one that %s adds', (_, head) => {
    expect(faults(web('      SubnetId: !Ref Subnet\n', '', head))).toEqual([]);
  });

  it('may be one that a module or an included file adds', () => {
    const named = web('      SubnetId: !Ref Subnet\n');
    expect(faults(`${named}  M: {Type: 'Own::Net::Vpc::MODULE'}\n`)).toEqual([]);
    expect(faults(`${named}  Fn::Transform: {Name: AWS::Include}\n`)).toEqual([]);
  });

  it('is known of what loops write', () => {
    const loop = (subnet: string) => `Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Zones:
    - Zone
    - [A, B]
    - "Subnet\${Zone}": {Type: 'AWS::EC2::Subnet', Properties: {CidrBlock: 10.0.0.0/24}}
  Web: {Type: 'AWS::EC2::Instance', Properties: {SubnetId: !Ref ${subnet}}}
`;
    expect(faults(loop('SubnetB'))).toEqual([]);
    expect(faults(loop('SubnetC')).map(([, , , , what]) => what)).toEqual(['SubnetC']);
  });
});

describe('a property without a value', () => {
  it('is named with its line', () => {
    expect(faults(web('      SubnetId:\n      KeyName: !Ref Key\n'))).toEqual([
      ['no-value', 'Web', 'Properties.SubnetId', 8, 'SubnetId'],
    ]);
  });

  it('counts below the properties of what launches, where no free-form JSON is', () => {
    const deep = web('      NetworkInterfaces: [{SubnetId: }]\n      Tags: []\n');
    expect(faults(deep).map(([, , path]) => path)).toEqual(['Properties.NetworkInterfaces.0.SubnetId']);
    const rule = `Resources: {R: {Type: 'AWS::Events::Rule', Properties: {EventPattern: {detail: {x: [null]}}}}}`;
    expect(faults(rule)).toEqual([]);
  });

  it('is not an empty text, and not AWS::NoValue', () => {
    expect(faults(web(`      SubnetId: ''\n      KeyName: !Ref 'AWS::NoValue'\n`))).toEqual([]);
  });
});

describe('a template that CloudFormation refuses', () => {
  const text = web(`      ImageId: resolve:ssm:/ami\n      SubnetId:\n      KeyName: !Ref Kee\n`);
  const file = () =>
    compare({
      source: snapshotOf('us-east-1', {}),
      target: snapshotOf('eu-west-1', { vpcs: [VPC] }),
      config: {},
      phase: 'readiness',
      scopes: ['workloads'],
      templates: [{ file: 'web.yaml', template: readTemplate(text) }],
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      tool: { name: 'ec2-parity', version: '0.0.0' },
    });

  it('is blocked, with the name and the line', () => {
    const report = file();
    expect(report.workloads).toMatchObject([{ verdict: 'blocked' }]);
    const refused = report.findings.filter((f) => f.rule === 'workload/refused').map((f) => f.message);
    expect(refused).toEqual([
      expect.stringMatching(/refers to Kee, which is neither a parameter nor a resource.*web\.yaml:10/),
      expect.stringMatching(/has the property SubnetId without a value.*web\.yaml:9/),
    ]);
    const steps = (report.workloads[0]?.chains ?? []).map((c) => c.steps.join(' > '));
    expect(steps).toContain('Web > Kee > is neither a parameter nor a resource of the template');
    expect(steps).toContain('Web > property SubnetId > has no value');
  });

  it('is not thought so where a stack is deployed from it: CloudFormation has taken that one', () => {
    const stack: Stack = {
      id: 's',
      name: 's',
      status: 'CREATE_COMPLETE',
      template: readTemplate(text),
      tags: {},
    };
    const report = audit({ stacks: [stack] }, { vpcs: [VPC] }, { scopes: ['workloads'] });
    expect(report.findings.filter((f) => f.rule === 'workload/refused')).toEqual([]);
  });
});

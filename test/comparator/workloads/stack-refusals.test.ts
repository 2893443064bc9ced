// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it } from 'vitest';
import { readTemplate, type StackValue } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import { complete, failed } from '../../../src/inventory/collected.ts';
import { subnetFrom } from '../../../src/inventory/launch-facts/network.ts';
import type { Stack } from '../../../src/inventory/stack.ts';
import type { Report } from '../../../src/report/model.ts';
import { IMAGE_YAML, LATEST, LATEST_IMAGE, LATEST_YAML } from '../../cloudformation/completed.ts';
import { audit, type Estate, finding, found, group, snapshotOf, VPC } from '../../kit/estate.ts';

const stack = (text: string, values: StackValue[] = []): Stack => ({
  id: 'arn:aws:cloudformation:us-east-1:111122223333:stack/web/1',
  name: 'web',
  status: 'CREATE_COMPLETE',
  template: readTemplate(text, values),
  tags: {},
});
const given = (name: string, value: string): StackValue => ({ name, value, resolved: null, masked: false });

const file = (text: string, target: Estate = {}, source: Estate = {}): Report =>
  compare({
    source: snapshotOf('us-east-1', source),
    target: snapshotOf('eu-west-1', { vpcs: [VPC], ...target }),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [{ file: 'web.yaml', template: readTemplate(text) }],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const verdicts = (report: Report) => report.workloads.map((w) => w.verdict);
const why = (report: Report) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));
const about = (report: Report) => found(report).filter((f) => /^(?:reference|workload)/.test(f));

const INSTANCE = `  Server:
    Type: AWS::EC2::Instance
    Properties: {InstanceType: m5.large, ${IMAGE_YAML}}
${LATEST_YAML}`;
const exportsOf = (...names: string[]) => ({
  launchFacts: { exports: complete(names.map((id) => ({ id, value: 'sg-0bbbbbbbbbbbbbbbb' }))) },
});

describe('a name that a template creates and the target has', () => {
  const existing: [string, string, Estate, string][] = [
    ['AWS::EC2::KeyPair', 'KeyName: deploy', { keyPairs: [{ KeyName: 'deploy' }] }, 'key pair "deploy"'],
    [
      'AWS::EC2::LaunchTemplate',
      'LaunchTemplateName: web',
      {
        launchTemplates: [
          {
            LaunchTemplateId: 'lt-1',
            LaunchTemplateName: 'web',
            DefaultVersionNumber: 1,
            LatestVersionNumber: 1,
          },
        ],
      },
      'launch template "web"',
    ],
    [
      'AWS::AutoScaling::AutoScalingGroup',
      'AutoScalingGroupName: web',
      { autoScalingGroups: [{ AutoScalingGroupName: 'web' }] },
      'Auto Scaling group "web"',
    ],
    [
      'AWS::AutoScaling::LaunchConfiguration',
      'LaunchConfigurationName: web',
      { launchConfigurations: [{ LaunchConfigurationName: 'web' }] },
      'launch configuration "web"',
    ],
    [
      'AWS::EC2::SecurityGroup',
      'GroupName: Web',
      { securityGroups: [group('web', [])] },
      'security group "Web"',
    ],
    [
      'AWS::IAM::InstanceProfile',
      'InstanceProfileName: web',
      { launchFacts: { instanceProfiles: complete([{ id: 'web', arn: null, exists: true }]) } },
      'instance profile "web"',
    ],
    [
      'AWS::SSM::Parameter',
      'Name: /app/image',
      { parameters: { '/app/image': 'ami-0aaaaaaaaaaaaaaaa' } },
      'SSM parameter "/app/image"',
    ],
    [
      'AWS::ElasticLoadBalancing::LoadBalancer',
      'LoadBalancerName: web',
      { launchFacts: { classicLoadBalancers: complete([{ id: 'web', vpcId: null, exists: true }]) } },
      'Classic Load Balancer "web"',
    ],
    [
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      'Name: web',
      {
        launchFacts: {
          targetGroups: complete([
            {
              id: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1',
              name: 'web',
              vpcId: null,
              exists: true,
            },
          ]),
        },
      },
      'target group "web"',
    ],
  ];
  const required: Readonly<Record<string, string>> = {
    'AWS::EC2::LaunchTemplate': '      LaunchTemplateData: {EbsOptimized: true}\n',
    'AWS::AutoScaling::LaunchConfiguration': `      InstanceType: m5.large\n      ${IMAGE_YAML}\n`,
    'AWS::AutoScaling::AutoScalingGroup':
      '      MinSize: 0\n      MaxSize: 0\n      LaunchConfigurationName: !Ref Latest\n',
  };
  const creating = (type: string, property: string) =>
    `Resources:\n${INSTANCE}  Made:\n    Type: ${type}\n    Properties:\n      ${property}\n${required[type] ?? ''}`;

  it.each(existing)('%s: blocked', (type, property, target, what) => {
    const report = file(creating(type, property), target);
    const refused = finding(report, 'workload/refused');
    expect(refused).toMatchObject({
      kind: 'stack',
      severity: 'critical',
      facts: { because: 'name-taken', what, file: 'web.yaml', line: 9 },
    });
    expect(refused.message).toContain(
      `creates ${what}, and eu-west-1 has one of this name already (web.yaml:9`,
    );
    expect(verdicts(report)).toEqual(['blocked']);
    expect(report.workloads[0]?.because).toEqual([refused.fingerprint]);
    expect(verdicts(file(creating(type, property)))).toEqual(['launchable']);
  });

  it.each([
    ['where CloudFormation makes the name', 'KeyType: rsa'],
    ['where the name holds the region', 'KeyName: !Sub "deploy-${AWS::Region}"'],
  ])('is none %s', (_, property) => {
    const report = file(creating('AWS::EC2::KeyPair', property), { keyPairs: [{ KeyName: 'deploy' }] });
    expect(about(report)).toEqual([]);
  });

  it('is the own one of a stack that is deployed there already', () => {
    const Tags = [{ Key: 'aws:cloudformation:logical-id', Value: 'Made' }];
    const report = file(creating('AWS::EC2::KeyPair', 'KeyName: deploy'), {
      keyPairs: [{ KeyName: 'deploy', Tags }],
    });
    expect(about(report)).toEqual([]);
  });

  it('is unknown where the keys of the target could not be read', () => {
    const report = file(creating('AWS::EC2::KeyPair', 'KeyName: deploy'), { unread: ['keyPairs'] });
    expect(verdicts(report)).toEqual(['unknown']);
  });

  describe('of an export', () => {
    const exporting = (name: string, more = '') =>
      `Conditions: {There: !Equals [!Ref AWS::Region, eu-west-1], Asked: !Equals [!Ref Ask, 'yes']}
Parameters: {Ask: {Type: String}}
Resources:\n${INSTANCE}Outputs: {Net: {${more}Value: x, Export: {Name: ${name}}}}`;
    const there = exportsOf('net');

    it('is blocked where another stack of the target exports it', () => {
      const report = file(exporting('net'), there);
      const refused = finding(report, 'workload/refused');
      expect(refused.message).toContain('creates export "net", and eu-west-1 has one of this name already');
      expect(refused.remedy).toBe(
        'Export it under another name, such as one that holds the name of the stack; or remove the other export if no stack imports it.',
      );
      expect(verdicts(report)).toEqual(['blocked']);
    });

    it.each([
      ['launchable', '!Sub "${AWS::StackName}-net"', ''],
      ['launchable', '!Sub "net-${AWS::Region}"', ''],
      ['blocked', 'net', 'Condition: There, '],
      ['launchable', 'other', ''],
      ['unknown', 'net', 'Condition: Asked, '],
    ])('is %s for the name %s %s', (verdict, name, more) => {
      expect(verdicts(file(exporting(name, more), there))).toEqual([verdict]);
    });

    it('is the own one of the stack of the target that is made from the template', () => {
      const text = exporting('net');
      expect(about(file(text, { ...there, stacks: [stack(text)] }))).toEqual([]);
      const other = stack(`Resources: {Net: {Type: 'AWS::EC2::VPC'}}`);
      expect(verdicts(file(text, { ...there, stacks: [other] }))).toEqual(['blocked']);
    });

    it('is unknown where the exports of the target were denied', () => {
      const denied = { exports: failed({ code: 'access-denied', message: 'denied', hint: 'Allow it.' }) };
      expect(verdicts(file(exporting('net'), { launchFacts: denied }))).toEqual(['unknown']);
    });
  });

  it('is not what another VPC has', () => {
    const text = `Resources:\n${INSTANCE}  Net: {Type: 'AWS::EC2::VPC'}\n  Made:\n    Type: AWS::EC2::SecurityGroup\n    Properties: {GroupName: web, VpcId: !Ref Net}\n`;
    expect(about(file(text, { securityGroups: [group('web', [])] }))).toEqual([]);
  });

  it('satisfies what the template refers to by that name', () => {
    const text = `Resources:
  Key: {Type: 'AWS::EC2::KeyPair', Properties: {KeyName: deploy}}
  Server: {Type: 'AWS::EC2::Instance', Properties: {KeyName: deploy, ${IMAGE_YAML}}}
${LATEST_YAML}`;
    expect(verdicts(file(text))).toEqual(['launchable']);
  });

  it('is taken by the stack itself where IAM has it: a role belongs to the account and not to a region', () => {
    const text = `Resources:\n${INSTANCE}  Role: {Type: 'AWS::IAM::Role', Properties: {RoleName: web}}\n`;
    const report = audit({ vpcs: [VPC], stacks: [stack(text)] }, { vpcs: [VPC] });
    expect(finding(report, 'workload/refused').facts).toMatchObject({ what: 'IAM role "web"' });
    const elsewhere = audit({ vpcs: [VPC], stacks: [stack(text)] }, { vpcs: [VPC], account: '444455556666' });
    expect(about(elsewhere)).toEqual([]);
    const regional = text.replace('RoleName: web', "RoleName: !Sub 'web-${AWS::Region}'");
    expect(about(audit({ vpcs: [VPC], stacks: [stack(regional)] }, { vpcs: [VPC] }))).toEqual([]);
    const both = audit({ vpcs: [VPC], stacks: [stack(text)] }, { vpcs: [VPC], stacks: [stack(text)] });
    expect(about(both)).toEqual([]);
  });
});

describe('Rules of a template', () => {
  const rule = (body: string, more = '') => `${more}Rules:\n  Where:\n${body}\nResources:\n${INSTANCE}`;
  const assertion = (text: string) =>
    `    Assertions:\n      - Assert: ${text}\n        AssertDescription: Only here`;

  it.each([
    ["!Contains [[us-east-1, us-west-2], !Ref 'AWS::Region']"],
    ["!Equals [!Ref 'AWS::Region', us-east-1]"],
    ["'Fn::Contains': [[us-east-1], !Ref 'AWS::Region']"],
    ["'Fn::EachMemberIn': [[!Ref 'AWS::Region'], [us-east-1]]"],
    ["'Fn::EachMemberEquals': [[!Ref 'AWS::Region'], us-east-1]"],
    ["!Not [!Equals [!Ref 'AWS::Region', eu-west-1]]"],
    ["!EachMemberIn [[!Ref 'AWS::Region'], [us-east-1]]"],
  ])('that fail on the target block it: %s', (text) => {
    const assert = text.replace(/^('Fn::\w+':.*)$/, '{$1}');
    const report = file(rule(assertion(assert)));
    expect(finding(report, 'workload/refused').facts).toMatchObject({
      because: 'rule-fails',
      what: '"Where" ("Only here")',
    });
    expect(verdicts(report)).toEqual(['blocked']);
  });

  it('that hold there, or whose condition is not met there, do not', () => {
    expect(verdicts(file(rule(assertion("!Equals [!Ref 'AWS::Region', eu-west-1]"))))).toEqual([
      'launchable',
    ]);
    const conditional = `    RuleCondition: !Equals [!Ref 'AWS::Region', us-east-1]\n${assertion('!Equals [a, b]')}`;
    expect(verdicts(file(rule(conditional)))).toEqual(['launchable']);
  });

  it('that hang on a parameter without a value are unknown', () => {
    const parameters = 'Parameters:\n  Env: {Type: String}\n';
    const report = file(rule(assertion('!Equals [!Ref Env, prod]'), parameters));
    expect(verdicts(report)).toEqual(['unknown']);
  });

  it('that defaults fail in any region are unknown of a file: who deploys it gives the values', () => {
    const parameters = "Parameters:\n  Token: {Type: String, Default: ''}\n";
    const text = rule(assertion("!Not [!Equals [!Ref Token, '']]"), parameters);
    const report = file(text);
    expect(verdicts(report)).toEqual(['unknown']);
    expect(why(report)).toEqual([
      'Where -> Rules -> its assertion is false for the defaults of its parameters, which are to be given',
    ]);
    // With a default that suits the source only, the target is what stops it.
    const region = 'Parameters:\n  Only: {Type: String, Default: us-east-1}\n';
    const elsewhere = rule(assertion("!Equals [!Ref Only, !Ref 'AWS::Region']"), region);
    expect(verdicts(file(elsewhere))).toEqual(['blocked']);
    // A rule without parameters stops it everywhere.
    expect(verdicts(file(rule(assertion('!Equals [a, b]'))))).toEqual(['blocked']);
    // What a deployed stack was given is known.
    expect(verdicts(audit({ stacks: [stack(text, [given('Token', '')])] }, {}))).toEqual(['blocked']);
  });

  it('are judged with the values of a deployed stack, and Fn::RefAll takes all parameters of a type', () => {
    const parameters = `Parameters:
  A: {Type: 'AWS::EC2::VPC::Id'}
  B: {Type: 'List<AWS::EC2::VPC::Id>'}
`;
    const text = rule(
      assertion("{'Fn::EachMemberIn': [{'Fn::RefAll': 'AWS::EC2::VPC::Id'}, [vpc-1, vpc-2]]}"),
      parameters,
    );
    const deployed = (b: string) =>
      audit({ stacks: [stack(text, [given('A', 'vpc-1'), given('B', b)])] }, {});
    expect(verdicts(deployed('vpc-1,vpc-2'))).toEqual(['launchable']);
    expect(verdicts(deployed('vpc-1,vpc-3'))).toEqual(['blocked']);
  });
});

describe('the attributes of what parameters name, in Rules', () => {
  const subnets = complete([
    subnetFrom({ SubnetId: 'subnet-1', VpcId: VPC.VpcId, AvailabilityZone: 'eu-west-1a' }),
    subnetFrom({ SubnetId: 'subnet-2', VpcId: 'vpc-2', AvailabilityZone: 'eu-west-1b' }),
  ]);
  const there: Estate = {
    vpcs: [{ ...VPC, Tags: [{ Key: 'env', Value: 'prod' }] }],
    securityGroups: [group('default', [], { GroupId: 'sg-0dddddddddddddddd' })],
    launchFacts: { subnets },
  };
  const text = (assert: object, values: Readonly<Record<'Vpc' | 'Nets' | 'Net', string>>) =>
    JSON.stringify({
      Parameters: {
        Vpc: { Type: 'AWS::EC2::VPC::Id', Default: values.Vpc },
        Nets: { Type: 'List<AWS::EC2::Subnet::Id>', Default: values.Nets },
        Net: { Type: 'AWS::EC2::Subnet::Id', Default: values.Net },
      },
      Rules: { Where: { Assertions: [{ Assert: assert }] } },
      Resources: {
        Server: {
          Type: 'AWS::EC2::Instance',
          Properties: { InstanceType: 'm5.large', ImageId: LATEST_IMAGE },
        },
        ...LATEST,
      },
    });
  const OWN = { Vpc: VPC.VpcId ?? '', Nets: 'subnet-1', Net: 'subnet-1' };
  const inVpc = {
    'Fn::EachMemberIn': [{ 'Fn::ValueOf': ['Nets', 'VpcId'] }, { 'Fn::RefAll': 'AWS::EC2::VPC::Id' }],
  };
  const alike = {
    'Fn::EachMemberEquals': [{ 'Fn::ValueOfAll': ['AWS::EC2::Subnet::Id', 'VpcId'] }, { Ref: 'Vpc' }],
  };
  const zone = { 'Fn::Equals': [{ 'Fn::ValueOf': ['Net', 'AvailabilityZone'] }, 'eu-west-1a'] };
  const tagged = { 'Fn::Contains': [{ 'Fn::ValueOfAll': ['AWS::EC2::VPC::Id', 'Tags.env'] }, 'prod'] };
  const group0 = {
    'Fn::Equals': [{ 'Fn::ValueOf': ['Vpc', 'DefaultSecurityGroup'] }, 'sg-0dddddddddddddddd'],
  };

  it.each([
    ['Fn::ValueOf of a list', inVpc, OWN, 'launchable'],
    ['Fn::ValueOf of a list', inVpc, { ...OWN, Nets: 'subnet-1,subnet-2' }, 'blocked'],
    ['Fn::ValueOfAll', alike, OWN, 'launchable'],
    ['Fn::ValueOfAll', alike, { ...OWN, Net: 'subnet-2' }, 'blocked'],
    ['a zone', zone, OWN, 'launchable'],
    ['a zone', zone, { ...OWN, Net: 'subnet-2' }, 'blocked'],
    ['a tag', tagged, OWN, 'launchable'],
    ['the default group of a VPC', group0, OWN, 'launchable'],
    ['what the target does not have', inVpc, { ...OWN, Nets: 'subnet-3' }, 'unknown'],
    ['what has no such tag', tagged, { ...OWN, Vpc: 'vpc-2' }, 'unknown'],
    [
      'an attribute that is not read',
      { 'Fn::Equals': [{ 'Fn::ValueOf': ['Vpc', 'DefaultNetworkAcl'] }, 'acl-1'] },
      OWN,
      'unknown',
    ],
    [
      'a parameter that is not there',
      { 'Fn::Equals': [{ 'Fn::ValueOf': ['Gone', 'VpcId'] }, 'a'] },
      OWN,
      'unknown',
    ],
  ])('%s: %j with %j is %s', (_, assert, values, verdict) => {
    expect(verdicts(file(text(assert, values), there))).toEqual([verdict]);
  });
});

describe('what CloudFormation looks up before it creates anything', () => {
  it('a mapping row that lacks in a branch that is not taken, or in a resource that is not created: blocked', () => {
    const text = `Mappings:
  Size: {us-east-1: {big: m5.large}}
Conditions:
  Never: !Equals [a, b]
Resources:
${INSTANCE}  Other:
    Type: AWS::SQS::Queue
    Condition: Never
    Properties: {QueueName: !FindInMap [Size, !Ref 'AWS::Region', big]}
`;
    const report = file(text);
    expect(about(report)).toEqual(['reference/no-region-mapping high']);
    expect(verdicts(report)).toEqual(['blocked']);
    const branch = text
      .replace('    Condition: Never\n', '')
      .replace(
        "!FindInMap [Size, !Ref 'AWS::Region', big]",
        "!If [Never, !FindInMap [Size, !Ref 'AWS::Region', big], a]",
      );
    expect(verdicts(file(branch))).toEqual(['blocked']);
    expect(verdicts(file(text.replace('Size: {us', 'Size: {eu-west-1: {big: a}, us')))).toEqual([
      'launchable',
    ]);
  });

  it('a mapping row that an output or a condition needs', () => {
    const text = (part: string) =>
      `Mappings:\n  Size: {us-east-1: {big: m5.large}}\n${part}Resources:\n${INSTANCE}`;
    for (const part of [
      "Outputs:\n  O: {Value: !FindInMap [Size, !Ref 'AWS::Region', big]}\n",
      "Conditions:\n  C: !Equals [!FindInMap [Size, !Ref 'AWS::Region', big], a]\n",
      "Outputs:\n  O:\n    Value:\n      Fn::Base64: !Sub ['x ${S}', {S: !FindInMap [Size, !Ref 'AWS::Region', big]}]\n",
    ])
      expect(verdicts(file(text(part)))).toEqual(['blocked']);
  });

  it('an SSM parameter of any type, such as the version of the CDK bootstrap', () => {
    const text = `Parameters:
  BootstrapVersion: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /cdk-bootstrap/hnb659fds/version}
Resources:
${INSTANCE}`;
    const missing = file(text, { parameters: { '/cdk-bootstrap/hnb659fds/version': null } });
    expect(finding(missing, 'reference/missing-parameter').message).toContain(
      '/cdk-bootstrap/hnb659fds/version',
    );
    expect(verdicts(missing)).toEqual(['blocked']);
    const there = file(text, { parameters: { '/cdk-bootstrap/hnb659fds/version': '21' } });
    expect(about(there)).toEqual([]);
    expect(verdicts(there)).toEqual(['launchable']);
    const unasked = file(text);
    expect(verdicts(unasked)).toEqual(['unknown']);
    expect(unasked.gaps).toMatchObject([{ side: 'target', kind: 'parameter', code: 'not-read' }]);
  });

  it('a dynamic reference counts where it is used', () => {
    const text = (property: string) =>
      `Conditions:\n  Never: !Equals [a, b]\nResources:\n${INSTANCE}  Q: {Type: 'AWS::SQS::Queue', Properties: {QueueName: ${property}}}\n`;
    const target = { parameters: { '/name': null } };
    expect(verdicts(file(text("'{{resolve:ssm:/name}}'"), target))).toEqual(['blocked']);
    expect(verdicts(file(text("!If [Never, '{{resolve:ssm:/name}}', b]"), target))).toEqual(['launchable']);
  });

  it('a key pair or a group that a parameter names is that of the target, and no image', () => {
    const text = `Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ${IMAGE_YAML}
      KeyName: '{{resolve:ssm:/key}}'
      SecurityGroupIds: ['{{resolve:ssm:/group}}']
${LATEST_YAML}`;
    const keyPairs = [{ KeyName: 'deploy' }];
    const securityGroups = [group('web', [], { GroupId: 'sg-0bbbbbbbbbbbbbbbb' })];
    const parameters = { '/key': 'deploy', '/group': 'sg-0bbbbbbbbbbbbbbbb' };
    expect(verdicts(file(text, { parameters, keyPairs, securityGroups }))).toEqual(['launchable']);
    const noKey = file(text, { parameters, securityGroups });
    expect(finding(noKey, 'reference/dangling').facts).toMatchObject({ to: 'key-pair', reference: 'deploy' });
    expect(verdicts(noKey)).toEqual(['blocked']);
    expect(verdicts(file(text, { parameters, keyPairs }))).toEqual(['blocked']);
    const noParameter = file(text, { parameters: { ...parameters, '/key': null }, keyPairs, securityGroups });
    expect(finding(noParameter, 'reference/missing-parameter')).toMatchObject({
      message: expect.stringContaining('takes its key pair from the SSM parameter "/key"'),
      remedy: 'Create it in eu-west-1 with the value of that region.',
      commands: [],
    });
  });

  it('an import that no stack of the target exports: blocked; one that is exported is what it says', () => {
    const text = `Resources:
  Server: {Type: 'AWS::EC2::Instance', Properties: {SecurityGroupIds: [!ImportValue web-group], ${IMAGE_YAML}}}
${LATEST_YAML}`;
    const gone = file(text, exportsOf('other'));
    expect(finding(gone, 'workload/refused').facts).toMatchObject({
      because: 'no-such-export',
      what: 'web-group',
    });
    expect(about(gone)).toEqual(['workload/refused critical']);
    expect(verdicts(gone)).toEqual(['blocked']);
    const own = group('web', [], { GroupId: 'sg-0bbbbbbbbbbbbbbbb' });
    expect(verdicts(file(text, { ...exportsOf('web-group'), securityGroups: [own] }))).toEqual([
      'launchable',
    ]);
    expect(verdicts(file(text, exportsOf('web-group')))).toEqual(['blocked']);
  });

  it('exports that nobody read are not looked at, and those that were denied are a gap', () => {
    const text = `Resources:\n${INSTANCE}  Q: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !ImportValue name}}\n`;
    const unread = file(text);
    expect(verdicts(unread)).toEqual(['launchable']);
    expect(unread.notLookedAt?.map(({ what }) => what)).toContain(
      'exports of stacks (whether the values that templates import are exported)',
    );
    const denied = file(text, {
      launchFacts: {
        exports: failed({ code: 'access-denied', message: 'ListExports: denied', hint: 'Allow it.' }),
      },
    });
    expect(verdicts(denied)).toEqual(['unknown']);
    expect(denied.gaps).toMatchObject([{ side: 'target', code: 'access-denied', blocking: true }]);
    expect(why(denied)).toEqual([
      'Q -> the exports that it imports -> whether eu-west-1 has it was not read',
    ]);
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, test } from 'vitest';
import { readTemplate } from '../../src/cloudformation/index.ts';
import { templateSchema } from '../../src/inventory/template.ts';
import { comesTo, HERE, refersTo, THERE } from './kit.ts';

const resource = (type: string, properties: object) =>
  JSON.stringify({ Resources: { R: { Type: type, Properties: properties } } });

describe('the places where resources refer to something', () => {
  test.each([
    [
      'AWS::EC2::Instance',
      {
        KeyName: 'k',
        ImageId: 'ami-1',
        SecurityGroupIds: ['sg-1'],
        SecurityGroups: ['web'],
        NetworkInterfaces: [{ GroupSet: ['sg-2'] }],
        LaunchTemplate: { LaunchTemplateName: 'lt', Version: '1' },
      },
      [
        'KeyName key-pair/name launches: k',
        'ImageId image/id launches: ami-1',
        'SecurityGroupIds.0 security-group/id launches: sg-1',
        'SecurityGroups.0 security-group/either launches: web',
        'NetworkInterfaces.0.GroupSet.0 security-group/id launches: sg-2',
        'LaunchTemplate.LaunchTemplateName launch-template/name launches: lt',
      ],
    ],
    [
      'AWS::EC2::LaunchTemplate',
      {
        LaunchTemplateData: {
          KeyName: 'k',
          ImageId: 'resolve:ssm:/a',
          SecurityGroupIds: ['sg-1'],
          SecurityGroups: ['web'],
          NetworkInterfaces: [{}, { Groups: ['sg-2'] }],
        },
      },
      [
        'LaunchTemplateData.KeyName key-pair/name launches: k',
        'LaunchTemplateData.ImageId image/id launches: ssm /a',
        'LaunchTemplateData.SecurityGroupIds.0 security-group/id launches: sg-1',
        'LaunchTemplateData.SecurityGroups.0 security-group/name launches: web',
        'LaunchTemplateData.NetworkInterfaces.1.Groups.0 security-group/id launches: sg-2',
      ],
    ],
    [
      'AWS::AutoScaling::LaunchConfiguration',
      { KeyName: 'k', ImageId: 'ami-1', SecurityGroups: ['sg-1'], ClassicLinkVPCSecurityGroups: ['sg-2'] },
      [
        'KeyName key-pair/name launches: k',
        'ImageId image/id launches: ami-1',
        'SecurityGroups.0 security-group/either launches: sg-1',
        'ClassicLinkVPCSecurityGroups.0 security-group/id launches: sg-2',
      ],
    ],
    [
      'AWS::AutoScaling::AutoScalingGroup',
      {
        LaunchTemplate: { LaunchTemplateId: 'lt-1' },
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateName: 'a' },
            Overrides: [{ ImageId: 'ami-1' }, { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-2' } }],
          },
        },
      },
      [
        'LaunchTemplate.LaunchTemplateId launch-template/id launches: lt-1',
        'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateName launch-template/name launches: a',
        'MixedInstancesPolicy.LaunchTemplate.Overrides.1.LaunchTemplateSpecification.LaunchTemplateId launch-template/id launches: lt-2',
        'MixedInstancesPolicy.LaunchTemplate.Overrides.0.ImageId image/id launches: ami-1',
      ],
    ],
    [
      'AWS::EC2::SpotFleet',
      {
        SpotFleetRequestConfigData: {
          LaunchSpecifications: [{ KeyName: 'k', ImageId: 'ami-1', SecurityGroups: [{ GroupId: 'sg-1' }] }],
        },
      },
      [
        'SpotFleetRequestConfigData.LaunchSpecifications.0.KeyName key-pair/name launches: k',
        'SpotFleetRequestConfigData.LaunchSpecifications.0.ImageId image/id launches: ami-1',
        'SpotFleetRequestConfigData.LaunchSpecifications.0.SecurityGroups.0.GroupId security-group/id launches: sg-1',
      ],
    ],
    [
      'AWS::EC2::EC2Fleet',
      {
        LaunchTemplateConfigs: [
          {
            LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1' },
            Overrides: [{ KeyName: 'k', NetworkInterfaces: [{ Groups: ['sg-1'] }] }],
          },
        ],
      },
      [
        'LaunchTemplateConfigs.0.LaunchTemplateSpecification.LaunchTemplateId launch-template/id launches: lt-1',
        'LaunchTemplateConfigs.0.Overrides.0.KeyName key-pair/name launches: k',
        'LaunchTemplateConfigs.0.Overrides.0.NetworkInterfaces.0.Groups.0 security-group/id launches: sg-1',
      ],
    ],
    [
      'AWS::EC2::SecurityGroup',
      {
        SecurityGroupIngress: [
          { SourceSecurityGroupId: 'sg-1' },
          { SourceSecurityGroupName: 'web' },
          { SourcePrefixListId: 'pl-1' },
          { CidrIp: '10.0.0.0/8' },
        ],
        SecurityGroupEgress: [{ DestinationSecurityGroupId: 'sg-2' }, { DestinationPrefixListId: 'pl-2' }],
      },
      [
        'SecurityGroupIngress.0.SourceSecurityGroupId security-group/id: sg-1',
        'SecurityGroupIngress.1.SourceSecurityGroupName security-group/name: web',
        'SecurityGroupIngress.2.SourcePrefixListId prefix-list/id: pl-1',
        'SecurityGroupEgress.0.DestinationSecurityGroupId security-group/id: sg-2',
        'SecurityGroupEgress.1.DestinationPrefixListId prefix-list/id: pl-2',
      ],
    ],
    [
      'AWS::EC2::SecurityGroupIngress',
      { GroupId: 'sg-1', SourcePrefixListId: 'pl-1' },
      ['GroupId security-group/id: sg-1', 'SourcePrefixListId prefix-list/id: pl-1'],
    ],
    ['AWS::EC2::NetworkInterface', { GroupSet: ['sg-1'] }, ['GroupSet.0 security-group/id: sg-1']],
    ['AWS::EC2::VPCEndpoint', { SecurityGroupIds: ['sg-1'] }, ['SecurityGroupIds.0 security-group/id: sg-1']],
    [
      'AWS::EKS::Nodegroup',
      { RemoteAccess: { Ec2SshKey: 'k' } },
      ['RemoteAccess.Ec2SshKey key-pair/name launches: k'],
    ],
    [
      'AWS::EMR::Cluster',
      { CustomAmiId: 'ami-1', Instances: { Ec2KeyName: 'k' } },
      ['CustomAmiId image/id launches: ami-1', 'Instances.Ec2KeyName key-pair/name launches: k'],
    ],
    [
      'AWS::Batch::ComputeEnvironment',
      { ComputeResources: { ImageId: 'ami-1', Ec2Configuration: [{ ImageIdOverride: 'ami-2' }] } },
      [
        'ComputeResources.ImageId image/id launches: ami-1',
        'ComputeResources.Ec2Configuration.0.ImageIdOverride image/id launches: ami-2',
      ],
    ],
    [
      'AWS::RDS::Anything',
      { Here: { There: ['sg-0123456789abcdef0', 'web', { Image: 'ami-12345678' }] } },
      ['Here.There.0 security-group/id: sg-0123456789abcdef0', 'Here.There.2.Image image/id: ami-12345678'],
    ],
  ])('%s', (type, properties, expected) => {
    expect(refersTo(resource(type, properties)).sort()).toEqual(expected.map((line) => `R ${line}`).sort());
  });

  test('a property that no table knows counts when what it comes to looks like an id, also through mappings and parameters', () => {
    const text = `
Parameters: {Sg: {Type: String, Default: sg-12345678}, Size: {Type: String, Default: t3.micro}}
Mappings: {M: {us-east-1: {ami: ami-12345678, size: t3.micro}}}
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      Parameters:
        Ami: !FindInMap [M, !Ref AWS::Region, ami]
        Size: !FindInMap [M, !Ref AWS::Region, size]
        Sg: !Ref Sg
        Type: !Ref Size
`;
    expect(refersTo(text, THERE)).toEqual([
      'Child Parameters.Ami image/id: no row M.eu-west-1.ami',
      'Child Parameters.Sg security-group/id: sg-12345678',
    ]);
  });

  test('a parameter whose type CloudFormation checks counts even when nothing uses it, and once', () => {
    const text = `
Parameters:
  Used: {Type: AWS::EC2::KeyPair::KeyName, Default: ops}
  Key: {Type: AWS::EC2::KeyPair::KeyName, Default: old}
  Sgs: {Type: 'List<AWS::EC2::SecurityGroup::Id>', Default: 'sg-1,sg-2'}
  Name: {Type: 'AWS::EC2::SecurityGroup::GroupName'}
  Ami: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /ami}
Resources:
  R: {Type: AWS::EC2::Instance, Properties: {KeyName: !Ref Used}}
`;
    expect(refersTo(text)).toEqual([
      'R KeyName key-pair/name launches: ops',
      'Key Default key-pair/name: old',
      'Sgs Default security-group/id: sg-1 | sg-2',
      'Name Default security-group/name: unknown the parameter "Name", which has no default',
      'Ami Default image/id: ssm /ami',
    ]);
  });
});

describe('what stands around a value', () => {
  const text = `
Parameters: {Env: {Type: String}}
Conditions:
  East: !Equals [!Ref AWS::Region, us-east-1]
  Open: !Equals [!Ref Env, prod]
Resources:
  Cond:
    Type: AWS::EC2::Instance
    Condition: East
    Properties: {KeyName: ops}
  Whole:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData: !If
        - Open
        - KeyName: a
        - Fn::If: [East, {KeyName: b}, !Ref AWS::NoValue]
  Items:
    Type: AWS::EC2::NetworkInterface
    Properties:
      GroupSet:
        Fn::If: [East, [sg-1, sg-2], !Ref AWS::NoValue]
`;
  test('a resource that is not created refers to nothing', () => {
    expect(refersTo(text)[0]).toBe('Cond KeyName key-pair/name launches: ops');
    expect(refersTo(text, THERE)[0]).toBe('Cond KeyName key-pair/name launches: nothing');
  });

  test('each branch of a Fn::If around several properties is followed, under its answer', () => {
    expect(refersTo(text).slice(1, 3)).toEqual([
      'Whole LaunchTemplateData.KeyName key-pair/name launches: ?Open a | !Open nothing',
      'Whole LaunchTemplateData.KeyName key-pair/name launches: ?Open nothing | !Open b',
    ]);
    expect(refersTo(text, THERE)[2]).toMatch(/\?Open nothing \| !Open nothing$/);
  });

  test('a Fn::If that gives a list gives its items', () => {
    expect(refersTo(text).slice(3)).toEqual([
      'Items GroupSet.0 security-group/id: sg-1',
      'Items GroupSet.1 security-group/id: sg-2',
    ]);
  });

  test('what a transform would bring in is said to be unknown, not taken for absent', () => {
    const included = resource('AWS::EC2::NetworkInterface', {
      SubnetId: 'x',
      'Fn::Transform': { Name: 'AWS::Include' },
    });
    expect(refersTo(included)).toEqual(['R GroupSet.* security-group/id: unknown Fn::Transform']);
    const macro = resource('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { 'Fn::Transform': { Name: 'M' } },
    });
    expect(refersTo(macro)).toContain(
      'R LaunchTemplateData.ImageId image/id launches: unknown Fn::Transform "M"',
    );
  });

  test('a group of another account is not looked for in this one', () => {
    const rules = (owner: unknown) =>
      resource('AWS::EC2::SecurityGroup', {
        SecurityGroupIngress: [{ SourceSecurityGroupId: 'sg-1', SourceSecurityGroupOwnerId: owner }],
      });
    const at = 'R SecurityGroupIngress.0.SourceSecurityGroupId security-group/id';
    expect(refersTo(rules('999988887777'))).toEqual([`${at}: unknown a group of another account`]);
    expect(
      refersTo(rules({ 'Fn::GetAtt': ['Balancer', 'SourceSecurityGroup.OwnerAlias'] })).join(),
    ).not.toContain('another account');
    expect(refersTo(rules({ Ref: 'AWS::AccountId' }))).toEqual([`${at}: sg-1`]);
  });

  test('of a Fn::ForEach over what is not known the body counts, and what its variable decides is unknown', () => {
    const looped = `
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Nodes:
    - N
    - !Ref Unknown
    - 'Node\${N}':
        Type: AWS::EC2::Instance
        Properties: {KeyName: ops, ImageId: !Ref N, SecurityGroupIds: [!Sub 'sg-\${N}']}
`;
    const name = 'Node${N}';
    const unknown = 'unknown the variable "N" of Fn::ForEach';
    expect(refersTo(looped)).toEqual([
      `${name} KeyName key-pair/name launches: ops`,
      `${name} ImageId image/id launches: ${unknown}`,
      `${name} SecurityGroupIds.0 security-group/id launches: ${unknown}`,
    ]);
  });
});

describe('where it is written', () => {
  const yaml = `Parameters:
  Key:
    Type: String
    Default: ops
Mappings:
  M:
    us-east-1:
      ami: ami-1
Resources:
  R:
    Type: AWS::EC2::Instance
    Properties:
      KeyName: !Ref Key
      ImageId:
        Fn::FindInMap: [M, !Ref AWS::Region, ami]
`;
  test('a reference, a mapping row and a parameter have their lines, in YAML and in JSON', () => {
    const template = readTemplate(yaml);
    expect(template.references.map((r) => [r.path, r.line])).toEqual([
      ['Properties.KeyName', 13],
      ['Properties.ImageId', 15],
    ]);
    expect(template.mappings[0]?.line).toBe(8);
    expect(template.parameters[0]?.line).toBe(4);
    const json =
      '{\n\t"Resources": {\n\t\t"R": {"Type": "AWS::EC2::Instance",\n\t\t"Properties": {\n"ImageId": "ami-1"}}}}';
    expect(readTemplate(json).references[0]?.line).toBe(5);
  });

  test('an outcome names the line that it comes from', async () => {
    const { evaluate } = await import('../../src/cloudformation/index.ts');
    const template = readTemplate(yaml);
    const lines = template.references.map((r) =>
      evaluate(r.value, template, HERE).map((o) => [o.line, o.via]),
    );
    expect(lines).toEqual([
      [[4, [{ is: 'parameter', name: 'Key', from: 'default' }]]],
      [
        [
          8,
          [
            { is: 'pseudo', name: 'AWS::Region' },
            { is: 'mapping', map: 'M', first: 'us-east-1', second: 'ami' },
          ],
        ],
      ],
    ]);
  });
});

describe('a template of a stack', () => {
  const text = `
Parameters:
  Key: {Type: String, Default: old}
  Latest: {Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /old}
  Secret: {Type: String, NoEcho: true, Default: open}
Resources:
  R: {Type: AWS::EC2::Instance, Properties: {KeyName: !Ref Key, ImageId: !Ref Latest, SecurityGroupIds: [!Ref Secret]}}
`;
  test("has the stack's own values before the defaults, and never the default of one that is masked", () => {
    const plain = { resolved: null, masked: false };
    const template = readTemplate(text, [
      { ...plain, name: 'Key', value: 'new' },
      { ...plain, name: 'Latest', value: '/new', resolved: 'ami-1' },
      { name: 'Secret', value: null, resolved: null, masked: true },
    ]);
    expect(template.references.flatMap((r) => comesTo(r, template, HERE))).toEqual([
      'new',
      'ssm /new',
      'unknown the parameter "Secret", whose value is not shown (NoEcho)',
    ]);
  });
});

test('only the mappings and conditions that a reference goes through are kept, and the result is what a snapshot may hold', () => {
  const template = readTemplate(`
Mappings:
  M: {us-east-1: {ami: ami-1, size: big}, eu-west-1: {size: small}}
  Other: {a: {b: c}}
Conditions:
  Used: !And [!Condition Deeper, !Equals [a, a]]
  Deeper: !Equals [!FindInMap [Other, a, b], c]
  Unused: !Equals [1, 2]
Resources:
  R:
    Type: AWS::EC2::Instance
    Properties: {ImageId: !If [Used, !FindInMap [M, !Ref AWS::Region, ami], ami-2]}
`);
  expect(template.mappings.map((row) => [row.map, row.first, row.second])).toEqual([
    ['M', 'us-east-1', 'ami'],
    ['Other', 'a', 'b'],
  ]);
  expect(template.conditions.map(({ name }) => name)).toEqual(['Used', 'Deeper']);
  expect(templateSchema.parse(template)).toEqual(template);
});

describe('a part of what an SSM parameter holds', () => {
  const key = (value: string, more = '') =>
    refersTo(
      `${more}Resources:
  Server: {Type: AWS::EC2::Instance, Properties: {KeyName: ${value}}}
`,
      { ...HERE, parameter: (name) => (name === '/keys' ? 'one,two' : name === '/key' ? 'one' : null) },
    ).map((r) => r.split('launches: ')[1]);
  const LIST =
    "Parameters: {Keys: {Type: 'AWS::SSM::Parameter::Value<CommaDelimitedList>', Default: /keys}}\n";

  test.each([
    ["!Select [1, !Split [',', '{{resolve:ssm:/keys}}']]", '', 'two'],
    ['!Select [1, !Ref Keys]', LIST, 'two'],
    ["!Join ['-', [web, '{{resolve:ssm:/key}}']]", '', 'web-one'],
    ["!Sub 'web-{{resolve:ssm:/key}}'", '', 'web-one'],
    ["'{{resolve:ssm:/key}}'", '', 'ssm /key'],
    ["!Sub 'web-{{resolve:ssm:/other}}'", '', 'unknown text that is made from an SSM parameter'],
    ["!Select [1, !Split [',', '{{resolve:ssm:/other}}']]", '', 'unknown a part of an SSM parameter'],
  ])('%s', (value, more, expected) => {
    expect(key(value, more)).toEqual([expected]);
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import type { Stack } from '../../../src/inventory/stack.ts';
import type { Report } from '../../../src/report/model.ts';
import { IMAGE_YAML, LATEST_YAML } from '../../cloudformation/completed.ts';
import { audit, finding, found, snapshotOf, VPC } from '../../kit/estate.ts';
import { audited, plan, verdicts } from '../../terraform/kit.ts';

const file = (text: string): Report =>
  compare({
    source: snapshotOf('us-east-1', { vpcs: [VPC] }),
    target: snapshotOf('eu-west-1', { vpcs: [VPC] }),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [{ file: 'web.yaml', template: readTemplate(text) }],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const text = (properties: string, head = '', type = 'SecurityGroup') => `${head}Resources:
  Web: {Type: AWS::EC2::Instance, Properties: {${IMAGE_YAML}}}
${LATEST_YAML}  Made: {Type: 'AWS::EC2::${type}', Properties: {${properties}}}
`;
const OPEN = "Parameters: {Name: {Type: String}}\nConditions: {IsNamed: !Equals [!Ref Name, 'yes']}\n";

describe('a name that EC2 refuses', () => {
  it.each([
    ['written out', 'GroupName: sg-web', ''],
    ['by a mapping', 'GroupName: !FindInMap [M, g, n]', 'Mappings: {M: {g: {n: sg-web}}}\n'],
    ['by a parameter', 'GroupName: !Ref Name', 'Parameters: {Name: {Type: String, Default: sg-web}}\n'],
  ])('stops the stack: %s', (_, name, head) => {
    const report = file(text(`GroupDescription: web, ${name}`, head));
    expect(report.workloads.map((w) => w.verdict)).toEqual(['blocked']);
    expect(finding(report, 'workload/refused')).toMatchObject({
      severity: 'critical',
      facts: { because: 'name-refused', at: 'Made Properties.GroupName' },
      message: expect.stringContaining(
        'creates security group "sg-web", whose name cannot begin with "sg-": AWS refuses such a name in every region',
      ),
    });
  });

  it('is said in place of that the name is taken', () => {
    expect(found(file(text('GroupDescription: web, GroupName: default')))).toEqual([
      'workload/refused critical',
    ]);
  });

  it('leaves the stack unknown where a condition that nothing decides gives it', () => {
    const report = file(text('GroupDescription: web, GroupName: !If [IsNamed, sg-web, web]', OPEN));
    expect(report.workloads.map((w) => w.verdict)).toEqual(['unknown']);
  });

  it('is not the one that a deployed stack has', () => {
    const stack: Stack = {
      id: 'arn:web',
      name: 'web',
      status: 'CREATE_COMPLETE',
      template: readTemplate(text('GroupDescription: web, GroupName: sg-web')),
      tags: {},
    };
    expect(found(audit({ vpcs: [VPC], stacks: [stack] }, { vpcs: [VPC] }))).toEqual([]);
  });

  it('stops a plan too', () => {
    const values = { name: 'sg-web' };
    const group = { type: 'aws_security_group', values, written: values, actions: ['create'] };
    const launch = { ami: 'ami-0bbbbbbbbbbbbbbbb' };
    const web = { type: 'aws_instance', name: 'web', values: launch, written: launch };
    const report = audited(plan({ resources: [group, web] }), {
      images: [{ ImageId: 'ami-0bbbbbbbbbbbbbbbb', Name: 'web', State: 'available' }],
    });
    expect(finding(report, 'workload/refused').facts).toMatchObject({ because: 'name-refused' });
    expect(verdicts(report)).toEqual(['blocked']);
  });
});

it('the name of the stack of a file is given when it is deployed', () => {
  expect(found(file(text('GroupDescription: web, GroupName: !Sub "${AWS::StackName}"')))).toEqual([]);
  const keyed = (name: string) =>
    file(
      `Resources:\n  Web: {Type: AWS::EC2::Instance, Properties: {${IMAGE_YAML}, KeyName: !Sub '${name}'}}\n${LATEST_YAML}`,
    );
  expect(keyed('${AWS::StackName}-key').workloads.map((w) => w.verdict)).toEqual(['unknown']);
});

describe('a description that EC2 refuses', () => {
  it.each([
    ['of a group', 'GroupDescription: "admin\'s hosts"', 'SecurityGroup', 'GroupDescription'],
    [
      'of a rule',
      'GroupDescription: web, SecurityGroupIngress: [{IpProtocol: "-1", CidrIp: 10.0.0.0/8, Description: "a<b"}]',
      'SecurityGroup',
      'SecurityGroupIngress.0.Description',
    ],
    [
      'of a rule by itself',
      'GroupId: !GetAtt Latest.Group, IpProtocol: "-1", CidrIp: 10.0.0.0/8, Description: "é"',
      'SecurityGroupEgress',
      'Description',
    ],
  ])('stops the stack: %s', (_, properties, type, path) => {
    const report = file(text(properties, '', type));
    expect(report.workloads.map((w) => w.verdict)).toEqual(['blocked']);
    expect(finding(report, 'workload/refused').facts).toMatchObject({
      because: 'refused-text',
      at: `Made Properties.${path}`,
    });
  });

  it('is not one of which only the value in the region is known', () => {
    expect(found(file(text('GroupDescription: !Sub "hosts of ${AWS::Region}"')))).toEqual([]);
  });
});

describe('an id that is no id of an image', () => {
  it.each(['ami-xyz', 'ami-123', 'web', 'AMI-0bbbbbbbbbbbbbbbb'])('%s stops the launch', (id) => {
    const report = file(`Resources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: ${id}}}}\n`);
    expect(report.workloads.map((w) => w.verdict)).toEqual(['blocked']);
    expect(report.workloads[0]?.chains?.[0]?.steps).toEqual([
      'Web',
      `image ${id}`,
      'is not the id of an image',
    ]);
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import type { AwsRouteTable, AwsSubnet } from '../../../src/inventory/launch-facts/network.ts';
import { readTerraform } from '../../../src/terraform/index.ts';
import { snapshotOf } from '../../kit/estate.ts';
import { idOf, type Offer, SOURCE, side, subnet, TARGET } from './kit.ts';

const STANDARD = 'L-1216C47A';
const regions = (kind: string): Record<string, string> => ({
  [SOURCE]: idOf(kind, SOURCE),
  [TARGET]: idOf(kind, TARGET),
});
const Mappings = {
  Of: Object.fromEntries(
    [SOURCE, TARGET].map((r) => [
      r,
      { subnet: regions('subnet')[r], group: regions('sg')[r], image: regions('ami')[r] },
    ]),
  ),
};
const Parameters = { N: { Type: 'Number' }, X: { Type: 'String' } };
const here = (what: string) => ({ 'Fn::FindInMap': ['Of', { Ref: 'AWS::Region' }, what] });
const encoded = (of: unknown) => ({ 'Fn::Base64': of });

function judged(Resources: object, offer: Offer = {}, source: Offer = {}) {
  const of = (r: string, own: Offer) =>
    snapshotOf(r, { ...side(r, { made: false, offer: own }), autoScalingGroups: [] });
  const report = compare({
    source: of(SOURCE, source),
    target: of(TARGET, offer),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [
      { file: 'web.json', template: readTemplate(JSON.stringify({ Parameters, Mappings, Resources })) },
    ],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
  const own = report.findings.filter((f) => f.rule.startsWith('workload/'));
  return {
    rules: own.map((f) => `${f.severity} ${f.rule}`),
    messages: own.map((f) => f.message),
    facts: own.map((f) => f.facts),
    verdict: report.workloads[0]?.verdict,
    quota: report.workloads[0]?.lookedAt?.quota.state,
  };
}

const instance = (more: object = {}) => ({
  R: {
    Type: 'AWS::EC2::Instance',
    Properties: {
      InstanceType: 'm5.large',
      ImageId: here('image'),
      SubnetId: here('subnet'),
      SecurityGroupIds: [here('group')],
      ...more,
    },
  },
});
const template = (data: object = {}) => ({
  T: {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: { LaunchTemplateData: { InstanceType: 'm5.large', ImageId: here('image'), ...data } },
  },
});
const group = (more: object = {}) => ({
  G: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      MinSize: '0',
      MaxSize: '9',
      VPCZoneIdentifier: [here('subnet')],
      LaunchTemplate: { LaunchTemplateId: { Ref: 'T' }, Version: '1' },
      ...more,
    },
  },
});

describe('what a template starts', () => {
  it('launches where the target takes all of it', () => {
    expect(judged(instance())).toMatchObject({ rules: [], verdict: 'launchable', quota: 'fine' });
  });

  it.each([
    ['its desired capacity', { DesiredCapacity: '4', MinSize: '1' }, 7, true],
    ['its desired capacity', { DesiredCapacity: '4', MinSize: '1' }, 8, false],
    ['its least capacity, where none is desired', { MinSize: '4' }, 7, true],
    ['one instance, where its capacity is a parameter', { DesiredCapacity: { Ref: 'N' } }, 2, false],
  ])('is counted by %s: %j and a quota of %i', (_, more, value, over) => {
    const { rules, verdict } = judged({ ...template(), ...group(more) }, { quotas: { [STANDARD]: value } });
    expect(rules).toEqual(over ? ['high workload/over-quota'] : []);
    expect(verdict).toBe(over ? 'blocked' : 'launchable');
  });

  it('is blocked where its subnet has no free address', () => {
    const full = { subnets: [subnet(TARGET, 1, { AvailableIpAddressCount: 0 }), subnet(TARGET, 2)] };
    expect(judged(instance(), full)).toMatchObject({
      rules: ['high workload/no-subnet'],
      verdict: 'blocked',
    });
    const few = { subnets: [subnet(TARGET, 1, { AvailableIpAddressCount: 3 })] };
    const four = { ...template(), ...group({ DesiredCapacity: '4' }) };
    expect(judged(four, few)).toMatchObject({ rules: ['high workload/no-subnet'], verdict: 'degraded' });
    expect(judged({ ...template(), ...group({ DesiredCapacity: '3' }) }, few).rules).toEqual([]);
  });

  it('is degraded where a zone of its group has too few addresses for its part', () => {
    const subnets = [
      subnet(TARGET, 1, { AvailableIpAddressCount: 1 }),
      subnet(TARGET, 2, { AvailableIpAddressCount: 50, AvailabilityZone: 'eu-west-1b' }),
    ];
    const VPCZoneIdentifier = subnets.map(({ SubnetId }) => SubnetId);
    const of = (DesiredCapacity: string) =>
      judged({ ...template(), ...group({ DesiredCapacity, VPCZoneIdentifier }) }, { subnets });
    expect(of('4')).toMatchObject({
      rules: ['high workload/no-subnet'],
      facts: [{ because: 'full', free: 1, wanted: 2 }],
      verdict: 'degraded',
    });
    expect(of('3')).toMatchObject({ rules: [], verdict: 'launchable' });
  });
});

describe('user data of a template', () => {
  const of = (UserData: unknown) => judged(instance({ UserData }));
  it.each([
    ['written out', encoded('#!/bin/sh\naws s3 cp s3://boot --region us-east-1')],
    [
      'with a substitution',
      encoded({ 'Fn::Sub': 'curl https://sqs.us-east-1.amazonaws.com/${AWS::AccountId}' }),
    ],
    ['joined from parts', encoded({ 'Fn::Join': ['', ['arn:aws:sqs:', 'us-east-1', ':', { Ref: 'X' }]] })],
    ['in base64', Buffer.from('export AWS_REGION=us-east-1').toString('base64')],
  ])('that names the source region is reported: %s', (_, data) => {
    const { rules, verdict, messages } = of(data);
    expect([rules, verdict]).toEqual([['medium workload/user-data-names-source'], 'launchable']);
    expect(messages[0]).toContain('us-east-1');
  });
  it.each([
    ['takes the region from the stack', encoded({ 'Fn::Sub': 'https://sqs.${AWS::Region}.amazonaws.com' })],
    ['names the target region', encoded('export AWS_REGION=eu-west-1')],
    ['is a parameter', { Ref: 'X' }],
  ])('that %s is not', (_, data) => expect(of(data).rules).toEqual([]));
  it('never has its text in the template that is kept', () => {
    const kept = readTemplate(
      JSON.stringify({ Resources: instance({ UserData: encoded('password=hunter2 us-east-1') }) }),
    );
    expect(JSON.stringify(kept)).toContain('us-east-1');
    expect(JSON.stringify(kept)).not.toContain('hunter2');
  });
  it('of a Terraform plan is reported too', () => {
    const values = { instance_type: 'm5.large', user_data: 'export AWS_REGION=us-east-1' };
    const resource = {
      address: 'aws_instance.web',
      mode: 'managed',
      type: 'aws_instance',
      name: 'web',
      values,
    };
    const plan = {
      format_version: '1.2',
      terraform_version: '1.9.0',
      planned_values: { root_module: { resources: [resource] } },
    };
    const [first] = readTerraform(plan as never).map(({ template: one }) => one.launches);
    expect(first).toMatchObject([{ userData: { regions: ['us-east-1'] } }]);
  });
});

describe('the network of what a template starts', () => {
  const routes = (r: string, more: object[] = []): AwsRouteTable[] => [
    {
      RouteTableId: `rtb-${r}`,
      VpcId: idOf('vpc', r),
      Associations: [{ Main: true }],
      Routes: [{ DestinationCidrBlock: '10.0.0.0/8', GatewayId: 'local' }, ...more],
    },
  ];
  const internet = (r: string) => ({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: `igw-${r}` });
  const network = (r: string, reaches: boolean): Offer => ({
    subnets: [1, 2].map((n): AwsSubnet => subnet(r, n, { MapPublicIpOnLaunch: true })),
    routeTables: routes(r, reaches ? [internet(r)] : []),
    internetGateways: [{ InternetGatewayId: `igw-${r}`, Attachments: [{ VpcId: idOf('vpc', r) }] }],
    natGateways: [],
    networkAcls: [],
  });
  const open = (Resources: object, reaches: boolean) => {
    const of = (r: string, own: Offer) => {
      const estate = side(r, { made: false, offer: own });
      const permits = [
        { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      ];
      return snapshotOf(r, {
        ...estate,
        securityGroups: (estate.securityGroups ?? []).map((g) => ({ ...g, IpPermissions: permits })),
      });
    };
    return compare({
      source: of(SOURCE, network(SOURCE, true)),
      target: of(TARGET, network(TARGET, reaches)),
      config: {},
      phase: 'readiness',
      scopes: ['workloads'],
      templates: [
        { file: 'web.json', template: readTemplate(JSON.stringify({ Parameters, Mappings, Resources })) },
      ],
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      tool: { name: 'ec2-parity', version: '0.0.0' },
    });
  };
  const joined = { ...template({ SecurityGroupIds: [here('group')] }), ...group() };
  it.each([
    ['an instance', instance()],
    ['a group and its launch template', joined],
  ])('that no longer carries what its groups admit degrades it: %s', (_, resources) => {
    const found = open(resources, false);
    expect(found.findings.map((f) => f.rule)).toEqual(['workload/unreachable']);
    expect(found.workloads.map((w) => w.verdict)).toEqual(['degraded']);
    expect(open(resources, true).findings).toEqual([]);
  });
});

import { describe, expect, it, test } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import { complete } from '../../../src/inventory/collected.ts';
import { offeringsFrom } from '../../../src/inventory/launch-facts/compute.ts';
import { instanceTypeFrom } from '../../../src/inventory/launch-facts/instance-type.ts';
import { subnetFrom } from '../../../src/inventory/launch-facts/network.ts';
import type { Report } from '../../../src/report/model.ts';
import { type Estate, found, group, snapshotOf, VPC } from '../../kit/estate.ts';

const OTHER = { ...VPC, VpcId: 'vpc-0cccccccccccccccc', IsDefault: false };
const IMAGE = 'ami-0bbbbbbbbbbbbbbbb';
const subnet = (SubnetId: string, zone: string, VpcId: string | undefined, DefaultForAz = true) =>
  subnetFrom({ SubnetId, VpcId, AvailabilityZone: zone, CidrBlock: '10.0.0.0/24', DefaultForAz });
const TYPES = [
  ['m5.large', 'x86_64'],
  ['m5.xlarge', 'x86_64'],
  ['t4g.small', 'arm64'],
] as const;
const target: Estate = {
  vpcs: [VPC, OTHER],
  images: [{ ImageId: IMAGE, Name: 'golden', State: 'available', Architecture: 'x86_64' }],
  securityGroups: [
    group('web', [], { GroupId: 'sg-0bbbbbbbbbbbbbbbb' }),
    group('app', [], { GroupId: 'sg-0cccccccccccccccc', VpcId: OTHER.VpcId }),
  ],
  launchFacts: {
    subnets: complete([
      subnet('subnet-0bbbbbbbbbbbbbbbb', 'eu-west-1a', VPC.VpcId),
      subnet('subnet-0cccccccccccccccc', 'eu-west-1a', OTHER.VpcId, false),
    ]),
    instanceTypeOfferings: complete(
      offeringsFrom(
        TYPES.map(([InstanceType]) => ({
          InstanceType,
          LocationType: 'availability-zone',
          Location: 'eu-west-1a',
        })),
      ),
    ),
    instanceTypes: complete(
      TYPES.map(([InstanceType, one]) =>
        instanceTypeFrom({ InstanceType, ProcessorInfo: { SupportedArchitectures: [one] } }),
      ),
    ),
    groupVpcs: complete([]),
    metadataDefaults: complete([]),
  },
};

const file = (resources: object, there: Estate = target, here: Estate = { vpcs: [VPC] }): Report =>
  compare({
    source: snapshotOf('us-east-1', here),
    target: snapshotOf('eu-west-1', there),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [{ file: 'web.json', template: readTemplate(JSON.stringify({ Resources: resources })) }],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const verdict = (report: Report) => report.workloads.map((w) => w.verdict).join();
const why = (report: Report) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));

const template = (LaunchTemplateData: object) => ({
  Type: 'AWS::EC2::LaunchTemplate',
  Properties: { LaunchTemplateData },
});
const FROM = {
  LaunchTemplateId: { Ref: 'Base' },
  Version: { 'Fn::GetAtt': ['Base', 'LatestVersionNumber'] },
};
const scaling = (more: object) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { MinSize: '1', MaxSize: '1', ...more },
});
const mixed = (...types: string[]) =>
  scaling({
    VPCZoneIdentifier: ['subnet-0bbbbbbbbbbbbbbbb'],
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: FROM,
        Overrides: types.map((InstanceType) => ({ InstanceType })),
      },
    },
  });

describe('what a launch takes from a launch template of the same template', () => {
  test.each<[string, object]>([
    ['an override of a group', mixed('t4g.small')],
    [
      'an instance',
      { Type: 'AWS::EC2::Instance', Properties: { InstanceType: 't4g.small', LaunchTemplate: FROM } },
    ],
    [
      'an override of a fleet',
      {
        Type: 'AWS::EC2::EC2Fleet',
        Properties: {
          LaunchTemplateConfigs: [
            { LaunchTemplateSpecification: FROM, Overrides: [{ InstanceType: 't4g.small' }] },
          ],
        },
      },
    ],
  ])('%s has a type that the image does not run on', (_, Web) => {
    const report = file({ Base: template({ ImageId: IMAGE }), Web });
    expect(verdict(report)).toBe('blocked');
    expect(found(report)).toContain('workload/type-unfit-for-image critical');
  });

  it('is degraded where another type of the list runs the image, and launchable where all do', () => {
    const Base = template({ ImageId: IMAGE });
    expect(verdict(file({ Base, Web: mixed('t4g.small', 'm5.large') }))).toBe('degraded');
    expect(verdict(file({ Base, Web: mixed('m5.xlarge', 'm5.large') }))).toBe('launchable');
  });

  it('counts only as far as the launch does not write it itself', () => {
    const Base = template({ ImageId: IMAGE, InstanceType: 'm5.large' });
    const Web = {
      Type: 'AWS::EC2::Instance',
      Properties: { InstanceType: 'm5.xlarge', LaunchTemplate: FROM },
    };
    expect(verdict(file({ Base, Web }))).toBe('launchable');
  });

  it('has groups of another VPC than the subnets of the group', () => {
    const Base = template({
      ImageId: IMAGE,
      InstanceType: 'm5.large',
      SecurityGroupIds: ['sg-0cccccccccccccccc'],
    });
    const in_ = (id: string) => scaling({ VPCZoneIdentifier: [id], LaunchTemplate: FROM });
    expect(verdict(file({ Base, Web: in_('subnet-0bbbbbbbbbbbbbbbb') }))).toBe('blocked');
    expect(verdict(file({ Base, Web: in_('subnet-0cccccccccccccccc') }))).toBe('launchable');
  });
});

describe('a launch that names no subnet', () => {
  const plain = (more: object = {}) => ({
    Web: { Type: 'AWS::EC2::Instance', Properties: { ImageId: IMAGE, InstanceType: 'm5.large', ...more } },
  });
  const without = (estate: Estate): Estate => ({ ...estate, vpcs: [OTHER] });

  it('starts in the default VPC, where its groups have to be', () => {
    expect(verdict(file(plain({ SecurityGroupIds: ['sg-0bbbbbbbbbbbbbbbb'] })))).toBe('launchable');
    const other = file(plain({ SecurityGroupIds: ['sg-0cccccccccccccccc'] }));
    expect(verdict(other)).toBe('blocked');
    expect(found(other)).toContain('workload/no-subnet critical');
  });

  it('is blocked where the target has no default VPC', () => {
    const report = file(plain(), without(target));
    expect(verdict(report)).toBe('blocked');
    expect(why(report)).toEqual([
      'Web -> its subnet -> eu-west-1 has no default VPC, and no subnet is named',
    ]);
    const zones = { AvailabilityZones: { 'Fn::GetAZs': '' }, LaunchTemplate: FROM };
    const scaled = { Base: template({ ImageId: IMAGE, InstanceType: 'm5.large' }), Web: scaling(zones) };
    expect(verdict(file(scaled, without(target)))).toBe('blocked');
  });

  it('is not looked at further where neither side was read with a default VPC', () => {
    const report = file(plain(), without(target), { vpcs: [OTHER] });
    expect(verdict(report)).toBe('launchable');
    expect(report.notLookedAt.map(({ what }) => what).join()).toContain('subnets of launches that name none');
  });

  it('needs a default subnet in its own zone', () => {
    expect(verdict(file(plain({ AvailabilityZone: 'eu-west-1a' })))).toBe('launchable');
    expect(verdict(file(plain({ AvailabilityZone: 'eu-west-1b' })))).toBe('blocked');
  });

  it.each([
    ['a subnet of the template', { SubnetId: { Ref: 'Net' } }],
    ['a network interface of the template', { NetworkInterfaces: [{ NetworkInterfaceId: { Ref: 'Net' } }] }],
  ])('has one where it names %s', (_, more) => {
    const Net = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24' } };
    expect(verdict(file({ ...plain(more), Net, Vpc: { Type: 'AWS::EC2::VPC' } }, without(target)))).toBe(
      'launchable',
    );
  });

  it('has the one of its launch template', () => {
    const Base = template({
      ImageId: IMAGE,
      InstanceType: 'm5.large',
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: 'subnet-0cccccccccccccccc' }],
    });
    const Web = { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: FROM } };
    expect(verdict(file({ Base, Web }, without(target)))).toBe('launchable');
  });
});

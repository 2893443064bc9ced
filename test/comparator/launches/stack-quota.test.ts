import { describe, expect, test } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import { complete } from '../../../src/inventory/collected.ts';
import { quotaFrom } from '../../../src/inventory/launch-facts/account.ts';
import { offeringsFrom } from '../../../src/inventory/launch-facts/compute.ts';
import { instanceTypeFrom } from '../../../src/inventory/launch-facts/instance-type.ts';
import { subnetFrom } from '../../../src/inventory/launch-facts/network.ts';
import { LATEST, LATEST_IMAGE } from '../../cloudformation/completed.ts';
import { found, snapshotOf, VPC } from '../../kit/estate.ts';

const SUBNET = 'subnet-0bbbbbbbbbbbbbbbb';
const TYPES = ['m5.large', 'm5.xlarge', 'g5.xlarge'];
const target = (value: number) =>
  snapshotOf('eu-west-1', {
    vpcs: [VPC],
    launchFacts: {
      subnets: complete([
        subnetFrom({
          SubnetId: SUBNET,
          VpcId: VPC.VpcId,
          AvailabilityZone: 'eu-west-1a',
          CidrBlock: '10.0.0.0/24',
        }),
      ]),
      instanceTypeOfferings: complete(
        offeringsFrom(
          TYPES.map((InstanceType) => ({
            InstanceType,
            LocationType: 'availability-zone',
            Location: 'eu-west-1a',
          })),
        ),
      ),
      instanceTypes: complete(
        TYPES.map((InstanceType) =>
          instanceTypeFrom({
            InstanceType,
            VCpuInfo: { DefaultVCpus: InstanceType.endsWith('.large') ? 2 : 4 },
          }),
        ),
      ),
      quotas: complete([
        quotaFrom({ QuotaCode: 'L-1216C47A', Value: value }),
        quotaFrom({ QuotaCode: 'L-DB2E81BA', Value: value }),
      ]),
      groupVpcs: complete([]),
      metadataDefaults: complete([]),
    },
  });

function judged(Resources: object, value: number, more: object = {}) {
  const report = compare({
    source: snapshotOf('us-east-1', { vpcs: [VPC] }),
    target: target(value),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [
      {
        file: 'web.json',
        template: readTemplate(JSON.stringify({ Resources: { ...Resources, ...LATEST }, ...more })),
      },
    ],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
  const messages = report.findings.map((f) => f.message);
  return { verdict: report.workloads.map((w) => w.verdict).join(), rules: found(report), messages };
}
const instance = (InstanceType: string, more: object = {}) => ({
  Type: 'AWS::EC2::Instance',
  Properties: { InstanceType, ImageId: LATEST_IMAGE, SubnetId: SUBNET },
  ...more,
});
const TEMPLATE = {
  Type: 'AWS::EC2::LaunchTemplate',
  Properties: { LaunchTemplateData: { InstanceType: 'm5.large', ImageId: LATEST_IMAGE } },
};
const group = (MinSize: string) => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: {
    MinSize,
    MaxSize: '9',
    VPCZoneIdentifier: [SUBNET],
    LaunchTemplate: { LaunchTemplateId: { Ref: 'L' }, Version: '1' },
  },
});

describe('the vCPU quotas for all that a template starts', () => {
  test.each<[string, object, number, string]>([
    ['fits', { A: instance('m5.large'), B: instance('m5.large') }, 4, 'launchable'],
    [
      'two instances that fit one by one',
      { A: instance('m5.large'), B: instance('m5.xlarge') },
      5,
      'blocked',
    ],
    [
      'instances of different quotas',
      { A: instance('m5.xlarge'), B: instance('g5.xlarge') },
      4,
      'launchable',
    ],
    ['a group beside an instance', { L: TEMPLATE, G: group('2'), A: instance('m5.large') }, 5, 'degraded'],
    [
      'a launch template, which starts nothing by itself',
      { L: TEMPLATE, A: instance('m5.large') },
      3,
      'launchable',
    ],
  ])('%s', (_, resources, value, verdict) => {
    const { verdict: is, rules } = judged(resources, value);
    expect(is).toBe(verdict);
    expect(rules).toEqual(verdict === 'launchable' ? [] : ['workload/over-quota high']);
  });

  test('are named with the sum', () => {
    expect(judged({ A: instance('m5.large'), B: instance('m5.xlarge') }, 5).messages).toEqual([
      '"web.json" wants at least 6 vCPUs in eu-west-1; the quota of eu-west-1 is 5 (L-1216C47A, Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances). The instances that start last are refused.',
    ]);
  });

  test('do not count what only may be started', () => {
    const parameters = {
      Parameters: { Two: { Type: 'String' } },
      Conditions: { Both: { 'Fn::Equals': [{ Ref: 'Two' }, 'yes'] } },
    };
    const resources = { A: instance('m5.large'), B: instance('m5.xlarge', { Condition: 'Both' }) };
    expect(judged(resources, 5, parameters).rules).toEqual([]);
  });
});

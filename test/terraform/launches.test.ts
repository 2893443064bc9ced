import { describe, expect, it, test } from 'vitest';
import { complete } from '../../src/inventory/collected.ts';
import { offeringsFrom } from '../../src/inventory/launch-facts/compute.ts';
import { instanceTypeFrom } from '../../src/inventory/launch-facts/instance-type.ts';
import { subnetFrom } from '../../src/inventory/launch-facts/network.ts';
import type { Report } from '../../src/report/model.ts';
import { type Estate, found, VPC } from '../kit/estate.ts';
import { audited, plan, ref } from './kit.ts';

const subnet = (SubnetId: string, zone: string) =>
  subnetFrom({
    SubnetId,
    VpcId: VPC.VpcId,
    AvailabilityZone: zone,
    CidrBlock: '10.0.0.0/24',
    DefaultForAz: true,
  });
const HERE = 'subnet-0aaaaaaaaaaaaaaaa';
const THERE = 'subnet-0bbbbbbbbbbbbbbbb';
const TARGET_GROUP = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/0123456789abcdef';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/12ee9c11-3476-492c-b5cc-ed4a4d636337';
const source: Estate = { vpcs: [VPC], launchFacts: { subnets: complete([subnet(HERE, 'us-east-1a')]) } };
const target: Estate = {
  vpcs: [VPC],
  launchFacts: {
    subnets: complete([subnet(THERE, 'eu-west-1a')]),
    instanceTypeOfferings: complete(
      offeringsFrom([
        { InstanceType: 'm5.large', LocationType: 'availability-zone', Location: 'eu-west-1a' },
      ]),
    ),
    groupVpcs: complete([]),
    metadataDefaults: complete([]),
    placementGroups: complete([]),
  },
};
const verdict = (report: Report) => report.workloads.map((w) => w.verdict).join();
const why = (report: Report) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));
const resource = (type: string, values: object, unknown: object = {}) =>
  audited(plan({ resources: [{ type, values, written: values, unknown }] }), target, source);

describe('a block that the provider computes where the configuration does not write it', () => {
  const COMPUTED = {
    ebs_block_device: true,
    ephemeral_block_device: true,
    metadata_options: true,
    network_interface: true,
    root_block_device: true,
  };
  it('names nothing', () => {
    const report = resource('aws_instance', { instance_type: 'm5.large', subnet_id: THERE }, COMPUTED);
    expect(why(report)).toEqual([]);
    expect(verdict(report)).toBe('launchable');
  });

  it('names nothing as the rules of a group', () => {
    const resources = [
      { type: 'aws_instance', values: { instance_type: 'm5.large' }, written: { instance_type: 'm5.large' } },
      {
        type: 'aws_security_group',
        values: { name: 'web' },
        written: { name: 'web' },
        unknown: { ingress: true, egress: true },
      },
    ];
    expect(why(audited(plan({ resources }), target, source))).toEqual([]);
  });

  it('is unknown where a value in it is', () => {
    const report = audited(
      plan({
        resources: [
          {
            type: 'aws_instance',
            values: { instance_type: 'm5.large', ebs_block_device: [{ device_name: '/dev/sdf' }] },
            written: {
              instance_type: 'm5.large',
              ebs_block_device: [
                { device_name: '/dev/sdf', snapshot_id: ref('data.aws_ebs_snapshot.last.id') },
              ],
            },
            unknown: { ebs_block_device: [{ snapshot_id: true }] },
          },
        ],
      }),
      target,
      source,
    );
    expect(verdict(report)).toBe('unknown');
  });

  it('is a dynamic block where its type is never computed', () => {
    const report = resource(
      'aws_launch_template',
      { instance_type: 'm5.large' },
      { network_interfaces: true },
    );
    expect(why(report).join()).toContain('a dynamic block "network_interfaces"');
  });
});

describe('what the resources of a plan name besides', () => {
  test.each<[string, object, string]>([
    [
      'aws_subnet',
      { availability_zone: 'us-east-1a', cidr_block: '10.0.1.0/24' },
      'reference/of-another-region',
    ],
    ['aws_ebs_volume', { availability_zone: 'us-east-1a', size: 10 }, 'reference/of-another-region'],
    ['aws_network_interface', { subnet_id: HERE }, 'reference/of-another-region'],
    ['aws_nat_gateway', { subnet_id: HERE }, 'reference/of-another-region'],
    ['aws_lb', { subnets: [HERE] }, 'reference/of-another-region'],
    [
      'aws_ec2_fleet',
      { launch_template_config: [{ override: [{ instance_type: 'p4de.24xlarge' }] }] },
      'workload/type-not-offered',
    ],
    [
      'aws_ec2_fleet',
      { launch_template_config: [{ override: [{ subnet_id: HERE }] }] },
      'reference/of-another-region',
    ],
    [
      'aws_spot_fleet_request',
      { launch_template_config: [{ overrides: [{ instance_type: 'p4de.24xlarge' }] }] },
      'workload/type-not-offered',
    ],
    [
      'aws_emr_cluster',
      { master_instance_fleet: [{ instance_type_configs: [{ instance_type: 'p4de.24xlarge' }] }] },
      'workload/type-not-offered',
    ],
    [
      'aws_batch_compute_environment',
      { compute_resources: [{ placement_group: 'cg' }] },
      'workload/missing-placement',
    ],
  ])('%s with %o has %s', (type, values, rule) => {
    expect(found(resource(type, values)).join()).toContain(rule);
  });

  test.each<[string, string, object]>([
    ['a target group', 'aws_autoscaling_group', { target_group_arns: [TARGET_GROUP] }],
    [
      'the key of the root volume',
      'aws_instance',
      { root_block_device: [{ kms_key_id: KEY, encrypted: true }] },
    ],
    ['a VPC', 'aws_security_group', { name: 'web', vpc_id: 'vpc-0aaaaaaaaaaaaaaaa' }],
  ])('%s of the source region is of no use', (_, type, values) => {
    const here: Estate = { ...source, vpcs: [{ ...VPC, VpcId: 'vpc-0aaaaaaaaaaaaaaaa' }] };
    const resources = [{ type, values, written: values }];
    expect(found(audited(plan({ resources }), target, here)).join()).toContain('reference/of-another-region');
  });

  it('is an image of its own region where it is copied', () => {
    const values = { name: 'copy', source_ami_id: 'ami-0aaaaaaaaaaaaaaaa', source_ami_region: 'us-east-1' };
    expect(found(resource('aws_ami_copy', values)).join()).not.toContain('hard-coded-image');
  });

  it('is judged with the launch template of the plan, also where that has a count', () => {
    const resources = [
      {
        type: 'aws_launch_template',
        name: 'base',
        index: 0,
        values: { image_id: 'ami-0bbbbbbbbbbbbbbbb' },
        written: { image_id: 'ami-0bbbbbbbbbbbbbbbb' },
        unknown: { id: true },
      },
      {
        type: 'aws_autoscaling_group',
        values: { availability_zones: ['eu-west-1a'], launch_template: [{ version: '$Latest' }] },
        written: {
          availability_zones: ['eu-west-1a'],
          launch_template: [{ id: ref('aws_launch_template.base.id'), version: '$Latest' }],
        },
        unknown: { launch_template: [{ id: true }] },
      },
    ];
    const without: Estate = { ...target, vpcs: [{ ...VPC, IsDefault: false }] };
    const report = audited(plan({ resources }), without, source);
    expect(why(report).join()).toContain('eu-west-1 has no default VPC, and no subnet is named');
  });
});

describe('a variable that only a launch takes its value from', () => {
  const by = (instance_type: string, byDefault: string, given = byDefault) =>
    audited(
      plan({
        resources: [
          {
            type: 'aws_instance',
            values: { instance_type, subnet_id: THERE },
            written: { instance_type: ref('var.instance_type'), subnet_id: THERE },
          },
        ],
        variables: { instance_type: given },
        declared: { instance_type: { default: byDefault } },
      }),
      target,
      source,
    );
  it.each([
    ['its default, which the target offers', by('m5.large', 'm5.large'), 'launchable'],
    ['its default, which the target does not offer', by('m9.large', 'm9.large'), 'blocked'],
    ['what it is given', by('m9.large', 'm5.large', 'm9.large'), 'blocked'],
  ])('is judged by %s', (_, report, is) => {
    expect(verdict(report)).toBe(is);
  });
});

describe('attributes that instance types have to have', () => {
  const range = (min: number, max: number | null = null) => [{ min, max }];
  const typed: Estate = {
    ...target,
    launchFacts: {
      ...target.launchFacts,
      instanceTypes: complete([
        instanceTypeFrom({
          InstanceType: 'm5.large',
          VCpuInfo: { DefaultVCpus: 2 },
          MemoryInfo: { SizeInMiB: 8192 },
          CurrentGeneration: true,
        }),
      ]),
    },
  };
  const verdictOf = (type: string, values: object) =>
    verdict(audited(plan({ resources: [{ type, values, written: values }] }), typed, source));
  const requirements = (more: object) => [{ vcpu_count: range(2, 4), memory_mib: range(4096), ...more }];

  it.each([
    ['that a type has', {}, 'launchable'],
    ['of more vCPUs than any type has', { vcpu_count: range(64) }, 'blocked'],
    ['of no type that is allowed', { allowed_instance_types: ['c7g.*'] }, 'blocked'],
    ['that exclude the type', { excluded_instance_types: ['m5.*'] }, 'blocked'],
    ['of another generation', { instance_generations: ['previous'] }, 'blocked'],
  ])('%s', (_, more, expected) => {
    const instance_requirements = requirements(more);
    expect(verdictOf('aws_launch_template', { instance_requirements })).toBe(expected);
    const override = [{ instance_requirements }];
    expect(verdictOf('aws_ec2_fleet', { launch_template_config: [{ override }] })).toBe(expected);
    expect(verdictOf('aws_spot_fleet_request', { launch_template_config: [{ overrides: override }] })).toBe(
      expected,
    );
  });
});

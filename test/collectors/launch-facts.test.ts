import { describe, expect, it } from 'vitest';
import type { FactWanted } from '../../src/inventory/launch-needs.ts';
import type { RegionModel } from '../endpoint/endpoint.ts';
import { closingEndpoints, endpoint, HERE, withKeys } from './kit.ts';
import { EVERY_FACT, lookedUp, runningRegion } from './workloads-kit.ts';

withKeys();
closingEndpoints();

const ROWS: NonNullable<RegionModel['facts']> = {
  Subnets: Array.from({ length: 12 }, (_, i) => ({ SubnetId: `subnet-${i}`, VpcId: 'vpc-1' })),
  InstanceTypeOfferings: ['a', 'b'].flatMap((zone) =>
    (['m5.large', 't3.small'] as const).map((InstanceType) => ({
      InstanceType,
      LocationType: 'availability-zone' as const,
      Location: `${HERE}${zone}`,
    })),
  ),
  InstanceTypes: [{ InstanceType: 'm5.large', VCpuInfo: { DefaultVCpus: 2 } }],
  NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', Groups: [{ GroupId: 'sg-1' }] }],
  PlacementGroups: [{ GroupName: 'cg1', State: 'available' }],
  SecurityGroupVpcAssociations: [{ GroupId: 'sg-1', VpcId: 'vpc-2', State: 'associated' }],
  AccountLevel: { HttpTokensEnforced: 'enabled' },
  profiles: ['web-role'],
  keys: [{ KeyId: 'key-1', Arn: 'arn:aws:kms:us-east-1:1:key/key-1', KeyState: 'Disabled' }],
  quotas: { 'L-1216C47A': 5 },
};
const EXPORTS = Array.from({ length: 120 }, (_, i) => ({
  ExportingStackId: 'arn:stack',
  Name: `export-${String(i).padStart(3, '0')}`,
  Value: `sg-${i}`,
}));
const region = {
  ...runningRegion,
  exports: EXPORTS,
  facts: ROWS,
  snapshots: [{ SnapshotId: 'snap-1', VolumeSize: 20 }],
};

describe('what launches need, live', () => {
  it('is read whole, page by page, and by name where it is wanted by name', async () => {
    const ec2 = await endpoint({ [HERE]: { ...region, faults: { DescribeSubnets: { pageCap: 5 } } } });
    const { launchFacts } = await lookedUp(ec2, { facts: EVERY_FACT });
    expect(launchFacts).toMatchObject({
      instanceTypeOfferings: {
        items: [
          { id: 'm5.large', zones: [`${HERE}a`, `${HERE}b`], inRegion: true },
          { id: 'p4de.24xlarge', zones: [], inRegion: false },
        ],
      },
      instanceTypes: { items: [{ id: 'm5.large', vCpus: 2 }] },
      volumeSnapshots: {
        items: [
          { id: 'snap-1', sizeGiB: 20, exists: true },
          { id: 'snap-gone', exists: false },
        ],
      },
      instanceProfiles: {
        items: [
          { id: 'gone', exists: false },
          { id: 'web-role', exists: true },
        ],
      },
      kmsKeys: {
        items: [
          { id: 'alias/gone', exists: false },
          { id: 'key-1', state: 'Disabled', exists: true },
        ],
      },
      quotas: {
        items: [
          { id: 'L-1216C47A', value: 5 },
          { id: 'L-2AFB9258', value: null },
        ],
      },
      placementGroups: { items: [{ id: 'cg1' }] },
      groupVpcs: { items: [{ groupId: 'sg-1', vpcId: 'vpc-2' }] },
      metadataDefaults: { items: [{ httpTokensEnforced: 'enabled' }] },
      ebsDefaultKey: { items: [{ id: 'alias/aws/ebs' }] },
      networkInterfaces: { items: [{ id: 'eni-1', groups: ['sg-1'] }] },
    });
    const { subnets, exports } = launchFacts;
    expect(exports.status === 'complete' && exports.items).toHaveLength(120);
    expect(exports).toMatchObject({ items: expect.arrayContaining([{ id: 'export-119', value: 'sg-119' }]) });
    expect(subnets.status === 'complete' && subnets.items).toHaveLength(12);
    expect(ec2.calls('DescribeSubnets')).toHaveLength(3);
    expect(ec2.calls('DescribeInstanceTypeOfferings').map((r) => r.params.Filters)).toEqual([
      [{ Name: 'instance-type', Values: ['m5.large', 'p4de.24xlarge'] }],
    ]);
  });

  it('is not asked for where no launch needs it', async () => {
    const ec2 = await endpoint({ [HERE]: region });
    const { launchFacts } = await lookedUp(ec2, {});
    expect(ec2.calls('DescribeSubnets')).toEqual([]);
    expect(launchFacts.subnets).toMatchObject({ failure: { code: 'not-read' } });
  });

  it.each([
    ['DescribeSubnets', 'subnets'],
    ['DescribeInstanceTypeOfferings', 'instanceTypeOfferings'],
    ['DescribeInstanceTypes', 'instanceTypes'],
    ['DescribeRouteTables', 'routeTables'],
    ['DescribeNetworkAcls', 'networkAcls'],
    ['DescribeInternetGateways', 'internetGateways'],
    ['DescribeNatGateways', 'natGateways'],
    ['DescribeNetworkInterfaces', 'networkInterfaces'],
    ['DescribeSnapshots', 'volumeSnapshots'],
    ['DescribePlacementGroups', 'placementGroups'],
    ['DescribeCapacityReservations', 'capacityReservations'],
    ['DescribeSecurityGroupVpcAssociations', 'groupVpcs'],
    ['GetInstanceMetadataDefaults', 'metadataDefaults'],
    ['GetEbsDefaultKmsKeyId', 'ebsDefaultKey'],
    ['DescribeScalingActivities', 'activities'],
    ['ListExports', 'exports'],
    ['DescribeTargetGroups', 'targetGroups'],
    ['DescribeLoadBalancers', 'classicLoadBalancers'],
    ['DescribeLifecycleHooks', 'lifecycleHooks'],
    ['GetInstanceProfile', 'instanceProfiles'],
    ['DescribeKey', 'kmsKeys'],
    ['GetServiceQuota', 'quotas'],
  ] as const)('is a failure of its own where %s is denied, and never empty', async (action, kind) => {
    const ec2 = await endpoint({ [HERE]: { ...region, faults: { [action]: { deny: true } } } });
    const { launchFacts } = await lookedUp(ec2, { facts: EVERY_FACT });
    const failed = Object.entries(launchFacts).filter(
      ([, one]) => one.status === 'failed' && one.failure.code !== 'not-read',
    );
    expect(failed.map(([name, one]) => [name, one.status === 'failed' && one.failure.code])).toEqual([
      [kind, 'access-denied'],
    ]);
  });

  it('is not known, and no failure, where an emulator does not know the call', async () => {
    const ec2 = await endpoint({
      [HERE]: { ...region, faults: { DescribePlacementGroups: { html: 500 } } },
    });
    const { launchFacts } = await lookedUp(ec2, { facts: EVERY_FACT });
    expect(launchFacts.placementGroups).toMatchObject({ failure: { code: 'unsupported' } });
  });
});

describe('KMS keys, live', () => {
  const [own, foreign] = ['key-1', `arn:aws:kms:${HERE}:444455556666:key/key-2`];
  const wanted = [own, foreign].map((name) => ({ kind: 'kmsKeys' as const, name }));
  const read = async (deniedKeys: readonly string[]) => {
    const ec2 = await endpoint({ [HERE]: { ...region, facts: { ...ROWS, deniedKeys } } });
    return (await lookedUp(ec2, { facts: wanted })).launchFacts.kmsKeys;
  };
  it('that one may not be read leaves the others as they are, and says why of itself', async () => {
    expect(await read([foreign])).toMatchObject({
      status: 'complete',
      items: [
        { id: foreign, state: null, unread: { code: 'access-denied' } },
        { id: own, state: 'Disabled', unread: null },
      ],
    });
  });
  it('none of which may be read are a failure of their kind', async () => {
    expect(await read([own, foreign])).toMatchObject({ failure: { code: 'access-denied' } });
  });
  it('that do not exist are known by the ARN that they were requested with', async () => {
    expect(await read([])).toMatchObject({
      items: [
        { id: foreign, exists: false, askedAs: [foreign] },
        { id: own, exists: true },
      ],
    });
  });
});

describe('the key that EBS takes by default, live', () => {
  const key = 'arn:aws:kms:us-east-1:1:key/key-1';
  it('is asked for itself where it is one of the account', async () => {
    const ec2 = await endpoint({ [HERE]: { ...region, facts: { ...ROWS, defaultKey: key } } });
    const { launchFacts } = await lookedUp(ec2, { facts: [{ kind: 'ebsDefaultKey', name: null }] });
    expect(launchFacts.ebsDefaultKey).toMatchObject({ items: [{ id: key }] });
    expect(launchFacts.kmsKeys).toMatchObject({ items: [{ id: 'key-1', state: 'Disabled' }] });
  });
  it('is not asked for where it is the one that EBS makes', async () => {
    const ec2 = await endpoint({ [HERE]: region });
    await lookedUp(ec2, { facts: [{ kind: 'ebsDefaultKey', name: null }] });
    expect(ec2.calls('DescribeKey')).toEqual([]);
  });
});

describe('instance types that attributes choose, live', () => {
  it('are all of the region, without a filter', async () => {
    const ec2 = await endpoint({ [HERE]: region });
    const { launchFacts } = await lookedUp(ec2, {
      facts: [
        { kind: 'instanceTypes', name: '*' },
        { kind: 'instanceTypeOfferings', name: '*' },
        { kind: 'instanceTypeOfferings', name: 'p4de.24xlarge' },
      ],
    });
    expect(launchFacts.instanceTypeOfferings).toMatchObject({
      items: [{ id: '*' }, { id: 'm5.large' }, { id: 'p4de.24xlarge', inRegion: false }, { id: 't3.small' }],
    });
    expect(launchFacts.instanceTypes).toMatchObject({ items: [{ id: 'm5.large' }] });
    expect(ec2.calls('DescribeInstanceTypes').map((r) => r.params.Filters)).toEqual([undefined]);
  });
});

describe('scaling activities, live', () => {
  const launch = (n: number, AutoScalingGroupName: string, more = {}) => ({
    ActivityId: `a-${n}`,
    AutoScalingGroupName,
    Description: 'Launching a new EC2 instance: i-1',
    StatusCode: 'Successful' as const,
    StartTime: new Date(Date.UTC(2026, 10, 20) - n * 60_000),
    ...more,
  });
  const wanted = ['busy', 'quiet'].map((name) => ({ kind: 'activities' as const, name }));
  const read = async (Activities: NonNullable<NonNullable<RegionModel['facts']>['Activities']>) => {
    const ec2 = await endpoint({ [HERE]: { ...region, facts: { ...ROWS, Activities } } });
    const { launchFacts } = await lookedUp(ec2, { facts: wanted });
    const calls = ec2.calls('DescribeScalingActivities').map((r) => r.params.AutoScalingGroupName ?? null);
    return { calls, activities: launchFacts.activities };
  };

  it('are one request where each group comes up on the first page', async () => {
    const { calls, activities } = await read([
      launch(1, 'busy', { StatusCode: 'InProgress' }),
      launch(2, 'busy', { StatusCode: 'Failed', StatusMessage: 'No such key.' }),
      launch(3, 'busy'),
      launch(4, 'quiet'),
      launch(5, 'other'),
    ]);
    expect(calls).toEqual([null]);
    expect(activities).toMatchObject({
      items: [
        { group: 'busy', status: 'Failed', message: 'No such key.' },
        { group: 'quiet', status: 'Successful' },
      ],
    });
  });

  it('of a group that does not come up among the newest are asked for by its name', async () => {
    const many = Array.from({ length: 1200 }, (_, n) => launch(n, 'busy'));
    const { calls, activities } = await read([...many, launch(1201, 'quiet', { StatusCode: 'Failed' })]);
    expect(calls).toEqual([...Array(10).fill(null), 'quiet']);
    expect(activities).toMatchObject({ items: [{ group: 'busy' }, { group: 'quiet', status: 'Failed' }] });
  });
});

describe('what groups attach their instances to, live', () => {
  const arn = (n: number) => `arn:aws:elasticloadbalancing:${HERE}:111122223333:targetgroup/web-${n}/1`;
  const some = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ kind: 'targetGroups' as const, name: arn(n) }));
  const TargetGroups = Array.from({ length: 30 }, (_, n) => ({
    TargetGroupArn: arn(n),
    TargetGroupName: `web-${n}`,
    VpcId: 'vpc-1',
  }));
  const read = async (facts: object, wanted: readonly FactWanted[], faults: RegionModel['faults'] = {}) => {
    const ec2 = await endpoint({ [HERE]: { ...region, facts: { ...ROWS, ...facts }, faults } });
    return { ec2, facts: (await lookedUp(ec2, { facts: wanted })).launchFacts };
  };

  it('is read by name, 20 at a time, and through every page', async () => {
    const faults = { DescribeTargetGroups: { pageCap: 8, emptyPages: 1 } };
    const { ec2, facts } = await read({ TargetGroups }, some(30), faults);
    const found = facts.targetGroups;
    expect(
      found.status === 'complete' && found.items.filter((t) => t.exists && t.vpcId === 'vpc-1'),
    ).toHaveLength(30);
    expect(ec2.calls('DescribeTargetGroups').map((r) => r.params.PageSize)).toEqual(
      Array(10).fill(undefined),
    );
    expect(Math.max(...ec2.calls('DescribeTargetGroups').map((r) => r.params.TargetGroupArns.length))).toBe(
      20,
    );
  });

  it('is found one by one where one of them does not exist, and what does not exist is said', async () => {
    const { facts } = await read({ TargetGroups: TargetGroups.slice(1) }, some(3));
    expect(facts.targetGroups).toMatchObject({
      items: [
        { id: arn(0), exists: false },
        { id: arn(1), exists: true },
        { id: arn(2), exists: true },
      ],
    });
    const old = { kind: 'classicLoadBalancers', name: 'old' } as const;
    const gone = { kind: 'classicLoadBalancers', name: 'gone' } as const;
    const LoadBalancerDescriptions = [{ LoadBalancerName: 'old', VPCId: 'vpc-1' }];
    expect((await read({ LoadBalancerDescriptions }, [old, gone])).facts.classicLoadBalancers).toMatchObject({
      items: [
        { id: 'gone', exists: false },
        { id: 'old', exists: true, vpcId: 'vpc-1' },
      ],
    });
  });

  it('is never empty where an answer has no list', async () => {
    const hooks = { kind: 'lifecycleHooks', name: 'web' } as const;
    const faults = { DescribeLifecycleHooks: { body: '' }, DescribeTargetGroups: { body: '' } };
    const { facts } = await read({ TargetGroups }, [hooks, ...some(1)], faults);
    expect([facts.lifecycleHooks.status, facts.targetGroups.status]).toEqual(['failed', 'failed']);
  });

  it('holds the lifecycle hooks of each group, of one without hooks none', async () => {
    const LifecycleHooks = [
      {
        LifecycleHookName: 'boot',
        AutoScalingGroupName: 'web',
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      },
    ];
    const wanted = ['web', 'batch'].map((name) => ({ kind: 'lifecycleHooks' as const, name }));
    expect((await read({ LifecycleHooks }, wanted)).facts.lifecycleHooks).toMatchObject({
      items: [
        { id: 'batch', hooks: [] },
        { id: 'web', hooks: [{ name: 'boot', notifies: null }] },
      ],
    });
  });
});

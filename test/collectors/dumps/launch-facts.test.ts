import { describe, expect, it } from 'vitest';
import { checkSnapshot } from '../../../src/inventory/snapshot-check.ts';
import { snapshotText } from '../../../src/inventory/snapshot-text.ts';
import { type Files, read } from './kit.ts';

const CALLER = { UserId: 'A', Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/a' };

async function facts(files: Files) {
  return (await read({ 'caller.json': CALLER, ...files })).snapshot.launchFacts;
}

describe('what a folder holds of what launches need', () => {
  it('is subnets with their free addresses and zone ids', async () => {
    const { subnets } = await facts({
      's.json': {
        Subnets: [
          {
            SubnetId: 'subnet-2',
            VpcId: 'vpc-1',
            AvailabilityZone: 'us-east-1b',
            AvailabilityZoneId: 'use1-az2',
            CidrBlock: '10.1.1.0/24',
            AvailableIpAddressCount: 0,
            MapPublicIpOnLaunch: false,
            Tags: [{ Key: 'Name', Value: 'b' }],
          },
          { SubnetId: 'subnet-1' },
        ],
      },
    });
    expect(subnets).toMatchObject({
      status: 'complete',
      items: [
        { id: 'subnet-1', vpcId: null, freeAddresses: null },
        {
          id: 'subnet-2',
          name: 'b',
          vpcId: 'vpc-1',
          zone: 'us-east-1b',
          zoneId: 'use1-az2',
          cidrs: ['10.1.1.0/24'],
          freeAddresses: 0,
          publicAddresses: false,
        },
      ],
    });
  });

  it('is one item per instance type with the zones that offer it', async () => {
    const row = (InstanceType: string, Location: string, LocationType = 'availability-zone') => ({
      InstanceType,
      LocationType,
      Location,
    });
    const { instanceTypeOfferings } = await facts({
      'a.json': { InstanceTypeOfferings: [row('m5.large', 'us-east-1b'), row('m5.large', 'us-east-1a')] },
      'b.json': { InstanceTypeOfferings: [row('p4d.24xlarge', 'us-east-1', 'region')] },
    });
    expect(instanceTypeOfferings).toEqual({
      status: 'complete',
      items: [
        { id: 'm5.large', zones: ['us-east-1a', 'us-east-1b'], inRegion: true },
        { id: 'p4d.24xlarge', zones: [], inRegion: true },
      ],
    });
  });

  it.each([
    ['quotas', { Quota: { QuotaCode: 'L-1', Value: 5, ServiceCode: 'ec2' } }, { id: 'L-1', value: 5 }],
    ['quotas', { Quotas: [{ QuotaCode: 'L-2', Value: 640 }] }, { id: 'L-2', value: 640 }],
    [
      'instanceProfiles',
      { InstanceProfile: { InstanceProfileName: 'web', Arn: 'arn:x', Roles: [] } },
      { id: 'web', exists: true },
    ],
    [
      'kmsKeys',
      { KeyMetadata: { KeyId: 'k', Arn: 'arn:k', KeyState: 'PendingDeletion' } },
      { id: 'k', state: 'PendingDeletion' },
    ],
    [
      'metadataDefaults',
      { AccountLevel: { HttpTokensEnforced: 'enabled' } },
      { id: 'account', httpTokensEnforced: 'enabled' },
    ],
    ['ebsDefaultKey', { KmsKeyId: 'arn:aws:kms:us-east-1:1:key/k' }, { id: 'arn:aws:kms:us-east-1:1:key/k' }],
    [
      'volumeSnapshots',
      { Snapshots: [{ SnapshotId: 'snap-1', VolumeSize: 20 }] },
      { id: 'snap-1', sizeGiB: 20 },
    ],
    [
      'networkAcls',
      {
        NetworkAcls: [
          {
            NetworkAclId: 'acl-1',
            Entries: [
              {
                RuleNumber: 32767,
                Egress: false,
                Protocol: '-1',
                CidrBlock: '0.0.0.0/0',
                RuleAction: 'deny',
              },
              {
                RuleNumber: 100,
                Egress: false,
                Protocol: '6',
                PortRange: { From: 22, To: 22 },
                CidrBlock: '0.0.0.0/0',
                RuleAction: 'allow',
              },
            ],
          },
        ],
      },
      { id: 'acl-1', entries: [{ direction: 'ingress', number: 100, from: 22, allows: true }] },
    ],
    [
      'routeTables',
      {
        RouteTables: [
          {
            RouteTableId: 'rtb-1',
            Associations: [{ Main: true }, { SubnetId: 'subnet-1' }],
            Routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }],
          },
        ],
      },
      { id: 'rtb-1', main: true, subnets: ['subnet-1'], routes: [{ destination: '0.0.0.0/0', to: 'igw-1' }] },
    ],
    [
      'targetGroups',
      { TargetGroups: [{ TargetGroupArn: 'arn:t', TargetGroupName: 'web', VpcId: 'vpc-1' }] },
      { id: 'arn:t', name: 'web', vpcId: 'vpc-1', exists: true },
    ],
    [
      'classicLoadBalancers',
      { LoadBalancerDescriptions: [{ LoadBalancerName: 'old', VPCId: 'vpc-1' }] },
      { id: 'old', vpcId: 'vpc-1', exists: true },
    ],
    [
      'activities',
      {
        Activities: [
          { ActivityId: 'a', AutoScalingGroupName: 'web', StatusCode: 'Failed', StatusMessage: 'why' },
        ],
      },
      { id: 'a', group: 'web', status: 'Failed', message: 'why' },
    ],
  ] as const)('is %s, from a list or from one answer', async (kind, answer, item) => {
    expect((await facts({ 'x.json': answer }))[kind]).toMatchObject({ status: 'complete', items: [item] });
  });

  it('leaves quotas of other services alone', async () => {
    const { quotas } = await facts({
      'q.json': { Quotas: [{ ServiceCode: 'lambda', QuotaCode: 'L-1', Value: 1 }] },
    });
    expect(quotas).toEqual({ status: 'complete', items: [] });
  });

  it('takes the newest of two answers about one thing', async () => {
    const quota = (Value: number) => ({ Quota: { QuotaCode: 'L-1', Value } });
    const { quotas } = await facts({ 'old.json': quota(5), 'new.json': quota(640) });
    expect(quotas).toMatchObject({ items: [{ id: 'L-1', value: 640 }] });
  });

  it('says how to save what it does not hold, and is never empty by itself', async () => {
    const { quotas, subnets } = await facts({});
    expect(subnets).toMatchObject({ status: 'failed', failure: { code: 'not-in-dump' } });
    expect(quotas).toMatchObject({
      failure: {
        commands: [
          {
            shell: expect.stringContaining(
              'aws service-quotas list-service-quotas --service-code ec2 --region us-east-1',
            ),
          },
        ],
      },
    });
  });

  it('is a failure where a file is broken or holds a part only', async () => {
    const { subnets, routeTables } = await facts({
      'part.json': { Subnets: [], NextToken: 'more' },
      'RouteTables.json': '{"RouteTables": [',
    });
    expect(subnets).toMatchObject({ failure: { code: 'truncated' } });
    expect(routeTables).toMatchObject({ failure: { code: 'malformed' } });
  });

  it('is in a snapshot file as it was read, one item a line', async () => {
    const { snapshot } = await read({
      'caller.json': CALLER,
      's.json': { Subnets: [{ SubnetId: 'subnet-2' }, { SubnetId: 'subnet-1' }] },
    });
    const text = snapshotText(snapshot);
    expect(checkSnapshot(JSON.parse(text))).toEqual(snapshot);
    expect(text.split('\n').filter((line) => line.startsWith('{"id":"subnet-'))).toHaveLength(2);
  });

  it('is said not to be known of a snapshot file of before', async () => {
    const { snapshot } = await read({ 'caller.json': CALLER });
    const { launchFacts: _, ...before } = snapshot;
    expect(checkSnapshot(before).launchFacts.subnets).toMatchObject({
      failure: { code: 'not-read', message: expect.stringContaining('did not read it') },
    });
  });
});

describe('lifecycle hooks in a folder', () => {
  const LifecycleHooks = [
    {
      LifecycleHookName: 'boot',
      AutoScalingGroupName: 'web',
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      NotificationTargetARN: 'arn:aws:sns:us-east-1:111122223333:starts',
    },
  ];
  const groups = (...names: string[]) => ({
    'groups.json': { AutoScalingGroups: names.map((AutoScalingGroupName) => ({ AutoScalingGroupName })) },
  });
  const known = async (files: Files) => {
    const { lifecycleHooks } = await facts(files);
    return lifecycleHooks.status === 'complete'
      ? lifecycleHooks.items.map(({ id, hooks }) => `${id}: ${hooks.map((h) => h.name).join()}`)
      : lifecycleHooks.failure.code;
  };
  const EMPTY = { LifecycleHooks: [] };

  it('are those of the groups that their rows name', async () => {
    const { lifecycleHooks } = await facts({ ...groups('web'), 'h.json': { LifecycleHooks } });
    expect(lifecycleHooks).toMatchObject({
      items: [
        { id: 'web', hooks: [{ name: 'boot', notifies: 'arn:aws:sns:us-east-1:111122223333:starts' }] },
      ],
    });
  });
  it('of an empty answer are of the group that the name of the file contains, the longest first', async () => {
    expect(await known({ ...groups('web', 'web-api', 'db'), 'hooks-web-api.json': EMPTY })).toEqual([
      'web-api: ',
    ]);
  });
  it('of an empty answer are known without that where no other group is left', async () => {
    expect(await known({ ...groups('web', 'db'), 'a.json': { LifecycleHooks }, 'b.json': EMPTY })).toEqual([
      'db: ',
      'web: boot',
    ]);
    expect(
      await known({ ...groups('a', 'b'), 'all.json': '{"LifecycleHooks":[]}\n{"LifecycleHooks":[]}' }),
    ).toEqual(['a: ', 'b: ']);
  });
  it('of a group that no answer is proven to be about are not known', async () => {
    expect(await known({ ...groups('web', 'db'), 'h.json': { LifecycleHooks } })).toEqual(['web: boot']);
    expect(await known({ ...groups('web', 'db'), 'h.json': EMPTY })).toEqual([]);
    expect(await known(groups('web'))).toBe('not-in-dump');
  });
});

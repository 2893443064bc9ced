import { describe, expect, it, test } from 'vitest';
import { complete } from '../../../src/inventory/collected.ts';
import { type AwsPlacementGroup, placementGroupFrom } from '../../../src/inventory/launch-facts/compute.ts';
import {
  type AwsNetworkInterface,
  networkInterfaceFrom,
} from '../../../src/inventory/launch-facts/network.ts';
import { factsFrom, idOf, judged, type SideOf, SOURCE, side, subnet, TARGET, X86 } from './kit.ts';

const IN_GROUP = { launch: { Placement: { GroupName: 'cg' } } };
const ONE_ZONE = (region: string) => ({ VPCZoneIdentifier: idOf('subnet', region, 1) });

/** The launch facts of the target, with these in place of what the kit makes. */
const withFacts = (given: SideOf, facts: object): SideOf => {
  const own = side(TARGET, given);
  return { ...given, more: { ...given.more, launchFacts: { ...own.launchFacts, ...facts } } };
};
const placed = (group: AwsPlacementGroup, more: SideOf = {}, types: object = {}, here: SideOf = {}) => {
  const offer = { ...more.offer, types: [{ ...X86, ...types }] };
  const there = withFacts(
    { ...IN_GROUP, ...more, offer },
    {
      placementGroups: complete([placementGroupFrom({ GroupName: 'cg', State: 'available', ...group })]),
    },
  );
  return judged({ ...IN_GROUP, ...here }, there);
};
const supports = (...SupportedStrategies: string[]) => ({ PlacementGroupInfo: { SupportedStrategies } });

describe('a placement group', () => {
  test.each<[string, AwsPlacementGroup, object, SideOf, string]>([
    [
      'whose strategy the type supports',
      { Strategy: 'cluster' },
      supports('cluster'),
      { group: ONE_ZONE(TARGET) },
      'launchable',
    ],
    [
      'whose strategy the type does not support',
      { Strategy: 'cluster' },
      supports('partition', 'spread'),
      { group: ONE_ZONE(TARGET) },
      'blocked',
    ],
    ['of a type that says nothing', { Strategy: 'cluster' }, {}, { group: ONE_ZONE(TARGET) }, 'launchable'],
    ['for a cluster, from one zone', { Strategy: 'cluster' }, {}, { group: ONE_ZONE(TARGET) }, 'launchable'],
    ['for a cluster, from two zones', { Strategy: 'cluster' }, {}, {}, 'degraded'],
    [
      'that spreads what fits',
      { Strategy: 'spread' },
      {},
      { group: { DesiredCapacity: 14, MaxSize: 20 } },
      'launchable',
    ],
    [
      'that spreads more than fits',
      { Strategy: 'spread' },
      {},
      { group: { DesiredCapacity: 15, MaxSize: 20 } },
      'degraded',
    ],
    [
      'of partitions, from two zones',
      { Strategy: 'partition' },
      {},
      { group: { DesiredCapacity: 15, MaxSize: 20 } },
      'launchable',
    ],
  ])('%s', (_, group, types, more, verdict) => {
    const found = placed(group, more, types);
    expect(found.group).toBe(verdict);
    if (verdict === 'launchable') expect(found.rules).toEqual([]);
    else expect(found.rules[0]).toContain('workload/refused');
  });

  it('is judged in the zones of the target where the group is yet to be made', () => {
    const strategy = { Strategy: 'spread' };
    const here = { group: { DesiredCapacity: 40, MaxSize: 40 } };
    // Which subnets its maker names is not known.
    expect(placed(strategy, { made: false }, {}, here).group).toBe('launchable');
  });

  it('of an Auto Scaling group counts as one of its launch template', () => {
    const group = { PlacementGroup: 'cg' };
    const there = withFacts(
      { group },
      {
        placementGroups: complete([
          placementGroupFrom({ GroupName: 'cg', State: 'available', Strategy: 'cluster' }),
        ]),
      },
    );
    expect(judged({ group }, there).messages).toEqual([
      'In eu-west-1 "web" launches into cluster placement group cg from subnets in eu-west-1a and eu-west-1b, and a cluster placement group is in one Availability Zone.',
    ]);
  });
});

describe('what a launch names that is in use on the target', () => {
  const ENI = idOf('eni', TARGET);
  const launch = (region: string, more: object) => ({
    NetworkInterfaces: [
      { DeviceIndex: 0, SubnetId: idOf('subnet', region, 1), Groups: [idOf('sg', region)], ...more },
    ],
  });
  const used = (more: object, interfaces: AwsNetworkInterface[], rest: SideOf = {}) => {
    const there: SideOf = { launch: launch(TARGET, more), group: null, ...rest };
    const facts = { networkInterfaces: complete(interfaces.map(networkInterfaceFrom)) };
    return judged({ launch: launch(SOURCE, {}), group: null }, withFacts(there, facts));
  };
  const eni = (more: AwsNetworkInterface = {}): AwsNetworkInterface => ({
    NetworkInterfaceId: ENI,
    SubnetId: idOf('subnet', TARGET, 1),
    Status: 'in-use',
    Attachment: { InstanceId: 'i-0bbbbbbbbbbbbbbb1' },
    PrivateIpAddresses: [{ PrivateIpAddress: '10.2.1.10' }],
    ...more,
  });
  const address = { PrivateIpAddress: '10.2.1.10' };
  const byId = { SubnetId: undefined, Groups: undefined, NetworkInterfaceId: ENI };

  test.each<[string, object, AwsNetworkInterface[], string, string?]>([
    ['an address that nothing uses', address, [], 'launchable'],
    ['an address that something uses', address, [eni()], 'blocked', 'private address 10.2.1.10'],
    ['an address of another subnet', address, [eni({ SubnetId: idOf('subnet', TARGET, 2) })], 'launchable'],
    [
      'a network interface that is free, with other groups than the source names',
      byId,
      [eni({ Status: 'available', Attachment: undefined })],
      'degraded',
    ],
    ['a network interface that is attached', byId, [eni()], 'blocked', `network interface ${ENI}`],
  ])('%s', (_, more, interfaces, verdict, says) => {
    const found = used(more, interfaces);
    expect(found.template).toBe(verdict);
    if (says) expect(found.messages.join()).toContain(says);
  });

  it('is not known where an instance uses it and the instances were not read', () => {
    expect(used(address, [eni()], { more: { unread: ['instances'] } }).template).toBe('unknown');
    const other = eni({ Attachment: undefined });
    expect(used(address, [other], { more: { unread: ['instances'] } }).template).toBe('blocked');
  });

  it('is no fault where the instance of the template itself uses it', () => {
    const instances = [
      {
        InstanceId: 'i-0bbbbbbbbbbbbbbb1',
        State: { Name: 'running' },
        Tags: [
          { Key: 'aws:ec2launchtemplate:id', Value: idOf('lt', TARGET) },
          { Key: 'aws:ec2launchtemplate:version', Value: '1' },
        ],
      },
    ];
    expect(used(address, [eni()], { more: { instances } }).template).toBe('launchable');
  });
});

describe('addresses that a launch requests', () => {
  const of = (interfaces: object[], subnets: object = {}) => {
    const launch = { NetworkInterfaces: interfaces };
    const more = { group: null, offer: { subnets: [subnet(TARGET, 1, subnets), subnet(TARGET, 2)] } };
    return judged({ group: null }, { launch, ...more } as SideOf).template;
  };
  const primary = (more: object) => ({
    DeviceIndex: 0,
    SubnetId: idOf('subnet', TARGET, 1),
    Groups: [idOf('sg', TARGET)],
    ...more,
  });
  const second = { DeviceIndex: 1, SubnetId: idOf('subnet', TARGET, 1), Groups: [idOf('sg', TARGET)] };

  it('of IPv6 need a range of the subnet', () => {
    const v6 = { Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8:1::/64' }] };
    expect(of([primary({ Ipv6AddressCount: 1 })])).toBe('blocked');
    expect(of([primary({ Ipv6AddressCount: 1 })], v6)).toBe('launchable');
    expect(of([primary({})])).toBe('launchable');
  });

  it('that are public are refused beside several network interfaces', () => {
    expect(of([primary({ AssociatePublicIpAddress: true }), second])).toBe('blocked');
    expect(of([primary({ AssociatePublicIpAddress: true })])).toBe('launchable');
    expect(of([primary({}), second])).toBe('launchable');
  });
});

it('lists warm pools, whose instances are not counted', () => {
  const pool = { group: { WarmPoolConfiguration: { PoolState: 'Stopped' } } };
  for (const made of [pool, { made: false }]) {
    expect(judged(pool, made as SideOf).notLookedAt).toContain('target warm pools of Auto Scaling groups');
  }
  expect(judged({}, {}).notLookedAt.join()).not.toContain('warm pools');
});

it('lists a group of the target whose process Launch is suspended', () => {
  const listed = (side: object) => judged({}, side).notLookedAt.join();
  const suspended = (ProcessName: string) => ({ group: { SuspendedProcesses: [{ ProcessName }] } });
  expect(listed(suspended('Launch'))).toContain('target suspended processes of Auto Scaling groups');
  expect(listed(suspended('AZRebalance'))).not.toContain('suspended processes');
  expect(judged(suspended('Launch'), {}).notLookedAt.join()).not.toContain('suspended processes');
});

it('keeps the strategies that an instance type supports', () => {
  expect(factsFrom({ types: [{ ...X86, ...supports('spread') }] }).instanceTypes).toMatchObject({
    items: [{ placementStrategies: ['spread'] }],
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compare } from '../../../src/comparator/compare.ts';
import { complete, failed, itemsOf } from '../../../src/inventory/collected.ts';
import type { LaunchFacts } from '../../../src/inventory/launch-facts/index.ts';
import { FACT_KINDS, FACTS, type FactKind } from '../../../src/inventory/launch-facts/kinds.ts';
import type { Snapshot } from '../../../src/inventory/snapshot.ts';
import type { Report } from '../../../src/report/model.ts';
import { snapshotOf } from '../../kit/estate.ts';
import { idOf, OTHER_ACCOUNT, type SideOf, SOURCE, side, subnet, TARGET } from './kit.ts';

const KEY = '12ee9c11-3476-492c-b5cc-ed4a4d636337';
const region = (r: string) => ({
  key: `arn:aws:kms:${r}:111122223333:key/${KEY.replace('12', r === SOURCE ? '11' : '22')}`,
  keyId: KEY.replace('12', r === SOURCE ? '11' : '22'),
  eni: idOf('eni', r),
  reservation: idOf('cr', r),
  data: idOf('snap', r, 2),
});

/** Parts of a launch, each with what it names on its side. */
const PARTS = {
  profile: () => ({ IamInstanceProfile: { Name: 'web-role' } }),
  placement: () => ({ Placement: { GroupName: 'cg1' } }),
  reservation: (r: string) => ({
    CapacityReservationSpecification: {
      CapacityReservationTarget: { CapacityReservationId: region(r).reservation },
    },
  }),
  imds: () => ({ MetadataOptions: { HttpTokens: 'optional' } }),
  attributes: () => ({
    InstanceType: undefined,
    InstanceRequirements: { VCpuCount: { Min: 2 } },
  }),
  arm: () => ({ InstanceType: 'm7g.large' }),
  subnet: (r: string) => ({
    NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: idOf('subnet', r), Groups: [idOf('sg', r)] }],
  }),
  associated: (r: string) => ({
    NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: idOf('subnet', r, 9), Groups: [idOf('sg', r)] }],
  }),
  interface: (r: string) => ({ NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: region(r).eni }] }),
  volume: (r: string) => ({
    BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { SnapshotId: region(r).data, VolumeSize: 30 } }],
  }),
  key: (r: string) => ({
    BlockDeviceMappings: [
      { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 30, Encrypted: true, KmsKeyId: region(r).key } },
    ],
  }),
  defaultKey: () => ({
    BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 30, Encrypted: true } }],
  }),
} as const;
type Part = keyof typeof PARTS;

/** What is wrong on the target before anything is taken from it. */
type Fault = 'none' | 'quota' | 'key' | 'zone';

/** What a group names besides its launch. */
const attached = (r: string) => ({
  TargetGroupARNs: [`arn:aws:elasticloadbalancing:${r}:111122223333:targetgroup/web/1`],
  LoadBalancerNames: ['old'],
});

function sideOf(r: string, { parts, group, fault, accounts }: Drawn, made: boolean): SideOf {
  const own = region(r);
  const here = r === TARGET ? fault : 'none';
  return {
    made,
    ...(r === TARGET && accounts === 2 ? { account: OTHER_ACCOUNT } : {}),
    launch: Object.assign({}, ...parts.map((part) => PARTS[part](r))),
    group: { ...group, ...(accounts === 1 ? attached(r) : {}) },
    offer: {
      targetGroups: { [attached(r).TargetGroupARNs[0] ?? '']: idOf('vpc', r) },
      classicLoadBalancers: { old: idOf('vpc', r) },
      hooks: [
        {
          LifecycleHookName: 'boot',
          LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
          NotificationTargetARN: `arn:aws:sns:${r}:111122223333:starts`,
        },
      ],
      quotas: { 'L-1216C47A': here === 'quota' ? 3 : 10 },
      offered: {
        'm5.large': here === 'zone' ? [`${r}a`] : [`${r}a`, `${r}b`],
        'm7g.large': [`${r}a`, `${r}b`],
      },
      placementGroups: ['cg1'],
      interfaces: [own.eni],
      reservations: [{ CapacityReservationId: own.reservation, State: 'active' }],
      snapshots: { [idOf('snap', r)]: 20, [own.data]: 30 },
      keys: { [own.keyId]: here === 'key' ? 'Disabled' : 'Enabled' },
      defaultKey: own.keyId,
      activities: [],
      routeTables: [
        {
          RouteTableId: `rtb-${r}`,
          VpcId: idOf('vpc', r),
          Associations: [{ Main: true }],
          Routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: `nat-${r}` }],
        },
      ],
      networkAcls: [],
      subnets: [
        subnet(r, 1, { Tags: [{ Key: 'Name', Value: 'app' }] }),
        subnet(r, 2, { AvailableIpAddressCount: 1 }),
        subnet(r, 1, { SubnetId: idOf('subnet', r, 9), VpcId: 'vpc-9' }),
      ],
      associations: [{ GroupId: idOf('sg', r), VpcId: 'vpc-9' }],
    },
  };
}

const MIXED = {
  LaunchTemplate: undefined,
  MixedInstancesPolicy: {
    LaunchTemplate: {
      LaunchTemplateSpecification: { LaunchTemplateName: 'web' },
      Overrides: [
        { InstanceType: 'm5.large', WeightedCapacity: '2' },
        { InstanceRequirements: { VCpuCount: { Min: 2 }, MemoryMiB: { Min: 0 } } },
      ],
    },
  },
};

const estates = fc.record({
  parts: fc.uniqueArray(fc.constantFrom(...(Object.keys(PARTS) as Part[])), { maxLength: 4 }),
  group: fc.constantFrom<object>({}, MIXED, { PlacementGroup: 'cg1' }, { DesiredCapacity: 3 }),
  made: fc.boolean(),
  fault: fc.constantFrom<Fault>('none', 'none', 'quota', 'key', 'zone'),
  accounts: fc.constantFrom(1, 2),
  phase: fc.constantFrom('readiness' as const, 'verification' as const),
});
type Drawn = typeof estates extends fc.Arbitrary<infer T> ? T : never;

function sidesOf(drawn: Drawn): { source: Snapshot; target: Snapshot } {
  const target = side(TARGET, sideOf(TARGET, drawn, drawn.made));
  return {
    source: snapshotOf(SOURCE, side(SOURCE, sideOf(SOURCE, drawn, true))),
    target: {
      ...snapshotOf(TARGET, target),
      // As read live: what was asked for by name is known to exist or not to.
      origin: 'live',
      launchFacts: withEveryType(snapshotOf(TARGET, target).launchFacts),
    },
  };
}

function withEveryType(facts: LaunchFacts): LaunchFacts {
  const every = { id: '*', zones: [], inRegion: true };
  return {
    ...facts,
    instanceTypeOfferings: complete([...itemsOf(facts.instanceTypeOfferings), every]),
  };
}

const audited = (source: Snapshot, target: Snapshot, phase: Drawn['phase']): Report =>
  compare({
    source,
    target,
    phase,
    config: {},
    scopes: ['key-pairs', 'security-groups', 'images', 'workloads'],
    baseline: undefined,
    publicKeys: undefined,
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });

const BETTER_FIRST = ['launchable', 'degraded', 'unknown', 'blocked'];
function ranks(report: Report): Map<string, number> {
  return new Map(report.workloads.map((w) => [`${w.kind} ${w.name}`, BETTER_FIRST.indexOf(w.verdict)]));
}

/** What launches name, or need to be carried: without it they can only become worse. */
const THINGS = [
  'subnets',
  'instanceTypeOfferings',
  'instanceTypes',
  'routeTables',
  'networkInterfaces',
  'volumeSnapshots',
  'instanceProfiles',
  'placementGroups',
  'capacityReservations',
  'kmsKeys',
  'groupVpcs',
  'targetGroups',
  'classicLoadBalancers',
  'lifecycleHooks',
  'quotas',
] as const satisfies readonly FactKind[];

/** Without this item; of what is requested by name, said not to exist; a quota without any vCPU left, a group without hooks. */
function without(facts: LaunchFacts, kind: (typeof THINGS)[number], id: string): LaunchFacts {
  const items = itemsOf(facts[kind] as LaunchFacts['kmsKeys']).flatMap((item) => {
    if (item.id !== id) return [item];
    if ('hooks' in item) return [{ ...(item as object), hooks: [] } as never];
    if ('value' in item) return [{ ...(item as object), value: 0 } as never];
    if ('exists' in item) return [{ ...item, exists: false, arn: null }];
    return 'inRegion' in item ? [{ ...(item as object), zones: [], inRegion: false } as never] : [];
  });
  return { ...facts, [kind]: complete(items) };
}

it('taking anything from the target that a launch needs never makes a verdict better', () => {
  fc.assert(
    fc.property(estates, fc.constantFrom(...THINGS), fc.nat(20), (drawn, kind, n) => {
      const { source, target } = sidesOf(drawn);
      const ids = itemsOf(target.launchFacts[kind] as LaunchFacts['kmsKeys']).map(({ id }) => id);
      const id = ids.filter((one) => one !== '*')[n % Math.max(ids.length, 1)];
      if (id === undefined) return;
      const before = ranks(audited(source, target, drawn.phase));
      const fewer = { ...target, launchFacts: without(target.launchFacts, kind, id) };
      for (const [workload, rank] of ranks(audited(source, fewer, drawn.phase)))
        expect([workload, rank]).toEqual([workload, Math.max(rank, before.get(workload) ?? 0)]);
    }),
    { numRuns: 100 },
  );
});

it('a denied read makes a verdict unknown or leaves it as it is; what nobody read is listed', () => {
  fc.assert(
    fc.property(estates, fc.constantFrom(...FACT_KINDS), fc.boolean(), (drawn, kind, denied) => {
      const { source, target } = sidesOf(drawn);
      const why = denied
        ? { code: 'access-denied', message: 'denied', hint: 'allow it' }
        : { code: 'not-in-dump', message: 'none', hint: 'save it' };
      const unread = {
        ...target,
        launchFacts: { ...target.launchFacts, [kind]: failed(why as never) },
      };
      const before = audited(source, target, drawn.phase);
      const after = audited(source, unread, drawn.phase);
      const was = ranks(before);
      const unknown = BETTER_FIRST.indexOf('unknown');
      for (const [workload, rank] of ranks(after)) {
        if (denied) {
          expect([unknown, was.get(workload)]).toContain(rank);
          if (rank !== was.get(workload))
            expect(after.gaps.map((g) => `${g.side} ${g.code}`)).toContain('target access-denied');
        } else if (rank !== was.get(workload))
          expect(after.notLookedAt.map((n) => n.what).join('\n')).toContain(FACTS[kind].many);
      }
      if (!denied) expect(after.gaps).toEqual(before.gaps);
    }),
    { numRuns: 100 },
  );
});

it('holds on an estate that launches everything', () => {
  const { source, target } = sidesOf({
    parts: ['profile', 'volume', 'subnet'],
    group: {},
    made: true,
    fault: 'none',
    accounts: 2,
    phase: 'readiness',
  });
  expect(audited(source, target, 'readiness').workloads.map((w) => w.verdict)).toEqual([
    'launchable',
    'launchable',
  ]);
});

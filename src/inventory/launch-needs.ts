import type { AutoScalingGroup, GroupDetails } from './auto-scaling-group.ts';
import { itemsOf } from './collected.ts';
import type { Launch } from './launch.ts';
import type { LaunchDetails } from './launch-details.ts';
import { EVERY_TYPE, type FactKind } from './launch-facts/kinds.ts';
import { compareText, firstOf } from './order.ts';
import type { Snapshot } from './snapshot.ts';
import { allVcpuQuotas, type Market, vcpuQuotaOf } from './vcpu-quotas.ts';

/** A fact that is to be read of a side. Without a name, all of the kind. */
export interface FactWanted {
  readonly kind: FactKind;
  readonly name: string | null;
}

/** "Security groups per network interface" (Service Quotas, service code "vpc"). */
export const GROUPS_PER_INTERFACE = { code: 'L-2AFB9258', standard: 5, most: 16 } as const;

/**
 * What is to be read of a region because launches of some sides need it, or because it uses their security groups.
 * Nothing where they launch nothing and have no groups.
 */
export function factsWanted(snapshots: readonly Snapshot[], asked: Snapshot): FactWanted[] {
  const { region } = asked;
  const groupUse = snapshots.some((s) => itemsOf(s.securityGroups).length > 0)
    ? one('networkInterfaces')
    : [];
  const all = snapshots.flatMap(launchesOf);
  const launches = all.flatMap(({ details }) => details ?? []);
  if (launches.length === 0) return groupUse;
  const groups = snapshots.flatMap((s) => itemsOf(s.autoScalingGroups).flatMap((g) => g.details ?? []));
  const types = [
    ...launches.flatMap((d) => d.instanceType ?? (d.requirements ? EVERY_TYPE : [])),
    ...groups.flatMap((g) =>
      g.overrides.flatMap((o) => o.instanceType ?? (o.requirements ? EVERY_TYPE : [])),
    ),
  ];
  const wanted: FactWanted[] = [
    ...groupUse,
    ...REGION_WIDE.map((kind) => ({ kind, name: null })),
    ...types.flatMap((name): FactWanted[] => [
      { kind: 'instanceTypeOfferings', name },
      { kind: 'instanceTypes', name },
    ]),
    ...marketsOf(launches, groups).flatMap((market) => types.flatMap((type) => wantedQuotas(type, market))),
    ...launches.flatMap((d) => wantedBy(d, region)),
    ...metadataWanted(launches),
    ...(all.some((l) => l.interfaces.some((groups) => groups.length > GROUPS_PER_INTERFACE.standard))
      ? named('quotas', GROUPS_PER_INTERFACE.code)
      : []),
    ...keysOfImages(all, snapshots, asked).flatMap((key) => wantedKey(key, region)),
    ...(asked.imageSettings.encryptionByDefault === true ||
    launches.some((d) => d.devices.some((v) => v.encrypted === true && v.kmsKeyId === null))
      ? one('ebsDefaultKey')
      : []),
    // Where a region starts instances is asked of the target, or of a side that is read for itself.
    ...(snapshots.at(-1) === asked ? itemsOf(asked.autoScalingGroups).flatMap((g) => ofGroup(g, asked)) : []),
    ...itemsOf(asked.autoScalingGroups).flatMap((g) => (startsAny(g) ? named('lifecycleHooks', g.name) : [])),
    ...groups.flatMap((g) => (g.placementGroup === null ? [] : one('placementGroups'))),
    ...groups.flatMap((g) => (g.reservations === null ? [] : one('capacityReservations'))),
  ];
  const distinct = new Map(wanted.map((w) => [`${w.kind} ${w.name ?? ''}`, w]));
  return [...distinct.values()].sort((a, b) =>
    firstOf(compareText(a.kind, b.kind), compareText(a.name ?? '', b.name ?? '')),
  );
}

/** A launch that does not require IMDSv2 itself depends on what its account says. */
export function metadataWanted(launches: readonly Pick<LaunchDetails, 'httpTokens'>[]): FactWanted[] {
  return launches.some((d) => d.httpTokens !== 'required') ? one('metadataDefaults') : [];
}

function marketsOf(launches: readonly LaunchDetails[], groups: readonly GroupDetails[]): Market[] {
  const spot =
    launches.some((d) => d.spot) || groups.some((g) => g.onDemandPercent !== null && g.onDemandPercent < 100);
  return spot ? ['on-demand', 'spot'] : ['on-demand'];
}

function wantedQuotas(type: string, market: Market): FactWanted[] {
  if (type !== EVERY_TYPE) return named('quotas', vcpuQuotaOf(type, market)?.code ?? null);
  return allVcpuQuotas(market).flatMap(({ code }) => named('quotas', code));
}

/** The same for launches that are written in templates. */
export function factsOfLaunches(launches: readonly LaunchDetails[], region: string): FactWanted[] {
  return launches.flatMap((d): FactWanted[] => [
    ...(d.instanceType === null
      ? d.requirements === null
        ? []
        : [
            { kind: 'instanceTypeOfferings' as const, name: EVERY_TYPE },
            { kind: 'instanceTypes' as const, name: EVERY_TYPE },
          ]
      : [
          { kind: 'instanceTypeOfferings' as const, name: d.instanceType },
          { kind: 'instanceTypes' as const, name: d.instanceType },
          ...wantedQuotas(d.instanceType, d.spot ? 'spot' : 'on-demand'),
        ]),
    ...(d.interfaces.some((n) => n.subnetId !== null) ? REGION_WIDE.flatMap(one) : []),
    // They show which zones there are.
    ...(d.zone === null && d.zoneId === null ? [] : one('subnets')),
    ...wantedBy(d, region),
  ]);
}

/** What every launch needs: where it is put, and how that is connected. */
const REGION_WIDE = [
  'subnets',
  'groupVpcs',
  'routeTables',
  'networkAcls',
  'internetGateways',
  'natGateways',
] as const satisfies readonly FactKind[];

function launchesOf(snapshot: Snapshot): Launch[] {
  return [
    ...itemsOf(snapshot.instances).map((i) => i.launch),
    ...itemsOf(snapshot.launchTemplates).flatMap((t) => (t.versions ?? []).map((v) => v.launch)),
    ...itemsOf(snapshot.launchConfigurations).map((c) => c.launch),
  ];
}

function wantedBy(d: LaunchDetails, region: string): FactWanted[] {
  return [
    ...named('instanceProfiles', d.profile?.split('/').at(-1) ?? null),
    ...d.devices.flatMap(({ snapshotId, kmsKeyId }) => [
      ...named('volumeSnapshots', snapshotId),
      ...wantedKey(kmsKeyId, region),
    ]),
    ...(d.placementGroup === null ? [] : one('placementGroups')),
    ...(d.reservation?.startsWith('cr-') || d.reservationPreference === 'capacity-reservations-only'
      ? one('capacityReservations')
      : []),
    ...(d.interfaces.some((n) => n.id !== null) ? one('networkInterfaces') : []),
  ];
}

/** What a group of the target attaches its instances to, and how its last launch ended. */
function ofGroup({ name, details }: AutoScalingGroup, place: Place): FactWanted[] {
  return [
    ...named('activities', name),
    ...targetGroupsWanted(details?.targetGroups ?? [], place),
    ...(details?.loadBalancers ?? []).flatMap((balancer) => named('classicLoadBalancers', balancer)),
  ];
}

type Place = Pick<Snapshot, 'region' | 'account'>;

/** Of another region or account nothing can be read here: that it is named is a finding. */
export function targetGroupsWanted(arns: readonly string[], { region, account }: Place): FactWanted[] {
  return arns.flatMap((arn) => {
    const [, , service, itsRegion, itsAccount] = arn.split(':');
    const readable =
      service === 'elasticloadbalancing' && itsRegion === region && (account ?? itsAccount) === itsAccount;
    return readable ? named('targetGroups', arn) : [];
  });
}

/** Whether a group can start an instance at all. */
export function startsAny({ details, desired }: AutoScalingGroup): boolean {
  return (desired ?? 0) > 0 || details?.max !== 0;
}

function named(kind: FactKind, name: string | null): FactWanted[] {
  return name === null ? [] : [{ kind, name }];
}

function one(kind: FactKind): FactWanted[] {
  return [{ kind, name: null }];
}

/** A key of another region cannot be read here, and AWS makes the key of EBS itself. */
function wantedKey(key: string | null, region: string): FactWanted[] {
  if (key === null || key.endsWith('alias/aws/ebs')) return [];
  return key.startsWith('arn:') && key.split(':')[3] !== region ? [] : named('kmsKeys', key);
}

/** The keys that images of the side are encrypted with which are launched, or may be counterparts of such. */
function keysOfImages(
  launches: readonly Launch[],
  snapshots: readonly Snapshot[],
  asked: Snapshot,
): string[] {
  const ids = new Set([
    ...launches.map((l) => l.imageId),
    ...snapshots.flatMap((s) => itemsOf(s.parameters).map((p) => p.value)),
  ]);
  const launched = snapshots.flatMap((s) => itemsOf(s.images)).filter((image) => ids.has(image.id));
  const names = new Set(launched.map(({ name }) => name));
  return itemsOf(asked.images)
    .filter((i) => ids.has(i.id) || names.has(i.name) || ids.has(i.sourceImageId))
    .flatMap((i) => i.blockDevices.flatMap((d) => (d.ebs?.encrypted && d.ebs.kmsKeyId) || []));
}

import type { GroupDetails } from '../../inventory/auto-scaling-group.ts';
import type { LaunchDetails } from '../../inventory/launch-details.ts';
import type { BoundTo, LaunchAt } from '../../report/rules/launches.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import type { Workload } from '../workloads/workloads.ts';
import { factsOf } from './facts.ts';
import { arnOf, BOUND_WORDS, provenForeign, regionOfZone } from './foreign.ts';
import type { Draft } from './judging.ts';
import type { JudgedWorkload, Start } from './starts.ts';

/** What is written by an id, ARN or zone that means one region or one account only. */
export interface Bound {
  readonly to: BoundTo;
  readonly text: string;
  /** What distinguishes it from others of its kind in the same launch, independent of what else is named there; null where there is only one. */
  readonly which: string | null;
}

/**
 * What an object of the target names by an id, ARN or zone of another region, or by an ARN of an account that the launch
 * cannot use. Of an object that has yet to be made on the target nothing is said here: its maker replaces these.
 */
export function boundIssues(start: Start, context: Context): Draft[] {
  if (start.mode === 'source') return [];
  return boundIn(start.details).flatMap((bound) => boundIssue(bound, start.at, start.mode, context));
}

/** What the group itself names. */
export function groupBoundIssues(workload: JudgedWorkload, context: Context): Draft[] {
  const { group, mode } = workload;
  if (group === null || mode === 'source') return [];
  const bound = [...boundInGroup(group, context), ...boundInHooks(workload.judged, context)];
  return bound.flatMap((one) => boundIssue(one, '', mode, context));
}

/** What an Auto Scaling group of a template attaches its instances to, and the role that it starts them with. */
export function attachmentIssues(
  {
    targetGroups,
    serviceLinkedRole,
  }: { readonly targetGroups: readonly string[]; readonly serviceLinkedRole: string | null },
  at: string,
  context: Context,
): Draft[] {
  return [...targetGroupsIn(targetGroups), ...roleIn(serviceLinkedRole)].flatMap((bound) =>
    boundIssue(bound, at, 'target', context),
  );
}

function targetGroupsIn(arns: readonly string[]): Bound[] {
  return arns.map((text): Bound => ({ to: 'target-group', text, which: targetGroupName(text) }));
}

function roleIn(arn: string | null): Bound[] {
  return arn ? [{ to: 'service-linked-role', text: arn, which: null }] : [];
}

export function boundInGroup(group: GroupDetails, context: Context): Bound[] {
  const subnets = factsOf(context).source;
  const rangeOf = (id: string) => {
    const known = subnets.find('subnets', id);
    return known.is === 'item' ? (known.item.cidrs[0] ?? id) : id;
  };
  return [
    ...group.subnets.map((text): Bound => ({ to: 'subnet', text, which: rangeOf(text) })),
    ...(group.subnets.length === 0
      ? group.zones.map((text): Bound => ({ to: 'zone', text, which: text }))
      : []),
    ...targetGroupsIn(group.targetGroups),
    ...(group.placementGroup?.startsWith('pg-')
      ? [{ to: 'placement-group' as const, text: group.placementGroup, which: null }]
      : []),
    ...roleIn(group.serviceLinkedRole),
  ];
}

/** What the lifecycle hooks of a group notify, and with which role. */
export function boundInHooks({ name, side }: Pick<Workload, 'name' | 'side'>, context: Context): Bound[] {
  const known = factsOf(context)[side].find('lifecycleHooks', name);
  const hooks = known.is === 'item' ? known.item.hooks : [];
  return hooks.flatMap(({ name: which, notifies, role }): Bound[] => [
    ...(notifies === null ? [] : [{ to: 'notification-target' as const, text: notifies, which }]),
    ...(role === null ? [] : [{ to: 'notification-role' as const, text: role, which }]),
  ]);
}

export function boundIn(details: LaunchDetails): Bound[] {
  const one = (to: BoundTo, text: string | null, which: string | null = null): Bound[] =>
    text === null ? [] : [{ to, text, which }];
  const reservation = details.reservation;
  return [
    ...details.interfaces.flatMap((n) => [
      ...one('network-interface', n.id, interfaceOf(n)),
      ...one('subnet', n.subnetId, interfaceOf(n)),
    ]),
    ...one('zone', details.zone),
    ...one('zone', details.zoneId, 'id'),
    ...details.devices.flatMap((d) => [
      ...one('snapshot', d.snapshotId, d.device),
      ...one('kms-key', d.kmsKeyId, d.device),
    ]),
    ...one('instance-profile', details.profile),
    ...one('host', details.hostId),
    ...one('host-resource-group', details.hostResourceGroup),
    ...one('capacity-reservation', reservation),
    ...one('placement-group', details.placementGroup?.startsWith('pg-') ? details.placementGroup : null),
    ...details.licenses.flatMap((text) => one('licence', text, text)),
  ];
}

/** What distinguishes a network interface of a launch from its others; null for the primary one. */
export function interfaceOf(n: LaunchDetails['interfaces'][number] | undefined): string | null {
  return n?.device ? `network interface ${n.device}` : null;
}

/** The name in the ARN of a target group: what follows it is an id of the region. */
function targetGroupName(arn: string): string {
  return /:targetgroup\/([^/]+)\//.exec(arn)?.[1] ?? arn;
}

function boundIssue({ to, text, which }: Bound, at: string, mode: SideName, context: Context): Draft[] {
  const { source, target } = context;
  const where: LaunchAt = { at, judged: mode };
  const place = which === null ? [at, to] : [at, to, which];
  const name = `${BOUND_WORDS[to]} ${text}`;
  // An instance starts nevertheless, and waits for whom the hook notifies.
  const ofHook = to === 'notification-target' || to === 'notification-role';
  const verdict = ofHook ? 'degraded' : 'blocked';
  const cannot = (region: string) =>
    ofHook ? `is of ${region}` : `is of ${region} and cannot be used in ${context.places.target}`;
  const ofRegion = (region: string, provenBy: 'named' | 'exists' | 'shared'): Draft[] => [
    {
      rule: 'reference/of-another-region',
      facts: { ...where, to, text, region, provenBy },
      verdict,
      steps: [name, cannot(region)],
      place,
    },
  ];
  const arn = arnOf(text);
  if (arn) {
    // A global service writes no region into its ARNs.
    if (arn.region !== '' && arn.region !== target.region) return ofRegion(arn.region, 'named');
    const account = target.account;
    if (account === null || arn.account === '' || arn.account === account || !OWN_ACCOUNT.has(to)) return [];
    // That the account lacks a profile of the name is said of it, with the account of the ARN.
    if (to === 'instance-profile' && lacksProfile(arn.resource, context)) return [];
    return [
      {
        rule: 'reference/of-another-account',
        facts: { ...where, to, text, account: arn.account, targetAccount: account },
        verdict,
        steps: [name, `belongs to account ${arn.account}, and ${account} cannot use it`],
        place,
      },
    ];
  }
  if (to === 'zone') {
    const region = regionOfZone(text);
    if (region !== null) return region === target.region ? [] : ofRegion(region, 'named');
    // A zone id, "use1-az1": its region is known where a subnet is in it.
    const here = (factsOf(context).target.all('subnets') ?? []).some((s) => s.zoneId === text);
    return provenForeign(text, context) === 'exists' && !here ? ofRegion(source.region, 'exists') : [];
  }
  const proven = provenForeign(text, context);
  return proven !== null && !existsOnTarget(to, text, context) ? ofRegion(source.region, proven) : [];
}

function lacksProfile(resource: string, context: Context): boolean {
  const name = resource.split('/').at(-1) ?? '';
  return factsOf(context).target.find('instanceProfiles', name).is === 'none';
}

/** A launch can use these only of its account; a KMS key, a host or a reservation can be shared. */
export const OWN_ACCOUNT: ReadonlySet<BoundTo> = new Set([
  'instance-profile',
  'service-linked-role',
  'target-group',
  'notification-role',
]);

export function existsOnTarget(to: BoundTo, id: string, context: Context): boolean {
  const facts = factsOf(context).target;
  switch (to) {
    case 'subnet':
      return facts.find('subnets', id).is === 'item';
    case 'network-interface':
      return facts.find('networkInterfaces', id).is === 'item';
    case 'snapshot':
      return facts.find('volumeSnapshots', id).is === 'item';
    case 'capacity-reservation':
      return facts.find('capacityReservations', id).is === 'item';
    case 'kms-key':
      return facts.find('kmsKeys', id).is === 'item';
    case 'placement-group':
      return (facts.all('placementGroups') ?? []).some((g) => g.groupId === id);
    case 'zone':
    case 'target-group':
    case 'host':
    case 'host-resource-group':
    case 'licence':
    case 'instance-profile':
    case 'service-linked-role':
    case 'notification-target':
    case 'notification-role':
    case 'vpc':
    case 'route-table':
    case 'gateway':
    case 'network-acl':
    case 'elastic-ip':
    case 'volume':
    case 'instance':
    case 'resource':
      return false;
  }
}

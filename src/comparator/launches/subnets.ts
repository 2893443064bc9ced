import type { Subnet } from '../../inventory/launch-facts/network.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { NoSubnet } from '../../report/rules/launches.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND, notKnown } from './judging.ts';
import type { Places } from './place.ts';
import type { JudgedWorkload, Start } from './starts.ts';

/** Whether the groups may be used in the subnets, and the subnets have room. */
export function networkChecks(start: Start, { subnets, mode }: Places, context: Context): Checked {
  if (subnets === null || subnets.length === 0 || mode === 'source') return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const wrong = subnets.flatMap((subnet) =>
    start.groups
      .filter(
        (group) => group.vpcId !== null && subnet.vpcId !== null && !vpcsOf(group, context).has(subnet.vpcId),
      )
      .map((group) => ({ group, subnet })),
  );
  const why = facts.unread('groupVpcs');
  const omitted =
    wrong.length > 0 && why ? notKnown(why, 'groupVpcs', facts, 'its security groups') : NOTHING_FOUND;
  // The group may be associated with the VPC: that could not be read.
  if (why?.is === 'failed') return omitted;
  const drafts = wrong.map(({ group, subnet }) =>
    noSubnet(
      start.mode,
      start.at,
      'other-network',
      { subnet: subnet.id, vpc: subnet.vpcId, group: group.name, groupVpc: group.vpcId },
      `security group ${group.name}`,
      `belongs to ${group.vpcId}, and subnet ${subnet.id} to ${subnet.vpcId}`,
      [group.name, subnet.cidrs[0] ?? subnet.id],
    ),
  );
  return all([found(...drafts), omitted]);
}

/** The VPCs that a group may be used in: its own, and those that it is associated with. */
export function vpcsOf({ id, vpcId }: SecurityGroup, context: Context): ReadonlySet<string> {
  const associated = (factsOf(context).target.all('groupVpcs') ?? []).filter(
    (a) => a.groupId === id && (a.state ?? 'associated') === 'associated',
  );
  return new Set([vpcId, ...associated.map((a) => a.vpcId)].filter((vpc) => vpc !== null));
}

/**
 * Whether a launch that names no subnet can be given one: it has to be of a VPC that all its groups may be used in, and
 * there has to be one.
 */
export function vpcChecks(start: Start, { subnets }: Places, context: Context): Checked {
  const vpcs = start.groups.map((group) => vpcsOf(group, context));
  const [first] = vpcs;
  if (subnets !== null || first === undefined) return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const unread = facts.unread('subnets');
  if (unread) return notKnown(unread, 'subnets', facts, 'a subnet of its VPC');
  const known = facts.all('subnets') ?? [];
  const common = [...first].filter((vpc) => vpcs.every((of) => of.has(vpc)));
  if (common.length === 0 || known.some((s) => common.includes(s.vpcId ?? ''))) return NOTHING_FOUND;
  const [vpcId = ''] = common;
  const name = context.vpcs.scope('target', vpcId) ?? vpcId;
  const why = `has no subnet in ${facts.place}`;
  return found(noSubnet(start.mode, start.at, 'no-subnet-in-vpc', { vpc: name }, `VPC ${name}`, why, [name]));
}

interface Wanting {
  /** Whether an Auto Scaling group starts them, which spreads them over its zones. */
  readonly isGroup: boolean;
  /** How many instances are to run, and how many do. */
  readonly desired: number;
  readonly running: number;
}

/** By itself one instance starts; of a group those that do not run yet. */
export function wantingOf({ group, desired, running }: JudgedWorkload): Wanting {
  return group === null
    ? { isGroup: false, desired: desired ?? 1, running: 0 }
    : { isGroup: true, desired: desired ?? 0, running };
}

/** Whether the subnets have an address for each instance that is still to be started. */
export function roomChecks({ subnets, mode, definite }: Places, at: string, workload: Wanting): Checked {
  if (subnets === null || subnets.length === 0) return NOTHING_FOUND;
  const free = subnets.map((s) => s.freeAddresses);
  if (free.some((n) => n === null)) return NOTHING_FOUND;
  const total = free.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  const wanted = workload.desired - workload.running;
  if (total >= wanted) return definite ? zoneRoom(subnets, wanted, mode, at, workload) : NOTHING_FOUND;
  const [only] = subnets.length === 1 ? subnets : [];
  const what = only ? `subnet ${only.id}` : 'its subnets';
  const detail = { subnet: only?.id ?? null, free: total, wanted };
  const draft = noSubnet(mode, at, 'full', detail, what, `have ${total} free addresses for ${wanted}`);
  // In place of subnets of the source others of the VPC can be named.
  const blocks = total === 0 && (mode === 'target' || !definite);
  return found({ ...draft, severity: 'high', verdict: blocks ? 'blocked' : 'degraded' } as Draft);
}

/**
 * Auto Scaling spreads the instances of a group evenly over its zones. Where a zone has too few addresses for its part, the
 * others take it over. Of a group that runs instances already, it is not known which zones the rest belongs to.
 */
function zoneRoom(
  subnets: readonly Subnet[],
  wanted: number,
  mode: SideName,
  at: string,
  { isGroup, running }: Wanting,
): Checked {
  const zones = groupBy(subnets, ({ zone, zoneId }) => zone ?? zoneId ?? '');
  if (!isGroup || running > 0 || zones.size < 2) return NOTHING_FOUND;
  const part = Math.floor(wanted / zones.size);
  const drafts = [...zones].flatMap(([zone, own]): Draft[] => {
    const free = own.reduce((sum, s) => sum + (s.freeAddresses ?? 0), 0);
    if (free >= part) return [];
    const detail = { zone, free, wanted: part };
    const why = `have ${free} free addresses for ${part}`;
    const draft = noSubnet(mode, at, 'full', detail, `its subnets in ${zone}`, why, [zone]);
    return [{ ...draft, severity: 'high', verdict: 'degraded' } as Draft];
  });
  return found(...drafts);
}

type NoSubnetDetail = Partial<
  Record<'subnet' | 'vpc' | 'zone' | 'group' | 'groupVpc', string | null> &
    Record<'free' | 'wanted', number | null>
>;

export function noSubnet(
  mode: SideName,
  at: string,
  because: NoSubnet,
  detail: NoSubnetDetail,
  what: string,
  why: string,
  /** What distinguishes it from another of its kind in the same launch: a name or a range where there is one. */
  which: readonly string[] = [],
): Draft {
  const { subnet = null, vpc = null, zone = null, group = null, groupVpc = null } = detail;
  const { free = null, wanted = null } = detail;
  return {
    rule: 'workload/no-subnet',
    facts: { at, judged: mode, because, subnet, vpc, zone, group, groupVpc, free, wanted },
    verdict: 'blocked',
    steps: [what, why],
    place: [at, because, ...which],
  };
}

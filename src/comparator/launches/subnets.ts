import type { NoSubnet } from '../../report/rules/launches.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND, notKnown } from './judging.ts';
import type { Places } from './place.ts';
import type { JudgedWorkload, Start } from './starts.ts';

/** Whether the groups may be used in the subnets, and the subnets have room. */
export function networkChecks(start: Start, { subnets, mode }: Places, context: Context): Checked {
  if (subnets === null || subnets.length === 0 || mode === 'source') return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const associations = facts.all('groupVpcs') ?? [];
  const wrong = subnets.flatMap((subnet) =>
    start.groups
      .filter(
        (group) =>
          group.vpcId !== null &&
          subnet.vpcId !== null &&
          group.vpcId !== subnet.vpcId &&
          !associations.some(
            (a) =>
              a.groupId === group.id &&
              a.vpcId === subnet.vpcId &&
              (a.state ?? 'associated') === 'associated',
          ),
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

/** Whether the subnets have an address for each instance that is still to be started. */
export function roomChecks(
  { subnets, mode, definite }: Places,
  at: string,
  workload: JudgedWorkload,
): Checked {
  if (subnets === null || subnets.length === 0) return NOTHING_FOUND;
  const free = subnets.map((s) => s.freeAddresses);
  if (free.some((n) => n === null)) return NOTHING_FOUND;
  const total = free.reduce<number>((sum, n) => sum + (n ?? 0), 0);
  const wanted = workload.group === null ? 1 : (workload.desired ?? 0) - workload.running;
  if (total >= wanted) return NOTHING_FOUND;
  const [only] = subnets.length === 1 ? subnets : [];
  const what = only ? `subnet ${only.id}` : 'its subnets';
  const detail = { subnet: only?.id ?? null, free: total, wanted };
  const draft = noSubnet(mode, at, 'full', detail, what, `have ${total} free addresses for ${wanted}`);
  // In place of subnets of the source others of the VPC can be named.
  const blocks = total === 0 && (mode === 'target' || !definite);
  return found({ ...draft, severity: 'high', verdict: blocks ? 'blocked' : 'degraded' } as Draft);
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

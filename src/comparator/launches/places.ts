import { itemsOf } from '../../inventory/collected.ts';
import type { Subnet } from '../../inventory/launch-facts/network.ts';
import type { NoSubnet } from '../../report/rules/launches.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { interfaceOf } from './bound.ts';
import { factsOf } from './facts.ts';
import { provenForeign, regionOfZone } from './foreign.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { JudgedWorkload, Start } from './starts.ts';
import type { Zone } from './types.ts';

/** Where a launch would run on the target. */
export interface Places {
  /** Subnets that it can use; null where it does not say and its caller or group does, or where they are not known. */
  readonly subnets: readonly Subnet[] | null;
  /** Empty: any zone of the region. */
  readonly zones: readonly Zone[];
  /** Whose subnets these are: those that an object of the target names, or candidates for one that is to be made. */
  readonly mode: SideName;
  readonly checked: Checked;
}

const ANYWHERE: Places = { subnets: null, zones: [], mode: 'target', checked: NOTHING_FOUND };

interface Wish {
  readonly subnets: readonly string[];
  readonly zones: readonly string[];
  readonly at: string;
  readonly mode: SideName;
  /** What tells a subnet from the others that are named; a group has nothing but their ids. */
  readonly which: (subnetId: string) => readonly string[];
}

/** Of an Auto Scaling group: its subnets, else the default subnets of its zones. */
export function groupPlaces(workload: JudgedWorkload, context: Context): Places {
  const { group, mode } = workload;
  if (group === null) return ANYWHERE;
  const { subnets, zones } = group;
  const wish: Wish = { subnets, zones, at: '', mode, which: (id) => [id] };
  if (group.subnets.length === 0) return defaultPlaces(wish, context);
  return mode === 'target' ? ownPlaces(wish, context) : portablePlaces(wish, context);
}

/** Of a launch by itself: the subnets of its interfaces, or its zone. */
export function startPlaces(start: Start, context: Context): Places {
  const { interfaces } = start.details;
  const subnets = interfaces.flatMap((n) => n.subnetId ?? []);
  const zones = start.details.zone ? [start.details.zone] : [];
  const wish: Wish = {
    subnets: [...new Set(subnets)],
    zones,
    at: start.at,
    mode: start.mode,
    which: (id) => [interfaceOf(interfaces.find((n) => n.subnetId === id)) ?? []].flat(),
  };
  if (wish.subnets.length > 0)
    return start.mode === 'target' ? ownPlaces(wish, context) : portablePlaces(wish, context);
  if (start.mode === 'source') return ANYWHERE; // a zone of the source is replaced
  // A zone of another region is said as such.
  const here = zones.filter(
    (zone) => (regionOfZone(zone) ?? context.target.region) === context.target.region,
  );
  return {
    ...ANYWHERE,
    zones: here.map((zone) => ({ zone, zoneId: null })),
    checked: zones.length > 0 ? passed('network') : NOTHING_FOUND,
  };
}

/** The subnets as the target's own object names them. */
function ownPlaces(wish: Wish, context: Context): Places {
  const facts = factsOf(context).target;
  const known = wish.subnets.map((id) => ({ id, known: facts.find('subnets', id) }));
  const here = known.flatMap((k) => (k.known.is === 'item' ? [k.known.item] : []));
  const checked = known.map(({ id, known: k }): Checked => {
    // Said as a reference to another region.
    if (k.is !== 'item' && provenForeign(id, context) !== null) return NOTHING_FOUND;
    if (k.is === 'none') {
      const why = `does not exist in ${facts.place}`;
      const draft = noSubnet(
        wish.mode,
        wish.at,
        'missing',
        { subnet: id },
        `subnet ${id}`,
        why,
        wish.which(id),
      );
      // Of several subnets the others can still be used.
      return found(here.length > 0 ? ({ ...draft, verdict: 'degraded', severity: 'high' } as Draft) : draft);
    }
    return k.is === 'item' ? passed('network') : notKnown(k, 'subnets', facts, `subnet ${id}`);
  });
  return { subnets: here, zones: here, mode: 'target', checked: all(checked) };
}

/**
 * The subnets of the target that can take the place of those that an object of the source names: those of the VPC that
 * stands for theirs. Which of them is chosen is for whoever makes the object; only a VPC without any stops the launch.
 */
function portablePlaces(wish: Wish, context: Context): Places {
  const facts = factsOf(context).target;
  const why = facts.unread('subnets');
  if (why) return { ...ANYWHERE, checked: notKnown(why, 'subnets', facts, 'its subnets') };
  const vpcs = new Set(wish.subnets.flatMap((id) => vpcOfSubnet(id, context) ?? []));
  if (vpcs.size === 0 || !context.vpcs.known) {
    const source = factsOf(context).source;
    // Which VPC they belong to was not read, so neither is it known what takes their place.
    const unknown = wish.subnets.map((id) => {
      const known = source.find('subnets', id);
      const asked = known.is === 'failed' || known.is === 'not-asked';
      return asked ? notKnown(known, 'subnets', source, `subnet ${id}`) : NOTHING_FOUND;
    });
    return { ...ANYWHERE, checked: vpcs.size === 0 ? all(unknown) : NOTHING_FOUND };
  }
  const fitting: Subnet[] = [];
  const drafts: Draft[] = [];
  for (const vpcId of vpcs) {
    const there = context.vpcs.over('source', vpcId);
    const called = context.vpcs.scope('source', vpcId) ?? vpcId;
    if (there === null) {
      const why = `no VPC of ${facts.place} is its counterpart`;
      drafts.push(noSubnet(wish.mode, wish.at, 'no-vpc', { vpc: called }, `VPC ${called}`, why, [called]));
      continue;
    }
    const subnets = (facts.all('subnets') ?? []).filter((s) => s.vpcId === there && usable(s));
    const name = context.vpcs.scope('target', there) ?? there;
    if (subnets.length === 0)
      drafts.push(
        noSubnet(
          wish.mode,
          wish.at,
          'no-subnet-in-vpc',
          { vpc: name },
          `VPC ${name}`,
          `has no subnet in ${facts.place}`,
          [name],
        ),
      );
    fitting.push(...subnets);
  }
  const looked = fitting.length > 0 ? passed('network') : NOTHING_FOUND;
  return { subnets: fitting, zones: fitting, mode: 'source', checked: all([found(...drafts), looked]) };
}

/** Without subnets a group launches into the default subnets of its zones, so there has to be a default VPC. */
function defaultPlaces(wish: Wish, context: Context): Places {
  const { target, places } = context;
  if (wish.zones.length === 0 || target.vpcs.status === 'failed') return ANYWHERE;
  const vpc = itemsOf(target.vpcs).find((v) => v.isDefault);
  if (!vpc && !tellsSubnets(context)) {
    const because = `No group that was read names a subnet, and neither ${places.source} nor ${places.target} has a default VPC.`;
    const what = 'subnets of Auto Scaling groups that name none (whether each has one on the target)';
    const omissions = [{ what, side: 'target', because, parts: ['network'] }] as const;
    return { ...ANYWHERE, checked: { ...NOTHING_FOUND, omissions } };
  }
  if (!vpc) {
    const why = `${places.target} has no default VPC, and no subnet is named`;
    return {
      ...ANYWHERE,
      checked: found(noSubnet(wish.mode, wish.at, 'no-default-vpc', {}, 'its subnets', why)),
    };
  }
  const facts = factsOf(context).target;
  const why = facts.unread('subnets');
  const own = wish.mode === 'target';
  const zones = own ? wish.zones.map((zone) => ({ zone, zoneId: null })) : [];
  if (why)
    return { subnets: null, zones, mode: wish.mode, checked: notKnown(why, 'subnets', facts, 'its subnets') };
  const defaults = (facts.all('subnets') ?? []).filter((s) => s.vpcId === vpc.id && s.defaultForZone);
  const used = own ? defaults.filter((s) => wish.zones.includes(s.zone ?? '')) : defaults;
  if (used.length > 0) return { subnets: used, zones: used, mode: wish.mode, checked: passed('network') };
  if (own && wish.zones.some((zone) => !zone.startsWith(target.region))) return { ...ANYWHERE, zones };
  const zone = own ? wish.zones.join(', ') : places.target;
  const draft = noSubnet(
    wish.mode,
    wish.at,
    'no-subnet-in-zone',
    { vpc: vpc.id, zone },
    `zone ${zone}`,
    'has no default subnet',
  );
  return { subnets: [], zones, mode: wish.mode, checked: found(draft) };
}

/**
 * Whether groups were read with their subnets. A group without subnets runs in a default VPC: where no region has one, and
 * no group names a subnet, what was read of the groups is not all of it.
 */
const tellsSubnets = perAudit(({ source, target }) =>
  [source, target].some(
    ({ vpcs, autoScalingGroups }) =>
      itemsOf(vpcs).some((v) => v.isDefault) ||
      itemsOf(autoScalingGroups).some((g) => (g.details?.subnets.length ?? 0) > 0),
  ),
);

function usable({ state }: Subnet): boolean {
  return state === null || state === 'available';
}

/** The VPC of a subnet of the source; an instance that runs in it tells it too. */
function vpcOfSubnet(id: string, context: Context): string | null {
  const known = factsOf(context).source.find('subnets', id);
  if (known.is === 'item') return known.item.vpcId;
  const inIt = itemsOf(context.source.instances).find((i) =>
    i.launch.details?.interfaces.some((n) => n.subnetId === id),
  );
  return inIt?.vpcId ?? null;
}

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
export function roomChecks({ subnets, mode }: Places, at: string, workload: JudgedWorkload): Checked {
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
  return found({ ...draft, severity: 'high', verdict: total === 0 ? 'blocked' : 'degraded' } as Draft);
}

type NoSubnetDetail = Partial<
  Record<'subnet' | 'vpc' | 'zone' | 'group' | 'groupVpc', string | null> &
    Record<'free' | 'wanted', number | null>
>;

function noSubnet(
  mode: SideName,
  at: string,
  because: NoSubnet,
  detail: NoSubnetDetail,
  what: string,
  why: string,
  /** What tells it from another of its kind in the same launch: a name or a range where there is one. */
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

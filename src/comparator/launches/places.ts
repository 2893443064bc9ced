import { itemsOf } from '../../inventory/collected.ts';
import type { Subnet } from '../../inventory/launch-facts/network.ts';
import type { Context } from '../context.ts';
import { perAudit } from '../per-audit.ts';
import { interfaceOf } from './bound.ts';
import { factsOf } from './facts.ts';
import { provenForeign, regionOfZone } from './foreign.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import { ANYWHERE, type Places, type Wish } from './place.ts';
import { portablePlaces } from './portable-subnets.ts';
import type { JudgedWorkload, Start } from './starts.ts';
import { noSubnet } from './subnets.ts';

/** Of an Auto Scaling group: its subnets, else the default subnets of its zones. */
export function groupPlaces(workload: JudgedWorkload, context: Context): Places {
  const { group, mode } = workload;
  if (group === null) return ANYWHERE;
  const { subnets, zones } = group;
  const wish: Wish = { subnets, zones, at: '', mode, oneIsEnough: true, which: (id) => [id] };
  if (group.subnets.length === 0) return defaultPlaces(wish, context);
  if (mode === 'target') return ownPlaces(wish, context);
  const groups = workload.starts.flatMap((start) => start.groups);
  return portablePlaces(wish, groups, context);
}

/** Of a launch by itself: the subnets of its interfaces, of which it needs each, or its zone. */
export function startPlaces(start: Start, context: Context, oneIsEnough = false): Places {
  const { interfaces } = start.details;
  const subnets = interfaces.flatMap((n) => n.subnetId ?? []);
  const zones = start.details.zone ? [start.details.zone] : [];
  const wish: Wish = {
    subnets: [...new Set(subnets)],
    zones,
    at: start.at,
    mode: start.mode,
    oneIsEnough,
    which: (id) => [interfaceOf(interfaces.find((n) => n.subnetId === id)) ?? []].flat(),
  };
  if (wish.subnets.length > 0)
    return start.mode === 'target' ? ownPlaces(wish, context) : portablePlaces(wish, start.groups, context);
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
      const why = `was not found in ${facts.place}`;
      const draft = noSubnet(
        wish.mode,
        wish.at,
        'missing',
        { subnet: id },
        `subnet ${id}`,
        why,
        wish.which(id),
      );
      // Of the subnets of a group the others can still be used.
      const othersDo = wish.oneIsEnough && here.length > 0;
      return found(othersDo ? ({ ...draft, verdict: 'degraded', severity: 'high' } as Draft) : draft);
    }
    return k.is === 'item' ? passed('network') : notKnown(k, 'subnets', facts, `subnet ${id}`);
  });
  return { ...ANYWHERE, subnets: here, zones: here, checked: all(checked) };
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
    return { ...ANYWHERE, zones, mode: wish.mode, checked: notKnown(why, 'subnets', facts, 'its subnets') };
  const defaults = (facts.all('subnets') ?? []).filter((s) => s.vpcId === vpc.id && s.defaultForZone);
  const used = own ? defaults.filter((s) => wish.zones.includes(s.zone ?? '')) : defaults;
  if (used.length > 0) {
    const checked = own ? zonesWithout(wish, used, vpc.id, target.region) : NOTHING_FOUND;
    return {
      subnets: used,
      zones: used,
      mode: wish.mode,
      definite: own,
      checked: all([checked, passed('network')]),
    };
  }
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
  return { ...ANYWHERE, subnets: [], zones, mode: wish.mode, checked: found(draft) };
}

/** Zones of the group without a default subnet: its other zones can still be used. */
function zonesWithout(wish: Wish, used: readonly Subnet[], vpc: string, region: string): Checked {
  const without = wish.zones.filter(
    (zone) => zone.startsWith(region) && !used.some((subnet) => subnet.zone === zone),
  );
  return all(
    without.map((zone) => {
      const why = 'has no default subnet';
      const draft = noSubnet(wish.mode, wish.at, 'no-subnet-in-zone', { vpc, zone }, `zone ${zone}`, why, [
        zone,
      ]);
      return found({ ...draft, verdict: 'degraded', severity: 'high' } as Draft);
    }),
  );
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

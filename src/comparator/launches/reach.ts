import type { AutoScalingGroup } from '../../inventory/auto-scaling-group.ts';
import type { LaunchDetails } from '../../inventory/launch-details.ts';
import type { Subnet } from '../../inventory/launch-facts/network.ts';
import { compareText } from '../../inventory/order.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import type { Obstacle } from '../../report/rules/launches.ts';
import type { SideName } from '../../report/vocabulary.ts';
import {
  describe,
  difference,
  everythingOf,
  intersection,
  isEmpty,
  type Packet,
  type Traffic,
  trafficOf,
  union,
  witness,
} from '../../traffic/index.ts';
import type { Context } from '../context.ts';
import { carried, type Direction, type NetworkPath, obstacle, routeClass } from '../network/path.ts';
import { perAudit } from '../per-audit.ts';
import type { Launcher, LaunchSpec } from '../workloads/launches.ts';
import { workloadsOf } from '../workloads/workloads.ts';
import { type FactIndex, factsOf } from './facts.ts';
import type { UnreadFact } from './issue.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND } from './judging.ts';
import type { Places } from './place.ts';
import { notRead } from './reach-unread.ts';
import type { JudgedWorkload, Start } from './starts.ts';
import {
  type AddressesAskedFor,
  aclOf,
  isUnlistedGateway,
  localCidrs,
  OPEN_ACL,
  subnetPath,
  tableOf,
} from './subnet-path.ts';

interface Path {
  readonly subnet: Subnet;
  readonly path: NetworkPath;
}

/**
 * Whether the subnets of the target carry what the security groups admit, as the subnets of the source do. Only packets
 * that the groups of both sides admit count: what the groups themselves change is said of the groups.
 */
export function reachChecks(
  start: Start,
  { subnets, definite }: Places,
  source: SourceEnd | null,
  context: Context,
): Checked {
  if (!source || subnets === null || subnets.length === 0 || start.groups.length === 0) return NOTHING_FOUND;
  const facts = factsOf(context).source;
  // A network ACL of the source that was not read may deny as much: then those of the target prove nothing.
  const comparable = source.subnets.every((subnet) => aclOf(subnet, facts) !== null);
  const asRead = source.subnets.map((subnet) => sourcePath(subnet, source.addresses, context));
  if (asRead.length === 0) return notRead(context);
  // The workload runs behind the NAT gateways of the source. If one of them has no route to the internet in what was read,
  // that says nothing about those of the target either.
  const trusted = asRead.some(({ path }) => path.routes.some(({ via }) => via === 'cut-off-nat'));
  const here = trusted ? asRead.map(withNatThatCarries) : asRead;
  const asked = askedForBy(start.details);
  const comparedWith = (paths: readonly Path[]) =>
    paths
      .map((one) => (comparable ? one : { ...one, path: { ...one.path, acl: OPEN_ACL } }))
      .map((one) => (trusted ? withNatThatCarries(one) : one));
  const there = comparedWith(subnets.map((subnet) => targetPath(subnet, asked, 'given', context)));
  const gateways = unlistedGateways(subnets, factsOf(context).target);
  const proven =
    gateways.length > 0
      ? comparedWith(subnets.map((subnet) => targetPath(subnet, asked, 'proven', context)))
      : there;
  const local = incomparable([...source.subnets], subnets, context);
  const unread: UnreadFact[] = [];
  const drafts = (['ingress', 'egress'] as const).flatMap((direction) => {
    const admitted = intersection(
      admittedBy('target', start.groups, direction, context),
      admittedBy('source', source.groups, direction, context),
    );
    const onSource = here.map(({ path }) => carried(path, direction)).reduce(intersection);
    const wanted = difference(intersection(admitted, onSource), local);
    if (isEmpty(wanted)) return [];
    // Each of its subnets can get an instance; of those that the maker can choose from one is enough.
    const lostBy = (paths: readonly Path[]) =>
      difference(
        wanted,
        paths.map(({ path }) => carried(path, direction)).reduce(definite ? intersection : union),
      );
    const lost = lostBy(there);
    const packet = witness(lost);
    if (packet !== null) return [draftOf(start, direction, packet, lost, there, here)];
    if (proven !== there && !isEmpty(lostBy(proven)))
      unread.push(unlisted(gateways, direction, factsOf(context).target));
    return [];
  });
  return all([found(...drafts), { ...NOTHING_FOUND, unread }, notRead(context)]);
}

/** A route can name an internet gateway that was deleted after the gateways were listed, or before. */
function unlisted(gateways: readonly string[], direction: Direction, facts: FactIndex): UnreadFact {
  return {
    steps: [
      connectionsOf(direction),
      `the route names ${gateways.join(', ')}, which is not among the internet gateways of ${facts.place}`,
    ],
    kind: 'internetGateways',
    part: 'network',
    side: 'target',
  };
}

function unlistedGateways(subnets: readonly Subnet[], facts: FactIndex): string[] {
  const ids = subnets.flatMap((subnet) =>
    (tableOf(subnet, facts)?.routes ?? [])
      .map(({ to }) => to)
      .filter((to) => isUnlistedGateway(to, subnet, facts)),
  );
  return [...new Set(ids)].sort(compareText);
}

function connectionsOf(direction: Direction): string {
  return `${direction === 'ingress' ? 'incoming' : 'outgoing'} connections that the security groups admit`;
}

function withNatThatCarries({ subnet, path }: Path): Path {
  const routes = path.routes.map(
    ({ cidr, via }) => ({ cidr, via: via === 'cut-off-nat' ? 'nat' : via }) as const,
  );
  return { subnet, path: { ...path, routes } };
}

function draftOf(
  start: Start,
  direction: Direction,
  packet: Packet,
  lost: Traffic,
  there: readonly Path[],
  here: readonly Path[],
): Draft {
  const stopped = there.flatMap(({ subnet, path }) => {
    const by = obstacle(path, direction, packet);
    return by === null ? [] : [{ subnet, path, by }];
  });
  const [first] = stopped;
  const because = first?.by ?? 'no-route';
  const names = stopped.map(({ subnet }) => subnet.id);
  return {
    rule: 'workload/unreachable',
    facts: {
      at: start.at,
      judged: start.mode,
      direction,
      because,
      subnets: names,
      subnetsInAll: there.length,
      sourceRoute: here[0] ? routeClass(here[0].path.routes) : null,
      targetRoute: first ? routeClass(first.path.routes) : null,
      securityGroups: start.groups.map((g) => g.name).sort(),
      witness: { ...packet },
      traffic: describe(lost).map((entry) => ({ ...entry })),
    },
    verdict: 'degraded',
    steps: [connectionsOf(direction), `subnet ${names.join(', ')} ${OBSTACLE_STEPS[because]}`],
    place: [start.at, direction],
  };
}

const OBSTACLE_STEPS: Readonly<Record<Obstacle, string>> = {
  'no-route': 'has no route for them',
  'no-public-address': 'gives no public address',
  'outbound-only-route': 'has a route for outgoing connections only',
  'cut-off-nat': 'has a route to a NAT gateway that does not reach the internet',
  'block-public-access': 'is under VPC Block Public Access',
  'network-acl': 'has a network ACL that denies them',
};

function admittedBy(
  side: SideName,
  groups: readonly SecurityGroup[],
  direction: Direction,
  context: Context,
): Traffic {
  const rows = groups.flatMap((g) => context.meanings.rows(side, g));
  return trafficOf(rows.filter((r) => r.direction === direction).flatMap((r) => r.permits));
}

/** Each subnet of the target has one path, even if several launches use it. */
const pathsOfTarget = perAudit(() => new Map<string, Path>());
const provenPathsOfTarget = perAudit(() => new Map<string, Path>());
const pathsOfSource = perAudit(() => new Map<string, Path>());

function targetPath(
  subnet: Subnet,
  asked: AddressesAskedFor,
  unknown: 'given' | 'proven',
  context: Context,
): Path {
  const known = (unknown === 'given' ? pathsOfTarget : provenPathsOfTarget)(context);
  return once(known, subnet, asked, () =>
    subnetPath(subnet, asked, unknown, factsOf(context).target, context.target, (cidr) => cidr),
  );
}

function sourcePath(subnet: Subnet, asked: AddressesAskedFor, context: Context): Path {
  return once(pathsOfSource(context), subnet, asked, () =>
    subnetPath(subnet, asked, 'not-given', factsOf(context).source, context.source, context.cidrs),
  );
}

function once(
  known: Map<string, Path>,
  subnet: Subnet,
  asked: AddressesAskedFor,
  make: () => NetworkPath,
): Path {
  const key = `${subnet.id} ${asked.ipv4} ${asked.ipv6}`;
  const path = known.get(key) ?? { subnet, path: make() };
  known.set(key, path);
  return path;
}

/**
 * The addresses of the VPCs themselves: those of the source mean nothing on the target, and the other way round, except
 * where the config says which range takes the place of which.
 */
function incomparable(source: readonly Subnet[], target: readonly Subnet[], context: Context): Traffic {
  const { source: s, target: t } = factsOf(context);
  const [here, there] = [
    source.flatMap((subnet) => [...subnet.cidrs, ...localCidrs(subnet, s)]),
    target.flatMap((subnet) => [...subnet.cidrs, ...localCidrs(subnet, t)]),
  ];
  const moved = everythingOf(here.map(context.cidrs));
  const both = intersection(moved, everythingOf(there));
  return difference(union(everythingOf(here), everythingOf(there)), both);
}

export function askedForBy(details: LaunchDetails | null): AddressesAskedFor {
  return { ipv4: details?.publicAddress ?? null, ipv6: details?.ipv6Address ?? null };
}

/** Where a workload runs on the source, and with which groups. */
export interface SourceEnd {
  readonly subnets: readonly Subnet[];
  readonly addresses: AddressesAskedFor;
  readonly groups: readonly SecurityGroup[];
}

/** Where the source's own object launches, and with which groups. Null where its subnets or its groups are not known. */
export function sourceEnd(workload: JudgedWorkload, context: Context): SourceEnd | null {
  const item = workload.asked.side === 'source' ? workload.asked.item : sourceOf(workload, context);
  const source = item && workloadsOf(context).of(item);
  if (!source) return null;
  const [spec] = source.launchSpecs;
  const groups = spec ? groupsOf(spec) : [];
  if (!spec || groups.length === 0) return null;
  const facts = factsOf(context).source;
  const named = subnetIdsOf(source.item, spec).flatMap((id) => {
    const known = facts.find('subnets', id);
    return known.is === 'item' ? [known.item] : [];
  });
  const subnets = named.length > 0 ? named : defaultSubnets(source.item, facts);
  return { subnets, addresses: askedForBy(spec.details), groups };
}

function sourceOf({ asked }: JudgedWorkload, { counterparts }: Context): Launcher | null {
  if (asked.kind === 'instance') return null;
  const pairs = counterparts[asked.kind] as readonly { source: Launcher | null; target: Launcher | null }[];
  return pairs.find((p) => p.target === asked.item)?.source ?? null;
}

function subnetIdsOf(item: Launcher, { details }: LaunchSpec): readonly string[] {
  const own = 'details' in item ? ((item as AutoScalingGroup).details?.subnets ?? []) : [];
  return own.length > 0 ? own : [...new Set((details?.interfaces ?? []).flatMap((n) => n.subnetId ?? []))];
}

/** A group that names zones and no subnets launches into their default subnets. */
function defaultSubnets(item: Launcher, facts: FactIndex): readonly Subnet[] {
  const group = 'details' in item ? (item as AutoScalingGroup).details : null;
  if (!group || group.subnets.length > 0) return [];
  return (facts.all('subnets') ?? []).filter(
    ({ defaultForZone, zone }) => defaultForZone && zone !== null && group.zones.includes(zone),
  );
}

function groupsOf({ interfaces }: LaunchSpec): SecurityGroup[] {
  return interfaces.flat().flatMap(({ found: f }) => (f.is === 'security-group' ? [f.item] : []));
}

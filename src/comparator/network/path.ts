/**
 * What the network around an instance carries, besides its security groups: the subnet's network ACL, its routes, whether
 * the instance has an address that the internet reaches, and VPC Block Public Access. Exact sets of packets.
 */
import {
  admits,
  admittedInOrder,
  answeredBy,
  everythingOf,
  intersection,
  isEmpty,
  NOTHING,
  type OrderedEntry,
  type Packet,
  type PrefixRoute,
  routedBy,
  type Traffic,
  union,
} from '../../traffic/index.ts';

/**
 * Where a route leads.
 * - `local`: within the VPC.
 * - `internet`: an internet gateway. It carries IPv4 only for an instance with a public address.
 * - `nat`, `egress-only`: a NAT gateway or instance, an egress-only internet gateway. Nothing begins a connection inwards.
 * - `not-followed`: a peering, transit gateway, virtual private gateway, endpoint or appliance. What is behind it was not
 *   read, so it is taken to carry; the caller lists it as not looked at.
 * - `cut-off-nat`: a NAT gateway whose own subnet has no route to the internet.
 * - `blackhole`: the target of the route does not exist any more.
 */
export type RouteVia =
  | 'local'
  | 'internet'
  | 'nat'
  | 'egress-only'
  | 'not-followed'
  | 'cut-off-nat'
  | 'blackhole';

export interface NetworkPath {
  /** The entries of the network ACL in the order of their numbers, without the final `*`. */
  readonly acl: { readonly inbound: readonly OrderedEntry[]; readonly outbound: readonly OrderedEntry[] };
  readonly routes: readonly PrefixRoute<RouteVia>[];
  /** The CIDRs of the subnet. A network ACL does not filter traffic within its subnet. */
  readonly subnetCidrs: readonly string[];
  readonly publicAddress: { readonly ipv4: boolean; readonly ipv6: boolean };
  /** The VPC Block Public Access mode that applies to the subnet, exclusions considered. */
  readonly blockPublicAccess: 'off' | 'block-ingress' | 'block-bidirectional';
}

export type Direction = 'ingress' | 'egress';

const IPV4_ALL = everythingOf(['0.0.0.0/0']);
const IPV6_ALL = everythingOf(['::/0']);

const known: Readonly<Record<Direction, WeakMap<NetworkPath, Traffic>>> = {
  ingress: new WeakMap(),
  egress: new WeakMap(),
};

/** The connections that the path carries in one direction, as the packets that begin them. Many launches use one path. */
export function carried(path: NetworkPath, direction: Direction): Traffic {
  const hit =
    known[direction].get(path) ?? intersection(aclCarries(path, direction), routesCarry(path, direction));
  known[direction].set(path, hit);
  return hit;
}

function aclCarries({ acl, subnetCidrs }: NetworkPath, direction: Direction): Traffic {
  const inbound = admittedInOrder(acl.inbound);
  const outbound = admittedInOrder(acl.outbound);
  const [there, back] = direction === 'ingress' ? [inbound, outbound] : [outbound, inbound];
  return union(intersection(there, answeredBy(back)), everythingOf(subnetCidrs));
}

function routesCarry(path: NetworkPath, direction: Direction): Traffic {
  const through = (...vias: RouteVia[]) => routedBy(path.routes, new Set(vias));
  const always = through('local', 'not-followed');
  return union(
    union(always, publicTraffic(path, direction, through('internet'))),
    natTraffic(path, direction, through),
  );
}

/** What an internet gateway carries for the addresses that the instance has. */
function publicTraffic(
  { publicAddress, blockPublicAccess }: NetworkPath,
  direction: Direction,
  routed: Traffic,
): Traffic {
  if (blockPublicAccess === 'block-bidirectional') return NOTHING;
  if (blockPublicAccess === 'block-ingress' && direction === 'ingress') return NOTHING;
  const families = union(publicAddress.ipv4 ? IPV4_ALL : NOTHING, publicAddress.ipv6 ? IPV6_ALL : NOTHING);
  return intersection(routed, families);
}

function natTraffic(
  { publicAddress, blockPublicAccess }: NetworkPath,
  direction: Direction,
  through: (...vias: RouteVia[]) => Traffic,
): Traffic {
  if (direction === 'ingress' || blockPublicAccess === 'block-bidirectional') return NOTHING;
  const egressOnly = publicAddress.ipv6 ? intersection(through('egress-only'), IPV6_ALL) : NOTHING;
  return union(through('nat'), egressOnly);
}

/** What on the path stops a packet. */
export type Obstacle =
  | 'no-route'
  | 'no-public-address'
  | 'outbound-only-route'
  | 'cut-off-nat'
  | 'block-public-access'
  | 'network-acl';

/** The first obstacle on the path of the packet, from the route to the network ACL; null where nothing does. */
export function obstacle(path: NetworkPath, direction: Direction, packet: Packet): Obstacle | null {
  const through = (...vias: RouteVia[]) => admits(routedBy(path.routes, new Set(vias)), packet);
  if (!admits(routesCarry(path, direction), packet)) {
    if (through('internet') || through('nat', 'egress-only')) {
      const open = { ...path, blockPublicAccess: 'off' } as const;
      if (path.blockPublicAccess !== 'off' && admits(routesCarry(open, direction), packet))
        return 'block-public-access';
      return through('internet') || direction === 'egress' ? 'no-public-address' : 'outbound-only-route';
    }
    return through('cut-off-nat') ? 'cut-off-nat' : 'no-route';
  }
  return admits(aclCarries(path, direction), packet) ? null : 'network-acl';
}

/** How a subnet is connected, as AWS's documentation calls subnets. */
export type RouteClass = 'public' | 'private' | 'isolated';

/** `public`: a route to an internet gateway; `private`: out through NAT or another gateway; `isolated`: none of them. */
export function routeClass(routes: readonly PrefixRoute<RouteVia>[]): RouteClass {
  const leads = (...vias: RouteVia[]) => !isEmpty(routedBy(routes, new Set(vias)));
  if (leads('internet')) return 'public';
  return leads('nat', 'egress-only', 'not-followed') ? 'private' : 'isolated';
}

/**
 * Single packets: one that shows that a set is not empty, and whether a set admits a given one.
 */
import { IPV4, IPV6, parseAddress, type Space } from './addresses.ts';
import { contains, extend, firstFrom, type Point } from './intervals.ts';
import { type Profile, servicesAt, stepsOf } from './profile.ts';
import {
  hasPorts,
  hasTypes,
  ICMP,
  ICMPV6,
  icmpRange,
  PROTOCOLS,
  portOf,
  protocolName,
  protocolNumber,
  protocolOf,
  type Services,
  servicesOf,
  TCP,
  UDP,
  WIDTH,
} from './services.ts';
import type { Traffic } from './set.ts';

/** One concrete packet. `port` with tcp and udp, `type` and `code` with icmp and icmpv6. */
export interface Packet {
  readonly protocol: string;
  readonly port?: number;
  readonly type?: number;
  readonly code?: number;
  /** An address without a prefix length, or an atom. */
  readonly peer: string;
}

type PeerKind = 'ipv4' | 'ipv6' | 'atom';
const PEER_KINDS: readonly PeerKind[] = ['ipv4', 'ipv6', 'atom'];

/** What to look for first, so that the example is one a reader can picture. `likely` are ports, or type * 256 + code. */
const PREFERRED: readonly { protocol: number; peers: readonly PeerKind[]; likely: readonly number[] }[] = [
  { protocol: TCP, peers: PEER_KINDS, likely: [22, 443, 80, 3389, 3306, 5432, 6379, 8080, 8443] },
  { protocol: UDP, peers: PEER_KINDS, likely: [53, 123, 161, 514, 500, 4500] },
  // Echo requests. ICMP over IPv6 and the other way round can be permitted but does not occur.
  { protocol: ICMP, peers: ['ipv4', 'atom'], likely: [8 * 256] },
  { protocol: ICMPV6, peers: ['ipv6', 'atom'], likely: [128 * 256] },
  // ESP, AH, GRE.
  ...[50, 51, 47].map((protocol) => ({ protocol, peers: PEER_KINDS, likely: [] })),
  ...Array.from({ length: PROTOCOLS }, (_, protocol) => protocol)
    .filter((protocol) => !hasPorts(protocol) && !hasTypes(protocol))
    .map((protocol) => ({ protocol, peers: PEER_KINDS, likely: [] })),
  { protocol: ICMP, peers: PEER_KINDS, likely: [8 * 256] },
  { protocol: ICMPV6, peers: PEER_KINDS, likely: [128 * 256] },
];

/** Hosts of the documentation and private networks, before the first address of the set: `0.0.0.1` is not a realistic example. */
const LIKELY_IPV4 = [
  0xcb007101, // 203.0.113.1
  0xc6336401, // 198.51.100.1
  0xc0000201, // 192.0.2.1
  0x0a000001, // 10.0.0.1
  0xac100001, // 172.16.0.1
  0xc0a80001, // 192.168.0.1
];
const LIKELY_IPV6 = [
  0x20010db8000000000000000000000001n, // 2001:db8::1
  0xfd000000000000000000000000000001n, // fd00::1
];

/**
 * One concrete packet of the set, always the same for the same set; null when the set is empty. Prefers tcp, a
 * well-known port, IPv4 before IPv6 before atoms, and the first host of a network to the network's own address.
 */
export function witness(t: Traffic): Packet | null {
  const sets: Record<PeerKind, readonly Services[]> = {
    ipv4: t.ipv4.services,
    ipv6: t.ipv6.services,
    atom: t.atoms.map(([, services]) => services),
  };
  for (const { protocol, peers, likely } of PREFERRED) {
    const point = pointOf(
      protocol,
      likely,
      peers.flatMap((kind) => sets[kind]),
    );
    if (point === null) continue;
    const kind = peers.find((candidate) => sets[candidate].some((services) => contains(services, point)));
    return { ...serviceOf(point), peer: peerAdmittedFor(t, kind ?? 'atom', point) };
  }
  return null;
}

/** The first likely point of a protocol in any of the sets, else the lowest; null when they hold none of it. */
function pointOf(protocol: number, likely: readonly number[], sets: readonly Services[]): number | null {
  const start = protocol * WIDTH;
  const lowestFrom = (from: number): number =>
    sets.reduce((lowest, services) => Math.min(lowest, firstFrom(services, from) ?? lowest), start + WIDTH);
  const lowest = lowestFrom(start);
  if (lowest === start + WIDTH) return null;
  for (const port of likely)
    if (sets.some((services) => contains(services, start + port))) return start + port;
  if (lowest > start || !hasPorts(protocol)) return lowest;
  // Nothing connects to port 0: only where there is no other.
  const next = lowestFrom(start + 1);
  return next === start + WIDTH ? start : next;
}

function serviceOf(point: number): Omit<Packet, 'peer'> {
  const number = protocolOf(point);
  const protocol = protocolName(number);
  if (hasPorts(number)) return { protocol, port: portOf(point) };
  if (hasTypes(number)) return { protocol, type: portOf(point) >> 8, code: portOf(point) & 255 };
  return { protocol };
}

function peerAdmittedFor(t: Traffic, kind: PeerKind, point: number): string {
  if (kind === 'ipv4') return IPV4.text(hostAdmittedFor(IPV4, t.ipv4, point, LIKELY_IPV4));
  if (kind === 'ipv6') return IPV6.text(hostAdmittedFor(IPV6, t.ipv6, point, LIKELY_IPV6));
  return t.atoms.find(([, services]) => contains(services, point))?.[0] ?? '';
}

function hostAdmittedFor<P extends Point>(
  space: Space<P>,
  profile: Profile<P>,
  point: number,
  likely: readonly P[],
): P {
  const known = likely.find((address) => contains(servicesAt(profile, address), point));
  if (known !== undefined) return known;
  const addresses: P[] = [];
  for (const [first, end, services] of stepsOf(space, profile))
    if (contains(services, point)) extend(addresses, first, end);
  const [first = space.start, end = space.end] = addresses;
  // Up to /30 a network's first address is its own; a /31 has two hosts (RFC 3021).
  return space.fit(first, end) <= space.bits - 2 ? space.next(first) : first;
}

/**
 * Whether the set admits the packet. A peer that is no address is an atom.
 * @throws RangeError for what is no packet: "all" protocols, tcp without a port, a port that does not exist.
 */
export function admits(t: Traffic, p: Packet): boolean {
  const [point = 0] = servicesOf(protocolNumber(p.protocol), rangeOf(p));
  const parsed = parseAddress(p.peer);
  if (parsed === null)
    return t.atoms.some(([atom, services]) => atom === p.peer && contains(services, point));
  const services =
    parsed.family === 'ipv4'
      ? servicesAt(t.ipv4, parsed.block.start)
      : servicesAt(t.ipv6, parsed.block.start);
  return contains(services, point);
}

function rangeOf(p: Packet): { first: number; last: number } | 'all' {
  const protocol = protocolNumber(p.protocol);
  if (hasPorts(protocol)) {
    if (p.port === undefined) throw new RangeError(`a ${p.protocol} packet needs a port`);
    return { first: p.port, last: p.port };
  }
  if (!hasTypes(protocol)) return 'all';
  if (p.type === undefined || p.code === undefined)
    throw new RangeError(`an ${p.protocol} packet needs a type and a code`);
  return icmpRange(p.type, p.code);
}

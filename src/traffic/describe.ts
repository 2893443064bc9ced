/**
 * Sets of packets as text that people read and reports keep, and back.
 */
import { type Block, decimal, IPV4, IPV6, parseCidr, type Space } from './addresses.ts';
import { combine, DIFFERENCE, type Point, pairs, unionOf } from './intervals.ts';
import type { Piece } from './piece.ts';
import { piecesOf } from './pieces.ts';
import {
  byProtocol,
  EVERYTHING,
  hasPorts,
  hasTypes,
  icmpOutline,
  icmpRange,
  portOf,
  protocolName,
  protocolNumber,
  protocolOf,
  type Services,
  servicesOf,
  WIDTH,
} from './services.ts';
import { difference, fromRows, isEmpty, NOTHING, type PermitPeer, type Traffic, union } from './set.ts';

/**
 * Packets of one protocol and range, from or to `peers` but not those of `except`.
 */
export interface TrafficEntry {
  /** "tcp", "udp", "icmp", "icmpv6", another protocol's number, or "all". */
  readonly protocol: string;
  /** With "all" only: all but these. */
  readonly exceptProtocols?: readonly string[];
  /** Always and only with tcp and udp: "22", "1024-65535" or "all". */
  readonly ports?: string;
  /** Always and only with icmp and icmpv6: a type "8", a type and code "3/4", or "all". */
  readonly icmp?: string;
  /** With `icmp` "all": all but these types, "8", and types and codes, "3/4". With a type: all of its codes but these, "3/4". */
  readonly exceptIcmp?: readonly string[];
  /** IPv4 CIDRs, IPv6 CIDRs (both by address), then atoms (by code unit). */
  readonly peers: readonly string[];
  /** CIDRs, each inside one of the peers. */
  readonly except?: readonly string[];
}

/**
 * The set in the fewest port ranges and CIDRs (counted together; of equals the fewest entries), complete and without
 * overlap. One set has one description, in a total order: "all" protocols, tcp, udp, icmp, icmpv6, others by number;
 * then by where the range begins, the wider first; of ICMP all types, all but some, then type by type.
 */
export function describe(t: Traffic): TrafficEntry[] {
  return [...piecesOf(t)].sort(byService).map(entryOf);
}

function byService(a: Piece, b: Piece): number {
  const [ofA, ofB] = [exceptions(a.services), exceptions(b.services)];
  if (ofA === null || ofB === null) {
    if (ofA !== ofB) return ofA === null ? 1 : -1;
    const [[first = 0, end = 0], [otherFirst = 0, otherEnd = 0]] = [a.services, b.services];
    const protocol = byProtocol(protocolOf(first), protocolOf(otherFirst));
    if (protocol !== 0) return protocol;
    if (hasTypes(protocolOf(first))) return compareLists(icmpPlace(a.services), icmpPlace(b.services));
    return first - otherFirst || otherEnd - end;
  }
  if (ofA.length !== ofB.length) return ofA.length - ofB.length;
  const i = ofA.findIndex((protocol, at) => protocol !== ofB[at]);
  return i < 0 ? 0 : byProtocol(ofA[i] ?? 0, ofB[i] ?? 0);
}

/** Of a piece of most protocols, the protocols that are missing; null of a range within one protocol. */
function exceptions(services: Services): readonly number[] | null {
  if (protocolOf(services[0] ?? 0) === protocolOf((services.at(-1) ?? 1) - 1)) return null;
  const missing: number[] = [];
  for (const [from, to] of pairs(combine(EVERYTHING, services, DIFFERENCE)))
    for (let point = from; point < to; point += WIDTH) missing.push(protocolOf(point));
  return missing.sort(byProtocol);
}

function entryOf(piece: Piece): TrafficEntry {
  const peers = [
    ...piece.ipv4.peers.map((block) => cidrText(IPV4, block)),
    ...piece.ipv6.peers.map((block) => cidrText(IPV6, block)),
    ...piece.peers.atoms,
  ];
  const except = [
    ...piece.ipv4.except.map((block) => cidrText(IPV4, block)),
    ...piece.ipv6.except.map((block) => cidrText(IPV6, block)),
  ];
  return { ...serviceText(piece.services), peers, ...(except.length === 0 ? {} : { except }) };
}

function cidrText<P extends Point>(space: Space<P>, { start, length }: Block<P>): string {
  return `${space.text(start)}/${length}`;
}

function serviceText(services: Services): Omit<TrafficEntry, 'peers' | 'except'> {
  const missing = exceptions(services);
  if (missing !== null)
    return {
      protocol: 'all',
      ...(missing.length === 0 ? {} : { exceptProtocols: missing.map(protocolName) }),
    };
  const [first = 0, end = 0] = services;
  const number = protocolOf(first);
  const protocol = protocolName(number);
  if (hasPorts(number)) return { protocol, ports: portsText(first, end) };
  if (hasTypes(number)) return { protocol, ...icmpText(services) };
  return { protocol };
}

function portsText(first: number, end: number): string {
  if (end - first === WIDTH) return 'all';
  return end - first === 1 ? `${portOf(first)}` : `${portOf(first)}-${portOf(end - 1)}`;
}

/** One type and code, one type, all of them, or one of the latter two but some. */
function icmpText(services: Services): Pick<TrafficEntry, 'icmp' | 'exceptIcmp'> {
  const { of, except } = icmpOutline(services);
  return { icmp: typeText(of), ...(except.length === 0 ? {} : { exceptIcmp: except.map(typeText) }) };
}

function typeText([first = 0, end = 0]: Services): string {
  if (end - first === WIDTH) return 'all';
  const [type, code] = [portOf(first) >> 8, portOf(first) & 255];
  return end - first === 1 ? `${type}/${code}` : `${type}`;
}

/** All types first, then by type, each before its codes, also among the exceptions; of the same, what has the fewest exceptions. */
function icmpPlace(services: Services): readonly number[] {
  const { of, except } = icmpOutline(services);
  const [first = 0, end = 0] = of;
  return [
    end - first === WIDTH ? -1 : first,
    -(end - first),
    except.length,
    ...except.flatMap(([from = 0, to = 0]) => [from, -to]),
  ];
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((point, i) => point !== b[i]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? 0);
}

/**
 * The set that a description denotes; entries may come in any order, overlap, and be written manually.
 * @throws RangeError naming what cannot be read.
 */
export function denoted(entries: readonly TrafficEntry[]): Traffic {
  const sets = entries.map((entry) => {
    const services = servicesOfEntry(entry);
    const rowOf = (peer: PermitPeer) => ({ peer, services });
    const admitted = fromRows(entry.peers.map((text) => rowOf(peerOf(text))));
    if (entry.except === undefined) return admitted;
    return difference(admitted, fromRows(entry.except.map((cidr) => rowOf({ type: 'cidr', cidr }))));
  });
  return unionOfAll(sets.filter((set) => !isEmpty(set)));
}

/** Halving keeps every row's way to the top short; one by one would walk the whole sum once per entry. */
function unionOfAll(sets: readonly Traffic[]): Traffic {
  if (sets.length <= 1) return sets[0] ?? NOTHING;
  const middle = sets.length >> 1;
  return union(unionOfAll(sets.slice(0, middle)), unionOfAll(sets.slice(middle)));
}

function peerOf(text: string): PermitPeer {
  return parseCidr(text) === null ? { type: 'atom', atom: text } : { type: 'cidr', cidr: text };
}

function servicesOfEntry({
  protocol,
  exceptProtocols = [],
  ports,
  icmp,
  exceptIcmp = [],
}: TrafficEntry): Services {
  if (protocol === 'all') {
    const missing = unionOf(exceptProtocols.map((name) => servicesOf(protocolNumber(name), 'all')));
    return combine(EVERYTHING, missing, DIFFERENCE);
  }
  const number = protocolNumber(protocol);
  if (hasPorts(number)) return servicesOf(number, readPorts(ports));
  if (hasTypes(number)) {
    const missing = unionOf(exceptIcmp.map((text) => servicesOf(number, readIcmp(text))));
    return combine(servicesOf(number, readIcmp(icmp)), missing, DIFFERENCE);
  }
  return servicesOf(number, 'all');
}

function readPorts(text: string | undefined): { first: number; last: number } | 'all' {
  if (text === 'all') return text;
  const [first, last, ...rest] = (text ?? '').split('-').map((port) => decimal(port, WIDTH - 1));
  if (first === undefined || first === null || last === null || rest.length > 0)
    throw new RangeError(`not ports: ${JSON.stringify(text)}`);
  return { first, last: last ?? first };
}

function readIcmp(text: string | undefined): { first: number; last: number } | 'all' {
  if (text === 'all') return text;
  const [type, code, ...rest] = (text ?? '').split('/').map((part) => decimal(part, 255));
  if (type === undefined || type === null || code === null || rest.length > 0)
    throw new RangeError(`not an ICMP type: ${JSON.stringify(text)}`);
  return icmpRange(type, code ?? null);
}

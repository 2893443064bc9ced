/**
 * Exact sets of packets (protocol x port x peer) and their algebra. A value is canonical: two equal sets are
 * structurally equal, however their rows were written.
 */
import { type Block, IPV4, IPV6, parseAddress, parseCidr, type Space } from './addresses.ts';
import {
  combine,
  DIFFERENCE,
  INTERSECTION,
  type Operation,
  type Point,
  same,
  UNION,
  unionOf,
} from './intervals.ts';
import {
  combineProfiles,
  EMPTY,
  type Profile,
  profileOf,
  type Row,
  sameProfile,
  servicesEverywhere,
} from './profile.ts';
import { NONE, type Services, servicesOf } from './services.ts';

/**
 * One row of the algebra. `range` are ports for 6 (tcp) and 17 (udp), `type * 256 + code` for 1 (icmp) and 58 (icmpv6),
 * both 0 .. 65535 and inclusive; it is ignored for every other protocol and for 'all'. 'all' admits every protocol, so
 * it is more than tcp, udp and icmp together.
 */
export interface Permit {
  readonly protocol: number | 'all';
  readonly range: { readonly first: number; readonly last: number } | 'all';
  readonly peer: PermitPeer;
}

/**
 * An IPv4 or IPv6 block (apart even for `::ffff:1.2.3.4`), or an atom: an opaque name of peers that are not known as
 * addresses. An atom equals itself and overlaps nothing else.
 */
export type PermitPeer =
  | { readonly type: 'cidr'; readonly cidr: string }
  | { readonly type: 'atom'; readonly atom: string };

/** An immutable exact set of packets. Opaque: use the functions of this room. */
export interface Traffic {
  readonly ipv4: Profile<number>;
  readonly ipv6: Profile<bigint>;
  /** Ascending by code unit; none is admitted for nothing. */
  readonly atoms: readonly (readonly [atom: string, services: Services])[];
}

export const NOTHING: Traffic = { ipv4: EMPTY, ipv6: EMPTY, atoms: [] };

/**
 * The packets that any of the permits admits.
 * @throws RangeError naming a peer that is no CIDR (or an atom that is one), a protocol or a range that does not exist.
 */
export function trafficOf(permits: Iterable<Permit>): Traffic {
  return fromRows(
    Array.from(permits, ({ protocol, range, peer }) => ({ peer, services: servicesOf(protocol, range) })),
  );
}

/** The union of rows, each a peer and the services it is admitted for. */
export function fromRows(
  rows: Iterable<{ readonly peer: PermitPeer; readonly services: Services }>,
): Traffic {
  const ipv4: Row<number>[] = [];
  const ipv6: Row<bigint>[] = [];
  const atoms = new Map<string, Services[]>();
  for (const { peer, services } of rows) {
    if (peer.type === 'atom') {
      // A report holds peers as text: an atom that looks like an address would be read back as one.
      if (parseCidr(peer.atom) !== null || parseAddress(peer.atom) !== null)
        throw new RangeError(`an atom must not look like an address: ${JSON.stringify(peer.atom)}`);
      const known = atoms.get(peer.atom);
      if (known === undefined) atoms.set(peer.atom, [services]);
      else known.push(services);
      continue;
    }
    const parsed = knownCidr(peer.cidr);
    if (parsed === null) throw new RangeError(`not a CIDR: ${JSON.stringify(peer.cidr)}`);
    if (parsed.family === 'ipv4') ipv4.push(rowOf(IPV4, parsed.block, services));
    else ipv6.push(rowOf(IPV6, parsed.block, services));
  }
  return {
    ipv4: profileOf(IPV4, ipv4),
    ipv6: profileOf(IPV6, ipv6),
    atoms: Array.from(atoms, ([atom, sets]) => [atom, unionOf(sets)] as const)
      .filter(([, services]) => services.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

const parsedCidrs = new Map<string, ReturnType<typeof parseCidr>>();

/** Many groups admit the same ranges, and those of one prefix list. Bounded: it is emptied when it is full. */
function knownCidr(text: string): ReturnType<typeof parseCidr> {
  const known = parsedCidrs.get(text);
  if (known !== undefined) return known;
  if (parsedCidrs.size >= 10_000) parsedCidrs.clear();
  const parsed = parseCidr(text);
  parsedCidrs.set(text, parsed);
  return parsed;
}

function rowOf<P extends Point>(space: Space<P>, block: Block<P>, services: Services): Row<P> {
  return { start: block.start, end: space.after(block), services };
}

/** What either admits. */
export const union = (a: Traffic, b: Traffic): Traffic => combineTraffic(a, b, UNION);

/** What any of them admits. By halves: to add one after the other would walk through the whole sum for each. */
export function unionOfAll(all: readonly Traffic[]): Traffic {
  const [first = NOTHING, second] = all;
  if (second === undefined) return first;
  const middle = all.length >> 1;
  return union(unionOfAll(all.slice(0, middle)), unionOfAll(all.slice(middle)));
}

/** What `a` admits and `b` does not. */
export const difference = (a: Traffic, b: Traffic): Traffic => combineTraffic(a, b, DIFFERENCE);

/** What both admit. */
export const intersection = (a: Traffic, b: Traffic): Traffic => combineTraffic(a, b, INTERSECTION);

export function isEmpty(t: Traffic): boolean {
  return t.ipv4.starts.length === 0 && t.ipv6.starts.length === 0 && t.atoms.length === 0;
}

/** Whether both admit exactly the same packets. */
export function equal(a: Traffic, b: Traffic): boolean {
  return (
    sameProfile(a.ipv4, b.ipv4) &&
    sameProfile(a.ipv6, b.ipv6) &&
    a.atoms.length === b.atoms.length &&
    a.atoms.every(([atom, services], i) => {
      const other = b.atoms[i];
      return other !== undefined && atom === other[0] && same(services, other[1]);
    })
  );
}

/**
 * What is newly open to any address: the protocols and ports for which `wide` admits the whole IPv4 (or the whole IPv6)
 * space and `narrow` does not, each with that whole space as its peer. Two halves of the space are the whole of it.
 */
export function newlyOpenToWorld(wide: Traffic, narrow: Traffic): Traffic {
  const opened = <P extends Point>(space: Space<P>, now: Profile<P>, before: Profile<P>) => {
    const services = combine(servicesEverywhere(space, now), servicesEverywhere(space, before), DIFFERENCE);
    return services.length === 0 ? EMPTY : { starts: [space.start], services: [services] };
  };
  return {
    ipv4: opened(IPV4, wide.ipv4, narrow.ipv4),
    ipv6: opened(IPV6, wide.ipv6, narrow.ipv6),
    atoms: [],
  };
}

function combineTraffic(a: Traffic, b: Traffic, operation: Operation): Traffic {
  return {
    ipv4: combineProfiles(a.ipv4, b.ipv4, operation),
    ipv6: combineProfiles(a.ipv6, b.ipv6, operation),
    atoms: combineAtoms(a.atoms, b.atoms, operation),
  };
}

function combineAtoms(a: Traffic['atoms'], b: Traffic['atoms'], operation: Operation): Traffic['atoms'] {
  if (operation === INTERSECTION && b.length < a.length) return combineAtoms(b, a, operation);
  if (operation !== UNION && a.length * FEW < b.length) return fewAtoms(a, b, operation);
  const result: [string, Services][] = [];
  let i = 0;
  let j = 0;
  for (let [x, y] = [a[i], b[j]]; x !== undefined || y !== undefined; [x, y] = [a[i], b[j]]) {
    const atom = y === undefined || (x !== undefined && x[0] < y[0]) ? (x?.[0] ?? '') : y[0];
    const ofLeft = x?.[0] === atom ? a[i++]?.[1] : NONE;
    const ofRight = y?.[0] === atom ? b[j++]?.[1] : NONE;
    const services = combine(ofLeft ?? NONE, ofRight ?? NONE, operation);
    if (services.length > 0) result.push([atom, services]);
  }
  return result;
}

/** Below this share of the other side, each atom is looked for there: a single row is held against all of a group. */
const FEW = 16;

function fewAtoms(
  few: Traffic['atoms'],
  many: Traffic['atoms'],
  operation: typeof DIFFERENCE | typeof INTERSECTION,
): Traffic['atoms'] {
  const result: [string, Services][] = [];
  for (const [atom, own] of few) {
    const services = combine(own, servicesOfAtom(many, atom), operation);
    if (services.length > 0) result.push([atom, services]);
  }
  return result;
}

function servicesOfAtom(atoms: Traffic['atoms'], atom: string): Services {
  let low = 0;
  let high = atoms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((atoms[middle]?.[0] ?? '') < atom) low = middle + 1;
    else high = middle;
  }
  const found = atoms[low];
  return found?.[0] === atom ? found[1] : NONE;
}

/**
 * How to cut a set of packets into the pieces of a description: each a range of services with its peers, no two
 * overlapping, as few words in all as can be.
 */
import { IPV4, IPV6 } from './addresses.ts';
import { type Spelling, spell } from './cover.ts';
import { combine, DIFFERENCE, extend, INTERSECTION, type Intervals, same, unionOf } from './intervals.ts';
import { stepsOf } from './profile.ts';
import {
  countProtocols,
  hasPorts,
  hasTypes,
  NONE,
  PROTOCOLS,
  protocolOf,
  type Services,
  WIDTH,
  wholeProtocols,
} from './services.ts';
import type { Traffic } from './set.ts';

/** A set of peers. */
interface Peers {
  readonly ipv4: Intervals<number>;
  readonly ipv6: Intervals<bigint>;
  readonly atoms: readonly string[];
}

/** Services that are admitted for exactly these peers, with the peers' shortest spelling. */
export interface Piece {
  /**
   * Whole protocols, more than half of them, or one range: within one protocol, and of ICMP one type, one type and
   * code, or all.
   */
  readonly services: Services;
  readonly peers: Peers;
  readonly ipv4: Spelling<number>;
  readonly ipv6: Spelling<bigint>;
}

/** What a piece costs a reader: its port range and each of its CIDRs and names. */
const cost = ({ ipv4, ipv6, peers }: Piece): number =>
  1 + ipv4.peers.length + ipv4.except.length + ipv6.peers.length + ipv6.except.length + peers.atoms.length;

const costOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + cost(piece), 0);

/** The cheaper of two cuts; of equals the one with fewer pieces, then the first. */
function cheaper(a: readonly Piece[], b: readonly Piece[]): readonly Piece[] {
  return costOf(b) - costOf(a) < 0 || (costOf(b) === costOf(a) && b.length < a.length) ? b : a;
}

/**
 * The pieces of a set, in no particular order.
 *
 * Peers that are admitted for most protocols are described as "all protocols (except ..)". There are two ways: each
 * peer with all the protocols it is wholly admitted for, or all those peers with the protocols they have in common. What
 * is left over is described protocol by protocol.
 */
export function piecesOf(traffic: Traffic): readonly Piece[] {
  const apart = cut(traffic, mostProtocols);
  const kinds = new Map<string, Services>();
  for (const services of everyServices(traffic)) {
    const most = mostProtocols(services);
    if (most.length > 0) kinds.set(most.join(), most);
  }
  if (kinds.size < 2) return apart;
  const common = mostProtocols([...kinds.values()].reduce((a, b) => combine(a, b, INTERSECTION)));
  if (common.length === 0) return apart;
  const together = cut(traffic, (services) => (mostProtocols(services).length === 0 ? NONE : common));
  return cheaper(apart, together);
}

/** The protocols that a set holds wholly if they are more than half of all, else none: fewer are named one by one. */
function mostProtocols(services: Services): Services {
  const whole = wholeProtocols(services);
  return countProtocols(whole) > PROTOCOLS / 2 ? whole : NONE;
}

function* everyServices({ ipv4, ipv6, atoms }: Traffic): Generator<Services> {
  yield* ipv4.services;
  yield* ipv6.services;
  for (const [, services] of atoms) yield services;
}

/** Cuts off what `inOnePiece` names of each peer's services, and divides the rest by protocol and range. */
function cut(traffic: Traffic, inOnePiece: (services: Services) => Services): readonly Piece[] {
  const pieces = gather(traffic, (services) => {
    const together = inOnePiece(services);
    return together.length === 0 ? [] : [together];
  });
  const ranges = gather(traffic, (services) => rangesOf(combine(services, inOnePiece(services), DIFFERENCE)));
  const byProtocol = new Map<number, Piece[]>();
  for (const range of ranges) {
    const ofOne = byProtocol.get(protocolOf(firstOf(range)));
    if (ofOne === undefined) byProtocol.set(protocolOf(firstOf(range)), [range]);
    else ofOne.push(range);
  }
  for (const [protocol, ofOne] of byProtocol) append(pieces, hasPorts(protocol) ? fewest(ofOne) : ofOne);
  return pieces;
}

/** Divides each peer's services into parts and gathers the peers of equal parts. */
function gather(traffic: Traffic, partsOf: (services: Services) => readonly Services[]): Piece[] {
  interface Draft {
    readonly services: Services;
    readonly peers: { readonly ipv4: number[]; readonly ipv6: bigint[]; readonly atoms: string[] };
  }
  const drafts = new Map<string, Draft>();
  const draftOf = (services: Services): Draft => {
    const key = services.join();
    const draft = drafts.get(key) ?? { services, peers: { ipv4: [], ipv6: [], atoms: [] } };
    drafts.set(key, draft);
    return draft;
  };
  const seen = new Map<Services, readonly Draft[]>();
  // Neighbours have most parts in common: finding them beside the last ones saves making their keys.
  let last: readonly Draft[] = [];
  const draftsOf = (services: Services): readonly Draft[] => {
    const known = seen.get(services);
    if (known !== undefined) return known;
    let at = 0;
    const neighbours = last;
    last = partsOf(services).map((part) => {
      while (startOf(neighbours[at]?.services) < startOf(part)) at++;
      const neighbour = neighbours[at];
      return neighbour !== undefined && same(neighbour.services, part) ? neighbour : draftOf(part);
    });
    seen.set(services, last);
    return last;
  };
  for (const [first, end, services] of stepsOf(IPV4, traffic.ipv4))
    for (const { peers } of draftsOf(services)) extend(peers.ipv4, first, end);
  for (const [first, end, services] of stepsOf(IPV6, traffic.ipv6))
    for (const { peers } of draftsOf(services)) extend(peers.ipv6, first, end);
  for (const [atom, services] of traffic.atoms)
    for (const { peers } of draftsOf(services)) peers.atoms.push(atom);
  return Array.from(drafts.values(), ({ services, peers }) => pieceOf(services, peers));
}

function pieceOf(services: Services, peers: Peers): Piece {
  return { services, peers, ipv4: spell(IPV4, peers.ipv4), ipv6: spell(IPV6, peers.ipv6) };
}

/** One part per protocol and range of ports; of ICMP, one per whole type and one per single code. */
function rangesOf(services: Services): readonly Services[] {
  const ranges: Services[] = [];
  for (let i = 0; i + 1 < services.length; i += 2) {
    const first = services[i] as number;
    const end = services[i + 1] as number;
    for (let from = first; from < end; ) {
      const protocol = protocolOf(from);
      const to = Math.min(end, (protocol + 1) * WIDTH);
      if (hasTypes(protocol) && to - from < WIDTH) ranges.push(...typesAndCodes(from, to));
      else ranges.push([from, to]);
      from = to;
    }
  }
  return ranges;
}

/** How many codes an ICMP type has. */
const CODES = 256;

function* typesAndCodes(first: number, end: number): Generator<Services> {
  for (let from = first; from < end; ) {
    const to = from % CODES === 0 && from + CODES <= end ? from + CODES : from + 1;
    yield [from, to];
    from = to;
  }
}

/**
 * The cheapest way known to cut the ranges of one protocol, given its maximal ranges: those that a peer admits in one
 * stretch. A range that overlaps no other stays. Where they overlap, either each stays with its own peers, or all are
 * cut at all ends and each strip gets all its peers. A range that spans all the others it overlaps (as "all ports"
 * does) would tie unrelated ones together, so there is a third way: it stays, and the others are divided without it.
 */
function fewest(ranges: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  divide([...ranges].sort(byRange), 0, result);
  return result;
}

/** How some ranges were divided. */
interface Division {
  readonly cost: number;
  /** How many different points the ranges begin or end at: what cutting at all of them would lead to. */
  readonly ends: number;
  /** Where the last of them ends. */
  readonly reached: number;
}

/** Ranges nested deeper than AWS lets one group have rules are left as they are, rather than overflow the stack. */
const DEEPEST = 1000;

/** Appends the pieces of `sorted` to `result`. */
function divide(sorted: readonly Piece[], depth: number, result: Piece[]): Division {
  let [cost, ends, reached] = [0, 0, -1];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const first = firstOf(sorted[from] as Piece);
    let end = first + 1;
    for (to = from; to < sorted.length && firstOf(sorted[to] as Piece) < end; to++)
      end = Math.max(end, endOf(sorted[to] as Piece));
    const group = divideOverlapping(sorted.slice(from, to), end, depth, result);
    cost += group.cost;
    ends += group.ends - (first === reached ? 1 : 0);
    reached = end;
  }
  return { cost, ends, reached };
}

/** The same for ranges that hang together; the last ends at `reached`. */
function divideOverlapping(
  sorted: readonly Piece[],
  reached: number,
  depth: number,
  result: Piece[],
): Division {
  const before = result.length;
  const widest = sorted[0] as Piece;
  const others = sorted.slice(1);
  let [spent, ends] = [cost(widest), 2];
  result.push(widest);
  if (others[0] !== undefined && endOf(widest) === reached && depth < DEEPEST) {
    const inner = divide(others, depth + 1, result);
    spent += inner.cost;
    ends =
      inner.ends + (firstOf(others[0]) === firstOf(widest) ? 0 : 1) + (inner.reached === reached ? 0 : 1);
  } else if (others.length > 0) {
    spent += costOf(others);
    append(result, others);
    ends = new Set(sorted.flatMap((piece) => piece.services)).size;
  }
  // Every strip costs at least its range and one peer.
  const isPromising = others.length > 0 && 2 * (ends - 1) <= spent;
  const cutUp = isPromising ? strips(sorted, spent, result.length - before) : null;
  if (cutUp === null) return { cost: spent, ends, reached };
  result.length = before;
  append(result, cutUp);
  return { cost: costOf(cutUp), ends, reached };
}

/** Ranges cut at all their ends; null unless that costs less than `budget`, or as much in fewer than `count` pieces. */
function strips(sorted: readonly Piece[], budget: number, count: number): readonly Piece[] | null {
  const ends = [...new Set(sorted.flatMap((piece) => piece.services))].sort((a, b) => a - b);
  const result: Piece[] = [];
  let spent = 0;
  let active: Piece[] = [];
  let next = 0;
  for (let i = 0; i + 1 < ends.length; i++) {
    const [first, end] = [ends[i] as number, ends[i + 1] as number];
    active = active.filter((piece) => endOf(piece) > first);
    for (let piece = sorted[next]; piece !== undefined && firstOf(piece) === first; piece = sorted[++next])
      active.push(piece);
    const strip = pieceOf([first, end], {
      ipv4: unionOf(active.map(({ peers }) => peers.ipv4)),
      ipv6: unionOf(active.map(({ peers }) => peers.ipv6)),
      // No atom twice: overlapping ranges of one peer would be one range.
      atoms: active.flatMap(({ peers }) => peers.atoms).sort(),
    });
    spent += cost(strip);
    if (spent > budget) return null;
    result.push(strip);
  }
  return spent < budget || result.length < count ? result : null;
}

const startOf = (services: Services | undefined): number => services?.[0] ?? Number.POSITIVE_INFINITY;
const firstOf = (piece: Piece): number => startOf(piece.services);
const endOf = (piece: Piece): number => piece.services[1] ?? 0;
/** By first port, the wider before the narrower. */
const byRange = (a: Piece, b: Piece): number => firstOf(a) - firstOf(b) || endOf(b) - endOf(a);

/** Unlike `push(...more)` this has no limit on how many. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item);
}

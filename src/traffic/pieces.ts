/**
 * How to cut a set of packets into the pieces of a description: each a range of services with its peers, no two
 * overlapping, as few words in all as can be.
 */
import { IPV4, IPV6 } from './addresses.ts';
import { combine, DIFFERENCE, extend, INTERSECTION, pairs, same } from './intervals.ts';
import { costOf, firstOf, type Piece, pieceOf } from './piece.ts';
import { stepsOf } from './profile.ts';
import { fewest } from './ranges.ts';
import {
  CODES,
  countProtocols,
  hasPorts,
  hasTypes,
  NONE,
  PROTOCOLS,
  protocolOf,
  type Services,
  typesAndCodes,
  WIDTH,
  wholeProtocols,
} from './services.ts';
import type { Traffic } from './set.ts';

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
  for (const [protocol, ofOne] of byProtocol)
    for (const piece of hasPorts(protocol) ? fewest(ofOne) : ofOne) pieces.push(piece);
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
      while ((neighbours[at]?.services[0] ?? Infinity) < (part[0] ?? Infinity)) at++;
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

/** One part per protocol and range of ports; of ICMP, the parts of `icmpParts`. */
function rangesOf(services: Services): readonly Services[] {
  const ranges: Services[] = [];
  const ofIcmp: number[] = [];
  const flush = () => ranges.push(...icmpParts(ofIcmp.splice(0)));
  for (const [first, end] of pairs(services)) {
    for (let from = first; from < end; ) {
      const protocol = protocolOf(from);
      const to = Math.min(end, (protocol + 1) * WIDTH);
      if (ofIcmp.length > 0 && protocolOf(ofIcmp[0] ?? 0) !== protocol) flush();
      if (hasTypes(protocol)) ofIcmp.push(from, to);
      else ranges.push([from, to]);
      from = to;
    }
  }
  flush();
  return ranges;
}

/**
 * One part per whole type, and per single code or most codes of a type; or all types but some in one part and the rest apart.
 * Whichever takes fewer words, where each exception is one.
 */
function icmpParts(services: Services): readonly Services[] {
  if (services.length === 0) return [];
  const base = protocolOf(services[0] ?? 0) * WIDTH;
  const whole: Services = [base, base + WIDTH];
  if (same(services, whole)) return [services];
  const held = byIcmpType(services);
  const apart: Services[] = [];
  const [beside, without]: [Services[], Services[]] = [[], []];
  let [wordsApart, wordsTogether] = [0, 1 + WIDTH / CODES - held.size];
  for (const [first, codes] of held) {
    const missing = combine([first, first + CODES], codes, DIFFERENCE);
    const [has, lacks] = [pointsIn(codes), pointsIn(missing)];
    const alone = 1 + lacks < has ? [codes] : typesAndCodes(codes);
    const words = Math.min(has, 1 + lacks);
    apart.push(...alone);
    wordsApart += words;
    if (lacks <= 1 + words) {
      without.push(missing);
      wordsTogether += lacks;
    } else {
      without.push([first, first + CODES]);
      beside.push(...alone);
      wordsTogether += 1 + words;
    }
  }
  if (wordsApart <= wordsTogether) return apart;
  let together = whole;
  for (let first = base; first < base + WIDTH; first += CODES)
    if (!held.has(first)) together = combine(together, [first, first + CODES], DIFFERENCE);
  for (const lost of without) together = combine(together, lost, DIFFERENCE);
  return [together, ...beside];
}

/** The codes of each ICMP type that a set holds any of, by the first point of the type, in order. */
function byIcmpType(services: Services): ReadonlyMap<number, Services> {
  const byType = new Map<number, number[]>();
  for (const [first, end] of pairs(services)) {
    for (let from = first; from < end; ) {
      const type = from - (from % CODES);
      const to = Math.min(end, type + CODES);
      const codes = byType.get(type) ?? [];
      codes.push(from, to);
      byType.set(type, codes);
      from = to;
    }
  }
  return byType;
}

function pointsIn(services: Services): number {
  let points = 0;
  for (const [first, end] of pairs(services)) points += end - first;
  return points;
}

/** The cheaper of two cuts; of equals the one with fewer pieces, then the first. */
function cheaper(a: readonly Piece[], b: readonly Piece[]): readonly Piece[] {
  return costOf(b) < costOf(a) || (costOf(b) === costOf(a) && b.length < a.length) ? b : a;
}

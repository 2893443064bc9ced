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
  countProtocols,
  hasPorts,
  hasTypes,
  icmpWithout,
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

/** One part per whole type and per single code; or all in one, where it takes fewer words to say what is missing. */
function icmpParts(services: Services): readonly Services[] {
  if (services.length === 0) return [];
  const parts = typesAndCodes(services);
  return typesAndCodes(icmpWithout(services)).length + 1 < parts.length ? [services] : parts;
}

/** The cheaper of two cuts; of equals the one with fewer pieces, then the first. */
function cheaper(a: readonly Piece[], b: readonly Piece[]): readonly Piece[] {
  return costOf(b) < costOf(a) || (costOf(b) === costOf(a) && b.length < a.length) ? b : a;
}

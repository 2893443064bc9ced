/**
 * One piece of a description, and what it costs a reader.
 */
import { IPV4, IPV6 } from './addresses.ts';
import { type Spelling, spell } from './cover.ts';
import type { Intervals } from './intervals.ts';
import type { Services } from './services.ts';

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
   * code, all, or most of them: of the types, or of the codes of one type.
   */
  readonly services: Services;
  readonly peers: Peers;
  readonly ipv4: Spelling<number>;
  readonly ipv6: Spelling<bigint>;
}

/** What a piece costs a reader: its port range and each of its CIDRs and names. */
export const cost = ({ ipv4, ipv6, peers }: Piece): number =>
  1 + ipv4.peers.length + ipv4.except.length + ipv6.peers.length + ipv6.except.length + peers.atoms.length;

export const costOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + cost(piece), 0);

export function pieceOf(services: Services, peers: Peers): Piece {
  return { services, peers, ipv4: spell(IPV4, peers.ipv4), ipv6: spell(IPV6, peers.ipv6) };
}

/** The first point of a piece's first interval: of a range within one protocol, where it begins. */
export const firstOf = (piece: Piece): number => piece.services[0] ?? 0;
/** One past the last point of that interval. */
export const endOf = (piece: Piece): number => piece.services[1] ?? 0;

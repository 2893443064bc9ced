import type { Rule, SecurityGroup } from '../../inventory/security-group.ts';
import type { SideName } from '../../report/vocabulary.ts';
import type { Permit, PermitPeer } from '../../traffic/index.ts';

export type Direction = Rule['direction'];

/** Why a referenced peer is no peer that could be compared. */
export type Unresolved =
  | 'dangling'
  | 'stale'
  | 'unlisted'
  | 'unknown-owner'
  | 'other-account'
  | 'peered-vpc'
  | 'inactive-peering'
  | 'ambiguous';

/** One rule row in words and sets that mean the same in every region. */
export interface MeantRow {
  readonly direction: Direction;
  /** "tcp 443 10.0.0.0/8": no region-local id in it. */
  readonly text: string;
  /** Its parts: "tcp 443" and "10.0.0.0/8". */
  readonly service: string;
  readonly peer: string;
  readonly description: string | null;
  readonly protocol: Permit['protocol'];
  readonly range: Permit['range'];
  /** What it admits; empty for an unresolved peer. */
  readonly permits: readonly Permit[];
  /** Set where the peer leads nowhere that could be compared. */
  readonly unresolved: Unresolved | null;
  /** True where something unread decides whom it admits: the entries of a prefix list, or which group is which. */
  readonly unread: boolean;
  readonly rule: Rule;
}

/** Whom a rule admits: in words, and as peers of the algebra. */
export interface PeerMeaning extends Pick<MeantRow, 'unresolved' | 'unread' | 'text'> {
  readonly peers: readonly PermitPeer[];
}

export interface Meanings {
  rows(side: SideName, group: SecurityGroup): readonly MeantRow[];
  /** Whom one rule of a group admits, without making the rows of the group. */
  peer(side: SideName, group: SecurityGroup, rule: Rule): PeerMeaning;
  /** The region-independent name of a group as a peer: "group:prod/web". */
  atom(side: SideName, groupId: string): string | null;
}

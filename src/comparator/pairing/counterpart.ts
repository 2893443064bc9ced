import type { Kind, MatchStrength, SideName } from '../../report/vocabulary.ts';

/**
 * One object and its counterpart on the other side. Every object of both sides is in exactly one.
 *
 * - `paired`: both ends are known.
 * - `alone`: the other side was read and holds nothing for it.
 * - `unread`: the other side could not be read (or what decides could not), so nothing may be concluded.
 * - `ambiguous`: there is more than one way to pair it; `candidates` says which, `config` the line that would settle it.
 */
export interface Counterpart<Item> {
  readonly kind: Kind;
  /** The source's name, else the target's. */
  readonly name: string;
  readonly scope: string | null;
  readonly source: Item | null;
  readonly target: Item | null;
  readonly pairingStatus: 'paired' | 'alone' | 'unread' | 'ambiguous';
  readonly matchedBy: string | null;
  readonly matchStrength?: MatchStrength | undefined;
  readonly candidates?: readonly string[];
  readonly config?: string;
  /** Of an `unread` one: what is not known, as the end of a sentence. */
  readonly because?: string;
  /** Of an `unread` one: the reads that failed or were left out, and that would have decided. */
  readonly evidence?: readonly UnreadEvidence[];
}

/** A read beside the listings: of one side, and what it would have shown. */
export interface UnreadEvidence {
  readonly side: SideName;
  readonly explains: 'ancestry' | 'snapshots' | 'permissions' | 'settings' | 'copies';
}

/** A counterpart whose two ends are both there. */
export interface PairedEnds<Item> {
  readonly source: Item;
  readonly target: Item;
}

export function bothEnds<Item>(c: Counterpart<Item>): PairedEnds<Item> | null {
  return c.pairingStatus === 'paired' && c.source && c.target ? { source: c.source, target: c.target } : null;
}

/** The source object that the target, having been read, lacks. */
export function missing<Item>(c: Counterpart<Item>): Item | null {
  return c.pairingStatus === 'alone' ? c.source : null;
}

/** The target object that the source, having been read, lacks. */
export function extra<Item>(c: Counterpart<Item>): Item | null {
  return c.pairingStatus === 'alone' ? c.target : null;
}

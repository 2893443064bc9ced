import type { RivalFacts } from '../../report/rules/shared.ts';
import type { Kind, MatchStrength, SideName } from '../../report/vocabulary.ts';
import { listed } from '../../text/lists.ts';

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
  readonly candidates?: Rivals;
  readonly config?: string;
  /** Of an `unread` one: what is not known, as the end of a sentence. */
  readonly because?: string;
  /** Of an `unread` one: the reads that failed or were left out, and that would have decided. */
  readonly evidence?: readonly UnreadEvidence[];
}

/** What an object could be paired with. Thousands of groups of one name would otherwise list each other: n x n names. */
export interface Rivals {
  /** The first of them. */
  readonly shown: readonly string[];
  readonly total: number;
}

const MOST_SHOWN = 20;

export function rivalsOf<Item>(items: readonly Item[], describe: (item: Item) => string): Rivals {
  return { shown: items.slice(0, MOST_SHOWN).map(describe), total: items.length };
}

/** The same as facts of a finding: how many are not listed only where some are not. */
export function rivalFacts(rivals: Rivals | undefined): RivalFacts {
  const { shown, total } = rivals ?? { shown: [], total: 0 };
  return {
    candidates: [...shown],
    ...(total > shown.length ? { moreCandidates: total - shown.length } : {}),
  };
}

/** `a, b and 7 more`, of facts. */
export function rivalText({ candidates, moreCandidates = 0 }: RivalFacts): string {
  return listed(candidates, 5, candidates.length + moreCandidates);
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

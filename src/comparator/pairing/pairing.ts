import type { Collected } from '../../inventory/collected.ts';
import { itemsOf } from '../../inventory/collected.ts';
import type { Kind, MatchStrength } from '../../report/vocabulary.ts';
import { groupBy } from '../../text/groups.ts';
import type { Counterpart } from './counterpart.ts';

/**
 * Who is still free on both sides. Strategies take from it, strongest first; what is left over at the end is alone,
 * or unread where the other side could not be read. So nothing is paired twice and nothing is dropped.
 */
export class Pairing<Item> {
  readonly kind: Kind;
  readonly sources: ReadonlySet<Item>;
  readonly targets: ReadonlySet<Item>;
  #freeSources: Set<Item>;
  #freeTargets: Set<Item>;
  /** Objects that the target can use and does not own: they may be counterparts, and left over they are nothing. */
  #freeGuests: Set<Item>;
  #done: Counterpart<Item>[] = [];
  #read: { source: boolean; target: boolean };
  #label: (item: Item, side: 'source' | 'target') => { name: string; scope: string | null };

  constructor(
    kind: Kind,
    source: Collected<Item>,
    target: Collected<Item>,
    label: (item: Item, side: 'source' | 'target') => { name: string; scope: string | null },
    guests: readonly Item[] = [],
  ) {
    this.kind = kind;
    this.sources = new Set(itemsOf(source));
    this.targets = new Set(itemsOf(target));
    this.#freeSources = new Set(this.sources);
    this.#freeTargets = new Set(this.targets);
    this.#freeGuests = new Set(guests);
    this.#read = { source: source.status === 'complete', target: target.status === 'complete' };
    this.#label = label;
  }

  get freeSources(): Item[] {
    return [...this.#freeSources];
  }

  get freeTargets(): Item[] {
    return [...this.#freeTargets];
  }

  get freeGuests(): Item[] {
    return [...this.#freeGuests];
  }

  isFree(item: Item): boolean {
    return this.#freeSources.has(item) || this.#freeTargets.has(item) || this.#freeGuests.has(item);
  }

  /** Takes both out of the free ones. False when either is taken already. */
  pair(source: Item, target: Item, matchedBy: string, matchStrength?: MatchStrength): boolean {
    if (!this.#freeSources.has(source)) return false;
    if (!this.#freeTargets.delete(target) && !this.#freeGuests.delete(target)) return false;
    this.#pairUp(source, target, matchedBy, matchStrength);
    return true;
  }

  /** Pairs a source with itself: the target uses the very object. False when it is taken already. */
  pairWithItself(source: Item, asSeen: Item, matchedBy: string, matchStrength: MatchStrength): boolean {
    if (!this.#freeSources.has(source)) return false;
    this.#freeGuests.delete(asSeen);
    this.#pairUp(source, asSeen, matchedBy, matchStrength);
    return true;
  }

  #pairUp(source: Item, target: Item, matchedBy: string, matchStrength?: MatchStrength): void {
    this.#freeSources.delete(source);
    this.#done.push({
      kind: this.kind,
      ...this.#label(source, 'source'),
      source,
      target,
      pairingStatus: 'paired',
      matchedBy,
      matchStrength,
    });
  }

  /** Pairs those of one key where the key is one object's alone on each side. */
  pairUnique(
    keyOf: (item: Item, side: 'source' | 'target') => string | null,
    matchedBy: string,
    strengthOf?: (source: Item, target: Item) => MatchStrength,
  ): void {
    if (this.#freeSources.size === 0 || this.#freeTargets.size === 0) return;
    const sources = groupBy(this.freeSources, (s) => keyOf(s, 'source'));
    const targets = groupBy(this.freeTargets, (t) => keyOf(t, 'target'));
    for (const [key, [source, ...others]] of sources) {
      const [target, ...otherTargets] = targets.get(key) ?? [];
      if (source && target && others.length + otherTargets.length === 0)
        this.pair(source, target, matchedBy, strengthOf?.(source, target));
    }
  }

  /** Sets one free object aside as impossible to pair one to one, or (`unread`) as not decidable from what was read. */
  setAside(
    side: 'source' | 'target',
    item: Item,
    pairingStatus: 'ambiguous' | 'unread',
    more: Pick<Counterpart<Item>, 'candidates' | 'config' | 'because' | 'evidence'> = {},
  ): void {
    (side === 'source' ? this.#freeSources : this.#freeTargets).delete(item);
    this.#done.push({ ...this.#single(side, item), pairingStatus, ...more });
  }

  finish(): Counterpart<Item>[] {
    const { source, target } = this.#read;
    const left = [
      ...this.freeSources.map((s) => ({
        ...this.#single('source', s),
        pairingStatus: target ? ('alone' as const) : ('unread' as const),
      })),
      ...this.freeTargets.map((t) => ({
        ...this.#single('target', t),
        pairingStatus: source ? ('alone' as const) : ('unread' as const),
      })),
    ];
    this.#done.push(...left);
    this.#freeSources.clear();
    this.#freeTargets.clear();
    return this.#done;
  }

  #single(side: 'source' | 'target', item: Item) {
    const ends = side === 'source' ? { source: item, target: null } : { source: null, target: item };
    return { kind: this.kind, ...this.#label(item, side), ...ends, matchedBy: null };
  }
}

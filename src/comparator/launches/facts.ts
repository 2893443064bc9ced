import { type Failure, itemsOf } from '../../inventory/collected.ts';
import type { DeepReadonly } from '../../inventory/deep-readonly.ts';
import { type FactOf, NOT_NAMED } from '../../inventory/launch-facts/index.ts';
import { EVERY_TYPE, FACTS, type FactKind } from '../../inventory/launch-facts/kinds.ts';
import type { Snapshot } from '../../inventory/snapshot.ts';
import type { SideName } from '../../report/vocabulary.ts';
import { perAudit } from '../per-audit.ts';

/**
 * What is known of one object by its id.
 * - `none`: it was requested, or all of its kind were listed, and it does not exist.
 * - `not-asked`: it was not requested, which is no failure: it is listed as not looked at.
 * - `failed`: it was requested and could not be read: a gap says why, and what depends on it cannot be known.
 */
export type Known<Item> =
  | { readonly is: 'item'; readonly item: Item }
  | { readonly is: 'none' }
  | {
      readonly is: 'not-asked';
      readonly because: string;
      /** Answers of its kind were read, and none of them contains it. */
      readonly unlisted?: true;
    }
  /** `failure`: where only this object could not be read; else that of its kind counts. */
  | { readonly is: 'failed'; readonly failure?: DeepReadonly<Failure> };

export interface FactIndex {
  readonly side: SideName;
  readonly region: string;
  /** What sentences call the side. */
  readonly place: string;
  readonly account: string | null;
  /** All items of a kind; null where they were not read. */
  all<K extends FactKind>(kind: K): readonly FactOf[K][] | null;
  /** Why a kind was not read: `not-asked` or `failed`; null where it was. */
  unread(kind: FactKind): Exclude<Known<never>, { is: 'item' | 'none' }> | null;
  find<K extends FactKind>(kind: K, id: string): Known<FactOf[K]>;
  /** Every instance type of the region; why not, where only those were read that launches name. */
  everyType(): readonly FactOf['instanceTypes'][] | Exclude<Known<never>, { is: 'item' | 'none' }>;
}

export const factsOf = perAudit(({ source, target, config, places }) => ({
  source: factIndex('source', source, places.source, new Set(config.launch?.skip)),
  target: factIndex('target', target, places.target, new Set(config.launch?.skip)),
}));

function factIndex(
  side: SideName,
  snapshot: Snapshot,
  place: string,
  skipped: ReadonlySet<FactKind>,
): FactIndex {
  const { region, account, launchFacts, origin } = snapshot;
  const byId = new Map<FactKind, ReadonlyMap<string, { id: string }>>();
  const mapOf = (kind: FactKind) => {
    const known = byId.get(kind) ?? new Map(itemsOf(launchFacts[kind]).map((item) => [item.id, item]));
    byId.set(kind, known);
    return known;
  };
  const unread: FactIndex['unread'] = (kind) => {
    if (skipped.has(kind)) return { is: 'not-asked', because: 'Left out by the config (launch.skip).' };
    const collected = launchFacts[kind];
    if (collected.status === 'complete') return null;
    const { code, message } = collected.failure;
    const chosen = code === 'not-in-dump' || code === 'not-read' || code === 'unsupported';
    // One reason for all that a folder lacks: a report names them together.
    const because =
      code === 'not-in-dump'
        ? `The folder of ${place} does not hold them.`
        : message === NOT_NAMED.message
          ? // Something that is compared with it now does, or this version needs it for more launches.
            `The snapshot of ${place} was made without asking for them.`
          : message;
    return chosen ? { is: 'not-asked', because } : { is: 'failed' };
  };
  return {
    side,
    region,
    place,
    account,
    all: <K extends FactKind>(kind: K) => {
      const collected = launchFacts[kind];
      return collected.status === 'complete' && !skipped.has(kind) ? (collected.items as FactOf[K][]) : null;
    },
    unread,
    everyType: () => {
      const why = unread('instanceTypes');
      if (why) return why;
      if (origin === 'dumps' || mapOf('instanceTypeOfferings').has(EVERY_TYPE))
        return itemsOf(launchFacts.instanceTypes);
      const because = `The snapshot of ${region} was made without asking for every instance type.`;
      return { is: 'not-asked', because };
    },
    find: <K extends FactKind>(kind: K, id: string): Known<FactOf[K]> => {
      const why = unread(kind);
      if (why) return why;
      const item = mapOf(kind).get(id) as FactOf[K] | undefined;
      if (item) return knownOf(item);
      // A folder holds whole listings; of a live region only what the workloads name was read.
      const whole = FACTS[kind].asked === 'region' || (origin === 'dumps' && LISTED_WHOLE.has(kind));
      if (whole) return { is: 'none' };
      if (origin === 'dumps')
        return { is: 'not-asked', because: `No answer for ${place} holds ${id}.`, unlisted: true };
      return { is: 'not-asked', because: `The snapshot of ${place} was made without asking for ${id}.` };
    },
  };
}

/** Of these a folder that holds any holds all: their calls list. */
const LISTED_WHOLE: ReadonlySet<FactKind> = new Set([
  'instanceTypeOfferings',
  'instanceProfiles',
  'targetGroups',
  'classicLoadBalancers',
]);

/** What one item says of itself. */
export function knownOf<Item extends { readonly id: string; readonly unread?: DeepReadonly<Failure> | null }>(
  item: Item,
): Known<Item> {
  if (item.unread) return { is: 'failed', failure: item.unread };
  return isAbsent(item) ? { is: 'none' } : { is: 'item', item };
}

/** Requested by name, and there is none. */
function isAbsent(item: { id: string; exists?: boolean; inRegion?: boolean }): boolean {
  return item.exists === false || item.inRegion === false;
}

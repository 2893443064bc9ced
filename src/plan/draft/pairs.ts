import type { ComparedKind, ItemOf } from '../../comparator/context.ts';
import { bothEnds, type Counterpart, type PairedEnds } from '../../comparator/pairing/counterpart.ts';
import { perAudit } from '../../comparator/per-audit.ts';
import type { Finding } from '../../report/model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';

type Pairs = ReadonlyMap<string, Counterpart<never>>;

/** The pairs of every kind by their name and ends: thousands of findings look theirs up. */
const pairsByEnds = perAudit(({ counterparts }): ReadonlyMap<string, Pairs> => {
  // An old dump gives no ids of key pairs: there the id of a finding is the name.
  const end = (item: { readonly id: string | null; readonly name: string | null } | null) =>
    item === null ? null : (item.id ?? item.name);
  return new Map(
    Object.entries(counterparts).map(([kind, all]) => [
      kind,
      new Map(
        [...(all as readonly Counterpart<{ readonly id: string | null; readonly name: string | null }>[])]
          .reverse()
          .map((c) => [keyOf(c.name, end(c.source), end(c.target)), c as Counterpart<never>]),
      ),
    ]),
  );
});

function keyOf(name: string, sourceId: string | null, targetId: string | null): string {
  return JSON.stringify([name, sourceId, targetId]);
}

/** The pair that a finding is about. */
export function pairOf<K extends ComparedKind>(
  kind: K,
  { subject: { sourceId, targetId, name } }: Finding,
  { context }: Planning,
): Counterpart<ItemOf[K]> | null {
  const found = pairsByEnds(context)
    .get(kind)
    ?.get(keyOf(name, sourceId, targetId));
  return (found as Counterpart<ItemOf[K]> | undefined) ?? null;
}

/** The pairs of a kind by the id of their source. */
const bySourceId = perAudit(({ counterparts }): ReadonlyMap<string, Pairs> => {
  const ids = (all: readonly Counterpart<{ readonly id: string | null }>[]) =>
    new Map(
      [...all]
        .reverse()
        .flatMap((c) => (c.source?.id ? [[c.source.id, c as Counterpart<never>] as const] : [])),
    );
  return new Map(
    Object.entries(counterparts).map(([kind, all]) => [
      kind,
      ids(all as readonly Counterpart<{ readonly id: string | null }>[]),
    ]),
  );
});

/** The pair of an object of the source. */
export function pairOfSource<K extends ComparedKind>(
  kind: K,
  sourceId: string | null,
  { context }: Planning,
): Counterpart<ItemOf[K]> | null {
  const found = sourceId === null ? undefined : bySourceId(context).get(kind)?.get(sourceId);
  return (found as Counterpart<ItemOf[K]> | undefined) ?? null;
}

export function endsOf<K extends ComparedKind>(
  kind: K,
  finding: Finding,
  planning: Planning,
): PairedEnds<ItemOf[K]> | null {
  const pair = pairOf(kind, finding, planning);
  return pair && bothEnds(pair);
}

/** What a drafter answers where it does not find the objects of a finding. */
export const NOT_PAIRED = { type: 'not-paired' } as const satisfies Reason;

import type { ComparedKind, ItemOf } from '../../comparator/context.ts';
import { bothEnds, type Counterpart, type PairedEnds } from '../../comparator/pairing/counterpart.ts';
import type { Finding } from '../../report/model.ts';
import type { Planning } from '../planning.ts';

/** The pair that a finding is about. */
export function pairOf<K extends ComparedKind>(
  kind: K,
  { subject: { sourceId, targetId, name } }: Finding,
  { context }: Planning,
): Counterpart<ItemOf[K]> | null {
  const all = context.counterparts[kind] as readonly Counterpart<ItemOf[K]>[];
  // An old dump gives no ids of key pairs: there the id of a finding is the name.
  const isEnd = (item: ItemOf[K] | null, id: string | null) =>
    item === null ? id === null : (item.id ?? item.name) === id;
  return all.find((c) => c.name === name && isEnd(c.source, sourceId) && isEnd(c.target, targetId)) ?? null;
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
export const NOT_PAIRED = 'The two objects are not known to correspond.';

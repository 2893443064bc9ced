import { isOperation, refKey } from './group-changes.ts';
import type { Plan, PlannedEntry, Ref } from './model.ts';

/** The size and the entries of a prefix list. */
export interface ListEnd {
  readonly maxEntries: number;
  readonly entries: readonly PlannedEntry[];
}

/** What a prefix list is once all steps that change it are done. */
export function listInTheEnd(
  ref: Ref,
  { maxEntries, entries }: ListEnd,
  { steps }: Pick<Plan, 'steps'>,
): ListEnd {
  const key = refKey(ref);
  const byCidr = new Map(entries.map((e) => [e.cidr, e]));
  let size = maxEntries;
  for (const step of steps) {
    if (!isOperation(step, 'resize-prefix-list', 'change-prefix-list')) continue;
    const { operation } = step;
    if (refKey(operation.list) !== key) continue;
    if (operation.type === 'resize-prefix-list') size = operation.maxEntries;
    else {
      for (const cidr of operation.remove) byCidr.delete(cidr);
      for (const entry of operation.add) byCidr.set(entry.cidr, entry);
    }
  }
  return { maxEntries: size, entries: [...byCidr.values()] };
}

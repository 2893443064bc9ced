import { itemsOf } from '../../inventory/collected.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import type { PlannedRow } from './group-rules.ts';
import { alignmentObstacle } from './lists.ts';
import { listObstacle } from './missing-lists.ts';

/** Why a prefix list that a rule names is not made, or not changed; null where it is. */
export function namedListObstacle({ names, aligns }: PlannedRow, planning: Planning): Reason | null {
  const left = (id: string, lacks: 'create' | 'change', because: Reason | null): Reason | null =>
    because && { type: 'named-object-left', kind: 'prefix list', name: nameOf(id, planning), lacks, because };
  return (
    names.lists.map((id) => left(id, 'create', listObstacle(id, planning))).find((r) => r !== null) ??
    aligns.map((id) => left(id, 'change', alignmentObstacle(id, planning))).find((r) => r !== null) ??
    null
  );
}

function nameOf(id: string, { context }: Planning): string {
  return itemsOf(context.source.prefixLists).find((list) => list.id === id)?.name ?? id;
}

import { addressFamily, creatableObjects } from '../../comparator/commands/missing-objects.ts';
import { itemsOf } from '../../inventory/collected.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import { userTags } from '../../inventory/tags.ts';
import { count } from '../../text/counts.ts';
import { chunks } from '../../text/groups.ts';
import type { PlannedEntry } from '../model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { createListStep } from './group-rules.ts';

/** What CreateManagedPrefixList and ModifyManagedPrefixList take at a time. */
export const MOST_ENTRIES = 100;

/** Why a missing list is not made; null where it is. */
export function listObstacle(sourceId: string, { context }: Planning): Reason | null {
  const creatable = creatableObjects(context).lists.get(sourceId);
  if (!creatable) return { type: 'list-not-creatable' };
  // Names of lists need not be unique, and the script finds by its name what an earlier run made.
  const taken = itemsOf(context.target.prefixLists).some((l) => l.name === creatable.name);
  return taken ? { type: 'list-name-taken', name: creatable.name } : null;
}

/**
 * Drafts the steps that make a missing list.
 * @returns Why it is not made, or null.
 */
export function addMissingList(sourceId: string, planning: Planning): Reason | null {
  const { context, drafts } = planning;
  const obstacle = listObstacle(sourceId, planning);
  const creatable = creatableObjects(context).lists.get(sourceId);
  if (obstacle !== null || !creatable) return obstacle;
  const { item, name } = creatable;
  const id = createListStep(sourceId);
  if (drafts.has(id)) return null;
  const aims = planning.about('prefix-list', sourceId).map((f) => f.fingerprint);
  const entries = entriesFor(item, planning);
  const [first = [], ...others] = chunks(entries, MOST_ENTRIES);
  drafts.add({
    id,
    does: `Create the prefix list "${name}" with ${count(first.length, 'entry', 'entries')}`,
    side: 'target',
    needs: [],
    aims,
    operation: {
      type: 'create-prefix-list',
      name,
      family: addressFamily(item) ?? 'IPv4',
      maxEntries: Math.max(item.maxEntries ?? 0, entries.length, 1),
      entries: first,
      tags: userTags(item.tags),
    },
  });
  let needs = [id];
  for (const [i, add] of others.entries()) {
    const next = drafts.add({
      id: `change-prefix-list:${sourceId}:${i + 1}`,
      does: `Add ${count(add.length, 'entry', 'entries')} to the prefix list "${name}"`,
      side: 'target',
      completes: id,
      needs,
      aims,
      operation: { type: 'change-prefix-list', list: { madeBy: id }, name, add, remove: [] },
    });
    needs = [next];
  }
  return null;
}

/** The entries of a list of the source as they are on the target. Two ranges that the config maps to one are one. */
export function entriesFor({ entries }: PrefixList, { context }: Planning): PlannedEntry[] {
  const all = (entries ?? []).map(({ cidr, description }) => ({ cidr: context.cidrs(cidr), description }));
  return [...new Map(all.map((e) => [e.cidr, e])).values()];
}

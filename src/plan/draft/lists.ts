import { changedBy } from '../../comparator/commands/owners.ts';
import { rowCost, rulesPerGroup } from '../../comparator/groups/quota.ts';
import { bothEnds } from '../../comparator/pairing/counterpart.ts';
import { itemsOf } from '../../inventory/collected.ts';
import type { PrefixList } from '../../inventory/prefix-list.ts';
import { count } from '../../text/counts.ts';
import { chunks } from '../../text/groups.ts';
import { isEmpty, newlyOpenToWorld, trafficOf } from '../../traffic/index.ts';
import type { PlannedEntry } from '../model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import { alignedStep } from './group-rules.ts';
import { entriesFor, MOST_ENTRIES } from './missing-lists.ts';
import { changedElsewhere } from './owners.ts';
import { pairOfSource } from './pairs.ts';

/** How the entries of a list of the target become those of its counterpart. */
interface Alignment {
  readonly target: PrefixList;
  readonly add: readonly PlannedEntry[];
  readonly remove: readonly string[];
}

/** Why the entries of a list of the target are not changed; null where they are. @param sourceId Of its counterpart. */
export function alignmentObstacle(sourceId: string, planning: Planning): Reason | null {
  const found = alignmentOf(sourceId, planning);
  if (found === null) return { type: 'entries-unread' };
  const { context, options } = planning;
  const { target, add, remove } = found;
  const by = changedBy(target, 'target', context);
  if (by) return changedElsewhere(by);
  if (target.syncedBy !== undefined) return { type: 'list-synced', by: target.syncedBy };
  if (remove.length > 0 && !options.allowRevoke)
    return { type: 'needs-entry-removal', entries: remove.length };
  const now = addresses((target.entries ?? []).map((e) => e.cidr));
  const then = addresses([...(target.entries ?? []), ...add].map((e) => e.cidr));
  if (!options.allowWorldOpen && !isEmpty(newlyOpenToWorld(then, now)))
    return { type: 'entries-open-to-world' };
  const more = sizeFor(found) - (target.maxEntries ?? 0);
  const full = more > 0 ? groupWithoutRoom(target, more, planning) : null;
  return full === null ? null : { type: 'larger-list-exceeds-quota', group: full };
}

function addresses(cidrs: readonly string[]) {
  return trafficOf(cidrs.map((cidr) => ({ protocol: 'all', range: 'all', peer: { type: 'cidr', cidr } })));
}

function alignmentOf(sourceId: string, planning: Planning): Alignment | null {
  const pair = pairOfSource('prefix-list', sourceId, planning);
  const ends = pair ? bothEnds(pair) : null;
  if (!ends?.source.entries || !ends.target.entries) return null;
  const wanted = entriesFor(ends.source, planning);
  const here = new Set(wanted.map((e) => e.cidr));
  const there = new Set(ends.target.entries.map((e) => e.cidr));
  return {
    target: ends.target,
    add: wanted.filter((e) => !there.has(e.cidr)),
    remove: [...there].filter((cidr) => !here.has(cidr)),
  };
}

/** Added before removed, so that no address is left out in between. */
function sizeFor({ target, add, remove }: Alignment): number {
  const now = target.entries?.length ?? 0;
  const atOnce = add.length <= MOST_ENTRIES && remove.length <= MOST_ENTRIES;
  return Math.max(atOnce ? now + add.length - remove.length : now + add.length, target.maxEntries ?? 0);
}

/** The first group of the target that would not hold its rules if the list counted for so many more. */
function groupWithoutRoom(list: PrefixList, more: number, { context }: Planning): string | null {
  const quota = rulesPerGroup(context.config);
  for (const { name, rules } of itemsOf(context.target.securityGroups)) {
    for (const direction of ['ingress', 'egress'] as const) {
      const own = rules.filter((r) => r.direction === direction);
      const naming = own.filter(({ peer }) => peer.type === 'prefix-list' && peer.id === list.id).length;
      const family = list.family ?? 'IPv4';
      const cost = own.reduce((sum, { peer }) => sum + rowCost(peer, family, context.target), 0);
      if (naming > 0 && cost + naming * more > quota) return name;
    }
  }
  return null;
}

/**
 * Drafts the steps that give a list of the target the entries of its counterpart.
 * @returns Why it is not changed, or null.
 */
export function addAlignment(sourceId: string, aims: readonly string[], planning: Planning): Reason | null {
  const obstacle = alignmentObstacle(sourceId, planning);
  const found = alignmentOf(sourceId, planning);
  if (obstacle !== null || !found) return obstacle;
  const { drafts } = planning;
  const { target, add, remove } = found;
  const { id, name } = target;
  const size = sizeFor(found);
  const needs: string[] = [];
  if (size > (target.maxEntries ?? size)) {
    needs.push(
      drafts.add({
        id: `resize-prefix-list:${sourceId}`,
        does: `Make room for ${count(size, 'entry', 'entries')} in the prefix list "${name}"`,
        side: 'target',
        needs: [],
        aims,
        operation: { type: 'resize-prefix-list', list: { id }, name, maxEntries: size },
      }),
    );
  }
  const atOnce = add.length <= MOST_ENTRIES && remove.length <= MOST_ENTRIES;
  const changes: readonly Pick<Alignment, 'add' | 'remove'>[] = atOnce
    ? [{ add, remove }]
    : [
        ...chunks(add, MOST_ENTRIES).map((part) => ({ add: part, remove: [] })),
        ...chunks(remove, MOST_ENTRIES).map((part) => ({ add: [], remove: part })),
      ];
  for (const [i, change] of changes.entries()) {
    const isLast = i === changes.length - 1;
    const step = drafts.add({
      id: isLast ? alignedStep(sourceId) : `${alignedStep(sourceId)}:${i + 1}`,
      does: changeText(change, name),
      side: 'target',
      needs: needs.slice(-1),
      aims,
      operation: { type: 'change-prefix-list', list: { id }, name, ...change },
    });
    needs.push(step);
  }
  return null;
}

function changeText({ add, remove }: Pick<Alignment, 'add' | 'remove'>, name: string): string {
  const parts = [
    ...(add.length > 0 ? [`add ${count(add.length, 'entry', 'entries')}`] : []),
    ...(remove.length > 0 ? [`remove ${count(remove.length, 'entry', 'entries')}`] : []),
  ];
  return `Change the prefix list "${name}": ${parts.join(', ')}`;
}

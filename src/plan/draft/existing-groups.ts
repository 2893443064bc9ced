import { fits } from '../../comparator/commands/group-fix.ts';
import { rowWords, type TargetRow, targetRow } from '../../comparator/commands/group-rows.ts';
import { creatableObjects } from '../../comparator/commands/missing-objects.ts';
import { changedBy } from '../../comparator/commands/owners.ts';
import { planRows, type RowPlan } from '../../comparator/commands/row-plan.ts';
import { type GroupDifference, groupDifferences } from '../../comparator/groups/difference.ts';
import { listCost, rulesPerGroup } from '../../comparator/groups/quota.ts';
import type { PairedEnds } from '../../comparator/pairing/counterpart.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import { isListing } from '../../inventory/snapshot.ts';
import { type Finding, isOf } from '../../report/model.ts';
import { count } from '../../text/counts.ts';
import { intersection, isEmpty, NOTHING } from '../../traffic/index.ts';
import type { Direction } from '../model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import {
  neededByRow,
  openingRows,
  opensReason,
  type PlannedRow,
  plannedRow,
  plannedRule,
  waitsReason,
} from './group-rules.ts';
import { addAlignment } from './lists.ts';
import { addMissingGroup, missingGroups } from './missing-groups.ts';
import { addMissingList } from './missing-lists.ts';
import { namedListObstacle } from './named-lists.ts';
import { changedElsewhere } from './owners.ts';
import { endsOf, NOT_PAIRED } from './pairs.ts';

type TrafficFinding = Extract<Finding, { rule: 'security-group/allows-less' | 'security-group/allows-more' }>;

/**
 * Drafts what makes one direction of a group of the target admit what its counterpart on the source admits.
 * @returns Why the finding is not resolved by it, or null.
 */
export function addTrafficSteps(finding: TrafficFinding, planning: Planning): Reason | null {
  const { context, options } = planning;
  const { direction, explained } = finding.facts;
  if (explained) return { type: 'explained', explanation: explained };
  const ends = endsOf('security-group', finding, planning);
  const difference = ends && differenceOf(ends, direction, planning);
  if (!ends || !difference) return NOT_PAIRED;
  const by = changedBy(ends.target, 'target', context);
  if (by) return changedElsewhere(by);
  if (isOf(finding, 'security-group/allows-more') && !options.allowRevoke)
    return { type: 'needs-revocation' };
  return addRowSteps(ends, difference, finding, planning);
}

function differenceOf(ends: PairedEnds<SecurityGroup>, direction: Direction, { context }: Planning) {
  return groupDifferences(ends.source, ends.target, context).find((d) => d.direction === direction);
}

/** Whether the rows that admit more than the source are to be revoked: it has to be allowed, and the finding has to be selected. */
function revokes(ends: PairedEnds<SecurityGroup>, direction: Direction, planning: Planning): boolean {
  return (
    planning.options.allowRevoke &&
    planning
      .about('security-group', ends.target.id)
      .some(
        (f) =>
          isOf(f, 'security-group/allows-more') &&
          f.facts.direction === direction &&
          !f.facts.explained &&
          planning.isWanted(f),
      )
  );
}

/** Which rows to change in one direction of a group, whichever of its two findings it is for. */
interface RowsToChange {
  readonly writable: readonly PlannedRow[];
  /** The rows of the target, by what identifies them. */
  readonly there: ReadonlyMap<string, TargetRow>;
  /** In order; null where the quota leaves no order. */
  readonly steps: RowPlan<PlannedRow, TargetRow>['steps'];
  /** Why rows that the target lacks are not written. */
  readonly obstacles: readonly Reason[];
  /** Why rows of the target that admit more are not revoked. */
  readonly staying: readonly Reason[];
}

const known = new WeakMap<Planning, Map<GroupDifference, RowsToChange>>();

function rowsToChange(ends: PairedEnds<SecurityGroup>, d: GroupDifference, planning: Planning): RowsToChange {
  const all = known.get(planning) ?? new Map<GroupDifference, RowsToChange>();
  known.set(planning, all);
  const rows = all.get(d) ?? decideRows(ends, d, planning);
  all.set(d, rows);
  return rows;
}

function decideRows(
  { source, target }: PairedEnds<SecurityGroup>,
  d: GroupDifference,
  planning: Planning,
): RowsToChange {
  const { context, options } = planning;
  const { direction } = d;
  const rows = d.rows.source
    .filter((r) => !r.unresolved && !r.unread)
    .map((r) => plannedRow(r, target.vpcId, context));
  const there = d.rows.target.filter((r) => !r.unresolved && !r.unread).map(targetRow);
  const texts = new Map(there.map((t) => [t.text, t]));
  const isRead =
    !isListing(context.source) &&
    !isListing(context.target) &&
    ![...d.rows.source, ...d.rows.target].some((r) => r.unread);
  const obstacles: Reason[] = [];
  const opening = options.allowWorldOpen
    ? []
    : openingRows(
        rows.filter((r) => !texts.has(r.text)),
        d.target,
      );
  const waiting: { readonly row: PlannedRow; readonly obstacle: Reason }[] = [];
  const writable = rows.filter((row) => {
    const obstacle =
      row.waitsFor && row.aligns.length === 0
        ? waitsReason(row.waitsFor, row)
        : obstacleOf(row, opening, planning);
    // What the target admits already is not missing because it is written with another list there.
    if (obstacle !== null && !isEmpty(intersection(row.admits, d.less))) obstacles.push(obstacle);
    if (obstacle !== null) waiting.push({ row, obstacle });
    return obstacle === null;
  });
  const plan = planRows<PlannedRow, TargetRow>({
    writable,
    waiting: waiting.map(({ row }) => row),
    target: there,
    more: isRead && revokes({ source, target }, direction, planning) ? d.more : NOTHING,
    fits: (all) => haveRoom(all, planning),
  });
  const held = plan.held.flatMap(({ meant, admits }): Reason[] => {
    const other = waiting.find(({ row }) => !isEmpty(intersection(row.admits, admits)));
    return other ? [{ type: 'rule-stays', rule: rowWords(meant), because: other.obstacle }] : [];
  });
  // The list of a row that both sides have has more entries, and is not changed.
  const listed = waiting.filter(({ row }) =>
    there.some((t) => t.text === row.text && !isEmpty(intersection(t.admits, d.more))),
  );
  const staying: Reason[] = isRead
    ? [...held, ...listed.map(({ obstacle }) => obstacle)]
    : [{ type: 'rules-unread' }];
  return { writable, there: texts, steps: plan.steps, obstacles, staying };
}

function addRowSteps(
  ends: PairedEnds<SecurityGroup>,
  d: GroupDifference,
  finding: TrafficFinding,
  planning: Planning,
): Reason | null {
  const { context } = planning;
  const { direction } = d;
  const { target } = ends;
  const aim = finding.fingerprint;
  const { writable, there, steps, obstacles, staying } = rowsToChange(ends, d, planning);
  if (steps === null) return { type: 'rules-exceed-quota', quota: rulesPerGroup(context.config) };
  // A row that both sides have and that names a list admits less or more because the list has other entries.
  const isLess = isOf(finding, 'security-group/allows-less');
  for (const row of writable) {
    const same = there.get(row.text);
    if (same && !isEmpty(isLess ? intersection(row.admits, d.less) : intersection(same.admits, d.more)))
      for (const id of row.aligns) addAlignment(id, [aim], planning);
  }
  let before: string[] = [];
  for (const [i, step] of steps.entries()) {
    const rules = step.rows.map((r) => plannedRule(r.written, context));
    for (const row of step.rows) if ('names' in row) addNamed(row, planning);
    const verb = step.does === 'authorize' ? 'Authorize' : 'Revoke';
    const preposition = step.does === 'authorize' ? 'on' : 'from';
    const id = planning.drafts.add({
      id: `${step.does}-${direction}:${target.id}${i === 0 ? '' : `:${i + 1}`}`,
      does: `${verb} ${count(rules.length, 'rule')} of ${direction} ${preposition} "${target.name}"`,
      side: 'target',
      needs: [
        ...new Set([...before, ...step.rows.flatMap((row) => ('names' in row ? neededByRow(row) : []))]),
      ],
      // What only the target admits is the other finding's.
      aims: step.does === 'revoke' && isLess ? [] : [aim],
      operation: {
        type: `${step.does}-rules`,
        group: { id: target.id },
        name: target.name,
        direction,
        rules,
      },
    });
    before = [id];
  }
  return (isLess ? undefined : staying[0]) ?? obstacles[0] ?? null;
}

/** Whether a group can hold the rows, with what a list that the plan makes will count for. */
function haveRoom(rows: readonly (PlannedRow | TargetRow)[], { context }: Planning): boolean {
  const made = creatableObjects(context).lists;
  const lists = rows
    .flatMap((row) => ('names' in row ? row.names.lists : []))
    .map((id) => made.get(id)?.item);
  const plain = rows.filter((row) => !('names' in row) || row.names.lists.length === 0);
  const more = Math.max(
    ...(['IPv4', 'IPv6'] as const).map((f) => lists.reduce((sum, list) => sum + listCost(list, f), 0)),
  );
  return fits(
    plain.map((r) => r.written),
    context,
    more,
  );
}

function obstacleOf(row: PlannedRow, opening: readonly PlannedRow[], planning: Planning): Reason | null {
  if (opening.includes(row)) return opensReason(row);
  const groups = missingGroups(planning);
  for (const id of row.names.groups) {
    const named = groups.get(id);
    if (!named?.obstacle) continue;
    const { name } = named.creatable;
    return {
      type: 'named-object-left',
      kind: 'security group',
      name,
      lacks: 'create',
      because: named.obstacle,
    };
  }
  return namedListObstacle(row, planning);
}

function addNamed({ names, aligns }: PlannedRow, planning: Planning): void {
  for (const id of aligns) addAlignment(id, [], planning);
  for (const id of names.groups) addMissingGroup(id, planning);
  for (const id of names.lists) addMissingList(id, planning);
}

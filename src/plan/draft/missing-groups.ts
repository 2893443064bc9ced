import { type Creatable, creatableObjects } from '../../comparator/commands/missing-objects.ts';
import type { Context } from '../../comparator/context.ts';
import { defaultEgressCidrs } from '../../comparator/groups/default-egress.ts';
import { perAudit } from '../../comparator/per-audit.ts';
import { itemsOf } from '../../inventory/collected.ts';
import type { SecurityGroup } from '../../inventory/security-group.ts';
import { userTags } from '../../inventory/tags.ts';
import { count } from '../../text/counts.ts';
import type { Direction, PlannedRule } from '../model.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
import {
  createGroupStep,
  distinctRows,
  neededByRow,
  openingRows,
  opensReason,
  type PlannedRow,
  plannedRow,
  waitsReason,
} from './group-rules.ts';
import { addAlignment } from './lists.ts';
import { addMissingList } from './missing-lists.ts';
import { namedListObstacle } from './named-lists.ts';

/** What a group that the target does not have takes. */
interface MissingGroup {
  readonly creatable: Creatable<SecurityGroup>;
  readonly rows: readonly PlannedRow[];
  /** Why it cannot be made as it is on the source; null where it can. */
  readonly obstacle: Reason | null;
}

const known = new WeakMap<Planning, ReadonlyMap<string, MissingGroup>>();

/** The missing groups that could be made, by the id on the source, with what keeps one from being made completely. */
export function missingGroups(planning: Planning): ReadonlyMap<string, MissingGroup> {
  const made = known.get(planning) ?? assess(planning);
  known.set(planning, made);
  return made;
}

/**
 * A group that names a group that is not made is not made either: it would lack that rule. Found by repetition, since groups
 * name one another in circles.
 */
function assess(planning: Planning): ReadonlyMap<string, MissingGroup> {
  const { context, options } = planning;
  const groups = new Map<string, MissingGroup>();
  for (const [id, creatable] of creatableObjects(context).groups) {
    const rows = rowsOf(creatable, context);
    const waiting = rows.find((row) => row.waitsFor !== null && row.aligns.length === 0);
    const [opening] = options.allowWorldOpen ? [] : openingRows(rows);
    const list = rows.map((row) => namedListObstacle(row, planning)).find((reason) => reason !== null);
    const taken = takenBy(creatable, context);
    const obstacle: Reason | null = taken
      ? { type: 'group-name-taken', name: taken }
      : waiting?.waitsFor
        ? waitsReason(waiting.waitsFor, waiting)
        : opening
          ? opensReason(opening)
          : (list ?? null);
    groups.set(id, { creatable, rows, obstacle });
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const [id, group] of groups) {
      if (group.obstacle !== null) continue;
      const named = group.rows.flatMap((row) => row.names.groups);
      const blocked = named.map((name) => groups.get(name)).find((other) => other?.obstacle);
      if (!blocked?.obstacle) continue;
      const obstacle: Reason = {
        type: 'named-object-left',
        kind: 'security group',
        name: blocked.creatable.name,
        lacks: 'create',
        because: blocked.obstacle,
      };
      groups.set(id, { ...group, obstacle });
      changed = true;
    }
  }
  return groups;
}

/** Names are unique in a VPC, and case-insensitive. */
const placeOf = (vpcId: string | null, name: string) => JSON.stringify([vpcId, name.trimEnd().toLowerCase()]);
const namesOnTarget = perAudit(
  ({ target }): ReadonlyMap<string, string> =>
    new Map(itemsOf(target.securityGroups).map(({ vpcId, name }) => [placeOf(vpcId, name), name])),
);

/** The name of a group of the target that keeps one of this name from being created. */
function takenBy({ name, vpcId }: Creatable<SecurityGroup>, context: Context): string | null {
  return namesOnTarget(context).get(placeOf(vpcId, name)) ?? null;
}

function rowsOf({ item, vpcId }: Creatable<SecurityGroup>, context: Context): PlannedRow[] {
  const rows = context.meanings.rows('source', item).filter((row) => !row.unresolved);
  return distinctRows(rows.map((row) => plannedRow(row, vpcId, context)));
}

/**
 * Drafts the steps that make a missing group and all that it names.
 * @returns Why it is not made, or null.
 */
export function addMissingGroup(sourceId: string, planning: Planning): Reason | null {
  const { context, drafts } = planning;
  const group = missingGroups(planning).get(sourceId);
  if (!group) return { type: 'group-not-creatable' };
  if (group.obstacle !== null) return group.obstacle;
  const { creatable, rows } = group;
  const { item, name, vpcId } = creatable;
  const id = createGroupStep(sourceId);
  if (drafts.has(id)) return null;
  const aims = aimsAt(sourceId, planning);
  const defaultEgress = defaultEgressOf(creatable, context);
  drafts.add({
    id,
    does: `Create the security group "${name}" in ${vpcId}`,
    side: 'target',
    needs: [],
    aims,
    operation: {
      type: 'create-security-group',
      vpcId: vpcId ?? '',
      name,
      // EC2 refuses an empty one.
      description: item.description || name,
      tags: userTags(item.tags),
      defaultEgress,
    },
  });
  const egress = rows.filter((r) => r.meant.direction === 'egress').map((r) => r.rule);
  for (const direction of ['ingress', 'egress'] as const) {
    const own = rows.filter((r) => r.meant.direction === direction);
    // EC2 writes this rule itself.
    const written = own.filter(({ rule }) => direction === 'ingress' || !isIn(defaultEgress, rule));
    if (written.length > 0)
      drafts.add(
        rulesStep(
          'authorize',
          id,
          name,
          direction,
          written.map((r) => r.rule),
          aims,
          written.flatMap(neededByRow),
        ),
      );
  }
  const described = egress.filter((rule) => rule.description !== null && isIn(defaultEgress, rule));
  if (described.length > 0) drafts.add(rulesStep('describe', id, name, 'egress', described, aims));
  const unwanted = defaultEgress.filter((rule) => !isIn(egress, rule));
  if (unwanted.length > 0) {
    const authorized = `authorize-egress:${sourceId}`;
    const needs = drafts.has(authorized) ? [authorized] : [];
    drafts.add(rulesStep('revoke', id, name, 'egress', unwanted, aims, needs));
  }
  for (const row of rows) {
    for (const list of row.names.lists) addMissingList(list, planning);
    for (const other of row.names.groups) addMissingGroup(other, planning);
    for (const list of row.aligns) addAlignment(list, [], planning);
  }
  return null;
}

function rulesStep(
  verb: 'authorize' | 'revoke' | 'describe',
  madeBy: string,
  name: string,
  direction: Direction,
  rules: readonly PlannedRule[],
  aims: readonly string[],
  needs: readonly string[] = [],
) {
  const what = count(rules.length, 'rule');
  return {
    id: `${verb}-${direction}:${madeBy.replace('create-security-group:', '')}`,
    does: {
      authorize: `Authorize ${what} of ${direction} on "${name}"`,
      describe: `Set the description of ${what} of ${direction} of "${name}"`,
      revoke: `Revoke from "${name}" the egress that EC2 gives to a new group and the source does not have`,
    }[verb],
    side: 'target' as const,
    completes: madeBy,
    needs: [...new Set([madeBy, ...needs])],
    aims,
    operation: {
      type: `${verb}-rules` as const,
      group: { madeBy },
      name,
      direction,
      rules,
    },
  };
}

function aimsAt(sourceId: string, planning: Planning): string[] {
  return planning.about('security-group', sourceId).map((f) => f.fingerprint);
}

/** The rules that EC2 writes into a new group. */
function defaultEgressOf({ vpcId }: Creatable<SecurityGroup>, context: Context): PlannedRule[] {
  return defaultEgressCidrs(vpcId, context).map((cidr) => ({
    protocol: '-1',
    from: null,
    to: null,
    peer: { type: 'cidr', cidr },
    description: null,
  }));
}

function isIn(rules: readonly PlannedRule[], rule: PlannedRule): boolean {
  const text = ({ description: _, ...r }: PlannedRule) => JSON.stringify([r.protocol, r.from, r.to, r.peer]);
  return rules.some((r) => text(r) === text(rule));
}

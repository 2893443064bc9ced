import { rowWords, type SourceRow, sourceRow, type WaitsFor } from '../../comparator/commands/group-rows.ts';
import { creatableObjects } from '../../comparator/commands/missing-objects.ts';
import type { Ref as WrittenRef, WrittenRow } from '../../comparator/commands/permissions.ts';
import type { Context } from '../../comparator/context.ts';
import type { MeantRow } from '../../comparator/pairing/meant-row.ts';
import { perAudit } from '../../comparator/per-audit.ts';
import { isEmpty, NOTHING, newlyOpenToWorld, type Traffic, union } from '../../traffic/index.ts';
import type { PlannedRule, Ref } from '../model.ts';
import type { Reason } from '../reasons/reason.ts';

/** What a row of the source is on the target: how it is written, and what has to be made before. */
export interface PlannedRow extends SourceRow {
  readonly rule: PlannedRule;
  /** Ids on the source of the missing objects that it names. */
  readonly names: { readonly groups: readonly string[]; readonly lists: readonly string[] };
  /** Ids on the source of the lists that it names and that have other entries on the target. */
  readonly aligns: readonly string[];
}

/** The ids of the steps that make missing objects. */
export const createGroupStep = (sourceId: string): string => `create-security-group:${sourceId}`;
export const createListStep = (sourceId: string): string => `create-prefix-list:${sourceId}`;
/** The id of the last step that gives a list of the target the entries of its counterpart. */
export const alignedStep = (sourceId: string): string => `align-prefix-list:${sourceId}`;

/** The id of the step, and the id on the source, by the variable of the object in commands. */
const madeObjects = perAudit((context) => {
  const { groups, lists } = creatableObjects(context);
  return new Map<unknown, { readonly step: string; readonly kind: 'groups' | 'lists'; readonly id: string }>([
    ...[...groups.values()].map(
      ({ variable, item: { id } }) => [variable, { step: createGroupStep(id), kind: 'groups', id }] as const,
    ),
    ...[...lists.values()].map(
      ({ variable, item: { id } }) => [variable, { step: createListStep(id), kind: 'lists', id }] as const,
    ),
  ]);
});

/** A row as it would be written once everything exists that can be made. Several plans of one audit are made from the same rows. */
export function plannedRow(meant: MeantRow, targetVpc: string | null, context: Context): PlannedRow {
  const known = plannedRows(context);
  const hit = known.get(meant);
  if (hit && hit.targetVpc === targetVpc) return hit.row;
  const row = newRow(meant, targetVpc, context);
  known.set(meant, { targetVpc, row });
  return row;
}

const plannedRows = perAudit(
  () => new WeakMap<MeantRow, { readonly targetVpc: string | null; readonly row: PlannedRow }>(),
);

const NO_IDS: readonly string[] = [];
const NO_NAMES = { groups: NO_IDS, lists: NO_IDS };

function newRow(meant: MeantRow, targetVpc: string | null, context: Context): PlannedRow {
  const { groups, lists } = creatableObjects(context);
  const row = sourceRow(meant, targetVpc, context, (kind, id) => {
    if (kind === 'prefix-list') return lists.get(id)?.variable ?? null;
    const group = groups.get(id);
    // Whether there is a peering with the other VPC is not known.
    return group && group.vpcId === targetVpc ? group.variable : null;
  });
  const { peer, protocol, from, to, description } = row.written;
  // Most rows, and of large groups nearly all: they name nothing.
  if (peer.type === 'cidr')
    return { ...row, rule: { protocol, from, to, peer, description }, names: NO_NAMES, aligns: NO_IDS };
  const made = madeObjects(context).get(peer.id);
  const named = (kind: 'groups' | 'lists') => (made?.kind === kind ? [made.id] : []);
  return {
    ...row,
    rule: plannedRule(row.written, context),
    names: { groups: named('groups'), lists: named('lists') },
    aligns: row.waitsFor?.because === 'differs' ? [row.waitsFor.id] : [],
  };
}

export function plannedRule(row: WrittenRow, context: Context): PlannedRule {
  const { protocol, from, to, description, peer } = row;
  const ref = (id: WrittenRef): Ref =>
    typeof id === 'string' ? { id } : { madeBy: madeObjects(context).get(id)?.step ?? '' };
  const rule = { protocol, from, to, description };
  switch (peer.type) {
    case 'cidr':
      return { ...rule, peer };
    case 'prefix-list':
      return { ...rule, peer: { type: 'prefix-list', list: ref(peer.id) } };
    case 'group':
      return { ...rule, peer: { type: 'group', group: ref(peer.id), ownerId: peer.ownerId } };
  }
}

/** The steps that a row needs: those that make what it names, and those that change it. */
export function neededByRow({ rule, aligns }: PlannedRow): string[] {
  return [...neededBy(rule), ...aligns.map(alignedStep)];
}

/** The steps that make what a rule names. */
export function neededBy({ peer }: PlannedRule): string[] {
  const ref = peer.type === 'cidr' ? null : peer.type === 'group' ? peer.group : peer.list;
  return ref && 'madeBy' in ref ? [ref.madeBy] : [];
}

/** Rows that differ by their description alone are one row to EC2. */
export function distinctRows<R extends { readonly text: string; readonly meant: MeantRow }>(
  rows: readonly R[],
): R[] {
  return [
    ...new Map([...rows].reverse().map((r) => [`${r.meant.direction} ${r.text}`, r])).values(),
  ].reverse();
}

/**
 * The rows of ingress that open a group to any address, beside what it admits already. Two halves of the address space are
 * the whole of it: the row that completes it is the one that opens.
 */
export function openingRows<R extends SourceRow>(rows: readonly R[], admitted: Traffic = NOTHING): R[] {
  let all = admitted;
  return rows.filter((row) => {
    if (row.meant.direction !== 'ingress') return false;
    const wider = union(all, row.admits);
    if (!isEmpty(newlyOpenToWorld(wider, all))) return true;
    all = wider;
    return false;
  });
}

export function opensReason(row: Pick<SourceRow, 'meant'>): Reason {
  return { type: 'opens-to-world', rule: rowWords(row.meant) };
}

export function waitsReason({ kind, name, because }: WaitsFor, row: Pick<SourceRow, 'meant'>): Reason {
  const words = kind === 'prefix-list' ? 'prefix list' : 'security group';
  return { type: 'rule-names-unresolved', rule: rowWords(row.meant), kind: words, name, because };
}

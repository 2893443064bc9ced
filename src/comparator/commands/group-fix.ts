import type { SecurityGroup } from '../../inventory/security-group.ts';
import { isListing } from '../../inventory/snapshot.ts';
import { intersection, isEmpty, NOTHING, type Traffic } from '../../traffic/index.ts';
import type { Context } from '../context.ts';
import type { GroupDifference } from '../groups/difference.ts';
import { type Family, rowCost, rulesPerGroup } from '../groups/quota.ts';
import {
  rowWords,
  type SourceRow,
  sourceRow,
  type TargetRow,
  targetRow,
  type WaitsFor,
} from './group-rows.ts';
import type { WrittenRow } from './permissions.ts';
import { planRows } from './row-plan.ts';

/** What makes one direction of a group admit what the source's admits, as rows of the two sides. */
export interface GroupFix {
  /** For what the target blocks: rows to authorize, in words. */
  readonly authorize: readonly string[];
  /** For what it admits beyond the source: rows to authorize first, to revoke, and those that have to stay for now. */
  readonly keep: readonly string[];
  readonly revoke: readonly string[];
  readonly held: readonly string[];
  /** What has to be made or changed before the rest can be written: of what is blocked, and of what is admitted. */
  readonly waitsFor: { readonly less: readonly WaitsFor[]; readonly more: readonly WaitsFor[] };
  /** The quota where a group cannot hold the old and the new rows in any order; else null. */
  readonly beyondQuota: number | null;
  /** False where a part of the rules was not read. */
  readonly read: boolean;
}

/** @param leave Whether the rows for what is blocked, or those that admit more, are left as they are: nothing can use them. */
export function groupFix(
  { target }: { readonly target: SecurityGroup },
  d: GroupDifference,
  context: Context,
  leave: { readonly less: boolean; readonly more: boolean },
): GroupFix {
  const { less, more } = d;
  const readable = d.rows.source.filter((r) => !r.unresolved && !r.unread);
  const all = readable.map((row) => sourceRow(row, target.vpcId, context));
  const rowsThere = d.rows.target.filter((r) => !r.unresolved && !r.unread).map(targetRow);
  // What was not read may admit what a row is to be revoked for.
  const whole =
    !isListing(context.source) &&
    !isListing(context.target) &&
    ![...d.rows.source, ...d.rows.target].some((r) => r.unread);
  const waiting = all.filter((r) => r.waitsFor !== null);
  const plan = planRows<SourceRow, TargetRow>({
    writable: all.filter((r) => r.waitsFor === null && !(leave.less && touches(r.admits, less))),
    waiting,
    target: rowsThere,
    more: whole && !leave.more ? more : NOTHING,
    fits: (rows) =>
      fits(
        rows.map((r) => r.written),
        context,
      ),
  });
  const forLess = plan.authorize.filter((r) => touches(r.admits, less));
  const words = (rows: readonly { readonly meant: Parameters<typeof rowWords>[0] }[]) => [
    ...new Set(rows.map((r) => rowWords(r.meant))),
  ];
  return {
    authorize: words(forLess),
    keep: words(plan.authorize.filter((r) => !forLess.includes(r))),
    revoke: words(plan.revoke),
    held: words(plan.held),
    waitsFor: {
      less: blockers(waiting, less),
      more: blockers(
        // A list that holds more on the target is what admits more, in the row that both sides have.
        waiting.filter((r) => plan.held.some((h) => touches(r.admits, h.admits)) || isInBoth(r, rowsThere)),
        NOTHING,
      ),
    },
    beyondQuota: plan.steps === null ? rulesPerGroup(context.config) : null,
    read: whole,
  };
}

function touches(a: Traffic, b: Traffic): boolean {
  return !isEmpty(intersection(a, b));
}

function isInBoth(row: SourceRow, there: readonly TargetRow[]): boolean {
  return there.some((t) => t.text === row.text);
}

/** Each once. @param part Only rows that touch it; all for the empty set. */
function blockers(rows: readonly SourceRow[], part: Traffic): WaitsFor[] {
  const found = rows.filter((r) => isEmpty(part) || touches(r.admits, part)).flatMap((r) => r.waitsFor ?? []);
  return [...new Map(found.map((w) => [`${w.kind} ${w.id}`, w])).values()];
}

/**
 * Whether a group can hold these rows of one direction, by the quota of each address family.
 * @param more What other rows take of the quota.
 */
export function fits(rows: readonly WrittenRow[], context: Context, more = 0): boolean {
  const quota = rulesPerGroup(context.config) - more;
  const cost = (family: Family) =>
    rows.reduce((sum, { peer }) => sum + (hasId(peer) ? rowCost(peer, family, context.target) : 1), 0);
  return cost('IPv4') <= quota && cost('IPv6') <= quota;
}

function hasId(peer: WrittenRow['peer']): peer is WrittenRow['peer'] & { readonly id: string } {
  return peer.type === 'cidr' || typeof peer.id === 'string';
}

import type { SecurityGroup } from '../../../inventory/security-group.ts';
import type { RowsFacts, WaitsForFacts } from '../../../report/rules/security-groups.ts';
import { listed } from '../../../text/lists.ts';
import { type GroupFix, groupFix } from '../../commands/group-fix.ts';
import { changedBy, changeText } from '../../commands/owners.ts';
import type { Context } from '../../context.ts';
import type { GroupDifference } from '../../groups/difference.ts';
import type { PairedEnds } from '../../pairing/counterpart.ts';
import { perAudit } from '../../per-audit.ts';
import type { Names } from '../rule.ts';

/** Whether each part of a difference has no effect, because every packet is handled the same on both sides. */
export interface Explained {
  readonly less: boolean;
  readonly more: boolean;
}

const known = perAudit(() => new Map<GroupDifference, GroupFix>());

/** How a direction of a group is brought in line, as facts of the finding about one part of the difference. */
export function fixFor(
  part: 'less' | 'more',
  ends: PairedEnds<SecurityGroup>,
  d: GroupDifference,
  explained: Explained,
  context: Context,
): RowsFacts {
  const fixes = known(context);
  const plan = fixes.get(d) ?? groupFix(ends, d, context, explained);
  fixes.set(d, plan);
  return {
    authorize: part === 'less' ? plan.authorize : [...plan.keep, ...plan.authorize],
    revoke: part === 'more' ? plan.revoke : [],
    keep: part === 'more' ? plan.held : [],
    waitsFor: plan.waitsFor[part].map(({ kind, name, because }) => ({ kind, name, because })),
    changedBy: changedBy(ends.target, 'target', context),
    beyondQuota: plan.beyondQuota,
    read: plan.read,
    withAllowsMore: false,
  };
}

export function lessRemedy(fix: RowsFacts, { onTarget: name, target }: Names): string {
  const { authorize, waitsFor, beyondQuota, changedBy: by } = fix;
  const sentences = [
    ...(authorize.length > 0 ? [`Authorize on "${name}" in ${target}: ${listed(authorize)}.`] : []),
    ...(beyondQuota === null ? [] : [roomText(beyondQuota)]),
    ...waitsFor.map((w) => waitText(w, target)),
  ];
  const rest =
    sentences.length > 0 ? sentences : [`Add rules to "${name}" in ${target} that admit this traffic.`];
  return changeText(by, target) + rest.join(' ');
}

export function moreRemedy(fix: RowsFacts, { onTarget: name, target }: Names): string {
  const { authorize, revoke, keep, waitsFor, beyondQuota, read, changedBy: by } = fix;
  if (!read)
    return `${changeText(by, target)}Not all rules of both sides could be read, so no rule is named here that could be revoked from "${name}" in ${target} without blocking traffic that is needed. Compare the rules, and revoke those that are not intended.`;
  const revoked =
    authorize.length > 0
      ? `First authorize on "${name}" in ${target}: ${listed(authorize)}. Then revoke: ${listed(revoke)}.`
      : `Revoke from "${name}" in ${target}: ${listed(revoke)}.`;
  const sentences = [
    ...(revoke.length > 0 ? [revoked] : []),
    ...(beyondQuota === null ? [] : [roomText(beyondQuota)]),
    ...(keep.length > 0
      ? [`Do not revoke yet: ${listed(keep)}. No other rule admits the part of their traffic that is needed.`]
      : []),
    ...waitsFor.map((w) => waitText(w, target)),
  ];
  const rest =
    sentences.length > 0
      ? sentences
      : [`Revoke or narrow the rules of "${name}" in ${target} that admit this traffic.`];
  return changeText(by, target) + rest.join(' ');
}

function roomText(quota: number): string {
  return `A group can have ${quota} rules of one direction there, and the old and the new rules together exceed that: first request a higher quota ("Inbound or outbound rules per security group").`;
}

function waitText({ kind, name, because }: WaitsForFacts, target: string): string {
  const what = `${kind === 'prefix-list' ? 'prefix list' : 'security group'} "${name}"`;
  switch (because) {
    case 'missing':
      return `First create ${what} in ${target} (${kind}/missing): rules of the source name it.`;
    case 'differs':
      return `Give ${what} of ${target} the entries of the source first (prefix-list/entries-differ).`;
    case 'unread':
      return `The entries of ${what} were not read.`;
    case 'peering':
      return `A rule for ${what} needs an active VPC peering in ${target}: the group is in another VPC.`;
  }
}

import type { SecurityGroup } from '../../../inventory/security-group.ts';
import type { Snapshot } from '../../../inventory/snapshot.ts';
import { listed } from '../../../text/lists.ts';
import { type Family, rowCost, rulesPerGroup } from '../../groups/quota.ts';
import { always, rule } from '../rule.ts';

const QUOTAS = 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html';
/** Rules as the quota counts them, per direction and family: a group counts in both, a list with its MaxEntries. */
function quotaUse(
  group: SecurityGroup,
  snapshot: Snapshot,
): { direction: 'ingress' | 'egress'; family: Family; count: number }[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    (['IPv4', 'IPv6'] as const).map((family) => ({
      direction,
      family,
      count: group.rules
        .filter((r) => r.direction === direction)
        .reduce((sum, r) => sum + rowCost(r.peer, family, snapshot), 0),
    })),
  );
}

export const securityGroupOverQuota = rule({
  id: 'security-group/over-quota',
  title: "Would not fit the target's quota",
  short: 'over the quota',
  severity: always('medium'),
  compares:
    "The rules of the source group, prefix lists at their MaxEntries, per direction and family, with the target's quota (config: quotas.rulesPerGroup, else 60).",
  why: 'Quotas are per region: the rules of this group cannot be created on the target until the quota is increased.',
  remedy:
    'Request a higher quota "Inbound or outbound rules per security group" on the target, or split the group.',
  links: [QUOTAS],
  *find(pair, { source, target, config }) {
    if (!pair.source || pair.pairingStatus === 'unread') return;
    const quota = rulesPerGroup(config);
    // Only a prefix list counts as more than one rule.
    const { rules } = pair.source;
    if (rules.length <= quota && !rules.some((r) => r.peer.type === 'prefix-list')) return;
    const there = pair.target ? quotaUse(pair.target, target) : [];
    // Rules that exist on the target already in the same number fit the quota.
    const over = quotaUse(pair.source, source).filter(
      (use, i) => use.count > quota && use.count > (there[i]?.count ?? 0),
    );
    if (over.length > 0) yield { facts: { quota, over }, content: over };
  },
  message: ({ quota, over }, { name }) =>
    `"${name}" takes ${listed(over.map((u) => `${u.count} ${u.direction} rules (${u.family})`))} of ${quota}.`,
});

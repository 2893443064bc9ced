import { familyOf } from '../../../inventory/addresses.ts';
import { itemsOf } from '../../../inventory/collected.ts';
import type { PrefixList } from '../../../inventory/prefix-list.ts';
import type { Rule as GroupRule, SecurityGroup } from '../../../inventory/security-group.ts';
import type { Snapshot } from '../../../inventory/snapshot.ts';
import { listed } from '../../../text/lists.ts';
import { always, rule } from '../rule.ts';

const QUOTAS = 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html';
/** EC2's default "Inbound or outbound rules per security group" (VPC User Guide, quotas). */
const RULES_PER_GROUP = 60;
/** What a reference to one of AWS's own lists costs (VPC User Guide, AWS-managed prefix lists). */
const AWS_LIST_WEIGHTS: readonly (readonly [RegExp, number])[] = [
  [/cloudfront\.origin-facing$/, 55],
  [/vpc-lattice$/, 10],
];

const known = new WeakMap<Snapshot, ReadonlyMap<string, PrefixList>>();

function listsOf(snapshot: Snapshot): ReadonlyMap<string, PrefixList> {
  const lists = known.get(snapshot) ?? new Map(itemsOf(snapshot.prefixLists).map((l) => [l.id, l]));
  known.set(snapshot, lists);
  return lists;
}

/** Rules as the quota counts them, per direction and family: a group counts in both, a list with its MaxEntries. */
function quotaUse(
  group: SecurityGroup,
  snapshot: Snapshot,
): { direction: 'ingress' | 'egress'; family: 'IPv4' | 'IPv6'; count: number }[] {
  const lists = listsOf(snapshot);
  const cost = ({ peer }: GroupRule, family: 'IPv4' | 'IPv6'): number => {
    if (peer.type === 'cidr') return (familyOf(peer.cidr) === 4) === (family === 'IPv4') ? 1 : 0;
    if (peer.type === 'group') return 1;
    const list = lists.get(peer.id);
    if (list?.family && list.family !== family) return 0;
    if (list?.managedBy === 'aws') return AWS_LIST_WEIGHTS.find(([name]) => name.test(list.name))?.[1] ?? 1;
    return list?.maxEntries ?? list?.entries?.length ?? 1;
  };
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    (['IPv4', 'IPv6'] as const).map((family) => ({
      direction,
      family,
      count: group.rules
        .filter((r) => r.direction === direction)
        .reduce((sum, r) => sum + cost(r, family), 0),
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
  why: 'Quotas are per region: a group that fits here cannot be written over there until the quota is raised.',
  remedy:
    'Ask for a higher "Inbound or outbound rules per security group" on the target, or split the group.',
  links: [QUOTAS],
  *find(pair, { source, target, config }) {
    if (!pair.source || pair.pairingStatus === 'unread') return;
    const quota = config.quotas?.rulesPerGroup ?? RULES_PER_GROUP;
    const there = pair.target ? quotaUse(pair.target, target) : [];
    // What already stands over there in the same number has shown that it fits.
    const over = quotaUse(pair.source, source).filter(
      (use, i) => use.count > quota && use.count > (there[i]?.count ?? 0),
    );
    if (over.length > 0) yield { facts: { quota, over }, content: over };
  },
  message: ({ quota, over }, { name }) =>
    `"${name}" takes ${listed(over.map((u) => `${u.count} ${u.direction} rules (${u.family})`))} of ${quota}.`,
});

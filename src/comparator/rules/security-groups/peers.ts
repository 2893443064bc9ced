import { compareText, firstOf } from '../../../inventory/order.ts';
import type { SecurityGroup } from '../../../inventory/security-group.ts';
import { listed } from '../../../text/lists.ts';
import type { Unresolved } from '../../pairing/meant-row.ts';
import { always, rule } from '../rule.ts';
import { RULES } from './links.ts';
import { lineOf } from './rows.ts';

const REMOVE = 'Remove the rule that refers to a deleted group: it admits no traffic.';
const ADDRESSES =
  'Write the addresses (CIDRs) in place of a group that cannot be referred to on the other side.';

export const securityGroupUnresolvedPeer = rule({
  id: 'security-group/unresolved-peer',
  title: 'A rule refers to something that cannot exist on the target',
  short: 'unresolved peer',
  severity: always('high'),
  severityNote:
    'medium where the peer is a group that cannot be paired itself: the finding about that group says what to do',
  outcome: 'undetermined',
  compares:
    'Every group and prefix list that the rules of both sides name, with what exists in its own region.',
  why: 'A rule that refers to a deleted group admits no traffic. If EC2 returns no owner, the group may also belong to another account and exist. A group of another account or of a peered VPC has an id that exists in its region only: rules cannot refer to groups of another region.',
  remedy:
    'Remove a reference to a deleted group; write the addresses (CIDRs) in place of a group that cannot be referred to on the other side; keep one that may be of another account until you know whether it exists.',
  links: [RULES, 'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html'],
  *find(pair, { meanings }) {
    const lost = (side: 'source' | 'target', group: SecurityGroup | null) =>
      (group?.rules.some((r) => r.peer.type !== 'cidr') ? meanings.rows(side, group) : []).flatMap((r) =>
        r.unresolved === null ? [] : [{ side, row: r, reason: r.unresolved }],
      );
    // A group that cannot be paired itself has a separate finding; a reference to it matters only where that pairing is uncertain.
    const all = [...lost('source', pair.source), ...(pair.source ? lost('target', pair.target) : [])];
    const references = all.filter((r) => r.reason !== 'ambiguous' || pair.pairingStatus === 'paired');
    if (references.length === 0) return;
    const settled = references.every((r) => r.reason === 'ambiguous') ? { severity: 'medium' as const } : {};
    yield {
      facts: { references: references.map(({ side, row, reason }) => ({ side, row: lineOf(row), reason })) },
      // The ids in the rows are region-local: what was found is where and why, not whom.
      content: references
        .map(({ side, row: { direction, rule: r }, reason }) => [
          side,
          `${direction} ${r.protocol} ${r.from ?? ''}-${r.to ?? ''} ${reason}`,
        ])
        .sort(([a = '', x = ''], [b = '', y = '']) => firstOf(compareText(a, b), compareText(x, y))),
      origin: { rows: references.map((r) => r.row) },
      ...settled,
    };
  },
  message: ({ references }, { name }) =>
    `"${name}" has ${references.length === 1 ? 'a rule whose peer' : `${references.length} rules whose peers`} cannot be compared: ` +
    `${listed(
      references.map((r) => `${r.row} on the ${r.side} (${REASONS[r.reason].says})`),
      3,
    )}.`,
  remedyFor: ({ references }) => [...new Set(references.map((r) => REASONS[r.reason].remedy))].join(' '),
});

/** What is said of each reason, and what to do about it. Nothing that may still exist is to be removed. */
const REASONS = {
  dangling: { says: 'deleted: it no longer exists in its own region', remedy: REMOVE },
  stale: {
    says: 'stale: EC2 says that the group, or the connection to its VPC, was deleted',
    remedy: REMOVE,
  },
  'unknown-owner': {
    says: 'of another account, or deleted: which of the two is not known',
    remedy:
      'Keep a rule whose group may be of another account until DescribeStaleSecurityGroups of its VPC, or the owner of the group, shows whether it exists.',
  },
  // EC2 does not delete a list that rules of the account that owns it name.
  unlisted: {
    says: 'a prefix list that EC2 does not return: of another account that does not share it, or deleted',
    remedy:
      'Keep a rule whose prefix list may be of another account until the owner of the list shows whether it exists.',
  },
  'other-account': { says: 'a group of another account', remedy: ADDRESSES },
  'peered-vpc': {
    says: 'a group of a peered VPC; such a reference cannot exist in another region',
    remedy: ADDRESSES,
  },
  'inactive-peering': { says: 'its VPC peering is not active', remedy: REMOVE },
  ambiguous: {
    says: 'a group that cannot itself be paired',
    remedy: 'First decide which groups correspond: the finding about the group says how.',
  },
} as const satisfies Record<Unresolved, { says: string; remedy: string }>;

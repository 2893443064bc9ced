import { compareText, firstOf } from '../../../inventory/order.ts';
import type { SecurityGroup } from '../../../inventory/security-group.ts';
import { isListing } from '../../../inventory/snapshot.ts';
import type { Tags } from '../../../inventory/tags.ts';
import { listed } from '../../../text/lists.ts';
import { createGroup } from '../../commands/create-group.ts';
import { createTags } from '../../commands/ec2-commands.ts';
import { groupBeyondQuota } from '../../commands/missing-objects.ts';
import { changedBy, changeText } from '../../commands/owners.ts';
import { renameCandidates } from '../../groups/rename-candidates.ts';
import { ignoredOf, tagsToCompare } from '../../ignored.ts';
import { bothEnds, extra, missing } from '../../pairing/counterpart.ts';
import type { Unresolved } from '../../pairing/group-meaning.ts';
import { originOf, originText, remedyByOrigin } from '../../pairing/origin.ts';
import { candidateRemedy, candidateText } from '../../pairing/rename-candidate.ts';
import { describe, NOTHING, newlyOpenToWorld, trafficOf } from '../../traffic/index.ts';
import { always, EXTRA, rule } from '../rule.ts';
import { tagDifference } from '../tags.ts';
import { securityGroupOwnerDiffers } from './owner.ts';
import { securityGroupOverQuota } from './quota.ts';
import { lineOf } from './rows.ts';
import { securityGroupTrackingDiffers } from './tracking.ts';
import { securityGroupTrafficRules } from './traffic.ts';

const GROUPS = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html';
const RULES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules.html';

export const securityGroupMissing = rule({
  id: 'security-group/missing',
  title: 'Security group is missing',
  short: 'group missing',
  severity: always('high'),
  whenUsed: 'critical',
  compares:
    'The groups of the source with those of the counterpart VPC, by name; names are case-insensitive.',
  why: 'AWS does not copy security groups between regions. A launch that refers to this group fails.',
  remedy: 'Create the group on the target with the same rules.',
  links: [GROUPS],
  *find(pair, context) {
    const group = missing(pair);
    if (!group) return;
    const rows = context.meanings.rows('source', group).map(lineOf);
    const vpcHasCounterpart = group.vpcId === null || context.vpcs.over('source', group.vpcId) !== null;
    const made = createGroup(group, context);
    yield {
      content: null,
      ...(made ? { commands: made.offers, makes: made.makes } : {}),
      facts: {
        vpcHasCounterpart,
        beyondQuota: groupBeyondQuota(group, context),
        ...originOf('security-group', group, 'source', context),
        candidates: renameCandidates(group, context),
        rows: { source: rows, target: [] },
      },
    };
  },
  message: ({ vpcHasCounterpart, candidates: [first], ...origin }, { name, target }) =>
    `Security group "${name}" does not exist in ${target}${vpcHasCounterpart ? '' : ', and its VPC has no known counterpart there'}.` +
    originText(origin) +
    (first ? candidateText(first) : ''),
  remedyFor: ({ vpcHasCounterpart, beyondQuota, rows, candidates: [first], ...origin }, { name, target }) => {
    if (isDefault(name)) return defaultRemedy(target, rows.source.length);
    const made = remedyByOrigin(origin, 'group', target);
    if (made) return first ? `${candidateRemedy(first)}   Otherwise: ${made}` : made;
    return first
      ? `${candidateRemedy(first)}   Otherwise create "${name}" in ${target}.`
      : `${vpcHasCounterpart ? '' : 'Create or map the VPC first (config: vpcs). '}Create "${name}" in ${target} ${rows.source.length === 0 ? 'without rules' : `with its ${ruleCount(rows.source.length)}`}.${beyondQuota === null ? '' : ` It needs ${beyondQuota} rules of one direction, more than a group can have there: request a higher quota first.`}`;
  },
});

const EXTRA_REMEDY =
  'Delete the group if nothing on the target needs it, or revoke the rules that are not needed.';

export const securityGroupExtra = rule({
  id: 'security-group/extra',
  title: 'Security group only on the target',
  short: 'only on target',
  severity: EXTRA,
  severityNote: 'high where it is open to any address: ingress from 0.0.0.0/0 or ::/0',
  compares: 'The groups of the target with those of the counterpart VPC of the source.',
  why: 'A group that exists only on the target can admit traffic that was not reviewed.',
  remedy: EXTRA_REMEDY,
  links: [GROUPS],
  *find(pair, context) {
    const group = extra(pair);
    if (!group) return;
    const rows = context.meanings.rows('target', group);
    const ingress = trafficOf(rows.filter((r) => r.direction === 'ingress').flatMap((r) => r.permits));
    const open = describe(newlyOpenToWorld(ingress, NOTHING));
    const facts = {
      opensToWorld: open.map((e) => ({ ...e })),
      ...originOf('security-group', group, 'target', context),
      rows: { source: [], target: rows.map(lineOf) },
    };
    yield { facts, content: facts.opensToWorld, ...(open.length > 0 ? { severity: 'high' as const } : {}) };
  },
  message: ({ opensToWorld, ...origin }, { name, target }) =>
    `Security group "${name}" exists only in ${target}${opensToWorld.length > 0 ? ', and it is open to any address' : ''}.${originText(origin)}`,
  remedyFor: ({ opensToWorld, stack, madeBy }, { name, target }) => {
    const close = opensToWorld.length > 0 ? 'Revoke the rules that open it and that nothing needs.' : '';
    if (isDefault(name))
      return `It is the default security group of its VPC, which EC2 does not delete. ${close || 'Nothing to do while its rules are intended.'}`;
    if (stack)
      return `If nothing needs it, remove it from the stack "${stack.name}" in ${target} (logical id ${stack.logicalId}). ${close}`.trimEnd();
    if (madeBy !== null)
      return `If nothing needs it, remove it with what ${madeBy} created it for. ${close}`.trimEnd();
    return EXTRA_REMEDY;
  },
});

/** Every VPC has one from the start. A person neither creates nor deletes it, but can change its rules. */
function isDefault(name: string): boolean {
  return name.toLowerCase() === 'default';
}

function ruleCount(rules: number): string {
  return rules === 1 ? 'one rule' : `${rules} rules`;
}

function defaultRemedy(target: string, rules: number): string {
  return `Create its VPC in ${target}, or map it (config: vpcs): each VPC has a default security group. ${rules === 0 ? 'Then remove its rules, as on the source.' : `Then give that group the ${ruleCount(rules)} of the source.`}`;
}

export const securityGroupAmbiguous = rule({
  id: 'security-group/ambiguous',
  title: 'Cannot be paired one to one',
  short: 'pairing ambiguous',
  severity: always('medium'),
  outcome: 'undetermined',
  compares:
    'The VPCs (paired by the config, as the default VPCs, by Name tag, or as the only ones) and the group names within them.',
  why: 'A group name is unique only within a VPC. If the wrong groups are paired, every statement about them is wrong.',
  remedy:
    'Say in the config which VPC is the counterpart of which (vpcs), or which name corresponds to which (names.securityGroups).',
  links: [GROUPS],
  *find(pair) {
    if (pair.pairingStatus !== 'ambiguous' || !pair.source) return;
    yield { facts: { candidates: [...(pair.candidates ?? [])], config: pair.config ?? '' }, content: null };
  },
  message: ({ candidates, config }, { name, target }) =>
    `"${name}" could be ${listed(candidates)} in ${target}. This line in the config decides it: ${config}`,
  remedyFor: () =>
    'Add that line to ec2-parity.config.yaml if the two correspond, or write another VPC or name into it if they do not.',
});

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
      (group ? meanings.rows(side, group) : []).flatMap((r) =>
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

export const securityGroupDescriptionDiffers = rule({
  id: 'security-group/description-differs',
  title: 'Descriptions differ',
  short: 'descriptions differ',
  severity: always('info'),
  compares: 'The description of the group, and of the rules that exist on both sides.',
  why: 'No effect on traffic. The description of a group cannot be changed: only a new group can have another one.',
  remedy: 'Nothing to do for traffic. Change the descriptions of the rules if people rely on them.',
  links: [GROUPS],
  *find(pair, { meanings, source, target, config }) {
    const ends = bothEnds(pair);
    if (!ends || ignoredOf(config, pair)('description')) return;
    const ruleDescriptionsRead = !isListing(source) && !isListing(target);
    const described = (side: 'source' | 'target', group: SecurityGroup) => {
      const byRow = new Map<string, Set<string>>();
      for (const row of meanings.rows(side, group)) {
        const all = byRow.get(lineOf(row)) ?? new Set();
        byRow.set(lineOf(row), all.add(row.description ?? ''));
      }
      return byRow;
    };
    const [s, t] = [described('source', ends.source), described('target', ends.target)];
    const text = (all: ReadonlySet<string> | undefined) => [...(all ?? [])].sort().join(' | ');
    const rows = { source: [] as string[], target: [] as string[] };
    if (ends.source.description !== ends.target.description) {
      rows.source.push(`group: ${ends.source.description}`);
      rows.target.push(`group: ${ends.target.description}`);
    }
    for (const [row, all] of ruleDescriptionsRead ? s : []) {
      const other = t.get(row);
      if (!other || text(all) === text(other)) continue;
      rows.source.push(`${row}: ${text(all)}`);
      rows.target.push(`${row}: ${text(other)}`);
    }
    if (rows.source.length > 0) yield { facts: { rows }, content: rows };
  },
  message: ({ rows }, { name }) =>
    `${rows.source.length === 1 ? 'A description' : `${rows.source.length} descriptions`} of "${name}" ${rows.source.length === 1 ? 'differs' : 'differ'}; the traffic is not affected.`,
});

export const securityGroupTagsDiffer = rule({
  id: 'security-group/tags-differ',
  title: 'Tags of the group differ',
  short: 'tags differ',
  severity: always('info'),
  compares: "The user's tags of a pair; aws: tags are left out.",
  why: 'Cost reports, permissions and controllers that depend on the tags of the group behave differently.',
  remedy: 'Set the tags on the target.',
  links: [GROUPS],
  *find(pair, context) {
    const ends = bothEnds(pair);
    if (!ends) return;
    const [source, tags] = tagsToCompare(ends, pair, context.config);
    const facts = tagDifference(...withoutOwnNames(ends, source, tags));
    if (!facts) return;
    const { id, name } = ends.target;
    const by = changedBy(ends.target, 'target', context);
    const commands = by === null ? createTags(id, name, source, tags, context.target.region) : [];
    yield { facts: { ...facts, changedBy: by }, commands, content: facts.rows };
  },
  message: ({ keys }, { name }) => `Tags of security group "${name}" differ: ${listed(keys)}.`,
  remedyFor: ({ changedBy: by }, { target }) =>
    `${changeText(by, target)}Set the tags of the source on the group of ${target}.`,
});

/** A Name tag that repeats the name of its group on both sides is not a separate difference where the names differ. */
function withoutOwnNames(
  { source, target }: { readonly source: SecurityGroup; readonly target: SecurityGroup },
  sourceTags: Tags,
  targetTags: Tags,
): [Tags, Tags] {
  if (sourceTags.Name !== source.name || targetTags.Name !== target.name) return [sourceTags, targetTags];
  const { Name: _source, ...s } = sourceTags;
  const { Name: _target, ...t } = targetTags;
  return [s, t];
}

export const securityGroupRules = [
  securityGroupMissing,
  ...securityGroupTrafficRules,
  securityGroupTrackingDiffers,
  securityGroupOverQuota,
  securityGroupUnresolvedPeer,
  securityGroupAmbiguous,
  securityGroupDescriptionDiffers,
  securityGroupTagsDiffer,
  securityGroupOwnerDiffers,
  securityGroupExtra,
];

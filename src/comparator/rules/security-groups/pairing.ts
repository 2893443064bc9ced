import { describe, NOTHING, newlyOpenToWorld, type Traffic, trafficOf } from '../../../traffic/index.ts';
import { groupBeyondQuota } from '../../commands/missing-objects.ts';
import { renameCandidates } from '../../groups/rename-candidates.ts';
import { extra, missing, rivalFacts, rivalText } from '../../pairing/counterpart.ts';
import type { Direction } from '../../pairing/meant-row.ts';
import { originOf, originText, remedyByOrigin } from '../../pairing/origin.ts';
import { candidateRemedy, candidateText } from '../../pairing/rename-candidate.ts';
import { always, EXTRA, rule } from '../rule.ts';
import { GROUPS } from './links.ts';
import { lineOf } from './rows.ts';

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
    const rows = context.meanings.rows('source', group);
    const vpcHasCounterpart = group.vpcId === null || context.vpcs.over('source', group.vpcId) !== null;
    yield {
      content: null,
      facts: {
        vpcHasCounterpart,
        beyondQuota: groupBeyondQuota(group, context),
        ...originOf('security-group', group, 'source', context),
        candidates: renameCandidates(group, context),
        rows: { source: rows.map(lineOf), target: [] },
        withoutPeer: rows.filter((row) => row.unresolved !== null).length,
      },
    };
  },
  message: ({ vpcHasCounterpart, candidates: [first], ...origin }, { name, target }) =>
    `Security group "${name}" does not exist in ${target}${vpcHasCounterpart ? '' : ', and its VPC has no known counterpart there'}.` +
    originText(origin) +
    (first ? candidateText(first) : ''),
  remedyFor: (
    { vpcHasCounterpart, beyondQuota, rows, withoutPeer, candidates: [first], ...origin },
    { name, target },
  ) => {
    if (isDefault(name)) return defaultRemedy(target, rows.source.length);
    const made = remedyByOrigin(origin, 'group', target);
    if (made) return first ? `${candidateRemedy(first)}   Otherwise: ${made}` : made;
    return first
      ? `${candidateRemedy(first)}   Otherwise create "${name}" in ${target}.`
      : `${vpcHasCounterpart ? '' : 'Create or map the VPC first (config: vpcs). '}Create "${name}" in ${target} ${rows.source.length === 0 ? 'without rules' : rulesToWrite(rows.source.length, withoutPeer)}.${beyondQuota === null ? '' : ` It needs ${beyondQuota} rules of one direction, more than a group can have there: request a higher quota first.`}`;
  },
});

/** A rule whose peer cannot be compared is not written: its own finding says what to do. */
function rulesToWrite(all: number, withoutPeer = 0): string {
  if (withoutPeer === 0) return `with its ${ruleCount(all)}`;
  const others = `${ruleCount(withoutPeer)} whose peer cannot be compared (security-group/unresolved-peer)`;
  return withoutPeer === all
    ? `without the ${others}`
    : `with ${all - withoutPeer} of its ${ruleCount(all)}, without the ${others}`;
}

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
    const admitted = (direction: Direction) =>
      trafficOf(rows.filter((r) => r.direction === direction).flatMap((r) => r.permits));
    const ingress = admitted('ingress');
    const entries = (traffic: Traffic) => describe(traffic).map((e) => ({ ...e }));
    const open = entries(newlyOpenToWorld(ingress, NOTHING));
    const facts = {
      opensToWorld: open,
      admits: rows.some((row) => row.unread)
        ? null
        : { ingress: entries(ingress), egress: entries(admitted('egress')) },
      ...originOf('security-group', group, 'target', context),
      rows: { source: [], target: rows.map(lineOf) },
    };
    const content = facts.admits ?? facts.opensToWorld;
    yield { facts, content, ...(open.length > 0 ? { severity: 'high' as const } : {}) };
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
    yield { facts: { ...rivalFacts(pair.candidates), config: pair.config ?? '' }, content: null };
  },
  message: ({ config, ...rivals }, { name, target }) =>
    `"${name}" could be ${rivalText(rivals)} in ${target}. This line in the config decides it: ${config}`,
  remedyFor: () =>
    'Add that line to ec2-parity.config.yaml if the two correspond, or write another VPC or name into it if they do not.',
});

import { count } from '../../text/counts.ts';
import { IMAGE_TEXTS } from './image-texts.ts';
import { LAUNCH_TEXTS } from './launch-texts.ts';
import { LIMIT_TEXTS } from './limit-texts.ts';
import { type Next, nothing, option, person, type ReasonText, type ReasonTexts } from './next.ts';
import type { Reason, ReasonType } from './reason.ts';

/** A record, so that a new type does not compile before it has a sentence. */
const TEXTS = {
  'not-selected': option('It is not among the findings that were selected (--findings).'),
  'unknown-rule': person(({ rule }) => `The rule ${rule} is not known to this version.`),
  'steps-do-not-resolve': person(
    'The steps that a plan has for it do not resolve it: the simulation still finds it after them.',
  ),
  'makes-another': person(
    ({ rule, name, message }) =>
      `The steps for it would make another finding, ${rule} of "${name}": ${message}`,
  ),
  'not-paired': person('The two objects are not known to correspond.'),
  'only-on-target': person(
    'It exists only on the target. A plan deletes nothing: whether it is needed is for a person to decide.',
  ),
  explained: nothing(({ explanation }) => `${explanation} There is nothing to do.`),
  'same-traffic': nothing('The traffic is the same. There is nothing to do.'),
  'quota-of-target': person(
    'The quota of the target has to be raised (Service Quotas), which a person requests.',
  ),

  'no-public-key': person(
    'The public key is not known. Name a file that contains it with --public-keys; the private key alone cannot be read from EC2.',
  ),
  'undocumented-key-length': person(
    ({ bits }) =>
      `The key has ${bits} bits, a length that ImportKeyPair does not document, and the import may fail. Import it manually.`,
  ),
  'key-name-taken': person(
    ({ name }) => `The target has another key pair named "${name}", and a plan deletes nothing.`,
  ),
  'other-key': person(
    'The target has another key under this name. To replace it, the key pair of the target has to be deleted, and a plan deletes nothing.',
  ),
  'keys-not-identified': person(
    'Whether the two keys are the same is not known. Name the public key with --public-keys.',
  ),
  'inconsistent-key-record': person(
    'The record of the key pair contradicts itself, so that a person has to look at it.',
  ),
  'key-length-stays': person(
    'The key has a length that ImportKeyPair does not document. Only a new key has another length.',
  ),
  'key-unusable-for-windows': person(
    'EC2 does not support ED25519 keys for Windows instances. Create an RSA key pair, and launch with it.',
  ),
  'key-id-unread': person('The id of the key pair was not read. Set the tags manually.'),

  'opens-to-world': option(
    ({ rule }) =>
      `The rule "${rule}" opens the group to any address, which a plan does only with --allow-world-open.`,
  ),
  'entries-open-to-world': option(
    'The entries would open what names the list to any address, which a plan does only with --allow-world-open.',
  ),
  'needs-revocation': option(
    'To resolve it, rules of the target have to be revoked, which a plan does only with --allow-revoke.',
  ),
  'needs-entry-removal': option(
    ({ entries }) =>
      `${count(entries, 'entry', 'entries')} of the prefix list of the target would have to be removed, which a plan does only with --allow-revoke.`,
  ),
  'rules-exceed-quota': person(
    ({ quota }) =>
      `A group can have ${quota} rules of one direction, and the old and the new rules together exceed that.`,
  ),
  'rules-unread': person(
    'What the rules of this direction admit was not read completely, so that a plan revokes none of them.',
  ),
  'rule-stays': person(
    ({ rule, because }) =>
      `The rule "${rule}" of the target admits more than the source, and has to stay: it admits what the source admits by a rule that the plan does not write. ${reasonText(because)}`,
  ),
  'rule-names-unresolved': person(({ rule, kind, name, because }) => {
    const what = `The rule "${rule}" names the ${kind} "${name}"`;
    return {
      missing: `${what}, which the target does not have and the plan does not create.`,
      differs: `${what}, which has other entries on the target.`,
      unread: `${what}, whose entries were not read.`,
      peering: `${what}, which is in another VPC; whether a VPC peering connects the two on the target is not known.`,
    }[because];
  }),
  'named-object-left': person(
    ({ kind, name, lacks, because }) =>
      `It names the ${kind} "${name}", which the plan does not ${lacks}. About "${name}": ${reasonText(because)}`,
  ),
  'group-name-taken': person(
    ({ name }) =>
      `The VPC of the target has another group named "${name}": names are unique in a VPC, and case-insensitive.`,
  ),
  'list-name-taken': person(
    ({ name }) =>
      `The target has another prefix list named "${name}", and a script could not distinguish the two. Create it manually.`,
  ),
  'entries-unread': person('The entries of the prefix list were not read.'),
  'larger-list-exceeds-quota': person(
    ({ group }) =>
      `The prefix list has to be larger, and the security group "${group}", which names it, could then have more rules than its quota.`,
  ),
  'group-not-creatable': person('The group cannot be created by commands.'),
  'list-not-creatable': person('The prefix list cannot be created by commands.'),
  'default-group': person('Every VPC has its default group: create or map the VPC.'),
  'no-vpc': person(
    'Its VPC has no counterpart on the target that is known. Create the VPC, or map it in the config (vpcs).',
  ),
  'group-beyond-quota': person(
    ({ rules }) =>
      `It needs ${rules} rules of one direction, more than a group can have on the target. Request a higher quota first.`,
  ),
  'list-of-aws': person('AWS manages the prefix list, and does not offer it in the region of the target.'),
  'unadapted-cidr': person(
    'The rule is the same on both sides, and names addresses of the source VPC. Which addresses of the target correspond is for a person to decide (config: cidrs).',
  ),
  'connection-tracking': person(
    'The same packets are admitted. Whether connections are tracked is for a person to decide.',
  ),
  'unresolved-peer': person(
    'A rule names something that does not exist or is not known on the target, so that no rule of the target corresponds to it.',
  ),
  'ambiguous-group': person(
    'Which group corresponds to it is not known. A mapping in the config decides it (vpcs, names.securityGroups).',
  ),
  'ambiguous-list': person(
    'Which prefix list corresponds to it is not known. Give each list a unique name on both sides.',
  ),
  'group-description': person(
    'The description of a security group cannot be changed: only a new group can have another one.',
  ),
  'group-owner': person('The owner of a security group cannot be changed.'),

  'stack-creates': person(
    ({ stack, logicalId }) =>
      `The CloudFormation stack "${stack}" creates it (logical id ${logicalId}): deploy the stack on the target.`,
  ),
  'stack-manages': person(
    ({ stack, logicalId }) =>
      `The CloudFormation stack "${stack}" manages it (logical id ${logicalId}): change it there, or the next update of the stack undoes the change.`,
  ),
  'account-creates': person('Another account owns it, and only that account can create it.'),
  'account-changes': person(
    ({ account }) => `Account ${account} owns it, and only that account can change it.`,
  ),
  'service-creates': person(
    ({ service }) => `${service} creates it under a generated name: deploy what creates it on the target.`,
  ),
  'service-manages': person(
    ({ service }) => `${service} manages it, and EC2 accepts changes from that service only.`,
  ),
  'list-synced': person(
    ({ by }) =>
      `IPAM sets the entries of the prefix list of the target (${by}). Change the prefix list resolver.`,
  ),
  'tool-named': person(
    ({ kind }) => `A tool generated its name: create the ${kind} on the target with that tool.`,
  ),
  renamed: person(({ kind, candidate }) =>
    kind === 'group'
      ? `The target has "${candidate}", which is likely the same group under another name. Say so in the config (names.securityGroups), or rename it.`
      : `The target has "${candidate}", which is likely the same launch template under another name. Say so in the config (names.launchTemplates).`,
  ),
  'extra-tags': person(
    ({ tags }) => `Only the target has ${count(tags, 'tag')} of these, and a plan removes no tags.`,
  ),

  ...LIMIT_TEXTS,
  ...IMAGE_TEXTS,
  ...LAUNCH_TEXTS,
} as const satisfies ReasonTexts<ReasonType>;

/** Why a finding is left, for a reader. */
export function reasonText(reason: Reason): string {
  return (TEXTS[reason.type] as ReasonText<Reason>).text(reason);
}

/** What a finding with this reason waits for. */
export function nextOf(reason: Reason): Next {
  return 'because' in reason && typeof reason.because === 'object'
    ? nextOf(reason.because)
    : TEXTS[reason.type].next;
}

import type { Finding } from '../../report/model.ts';
import type { RuleId } from '../../report/rules/index.ts';
import type { Planning } from '../planning.ts';
import { addDescriptions } from './descriptions.ts';
import { addTrafficSteps } from './existing-groups.ts';
import { addGrants, addLifecycle } from './image-settings.ts';
import { addCopy } from './images.ts';
import { addImport } from './keys.ts';
import { addAlignment } from './lists.ts';
import { addMissingGroup } from './missing-groups.ts';
import { addMissingList } from './missing-lists.ts';
import { addMissingTemplate } from './missing-templates.ts';
import { missingGroupText, missingListText } from './missing-text.ts';
import { NOT_PAIRED, pairOf } from './pairs.ts';
import { addParameter } from './parameters.ts';
import { addTags } from './tags.ts';
import { addTemplateVersion } from './templates.ts';

/**
 * Drafts the steps for a finding.
 * @returns Why the steps do not resolve it, or why there are none; null where nothing is known against them.
 */
type Drafter<Id extends RuleId> = (
  finding: Extract<Finding, { readonly rule: Id }>,
  planning: Planning,
) => string | null;

/** A finding that a plan never resolves by separate steps. */
const left = (because: string) => () => because;

const CHOICE = 'Which of the two is right is for a person to decide.';
const EXTRA =
  'It exists only on the target. A plan deletes nothing: whether it is needed is for a person to decide.';
const TEMPLATE = 'It is written in a template or configuration, which a person changes and deploys.';
const CONTENT =
  'An image cannot be changed. Copy the image of the source again under another name, and decide what uses which.';

/** What a plan does about the findings of each rule. A record, so that a new rule does not compile before it has an answer. */
const DRAFTERS: { readonly [Id in RuleId]: Drafter<Id> } = {
  'key-pair/missing': addImport,
  'key-pair/different-key': left(
    'The target has another key under this name. To replace it, the key pair of the target has to be deleted, and a plan deletes nothing.',
  ),
  'key-pair/undetermined': left(
    'Whether the two keys are the same is not known. Name the public key with --public-keys.',
  ),
  'key-pair/inconsistent-record': left(
    'The record of the key pair contradicts itself, so that a person has to look at it.',
  ),
  'key-pair/renamed': addImport,
  'key-pair/extra': left(EXTRA),
  'key-pair/undocumented-length': left(
    'The key has a length that ImportKeyPair does not document. Only a new key has another length.',
  ),
  'key-pair/unusable-for-windows': left(
    'Windows does not take an ED25519 key. Create an RSA key pair, and launch with it.',
  ),
  'key-pair/tags-differ': (finding, planning) => addTags('key-pair', finding, finding.facts.keys, planning),
  'security-group/missing': ({ subject, facts }, planning) =>
    addMissingGroup(subject.sourceId ?? '', planning) && missingGroupText(subject, facts, planning),
  'security-group/allows-less': addTrafficSteps,
  'security-group/allows-more': addTrafficSteps,
  'security-group/unadapted-cidr': left(
    'The rule is the same on both sides, and names addresses of the source VPC. Which addresses of the target correspond is for a person to decide (config: cidrs).',
  ),
  'security-group/written-differently': left('The traffic is the same. There is nothing to do.'),
  'security-group/connection-tracking-differs': left(
    'The same packets are admitted. Whether connections are tracked is for a person to decide.',
  ),
  'security-group/over-quota': left(
    'The quota of the target has to be raised (Service Quotas), which a person requests.',
  ),
  'security-group/unresolved-peer': left(
    'The rule names something that does not exist on the target or is not known there, so that no rule of the target corresponds to it.',
  ),
  'security-group/ambiguous': left('Which group corresponds to it is not known. Say so in the config.'),
  'security-group/description-differs': addDescriptions,
  'security-group/tags-differ': (finding, planning) =>
    addTags('security-group', finding, finding.facts.keys, planning),
  'security-group/owner-differs': left('The owner of a security group cannot be changed.'),
  'security-group/extra': left(EXTRA),
  'prefix-list/missing': ({ subject, facts }, planning) =>
    addMissingList(subject.sourceId ?? '', planning) && missingListText(subject, facts, planning),
  'prefix-list/ambiguous': left(
    'Which prefix list corresponds to it is not known. Give each list a unique name on both sides.',
  ),
  'prefix-list/entries-differ': ({ subject, fingerprint }, planning) =>
    addAlignment(subject.sourceId ?? '', [fingerprint], planning),
  'image/missing-copy': (finding, planning) => {
    const image = pairOf('image', finding, planning)?.source;
    if (!image) return NOT_PAIRED;
    return finding.facts.recycled
      ? `The target has it in its Recycle Bin (${finding.facts.recycled.imageId}). Whether it is restored or copied again is for a person to decide.`
      : addCopy(image, finding.facts.transfer, finding, planning);
  },
  'image/undetermined': left('Whether the target has the image is not known.'),
  'image/owned-by-another-account': left(
    'Another account owns the image. Ask its owner to share or to copy it.',
  ),
  'image/stale-copy': left(CONTENT),
  'image/not-a-copy': left(CONTENT),
  'image/unusable-copy': left(
    'The copy cannot be used. Whether it is enabled, deregistered or copied again is for a person to decide.',
  ),
  'image/source-gone': left(
    'The source does not have the image any more. Whether its copy is still needed is for a person to decide.',
  ),
  'image/renamed-copy': left('The name of an image cannot be changed.'),
  'image/content-differs': left(CONTENT),
  'image/attributes-differ': left('The attributes of an image are set when it is registered.'),
  'image/launch-permissions-differ': addGrants,
  'image/encryption-differs': left(
    'The encryption of a volume is set when the image is copied. Copy the image again.',
  ),
  'image/lifecycle-differs': addLifecycle,
  'image/written-size-differs': left(`The sizes are a hint that the content differs, not a proof. ${CHOICE}`),
  'image/tags-differ': (finding, planning) => addTags('image', finding, finding.facts.keys, planning),
  'image/extra': left(EXTRA),
  'workload/missing': (finding, planning) => addMissingTemplate(finding, finding.facts, planning),
  'workload/ambiguous': left('Which workload corresponds to it is not known.'),
  'workload/differs': (finding, planning) => addTemplateVersion(finding, finding.facts, planning),
  'reference/dangling': left('What it refers to does not exist on the source either. Correct the reference.'),
  'reference/hard-coded-image': left(TEMPLATE),
  'reference/hard-coded-group': left(TEMPLATE),
  'reference/no-region-mapping': left(TEMPLATE),
  'reference/missing-parameter': (finding, planning) => addParameter(finding, finding.facts, planning),
  'workload/type-not-offered': left('AWS does not offer the instance type there. Choose another one.'),
  'workload/type-unfit-for-image': left(
    'The instance type and the image do not fit. Choose another type or image.',
  ),
  'workload/no-subnet': left('A plan creates no subnets and no VPCs.'),
  'workload/missing-profile': left('A plan creates no IAM roles and no instance profiles.'),
  'workload/missing-kms-key': left('A plan creates no KMS keys and changes no key policies.'),
  'workload/missing-placement': left('A plan creates no placement groups and no capacity reservations.'),
  'workload/volume-too-small': left('The size is written in the launch data, which a person changes.'),
  'workload/refused': left('The launch data has to be changed, which a person does.'),
  'workload/over-quota': left(
    'The quota of the target has to be raised (Service Quotas), which a person requests.',
  ),
  'workload/unreachable': left('Routes, gateways and network ACLs are no part of a plan.'),
  'workload/user-data-names-source': left('User data is changed by a person. A plan never contains it.'),
  'reference/of-another-region': left(TEMPLATE),
  'reference/of-another-account': left('Another account owns what it names.'),
  'workload/launch-configuration-retired': left(
    'AWS creates no launch configurations in new accounts. Move to a launch template.',
  ),
  'workload/launch-failed': left('The last launch failed. What caused it is in the message of Auto Scaling.'),
};

/** Drafts the steps for a finding. @returns As a drafter. */
export function draftFor<Id extends RuleId>(
  finding: Extract<Finding, { readonly rule: Id }>,
  planning: Planning,
): string | null {
  const drafter = DRAFTERS[finding.rule] as unknown as Drafter<Id> | undefined;
  // A newer version may have written the report.
  return drafter ? drafter(finding, planning) : `The rule ${finding.rule} is not known to this version.`;
}

import type { Finding } from '../../report/model.ts';
import type { RuleId } from '../../report/rules/index.ts';
import type { Planning } from '../planning.ts';
import type { Reason } from '../reasons/reason.ts';
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
) => Reason | null;

/** A finding that a plan never resolves by separate steps. */
const left = (reason: Reason) => () => reason;

const EXTRA = left({ type: 'only-on-target' });
const TEMPLATE = left({ type: 'written-in-template' });
const CONTENT = left({ type: 'content-stays' });

/** What a plan does about the findings of each rule. A record, so that a new rule does not compile before it has an answer. */
const DRAFTERS: { readonly [Id in RuleId]: Drafter<Id> } = {
  'key-pair/missing': addImport,
  'key-pair/different-key': left({ type: 'other-key' }),
  'key-pair/undetermined': left({ type: 'keys-not-identified' }),
  'key-pair/inconsistent-record': left({ type: 'inconsistent-key-record' }),
  'key-pair/renamed': addImport,
  'key-pair/extra': EXTRA,
  'key-pair/undocumented-length': left({ type: 'key-length-stays' }),
  'key-pair/unusable-for-windows': left({ type: 'key-unusable-for-windows' }),
  'key-pair/tags-differ': (finding, planning) => addTags('key-pair', finding, finding.facts.keys, planning),
  'security-group/missing': ({ subject, facts }, planning) =>
    addMissingGroup(subject.sourceId ?? '', planning) && missingGroupText(subject, facts, planning),
  'security-group/allows-less': addTrafficSteps,
  'security-group/allows-more': addTrafficSteps,
  'security-group/unadapted-cidr': left({ type: 'unadapted-cidr' }),
  'security-group/written-differently': left({ type: 'same-traffic' }),
  'security-group/connection-tracking-differs': left({ type: 'connection-tracking' }),
  'security-group/over-quota': left({ type: 'quota-of-target' }),
  'security-group/unresolved-peer': left({ type: 'unresolved-peer' }),
  'security-group/ambiguous': left({ type: 'ambiguous-group' }),
  'security-group/description-differs': addDescriptions,
  'security-group/tags-differ': (finding, planning) =>
    addTags('security-group', finding, finding.facts.keys, planning),
  'security-group/owner-differs': left({ type: 'group-owner' }),
  'security-group/extra': EXTRA,
  'prefix-list/missing': ({ subject, facts }, planning) =>
    addMissingList(subject.sourceId ?? '', planning) && missingListText(subject, facts, planning),
  'prefix-list/ambiguous': left({ type: 'ambiguous-list' }),
  'prefix-list/entries-differ': ({ subject, fingerprint }, planning) =>
    addAlignment(subject.sourceId ?? '', [fingerprint], planning),
  'image/missing-copy': (finding, planning) => {
    const image = pairOf('image', finding, planning)?.source;
    if (!image) return NOT_PAIRED;
    return finding.facts.recycled
      ? { type: 'recycled', imageId: finding.facts.recycled.imageId }
      : addCopy(image, finding.facts.transfer, finding, planning);
  },
  'image/undetermined': left({ type: 'image-undetermined' }),
  'image/owned-by-another-account': left({ type: 'image-of-other-account' }),
  'image/stale-copy': CONTENT,
  'image/not-a-copy': CONTENT,
  'image/unusable-copy': left({ type: 'unusable-copy' }),
  'image/source-gone': left({ type: 'image-source-gone' }),
  'image/renamed-copy': left({ type: 'image-name-stays' }),
  'image/content-differs': CONTENT,
  'image/attributes-differ': left({ type: 'image-attributes-stay' }),
  'image/launch-permissions-differ': addGrants,
  'image/encryption-differs': ({ facts }) => ({
    type:
      facts.targetUnencrypted || facts.encryptionByDefault !== true
        ? 'encryption-stays'
        : 'encrypted-by-default',
  }),
  'image/lifecycle-differs': addLifecycle,
  'image/written-size-differs': left({ type: 'sizes-are-a-hint' }),
  'image/tags-differ': (finding, planning) => addTags('image', finding, finding.facts.keys, planning),
  'image/extra': EXTRA,
  'workload/missing': (finding, planning) => addMissingTemplate(finding, finding.facts, planning),
  'workload/ambiguous': left({ type: 'ambiguous-workload' }),
  'workload/differs': (finding, planning) => addTemplateVersion(finding, finding.facts, planning),
  'reference/dangling': left({ type: 'dangling' }),
  'reference/hard-coded-image': TEMPLATE,
  'reference/hard-coded-group': TEMPLATE,
  'reference/no-region-mapping': TEMPLATE,
  'reference/missing-parameter': (finding, planning) => addParameter(finding, finding.facts, planning),
  'reference/unsuitable-image': left({ type: 'image-does-not-fit' }),
  'workload/type-not-offered': left({ type: 'type-not-offered' }),
  'workload/type-unfit-for-image': left({ type: 'type-unfit' }),
  'workload/no-subnet': left({ type: 'no-network' }),
  'workload/missing-profile': left({ type: 'no-profile' }),
  'workload/missing-kms-key': left({ type: 'no-kms-key' }),
  'workload/missing-placement': left({ type: 'no-placement' }),
  'workload/volume-too-small': left({ type: 'volume-size' }),
  'workload/refused': left({ type: 'launch-data' }),
  'workload/over-quota': left({ type: 'quota-of-target' }),
  'workload/unreachable': left({ type: 'routing' }),
  'workload/user-data-names-source': left({ type: 'user-data' }),
  'reference/of-another-region': TEMPLATE,
  'reference/of-another-account': left({ type: 'reference-of-other-account' }),
  'workload/launch-configuration-retired': left({ type: 'launch-configuration-retired' }),
  'workload/launch-failed': left({ type: 'launch-failed' }),
};

/** Drafts the steps for a finding. @returns As a drafter. */
export function draftFor<Id extends RuleId>(
  finding: Extract<Finding, { readonly rule: Id }>,
  planning: Planning,
): Reason | null {
  const drafter = DRAFTERS[finding.rule] as unknown as Drafter<Id> | undefined;
  // A newer version may have written the report.
  return drafter ? drafter(finding, planning) : { type: 'unknown-rule', rule: finding.rule };
}

import type { RuleId } from './index.ts';

interface Recheck {
  /** What a finding of the rule depends on besides its own kind, in the words of gaps. */
  readonly reads: readonly string[] | 'everything';
  /** It is looked for only with --verify-content. */
  readonly verifyContent?: true;
}

const OWN: Recheck = { reads: [] };
const TRAFFIC: Recheck = { reads: ['vpc', 'prefix-list'] };
/** A launch names so much that any part that was not read may hide it. */
const LAUNCH: Recheck = { reads: 'everything' };
const REFERENCE: Recheck = { reads: ['key-pair', 'security-group', 'image', 'parameter', 'prefix-list'] };

/**
 * What has to be read before a finding that is not found again counts as resolved. A new rule does not compile before it
 * is listed here; `OWN` says that its own kind is enough.
 */
export const RECHECK: Readonly<Record<RuleId, Recheck>> = {
  'key-pair/missing': OWN,
  'key-pair/different-key': OWN,
  'key-pair/undetermined': OWN,
  'key-pair/inconsistent-record': OWN,
  'key-pair/renamed': OWN,
  'key-pair/extra': OWN,
  'key-pair/undocumented-length': OWN,
  'key-pair/unusable-for-windows': {
    reads: ['instance', 'launch-template', 'launch-configuration', 'auto-scaling-group', 'image'],
  },
  'key-pair/tags-differ': OWN,
  'security-group/missing': TRAFFIC,
  'security-group/allows-less': TRAFFIC,
  'security-group/allows-more': TRAFFIC,
  'security-group/unadapted-cidr': TRAFFIC,
  'security-group/written-differently': TRAFFIC,
  'security-group/connection-tracking-differs': TRAFFIC,
  'security-group/over-quota': TRAFFIC,
  'security-group/unresolved-peer': TRAFFIC,
  'security-group/ambiguous': TRAFFIC,
  'security-group/description-differs': TRAFFIC,
  'security-group/tags-differ': TRAFFIC,
  'security-group/owner-differs': TRAFFIC,
  'security-group/extra': TRAFFIC,
  'prefix-list/missing': OWN,
  'prefix-list/entries-differ': OWN,
  'image/missing-copy': OWN,
  'image/undetermined': OWN,
  'image/owned-by-another-account': OWN,
  'image/stale-copy': OWN,
  'image/not-a-copy': OWN,
  'image/unusable-copy': OWN,
  'image/source-gone': OWN,
  'image/renamed-copy': OWN,
  'image/content-differs': { reads: [], verifyContent: true },
  'image/attributes-differ': OWN,
  'image/launch-permissions-differ': OWN,
  'image/encryption-differs': OWN,
  'image/lifecycle-differs': OWN,
  'image/written-size-differs': OWN,
  'image/tags-differ': OWN,
  'image/extra': OWN,
  'workload/missing': OWN,
  'workload/launch-configuration-retired': OWN,
  'workload/differs': REFERENCE,
  'reference/dangling': REFERENCE,
  'reference/hard-coded-image': REFERENCE,
  'reference/hard-coded-group': REFERENCE,
  'reference/no-region-mapping': OWN,
  'reference/missing-parameter': REFERENCE,
  'workload/type-not-offered': LAUNCH,
  'workload/type-unfit-for-image': LAUNCH,
  'workload/no-subnet': LAUNCH,
  'workload/missing-profile': LAUNCH,
  'workload/missing-kms-key': LAUNCH,
  'workload/missing-placement': LAUNCH,
  'workload/volume-too-small': LAUNCH,
  'workload/refused': LAUNCH,
  'workload/over-quota': LAUNCH,
  'workload/unreachable': LAUNCH,
  'workload/launch-failed': LAUNCH,
  'workload/user-data-names-source': LAUNCH,
  'reference/of-another-region': LAUNCH,
  'reference/of-another-account': LAUNCH,
};

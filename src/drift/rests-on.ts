import type { FactKind } from '../inventory/launch-facts/kinds.ts';
import type { RuleId } from '../report/rules/index.ts';

/** What has to be read again before a finding that is not found again counts as resolved. */
export interface RestsOn {
  /** Besides the kind of its subject, in the words of gaps. `everything`: any part that was not read may hide it. */
  readonly kinds: readonly string[] | 'everything';
  /** What launches need, in the words of notLookedAt. */
  readonly facts?: readonly FactKind[];
  /** A gap of the same kind that does not make the run incomplete may hide it too. */
  readonly details?: true;
  /** It is looked for only with --verify-content. */
  readonly verifyContent?: true;
}

const OWN: RestsOn = { kinds: [] };
const TRAFFIC: RestsOn = { kinds: ['vpc', 'prefix-list'] };
const LAUNCHERS = ['instance', 'launch-template', 'launch-configuration', 'auto-scaling-group'] as const;
const REFERENCE: RestsOn = {
  kinds: ['key-pair', 'security-group', 'image', 'parameter', 'prefix-list', 'vpc', 'other-image', 'stack'],
};
/** A launch names so much that any part that was not read may hide it. */
const launch = (...facts: FactKind[]): RestsOn => ({ kinds: 'everything', facts });

/** A new rule does not compile before it has an entry. `OWN`: the kind of its subject is enough. */
export const RESTS_ON = {
  'key-pair/missing': OWN,
  'key-pair/different-key': OWN,
  'key-pair/undetermined': OWN,
  'key-pair/inconsistent-record': OWN,
  'key-pair/renamed': OWN,
  'key-pair/extra': OWN,
  'key-pair/undocumented-length': OWN,
  'key-pair/unusable-for-windows': {
    kinds: [...LAUNCHERS, 'image'],
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
  'prefix-list/ambiguous': OWN,
  'prefix-list/entries-differ': OWN,
  // Of builds of a family that no workload uses, one finding names the newest.
  'image/missing-copy': { kinds: [...LAUNCHERS, 'parameter', 'stack'] },
  'image/undetermined': OWN,
  'image/owned-by-another-account': OWN,
  'image/stale-copy': OWN,
  'image/not-a-copy': OWN,
  'image/unusable-copy': OWN,
  'image/source-gone': OWN,
  'image/renamed-copy': OWN,
  'image/content-differs': { kinds: [], verifyContent: true },
  'image/attributes-differ': OWN,
  'image/launch-permissions-differ': { kinds: [], details: true },
  'image/encryption-differs': OWN,
  'image/lifecycle-differs': OWN,
  'image/written-size-differs': { kinds: [], details: true },
  'image/tags-differ': OWN,
  'image/extra': OWN,
  'workload/missing': OWN,
  'workload/ambiguous': OWN,
  'workload/launch-configuration-retired': OWN,
  'workload/launch-failed': launch('activities'),
  'workload/differs': { ...REFERENCE, facts: ['lifecycleHooks'] },
  'reference/dangling': REFERENCE,
  'reference/hard-coded-image': REFERENCE,
  'reference/hard-coded-group': REFERENCE,
  'reference/no-region-mapping': OWN,
  'reference/missing-parameter': REFERENCE,
  'reference/unsuitable-image': REFERENCE,
  'workload/type-not-offered': launch('instanceTypeOfferings', 'subnets'),
  'workload/type-unfit-for-image': launch('instanceTypes'),
  'workload/no-subnet': launch('subnets', 'groupVpcs'),
  'workload/missing-profile': launch('instanceProfiles'),
  'workload/missing-kms-key': launch('kmsKeys', 'ebsDefaultKey'),
  'workload/missing-placement': launch('placementGroups', 'capacityReservations'),
  'workload/volume-too-small': launch('volumeSnapshots'),
  'workload/refused': launch(
    'networkInterfaces',
    'metadataDefaults',
    'quotas',
    'subnets',
    'targetGroups',
    'classicLoadBalancers',
  ),
  'workload/over-quota': launch('quotas', 'instanceTypes'),
  'workload/unreachable': launch(
    'subnets',
    'routeTables',
    'networkAcls',
    'internetGateways',
    'natGateways',
    'networkInterfaces',
  ),
  'workload/user-data-names-source': launch(),
  'reference/of-another-region': launch(
    'subnets',
    'networkInterfaces',
    'volumeSnapshots',
    'kmsKeys',
    'targetGroups',
    'capacityReservations',
    'placementGroups',
    'instanceProfiles',
    'lifecycleHooks',
  ),
  'reference/of-another-account': launch('kmsKeys', 'targetGroups', 'instanceProfiles', 'lifecycleHooks'),
} as const satisfies Readonly<Record<RuleId, RestsOn>>;

import type { FactKind } from '../../inventory/launch-facts/kinds.ts';
import type { BoundTo, Refusal } from '../../report/rules/launches.ts';
import type { LaunchPart } from '../../report/vocabulary.ts';
import type { LaunchIssue } from './issue.ts';

/** The part of a launch that each kind of fact decides. */
export const PART_OF_FACT = {
  subnets: 'network',
  instanceTypeOfferings: 'type',
  instanceTypes: 'type',
  routeTables: 'network',
  networkAcls: 'network',
  internetGateways: 'network',
  natGateways: 'network',
  networkInterfaces: 'network',
  volumeSnapshots: 'storage',
  instanceProfiles: 'profile',
  placementGroups: 'network',
  capacityReservations: 'network',
  quotas: 'quota',
  groupVpcs: 'network',
  metadataDefaults: 'type',
  ebsDefaultKey: 'storage',
  kmsKeys: 'storage',
  targetGroups: 'network',
  classicLoadBalancers: 'network',
  // The instance starts, and may be terminated later.
  lifecycleHooks: null,
  // What happened lately is about no part of the next launch.
  activities: null,
  exports: null,
} as const satisfies Readonly<Record<FactKind, LaunchPart | null>>;

export const PART_OF_BOUND = {
  subnet: 'network',
  'network-interface': 'network',
  snapshot: 'storage',
  zone: 'network',
  'kms-key': 'storage',
  'target-group': 'network',
  'capacity-reservation': 'network',
  host: 'network',
  'host-resource-group': 'network',
  licence: 'type',
  'placement-group': 'network',
  'instance-profile': 'profile',
  'service-linked-role': 'profile',
  // An instance starts, and waits for whom the hook notifies.
  'notification-target': null,
  'notification-role': null,
  // Of a template as a whole.
  vpc: null,
  'route-table': null,
  gateway: null,
  'network-acl': null,
  'elastic-ip': null,
  volume: null,
  instance: null,
  resource: null,
} as const satisfies Readonly<Record<BoundTo, LaunchPart | null>>;

const PART_OF_REFUSAL = {
  // Of a stack as a whole.
  'name-taken': null,
  'rule-fails': null,
  'no-such-export': null,
  'no-such-zone': null,
  'no-such-name': null,
  'no-such-condition': null,
  'no-value': null,
  'name-refused': null,
  'no-source-image': 'image',
  'refused-text': null,
  'no-property': null,
  'no-property-there': null,
  'no-image': 'image',
  'no-image-there': 'image',
  'no-such-resource': null,
  'groups-beside-interfaces': 'groups',
  'imds-v1': 'type',
  'groups-per-interface': 'groups',
  'address-outside-subnet': 'network',
  'address-reserved': 'network',
  'groups-of-several-vpcs': 'groups',
  'too-many-interfaces': 'type',
  'zone-of-another-subnet': 'network',
  'interfaces-in-several-zones': 'network',
  'no-such-interface': 'network',
  'no-such-target-group': 'network',
  'target-group-of-another-vpc': 'network',
  'no-such-load-balancer': 'network',
  'load-balancer-of-another-vpc': 'network',
  'no-such-snapshot': 'storage',
  'snapshot-not-completed': 'storage',
  'key-without-encryption': 'storage',
  'no-open-reservation': 'network',
  'type-not-for-placement': 'type',
  'cluster-in-several-zones': 'network',
  'spread-group-full': 'network',
  'interface-in-use': 'network',
  'address-in-use': 'network',
  'no-ipv6-range': 'network',
  'public-address-of-several': 'network',
  'option-unsupported': 'type',
  'volume-limits': 'storage',
  'hibernation-with-enclave': null,
  'hibernation-root-unencrypted': 'storage',
} as const satisfies Readonly<Record<Refusal, LaunchPart | null>>;

/** The part of the launch that an issue is about; null: none of those that a report states. */
export function partOfIssue(issue: Pick<LaunchIssue, 'rule' | 'facts'>): LaunchPart | null {
  const { rule, facts } = issue as LaunchIssue;
  switch (rule) {
    case 'workload/type-not-offered':
    case 'workload/type-unfit-for-image':
      return 'type';
    case 'workload/no-subnet':
    case 'workload/unreachable':
    case 'workload/missing-placement':
      return 'network';
    case 'workload/missing-profile':
      return 'profile';
    case 'workload/missing-kms-key':
    case 'workload/volume-too-small':
      return 'storage';
    case 'workload/over-quota':
      return 'quota';
    case 'workload/refused':
      return PART_OF_REFUSAL[facts.because];
    case 'reference/of-another-region':
    case 'reference/of-another-account':
      return PART_OF_BOUND[facts.to];
    case 'workload/user-data-names-source':
    case 'workload/launch-failed':
      return null;
  }
}

import type { SideName } from '../vocabulary.ts';
import type { PacketFacts, TrafficEntryFacts } from './security-groups.ts';

/** Which launch a finding is about, and whose values were judged. */
export type LaunchAt = {
  /** "v7 ($Default)", "override m5.large"; empty where there is only one launch. */
  readonly at: string;
  /** `target`: the counterpart on the target was judged; `source`: there is none, so what a copy would keep was. */
  readonly judged: SideName;
  /** Of a template: the file where it is written; null of a stack. */
  readonly file?: string | null;
  readonly line?: number | null;
  /** What the template is written in; absent: CloudFormation, or no template. */
  readonly language?: 'terraform';
};

/** Why EC2 does not start a type with an image. */
export type Unfit = 'architecture' | 'virtualization' | 'root-device' | 'boot-mode' | 'ena' | 'tpm';
export type NoSubnet =
  | 'no-default-vpc'
  | 'no-vpc'
  | 'no-subnet-in-vpc'
  | 'no-subnet-in-zone'
  | 'missing'
  | 'other-network'
  | 'full';
/** Why CloudFormation does not create a stack, independent of what its resources refer to. */
export type StackRefusal =
  | 'name-taken'
  | 'rule-fails'
  | 'no-such-export'
  | 'no-such-zone'
  /** Of the template itself, in every region. */
  | 'no-such-name'
  | 'no-such-condition'
  | 'no-value'
  | 'name-refused'
  | 'no-source-image'
  | 'refused-text'
  | 'no-property'
  | 'no-image'
  /** The same where only some regions have it. */
  | 'no-property-there'
  | 'no-image-there';
export type Refusal =
  | StackRefusal
  | 'no-such-resource'
  | 'groups-beside-interfaces'
  | 'imds-v1'
  | 'groups-per-interface'
  | 'address-outside-subnet'
  | 'address-reserved'
  | 'groups-of-several-vpcs'
  | 'too-many-interfaces'
  | 'zone-of-another-subnet'
  | 'interfaces-in-several-zones'
  | 'no-such-interface'
  | 'no-such-target-group'
  | 'target-group-of-another-vpc'
  | 'no-such-load-balancer'
  | 'load-balancer-of-another-vpc'
  | 'no-such-snapshot'
  | 'snapshot-not-completed'
  | 'key-without-encryption'
  | 'no-open-reservation'
  | 'type-not-for-placement'
  | 'cluster-in-several-zones'
  | 'spread-group-full'
  | 'interface-in-use'
  | 'address-in-use'
  | 'no-ipv6-range'
  | 'public-address-of-several'
  | 'option-unsupported'
  | 'volume-limits'
  | 'hibernation-with-enclave'
  | 'hibernation-root-unencrypted';
/** What on the way between a subnet and a peer stops a packet. */
export type Obstacle =
  | 'no-route'
  | 'no-public-address'
  | 'outbound-only-route'
  | 'cut-off-nat'
  | 'block-public-access'
  | 'network-acl';
/** What a launch names by an id, ARN or zone of one region. */
export type BoundTo =
  | 'subnet'
  | 'network-interface'
  | 'snapshot'
  | 'zone'
  | 'kms-key'
  | 'target-group'
  | 'capacity-reservation'
  | 'host'
  | 'host-resource-group'
  | 'licence'
  | 'placement-group'
  | 'instance-profile'
  | 'service-linked-role'
  /** Of a lifecycle hook of an Auto Scaling group: the topic or queue that it notifies, and the role that it does so with. */
  | 'notification-target'
  | 'notification-role'
  /** Of a template, besides its launches. */
  | 'vpc'
  | 'route-table'
  | 'gateway'
  | 'network-acl'
  | 'elastic-ip'
  | 'volume'
  | 'instance'
  | 'resource';

type BoundFacts = LaunchAt & { readonly to: BoundTo; readonly text: string };

export type LaunchFindingFacts = {
  'workload/type-not-offered': LaunchAt & {
    /** With `byAttributes` what attribute-based selection requires. */
    readonly type: string;
    readonly byAttributes: boolean;
    /** The zones that the launch would use; empty where it may use any zone of the region. */
    readonly zones: readonly string[];
    /** Those of them where the type is not offered. */
    readonly lacking: readonly string[];
    readonly offeredIn: readonly string[];
    /** Whether another type or zone of the same group can still be used. */
    readonly someLeft: boolean;
  };
  'workload/type-unfit-for-image': LaunchAt & {
    readonly type: string;
    readonly image: string;
    readonly because: Unfit;
    readonly typeHas: readonly string[];
    readonly imageHas: string;
  };
  'workload/no-subnet': LaunchAt & {
    readonly because: NoSubnet;
    readonly subnet: string | null;
    readonly vpc: string | null;
    readonly zone: string | null;
    readonly group: string | null;
    readonly groupVpc: string | null;
    readonly free: number | null;
    readonly wanted: number | null;
  };
  'workload/missing-profile': LaunchAt & {
    readonly profile: string;
    readonly account: string | null;
    /** The account of the ARN that the launch names; null where it names the profile alone. */
    readonly ofAccount: string | null;
  };
  'workload/missing-kms-key': LaunchAt & {
    readonly device: string;
    readonly key: string;
    /** The launch names it, the image is encrypted with it, or it is the default key of EBS. */
    readonly namedBy: 'launch' | 'image' | 'default';
    /** Null where it does not exist. */
    readonly state: string | null;
  };
  'workload/missing-placement': LaunchAt & {
    readonly what: 'placement group' | 'capacity reservation';
    readonly name: string;
    readonly state: string | null;
  };
  'workload/volume-too-small': LaunchAt & {
    readonly device: string;
    readonly sizeGiB: number;
    readonly snapshot: string;
    readonly snapshotGiB: number;
  };
  'workload/refused': LaunchAt & {
    readonly because: Refusal;
    readonly what: string | null;
    readonly limit: number | null;
  };
  'workload/over-quota': LaunchAt & {
    readonly quota: string;
    readonly quotaName: string;
    readonly value: number;
    readonly vCpus: number;
    readonly instances: number;
    readonly type: string;
    /** `together`: each workload fits by itself, and all that share the quota do not. */
    readonly for: 'desired' | 'maximum' | 'together';
    /** With `together`: the names of the others, and the vCPUs of further instances that run on the target. */
    readonly with?: readonly string[];
    readonly running?: number;
  };
  'workload/launch-failed': LaunchAt & {
    /** AWS's own words. */
    readonly sentence: string;
    readonly startedAt: string | null;
    /** How many instances the group has, and how many it is to have; null where that was not read. */
    readonly instances: number | null;
    readonly desired: number | null;
  };
  'workload/unreachable': LaunchAt & {
    readonly direction: 'ingress' | 'egress';
    /** What stops the packet of `witness` on the way from or to the first of `subnets`. */
    readonly because: Obstacle;
    /** The subnets of the target that do not carry it, of so many that the launch can use. */
    readonly subnets: readonly string[];
    readonly subnetsInAll: number;
    readonly sourceRoute: 'public' | 'private' | 'isolated' | null;
    readonly targetRoute: 'public' | 'private' | 'isolated' | null;
    readonly securityGroups: readonly string[];
    /** One packet that the groups of both sides admit and that only the subnets of the source carry. */
    readonly witness: PacketFacts;
    /** All such packets, complete and without overlap. */
    readonly traffic: readonly TrafficEntryFacts[];
  };
  'workload/user-data-names-source': LaunchAt & { readonly names: readonly string[] };
  'reference/of-another-region': BoundFacts & {
    readonly region: string;
    /** `named`: the ARN or the zone name says its region; `exists`: it exists in the source region; `shared`: a launch of the source region names the same. */
    readonly provenBy: 'named' | 'exists' | 'shared';
  };
  'reference/of-another-account': BoundFacts & {
    readonly account: string;
    readonly targetAccount: string;
  };
};

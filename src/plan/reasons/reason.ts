/**
 * Why the plan does not resolve a finding, as facts. The sentences are a record over the types, and a test has another one
 * that derives from the two snapshots whether a reason holds: a new type does not compile before both know it.
 */
export type Reason =
  | ReasonAboutPlan
  | ReasonAboutLimit
  | ReasonAboutKey
  | ReasonAboutRules
  | ReasonAboutOwner
  | ReasonAboutImage
  | ReasonAboutLaunch;

export type ReasonType = Reason['type'];
export type ReasonOf<T extends ReasonType> = Extract<Reason, { readonly type: T }>;

/** What is because of the plan, and of what it is allowed to do. */
type ReasonAboutPlan =
  | { readonly type: 'not-selected' }
  | { readonly type: 'unknown-rule'; readonly rule: string }
  /** The steps that were drafted for it do not resolve it in the simulation. */
  | { readonly type: 'steps-do-not-resolve' }
  | { readonly type: 'makes-another'; readonly rule: string; readonly name: string; readonly message: string }
  | { readonly type: 'not-paired' }
  | { readonly type: 'only-on-target' }
  /** What the comparator explains about the difference. */
  | { readonly type: 'explained'; readonly explanation: string }
  | { readonly type: 'same-traffic' }
  /** Of rules per group, or of vCPUs. */
  | { readonly type: 'quota-of-target' };

/** What EC2 would refuse, because of what the target has and of what the plan makes. */
type ReasonAboutLimit =
  | {
      readonly type: 'beyond-quota-of-region';
      readonly quota: string;
      readonly config: string;
      readonly limit: number;
      readonly has: number;
      readonly makes: number;
    }
  | { readonly type: 'list-beyond-quota'; readonly entries: number; readonly quota: number }
  | {
      readonly type: 'rules-beyond-quota';
      readonly group: string;
      /** For how many rules those of one direction and address family would count. */
      readonly rules: number;
      readonly quota: number;
    }
  | {
      readonly type: 'list-exceeds-rules';
      readonly list: string;
      readonly group: string;
      readonly quota: number;
    }
  | { readonly type: 'too-many-tags'; readonly name: string; readonly tags: number; readonly limit: number }
  | {
      readonly type: 'too-many-shares';
      readonly image: string;
      readonly shares: number;
      readonly limit: number;
    }
  | {
      readonly type: 'too-many-versions';
      readonly template: string;
      readonly latest: number;
      readonly limit: number;
    }
  | { readonly type: 'image-name-taken'; readonly name: string }
  /** The plan makes another object of this kind under this name. */
  | { readonly type: 'name-used-twice'; readonly kind: NamedObject; readonly name: string }
  | {
      readonly type: 'name-not-accepted';
      readonly kind: NamedObject;
      readonly name: string;
      /** What EC2 accepts. */
      readonly accepts: string;
    };

/** What a plan creates under a name. */
export type NamedObject = 'security group' | 'prefix list' | 'key pair' | 'image' | 'launch template';

type ReasonAboutKey =
  | { readonly type: 'no-public-key' }
  | { readonly type: 'undocumented-key-length'; readonly bits: number }
  | { readonly type: 'key-name-taken'; readonly name: string }
  | { readonly type: 'other-key' }
  | { readonly type: 'keys-not-identified' }
  | { readonly type: 'inconsistent-key-record' }
  | { readonly type: 'key-length-stays' }
  | { readonly type: 'key-unusable-for-windows' }
  | { readonly type: 'key-id-unread' };

/** How a person finds a rule of a group again. */
interface OfRule {
  readonly rule: string;
}

type ReasonAboutRules =
  | ({ readonly type: 'opens-to-world' } & OfRule)
  | { readonly type: 'entries-open-to-world' }
  | { readonly type: 'needs-revocation' }
  | { readonly type: 'needs-entry-removal'; readonly entries: number }
  | { readonly type: 'rules-exceed-quota'; readonly quota: number }
  /** What the rules of one direction admit was not read completely, so that none is revoked. */
  | { readonly type: 'rules-unread' }
  /** A rule of the target has to stay, because rules of the source that the plan does not write admit a part of its traffic. */
  | ({ readonly type: 'rule-stays'; readonly because: Reason } & OfRule)
  | ({
      readonly type: 'rule-names-unresolved';
      readonly kind: 'prefix list' | 'security group';
      readonly name: string;
      readonly because: 'missing' | 'differs' | 'unread' | 'peering';
    } & OfRule)
  /** It names another object that the plan does not create or change. `because`: about that object. */
  | {
      readonly type: 'named-object-left';
      readonly kind: 'security group' | 'prefix list';
      readonly name: string;
      readonly lacks: 'create' | 'change';
      readonly because: Reason;
    }
  | { readonly type: 'group-name-taken'; readonly name: string }
  | { readonly type: 'list-name-taken'; readonly name: string }
  | { readonly type: 'entries-unread' }
  | { readonly type: 'larger-list-exceeds-quota'; readonly group: string }
  | { readonly type: 'group-not-creatable' }
  | { readonly type: 'list-not-creatable' }
  | { readonly type: 'default-group' }
  | { readonly type: 'no-vpc' }
  | { readonly type: 'group-beyond-quota'; readonly rules: number }
  | { readonly type: 'list-of-aws' }
  | { readonly type: 'unadapted-cidr' }
  | { readonly type: 'connection-tracking' }
  | { readonly type: 'unresolved-peer' }
  | { readonly type: 'ambiguous-group' }
  | { readonly type: 'ambiguous-list' }
  | { readonly type: 'group-description' }
  | { readonly type: 'group-owner' };

/** Who else creates or changes an object. */
type ReasonAboutOwner =
  | { readonly type: 'stack-creates'; readonly stack: string; readonly logicalId: string }
  | { readonly type: 'stack-manages'; readonly stack: string; readonly logicalId: string }
  | { readonly type: 'account-creates' }
  | { readonly type: 'account-changes'; readonly account: string }
  | { readonly type: 'service-creates'; readonly service: string }
  /** The service that manages it: EC2 accepts changes from that service only. */
  | { readonly type: 'service-manages'; readonly service: string }
  | { readonly type: 'list-synced'; readonly by: string }
  | { readonly type: 'tool-named'; readonly kind: 'group' | 'launch template' }
  | {
      readonly type: 'renamed';
      readonly kind: 'group' | 'launch template';
      readonly candidate: string;
    }
  | { readonly type: 'extra-tags'; readonly tags: number };

type ReasonAboutImage =
  | { readonly type: 'recycled'; readonly imageId: string }
  | { readonly type: 'image-undetermined' }
  | { readonly type: 'image-of-other-account' }
  | { readonly type: 'content-stays' }
  | { readonly type: 'unusable-copy' }
  | { readonly type: 'image-source-gone' }
  | { readonly type: 'image-name-stays' }
  | { readonly type: 'image-attributes-stay' }
  | { readonly type: 'encryption-stays' }
  | { readonly type: 'encrypted-by-default' }
  | { readonly type: 'sizes-are-a-hint' }
  | { readonly type: 'image-not-available'; readonly state: string }
  | { readonly type: 'source-image-of-other-account'; readonly account: string }
  | { readonly type: 'product-codes'; readonly codes: readonly string[]; readonly account: string | null }
  | { readonly type: 'instance-store' }
  | { readonly type: 'other-partition' }
  | { readonly type: 'image-cannot-be-copied' }
  | { readonly type: 'snapshots-stored-elsewhere'; readonly place: string }
  | { readonly type: 'billed-image'; readonly usageOperation: string }
  | { readonly type: 'key-of-aws' }
  | { readonly type: 'key-manager-unread' }
  | { readonly type: 'public-image' }
  | { readonly type: 'public-image-becomes-encrypted' }
  | { readonly type: 'encrypted-copy-not-shared' }
  | { readonly type: 'only-copy-permits' }
  | { readonly type: 'only-copy-deprecated' }
  | { readonly type: 'deprecation-past' }
  | { readonly type: 'only-copy-protected' };

type ReasonAboutLaunch =
  | { readonly type: 'workload-not-created' }
  | { readonly type: 'ambiguous-workload' }
  | { readonly type: 'deployed-elsewhere' }
  | { readonly type: 'dangling' }
  | { readonly type: 'written-in-template' }
  | { readonly type: 'reference-of-other-account' }
  | { readonly type: 'type-not-offered' }
  | { readonly type: 'type-unfit' }
  | { readonly type: 'no-network' }
  | { readonly type: 'no-profile' }
  | { readonly type: 'no-kms-key' }
  | { readonly type: 'no-placement' }
  | { readonly type: 'volume-size' }
  | { readonly type: 'launch-data' }
  | { readonly type: 'image-does-not-fit' }
  | { readonly type: 'routing' }
  | { readonly type: 'user-data' }
  | { readonly type: 'launch-configuration-retired' }
  | { readonly type: 'launch-failed' }
  | { readonly type: 'parameter-not-of-image' }
  | { readonly type: 'parameter-of-other-account' }
  | { readonly type: 'parameter-of-aws' }
  | { readonly type: 'parameter-version' }
  | { readonly type: 'parameter-image-without-counterpart' }
  | { readonly type: 'template-name-taken'; readonly name: string }
  | { readonly type: 'versions-unread' }
  | { readonly type: 'launch-would-fail'; readonly message: string }
  | { readonly type: 'two-versions' }
  | { readonly type: 'template-cannot-remove'; readonly part: 'key pair' | 'image' }
  | { readonly type: 'image-from-parameter'; readonly parameter: string }
  | { readonly type: 'template-image-without-counterpart' }
  | { readonly type: 'template-group-without-counterpart' }
  | { readonly type: 'groups-in-interfaces' }
  | { readonly type: 'template-details-unread' }
  | { readonly type: 'template-sets'; readonly what: string }
  | { readonly type: 'template-names'; readonly what: string; readonly why: WhyNotReplaced };

/** Why what a launch template of the source names has nothing that takes its place. `id`: of the target. */
export type WhyNotReplaced =
  | { readonly is: 'private-address' }
  | { readonly is: 'bound' }
  | { readonly is: 'image-content'; readonly message: string }
  | { readonly is: 'image-without-counterpart' }
  | { readonly is: 'key-not-imported' }
  | { readonly is: 'keys-unread' }
  | { readonly is: 'group-not-found' }
  | { readonly is: 'group-unknown'; readonly name: string }
  | { readonly is: 'group-not-in-default-vpc'; readonly name: string }
  | { readonly is: 'group-not-created'; readonly name: string }
  | { readonly is: 'subnet-unread' }
  | { readonly is: 'subnet-vpc' }
  | { readonly is: 'subnet-unnamed' }
  | { readonly is: 'subnets-unread' }
  | { readonly is: 'subnet-missing'; readonly vpc: string; readonly name: string }
  | { readonly is: 'subnets-alike'; readonly vpc: string; readonly n: number }
  | { readonly is: 'subnet-addresses'; readonly id: string }
  | { readonly is: 'snapshot' }
  | { readonly is: 'kms-key' }
  | { readonly is: 'profile-of-other-account' };

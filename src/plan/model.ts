import type { Rule } from '../inventory/security-group.ts';
import type { Tags } from '../inventory/tags.ts';
import type { Command } from '../report/command.ts';
import type { NotLookedAt } from '../report/model.ts';
import type { SideName } from '../report/vocabulary.ts';
import type { Reason } from './reasons/reason.ts';

/**
 * An object that a step works on: one that exists, by its id, or one that an earlier step makes, by the id of that step. An
 * id that does not exist yet is never guessed: the script looks it up, a template refers to it.
 */
export type Ref = { readonly id: string } | { readonly madeBy: string };

/** Whom a rule admits, in terms of the target. */
export type PlannedPeer =
  | { readonly type: 'cidr'; readonly cidr: string }
  | { readonly type: 'prefix-list'; readonly list: Ref }
  /** `ownerId`: the account of the group, where it is not the account of the target. */
  | { readonly type: 'group'; readonly group: Ref; readonly ownerId: string | null };

/** One rule of a group with one peer. Ports, ICMP types and protocols as in a snapshot. */
export interface PlannedRule extends Pick<Rule, 'protocol' | 'from' | 'to' | 'description'> {
  readonly peer: PlannedPeer;
}

export interface PlannedEntry {
  readonly cidr: string;
  readonly description: string | null;
}

export type Direction = Rule['direction'];

/** Who may launch an image, besides its owner. */
export interface Grants {
  readonly everyone: boolean;
  readonly accounts: readonly string[];
  /** ARNs of organizations and of organizational units. */
  readonly organizations: readonly string[];
}

/**
 * What a new version of a launch template names, whether it differs from the base version or not. What is absent is as in the
 * base version.
 */
export interface TemplateChanges {
  readonly image?: Ref | undefined;
  readonly instanceType?: string | undefined;
  readonly keyName?: string | undefined;
  /** Security groups outside the network interfaces: all of them. */
  readonly groups?: readonly Ref[] | undefined;
}

/** The parts of the data of a launch template that hold names and ids of one region or account. */
export type ReplacedField =
  | 'image'
  | 'key-pair'
  | 'security-group'
  /** A group that is named and not given by its id: one of the default VPC. */
  | 'security-group-name'
  | 'subnet'
  | 'snapshot'
  | 'kms-key'
  | 'instance-profile';

/** What the source names in a launch template, and what takes its place on the target. */
export interface Replacement {
  readonly field: ReplacedField;
  readonly from: string;
  /** An id, a name or an ARN of the target, or what an earlier step makes. */
  readonly to: Ref;
}

/**
 * A version of a launch template of the source. Versions never change, so that the script can read its data when it runs: the
 * bundle does not hold user data, which may contain secrets, and what is not replaced stays the same byte for byte.
 */
export interface TemplateCopy {
  /** Of the source. */
  readonly templateId: string;
  readonly version: number;
  readonly replace: readonly Replacement[];
  /** Identifies the version of the target when the script runs again: its description. */
  readonly marker: string;
}

/** What a copy of an encrypted snapshot needs of the key of the source (EBS User Guide, "Share the KMS key"). */
export const KEY_OPERATIONS = ['Decrypt', 'DescribeKey', 'CreateGrant', 'ReEncryptFrom'] as const;

/** Rules of one direction of one group. */
export interface RulesOfGroup {
  readonly group: Ref;
  readonly name: string;
  readonly direction: Direction;
  readonly rules: readonly PlannedRule[];
}

/**
 * What a step does, as data: typed, without any shell. The writers of the bundle (the script, CloudFormation, Terraform)
 * and the simulation each have a record over these types, so that a new one does not compile before all know it.
 */
export type Operation =
  | {
      readonly type: 'create-prefix-list';
      readonly name: string;
      readonly family: 'IPv4' | 'IPv6';
      readonly maxEntries: number;
      readonly entries: readonly PlannedEntry[];
      readonly tags: Tags;
    }
  | {
      readonly type: 'resize-prefix-list';
      readonly list: Ref;
      readonly name: string;
      readonly maxEntries: number;
    }
  | {
      readonly type: 'change-prefix-list';
      readonly list: Ref;
      readonly name: string;
      readonly add: readonly PlannedEntry[];
      /** CIDRs. */
      readonly remove: readonly string[];
    }
  | {
      readonly type: 'create-security-group';
      readonly vpcId: string;
      readonly name: string;
      readonly description: string;
      readonly tags: Tags;
      /** The rules that EC2 gives to a new group of this VPC: egress to everywhere, also over IPv6 where the VPC has it. */
      readonly defaultEgress: readonly PlannedRule[];
    }
  | ({ readonly type: 'authorize-rules' } & RulesOfGroup)
  | ({ readonly type: 'revoke-rules' } & RulesOfGroup)
  /** Gives rules that exist another description. */
  | ({ readonly type: 'describe-rules' } & RulesOfGroup)
  | {
      readonly type: 'import-key-pair';
      readonly name: string;
      /** "<type> <base64>", as in an authorized_keys file. */
      readonly publicKey: string;
      readonly tags: Tags;
    }
  | {
      readonly type: 'set-tags';
      readonly resource: Ref;
      readonly of: 'key-pair' | 'security-group' | 'prefix-list' | 'image';
      readonly name: string;
      readonly tags: Tags;
    }
  /** Lets another account use the KMS key that encrypts the snapshots of an image. */
  | {
      readonly type: 'grant-key';
      /** The ARN of the key, or its id. */
      readonly keyId: string;
      readonly account: string;
      /** The ARN of the account as a principal. */
      readonly principal: string;
    }
  | {
      readonly type: 'share-image';
      readonly imageId: string;
      readonly account: string;
    }
  | {
      readonly type: 'share-snapshot';
      readonly snapshotId: string;
      readonly imageId: string;
      readonly account: string;
    }
  | {
      readonly type: 'copy-image';
      readonly imageId: string;
      readonly sourceRegion: string;
      readonly name: string;
      readonly description: string | null;
      /** The tags that the copy has in the end. */
      readonly tags: Tags;
      /** Whether CopyImage takes the tags over; else the request has to set them: those of an image of another account. */
      readonly copyTags: boolean;
      /** Whether the request says that the copy is encrypted; without, it is encrypted where the source or the region says so. */
      readonly encrypted: boolean;
      /** Whether that is with a key that a person chooses: the variable TARGET_KMS_KEY. Else it is the default key of the region. */
      readonly chosenKey: boolean;
    }
  | {
      readonly type: 'wait-for-image';
      readonly image: Ref;
      readonly name: string;
    }
  | {
      readonly type: 'grant-launch';
      readonly image: Ref;
      readonly name: string;
      readonly grants: Grants;
    }
  | {
      readonly type: 'deprecate-image';
      readonly image: Ref;
      readonly name: string;
      /** ISO 8601, UTC. */
      readonly at: string;
    }
  | {
      readonly type: 'protect-image';
      readonly image: Ref;
      readonly name: string;
      /** Whether the protection lasts for 24 hours after it is turned off. */
      readonly withCooldown: boolean;
    }
  | {
      readonly type: 'put-parameter';
      readonly name: string;
      readonly image: Ref;
      readonly overwrite: boolean;
    }
  | {
      readonly type: 'create-launch-template';
      readonly name: string;
      readonly tags: Tags;
      /** What its version 1 is made from. */
      readonly copy: TemplateCopy;
    }
  /** A further version of a launch template that the plan creates. */
  | {
      readonly type: 'copy-template-version';
      readonly template: Ref;
      readonly name: string;
      readonly copy: TemplateCopy;
    }
  | {
      readonly type: 'create-template-version';
      readonly templateId: string;
      readonly name: string;
      /** The version of the target that the new one is made from. */
      readonly baseVersion: number;
      readonly changes: TemplateChanges;
      /** Identifies the new version when the script runs again. */
      readonly marker: string;
    }
  | {
      readonly type: 'set-default-version';
      readonly template: Ref;
      readonly name: string;
      readonly version: Ref;
    };
export type OperationType = Operation['type'];
export type OperationOf<T extends OperationType> = Extract<Operation, { readonly type: T }>;

/** A step as it is drafted: what it is for is known, what it resolves is shown by the simulation. */
export interface Draft {
  /** Stable for the same two sides: "create-security-group:default/web". */
  readonly id: string;
  /** One English line. */
  readonly does: string;
  readonly side: SideName;
  /** Ids of steps that have to be done before. */
  readonly needs: readonly string[];
  /** The step that makes an object which is not what it is on the source without this one: both are done, or none. */
  readonly completes?: string | undefined;
  /** Fingerprints of the findings that it is for. */
  readonly aims: readonly string[];
  readonly operation: Operation;
  /** Why it comes at its place in the order, and what it costs, in a sentence each. */
  readonly notes?: readonly string[] | undefined;
}

/** A step of the plan. It resolves or serves a finding, completes what another step makes, or a later step needs it. */
export interface Step extends Omit<Draft, 'aims'> {
  /** Findings that are resolved once this step is done. */
  readonly resolves: readonly string[];
  /** Findings that this step is for and that are resolved once a later step is done too. */
  readonly serves: readonly string[];
  /** Complete lines for `sh` that do what the step of the script does, without its checks. */
  readonly commands: readonly Command[];
}

/** A finding that the plan does not resolve, and why, in plain English. */
export interface Left {
  readonly fingerprint: string;
  readonly because: string;
  /** The same as facts. */
  readonly reason: Reason;
}

/** What would bring the target to parity, in the order in which it is to be done. */
export interface Plan {
  readonly source: PlanSide;
  readonly target: PlanSide;
  readonly steps: readonly Step[];
  /** All findings that the steps resolve, as the simulation shows. */
  readonly resolves: readonly string[];
  readonly left: readonly Left[];
  /**
   * The result of auditing the simulated target. `new` is 0, because a step that makes a finding is not offered; `notes` are
   * findings of severity info that the report does not have, such as the same traffic in other rules. An audit after the plan can
   * find more where something of `notLookedAt` was not read.
   */
  readonly simulated: {
    readonly resolved: number;
    readonly new: number;
    readonly notes: readonly {
      readonly fingerprint: string;
      readonly rule: string;
      readonly message: string;
    }[];
    readonly notLookedAt: readonly NotLookedAt[];
  };
  /** The KMS key of the target that copies of encrypted images get (config: plan.kmsKey); absent: a person chooses it. */
  readonly kmsKey?: string | undefined;
  /** How many copies of images the target can have in progress (config: quotas.imageCopies); absent: what AWS documents. */
  readonly copiesAtOnce?: number | undefined;
  /** Findings of the report that count: all but those that are waived. */
  readonly findings: number;
}

export interface PlanSide {
  readonly account: string | null;
  readonly region: string;
  /** The profile of the AWS CLI that the side was read with; absent: the default one, or none. */
  readonly profile?: string | undefined;
}

/** What the user allows and selects. */
export interface PlanOptions {
  /** Rules that admit more than the source, and entries of prefix lists that only the target has, are removed too. */
  readonly allowRevoke: boolean;
  /** Rules that open a group to any address are authorized too. */
  readonly allowWorldOpen: boolean;
  /** Only steps for these findings and what they need; null: for all. */
  readonly findings: ReadonlySet<string> | null;
}

import type { SideName } from '../vocabulary.ts';
import type {
  ChangedByFacts,
  OriginFacts,
  RenameCandidateFacts,
  RivalFacts,
  Rows,
  TagFacts,
} from './shared.ts';

export type Direction = 'ingress' | 'egress';

/** Packets of one protocol and range, from or to `peers` but not those of `except`. */
export type TrafficEntryFacts = {
  /** "tcp", "udp", "icmp", "icmpv6", another protocol's number, or "all". */
  readonly protocol: string;
  readonly exceptProtocols?: readonly string[];
  readonly ports?: string;
  readonly icmp?: string;
  /** With `icmp` "all" only: all types but these. */
  readonly exceptIcmp?: readonly string[];
  readonly peers: readonly string[];
  readonly except?: readonly string[];
};

/** One packet: `port` with tcp and udp, `type` and `code` with icmp and icmpv6. */
export type PacketFacts = {
  readonly protocol: string;
  readonly port?: number;
  readonly type?: number;
  readonly code?: number;
  readonly peer: string;
};

type TrafficFacts = {
  readonly direction: Direction;
  /** The difference, complete and without overlap. */
  readonly traffic: readonly TrafficEntryFacts[];
  /** One packet that only one side admits. */
  readonly witness: PacketFacts;
  readonly rows: Rows;
  /** Why the difference has no effect; null where it has one. */
  readonly explained: string | null;
  /** Where the workloads that use the group admit the same on both sides: the other groups that make it so. */
  readonly cancelledBy?: readonly string[];
  /** The workloads for which that holds. */
  readonly wornBy?: readonly string[];
  readonly fix: RowsFacts;
};

/** Why a row of the source cannot be written on the target yet. */
export type WaitsForFacts = {
  readonly kind: 'security-group' | 'prefix-list';
  readonly name: string;
  /**
   * `missing`: the target does not have it. `differs`: the prefix list has other entries there. `unread`: its entries were
   * not read. `peering`: the group is in another VPC, and whether a peering leads there is not known.
   */
  readonly because: 'missing' | 'differs' | 'unread' | 'peering';
};

/** Which rules of the target group to change, each a whole row: "ingress tcp 443 from 10.0.0.0/8". */
export type RowsFacts = {
  readonly authorize: readonly string[];
  readonly revoke: readonly string[];
  /** Rows that admit more and have to stay until what the others wait for exists. */
  readonly keep: readonly string[];
  readonly waitsFor: readonly WaitsForFacts[];
  readonly changedBy: ChangedByFacts | null;
  /** How many rules a group holds, where the old and the new rows do not fit into one in any order. */
  readonly beyondQuota: number | null;
  /** False where a part of the rules was not read: then none is named that could be revoked. */
  readonly read: boolean;
  /** In reports before 0.3: whether the finding about what the target admits more has the commands of both. Now each has its own. */
  readonly withAllowsMore: boolean;
};

export type SecurityGroupFacts = {
  'security-group/missing': OriginFacts & {
    readonly vpcHasCounterpart: boolean;
    /** How many rules of one direction and family it has, where a group of the target holds fewer. */
    readonly beyondQuota: number | null;
    readonly candidates: readonly RenameCandidateFacts[];
    readonly rows: Rows;
    /** How many of its rules have a peer that cannot be compared, so that no command writes them; absent in former reports. */
    readonly withoutPeer?: number;
  };
  'security-group/allows-less': TrafficFacts;
  'security-group/allows-more': TrafficFacts & { readonly opensToWorld: boolean };
  'security-group/unadapted-cidr': {
    readonly equalRows: readonly string[];
    readonly sourceVpc: readonly string[];
    readonly targetVpc: readonly string[];
  };
  'security-group/written-differently': { readonly direction: Direction; readonly rows: Rows };
  'security-group/connection-tracking-differs': {
    readonly direction: Direction;
    readonly untrackedOnSourceOnly: readonly TrafficEntryFacts[];
    readonly untrackedOnTargetOnly: readonly TrafficEntryFacts[];
    readonly rows: Rows;
  };
  'security-group/over-quota': {
    readonly quota: number;
    readonly over: readonly {
      readonly direction: Direction;
      readonly family: 'IPv4' | 'IPv6';
      readonly count: number;
    }[];
  };
  'security-group/unresolved-peer': {
    readonly references: readonly {
      readonly side: SideName;
      readonly row: string;
      readonly reason:
        | 'dangling'
        | 'stale'
        | 'unlisted'
        | 'unknown-owner'
        | 'other-account'
        | 'peered-vpc'
        | 'inactive-peering'
        | 'ambiguous';
    }[];
  };
  'security-group/ambiguous': RivalFacts & { readonly config: string };
  'security-group/description-differs': { readonly rows: Rows };
  'security-group/tags-differ': TagFacts & { readonly changedBy: ChangedByFacts | null };
  /** The accounts that share the groups; null where the account of the side owns it. */
  'security-group/owner-differs': { readonly source: string | null; readonly target: string | null };
  'security-group/extra': OriginFacts & {
    readonly opensToWorld: readonly TrafficEntryFacts[];
    /** All that it admits; null where what decides it was not read. Absent in former reports. */
    readonly admits?: {
      readonly ingress: readonly TrafficEntryFacts[];
      readonly egress: readonly TrafficEntryFacts[];
    } | null;
    readonly rows: Rows;
  };
};

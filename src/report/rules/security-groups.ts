import type { SideName } from '../vocabulary.ts';
import type { OriginFacts, RenameCandidateFacts, Rows, TagFacts } from './shared.ts';

export type Direction = 'ingress' | 'egress';

/** Packets of one protocol and range, from or to `peers` but not those of `except`. */
export type TrafficEntryFacts = {
  /** "tcp", "udp", "icmp", "icmpv6", another protocol's number, or "all". */
  readonly protocol: string;
  readonly exceptProtocols?: readonly string[];
  readonly ports?: string;
  readonly icmp?: string;
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
};

export type SecurityGroupFacts = {
  'security-group/missing': OriginFacts & {
    readonly vpcHasCounterpart: boolean;
    readonly candidates: readonly RenameCandidateFacts[];
    readonly rows: Rows;
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
        | 'unknown-owner'
        | 'other-account'
        | 'peered-vpc'
        | 'inactive-peering'
        | 'ambiguous';
    }[];
  };
  'security-group/ambiguous': { readonly candidates: readonly string[]; readonly config: string };
  'security-group/description-differs': { readonly rows: Rows };
  'security-group/tags-differ': TagFacts;
  /** The accounts that share the groups; null where the account of the side owns it. */
  'security-group/owner-differs': { readonly source: string | null; readonly target: string | null };
  'security-group/extra': OriginFacts & {
    readonly opensToWorld: readonly TrafficEntryFacts[];
    readonly rows: Rows;
  };
};

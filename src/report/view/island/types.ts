import type {
  ComparedState,
  Kind,
  LaunchPart,
  MatchStrength,
  PartState,
  Phase,
  Severity,
  SideName,
  State,
  WorkloadVerdict,
} from '../../vocabulary.ts';

/**
 * The data that the HTML report carries for its script, as JSON. Every text in it is made visible. Findings, workloads,
 * objects and fixes refer to each other by their position. What only an open detail shows is in `Details`, which the page
 * reads when it first needs it.
 */
export interface Island {
  readonly phase: Phase;
  readonly complete: boolean;
  readonly source: IslandSide;
  readonly target: IslandSide;
  readonly kinds: Readonly<Record<Kind, { readonly one: string; readonly many: string }>>;
  readonly parts: readonly { readonly part: LaunchPart; readonly label: string }[];
  readonly rules: readonly IslandRule[];
  readonly fixes: readonly IslandFix[];
  /** The steps of the remediation plan; null where the report has none. */
  readonly plan: readonly IslandStep[] | null;
  /** The command that writes a plan, and what it says it would do; empty where a plan has no step. */
  readonly planCommand: string;
  readonly planText: string;
  readonly workloads: readonly IslandWorkload[];
  readonly findings: readonly IslandFinding[];
  readonly objects: readonly IslandObject[];
  /** Objects that are the same on both sides and have no finding, beyond those that are listed. */
  readonly unlistedObjects: number;
  /** Findings beyond those that the page holds. */
  readonly unlistedFindings: number;
  readonly families: readonly IslandFamily[];
  readonly coverage: IslandCoverage;
  /** Parts that a bound left out of this page. Their lists are empty, which says nothing of the report. */
  readonly omitted: readonly PagePart[];
}

export type PagePart =
  | 'paper-findings'
  | 'facts'
  | 'families'
  | 'comparisons'
  | 'objects'
  | 'paper'
  | 'details'
  | 'coverage'
  | 'findings'
  | 'workloads'
  | 'fixes';

export interface IslandSide {
  readonly region: string;
  /** The region, with the account where both sides are of one region. */
  readonly heading: string;
  readonly account: string;
  readonly takenAt: string;
  readonly origin: string;
}

export interface IslandRule {
  readonly id: string;
  readonly title: string;
  readonly short: string;
  readonly why: string;
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

export interface IslandCommand {
  readonly side: SideName;
  readonly does: string;
  readonly shell: string;
}

/** A step of the remediation plan. */
export interface IslandStep {
  readonly does: string;
  readonly side: SideName;
  readonly commands: readonly IslandCommand[];
}

export type FixVerdict = Exclude<WorkloadVerdict, 'launchable'> | 'none';

export interface IslandFix {
  readonly id: string;
  readonly title: string;
  readonly remedy: string;
  readonly commands: readonly IslandCommand[];
  /** Lines for the config that settle it. */
  readonly config: string;
  readonly findings: readonly number[];
  readonly workloads: readonly number[];
  /** The worst that it does to a workload. */
  readonly effect: FixVerdict;
  /** Numbers of the other fixes that each of these workloads needs too. */
  readonly together: readonly number[];
  /** Commands run in this order: what others refer to is created first. */
  readonly order: number;
}

export interface IslandWorkload {
  readonly kind: Kind;
  readonly name: string;
  readonly id: string;
  /** Empty where the report speaks of one side alone. */
  readonly side: SideName | '';
  readonly verdict: WorkloadVerdict;
  readonly chains: readonly IslandChain[];
  readonly moreChains: number;
  /** In the order of `Island.parts`; empty in reports that do not state them. */
  readonly parts: readonly { readonly state: PartState; readonly what: string }[];
  /** Positions of the fixes that it waits for. */
  readonly fixes: readonly number[];
}

export interface IslandChain {
  readonly verdict: WorkloadVerdict;
  readonly steps: readonly string[];
  readonly findings: readonly number[];
}

export type IslandStatus = 'new' | 'worsened' | 'persisting' | 'waived' | 'resolved' | 'unchecked';

export interface IslandFinding {
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly status: IslandStatus;
  readonly kind: Kind;
  readonly name: string;
  readonly scope: string;
  readonly rule: number;
  /** What distinguishes it from other findings of its rule. */
  readonly gist: string;
  /** Position of its object; -1 where the report has no pair for it. */
  readonly object: number;
  readonly usedBy: number;
  /** Positions of the workloads that it blocks or degrades. */
  readonly workloads: readonly number[];
  /** Position of the fix that resolves it; -1 where it is in none. */
  readonly fix: number;
}

export interface IslandEnd {
  readonly id: string;
  /** What this side calls it, where that is not the name of the object. */
  readonly alias: string;
}

export interface IslandObject {
  readonly kind: Kind;
  readonly name: string;
  readonly scope: string;
  readonly state: State;
  readonly source: IslandEnd | null;
  readonly target: IslandEnd | null;
  readonly pairedBy: string;
  readonly strength: MatchStrength | '';
  /** What the pair is based on; empty where the report does not say. */
  readonly basis: string;
  /** Of a key pair: whether both are one key, and what proves it. */
  readonly note: string;
  readonly findings: readonly number[];
  readonly worst: Severity | '';
}

export interface IslandVersion {
  readonly source: IslandImage | null;
  readonly target: IslandImage | null;
  /** What the two are to each other, in words. */
  readonly how: string;
  readonly link: 'copy' | 'name' | 'no-copy' | 'none' | 'extra';
}

export interface IslandImage {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  /** Empty where it is available. */
  readonly state: string;
}

export interface IslandFamily {
  readonly name: string;
  readonly architecture: string;
  /** "1 version and 31 days behind"; empty where it is not. */
  readonly behind: string;
  readonly grouped: string;
  readonly versions: readonly IslandVersion[];
  readonly more: string;
}

export interface IslandCoverage {
  readonly counts: readonly { readonly label: string; readonly source: string; readonly target: string }[];
  readonly gaps: readonly IslandGap[];
  readonly limits: readonly IslandGap[];
  readonly notLookedAt: readonly {
    readonly side: SideName;
    readonly because: string;
    readonly what: readonly string[];
  }[];
  readonly mapping: readonly {
    readonly what: string;
    readonly source: string;
    readonly target: string;
    readonly by: string;
  }[];
  readonly content: {
    readonly lead: string;
    readonly rows: readonly { readonly label: string; readonly name: string; readonly said: string }[];
  };
  readonly run: readonly { readonly label: string; readonly value: string }[];
}

export interface IslandGap {
  readonly side: SideName;
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly commands: readonly IslandCommand[];
}

/**
 * What an open detail shows, by position. The page holds it in pieces of so many findings and objects each, the first with
 * the id `details`, the others `details-1` and so on, so that opening one finding of many does not read all.
 */
export const PIECE = 1_000;
export interface Details {
  readonly findings: readonly FindingDetail[];
  /** By the position of the object. */
  readonly compared: Readonly<Record<number, Comparison>>;
}

export interface FindingDetail {
  readonly message: string;
  readonly remedy: string;
  readonly commands: readonly IslandCommand[];
  readonly config: string;
  readonly sourceId: string;
  readonly targetId: string;
  /** Kind in words, name and side; those beyond the bound are counted. */
  readonly users: readonly { readonly kind: string; readonly name: string; readonly side: string }[];
  readonly moreUsers: number;
  /** What is known of its history. */
  readonly notes: readonly string[];
  /** What changed of its objects since the baseline. */
  readonly changes: readonly {
    readonly region: string;
    readonly id: string;
    readonly rows: readonly { readonly when: 'before' | 'after'; readonly text: string }[];
    readonly more: string;
  }[];
  /** Formatted JSON without nulls; empty where there are none. */
  readonly facts: string;
}

/** Both sides of an object in one table. */
export interface Comparison {
  readonly sections: readonly ComparisonSection[];
}

export interface ComparisonSection {
  /** `Ingress`, `Egress`; empty where there is one section alone. */
  readonly title: string;
  readonly differing: number;
  readonly rows: readonly ComparisonRow[];
  /** Rows that are in report.json alone. */
  readonly more: number;
}

export interface ComparisonRow {
  /** What the row is about, of fields; empty of security group rules. */
  readonly name: string;
  readonly source: ComparisonCell | null;
  readonly target: ComparisonCell | null;
}

export interface ComparisonCell {
  /** Protocol, ports and address of a rule; one text of a field. */
  readonly columns: readonly string[];
  /** The prefix list that an address is an entry of. */
  readonly via: string;
  readonly state: ComparedState;
}

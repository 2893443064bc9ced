import type { ExitCode } from '../report/gate.ts';
import type { FailOn, Phase, Severity, Verdict } from '../report/vocabulary.ts';

/** The version of the roll-up's file. Within it, fields are only ever added. */
export const ROLLUP_VERSION = 1;

/** Where a side is. */
export interface RollupSide {
  readonly account: string | null;
  readonly region: string;
}

/** A pair that was audited, in figures. Its report has the rest. */
export interface AuditedPair {
  readonly state: 'audited';
  readonly name: string;
  readonly source: RollupSide;
  readonly target: RollupSide;
  /** The file of its report.json; null where it was not written. */
  readonly report: string | null;
  readonly phase: Phase;
  readonly failOn: FailOn;
  readonly verdict: Verdict;
  readonly complete: boolean;
  /** What an audit of this pair alone ends with. */
  readonly exitCode: ExitCode;
  /** The headline of its report. */
  readonly headline: string;
  readonly workloads: {
    readonly total: number;
    readonly blocked: number;
    readonly degraded: number;
    readonly unknown: number;
    readonly launchable: number;
  };
  readonly findings: Readonly<Record<Severity, number>>;
  readonly waived: number;
  /** Since the baseline; null where there was none. */
  readonly changed: { readonly new: number; readonly worsened: number; readonly resolved: number } | null;
}

/** A pair of which there is no report, and why. */
export interface FailedPair {
  readonly state: 'failed';
  readonly name: string;
  /** As the config or the command line has them; null where they are not known. */
  readonly source: string | null;
  readonly target: string | null;
  readonly exitCode: 2;
  readonly message: string;
  readonly hint: string;
}

export type RollupPair = AuditedPair | FailedPair;

/** What several pairs have in common: a cause, or a finding that belongs to none. */
export interface Repeated {
  /** The id of the cause or the fingerprint of the finding: the same in every pair. */
  readonly id: string;
  readonly title: string;
  /** Whether the title is of one pair, and the others differ from it in details. */
  readonly varies: boolean;
  readonly remedy: string;
  readonly severity: Severity;
  readonly rules: readonly string[];
  /** Names, the pair with most workloads behind it first. */
  readonly pairs: readonly string[];
  /** Over all these pairs. */
  readonly findings: number;
  readonly blocked: number;
  readonly degraded: number;
}

/** What many audits say together. It is made from their reports alone. */
export interface Rollup {
  readonly schemaVersion: typeof ROLLUP_VERSION;
  readonly tool: { readonly name: string; readonly version: string };
  /** The first start and the last end of the audits; null where no pair was audited. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** `differences` where one pair has them, else `inconclusive` where one pair is that or failed, else `parity`. */
  readonly verdict: Verdict;
  /** The worst of the pairs: 2, then 1, then 3, then 0. */
  readonly exitCode: ExitCode | 2;
  readonly summary: {
    readonly pairs: number;
    readonly failed: number;
    readonly byVerdict: Readonly<Record<Verdict, number>>;
    readonly byExitCode: Readonly<Record<'0' | '1' | '2' | '3', number>>;
    readonly byRule: Readonly<Record<string, { readonly pairs: number; readonly findings: number }>>;
  };
  /** Those that failed first, then the furthest from parity. */
  readonly pairs: readonly RollupPair[];
  /** What keeps most workloads from starting first, then what most pairs have in common. */
  readonly repeated: readonly Repeated[];
}

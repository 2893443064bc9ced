import type { Finding, Report } from '../report/model.ts';
import { refuseRedacted } from '../report/redacted.ts';
import { visible } from '../text/printable.ts';

/** What an earlier run says of itself and found, from its report or from the state that was accepted from it. */
export interface Baseline
  extends Pick<
    Report,
    'phase' | 'finishedAt' | 'complete' | 'findings' | 'unchecked' | 'waived' | 'unreadParts'
  > {
  /** What messages call it: the option and the file. */
  readonly name: string;
  readonly form: 'report' | 'accepted';
  readonly version: string;
  readonly source: Side;
  readonly target: Side;
  /** The kinds that it could not read, and what was not looked at. */
  readonly unread: readonly string[];
  /** What it did not read, in parts, and a run before it did: what depends on that has not been checked since. */
  readonly lost: readonly string[];
  /** The kinds that it reported; null: not known, all of them. */
  readonly kinds: readonly string[] | null;
  /** The rules that it knew; null: not known. */
  readonly rules: readonly string[] | null;
}

type Side = Pick<Report['source'], 'account' | 'region' | 'takenAt'>;

export function baselineOf(report: Report, name = 'The baseline'): Baseline {
  refuseRedacted(report, name);
  return {
    ...report,
    name,
    form: 'report',
    version: report.tool.version,
    unread: unreadKinds(report),
    lost: report.baseline?.lost ?? [],
    kinds: Object.keys(report.summary.byKind),
    rules: report.rules.length > 0 ? report.rules.map((r) => r.id) : null,
  };
}

/** The kinds that a run could not read, each once. */
export function unreadKinds({ gaps }: Pick<Report, 'gaps'>): string[] {
  return [...new Set(gaps.filter((g) => g.blocking).map((g) => g.kind))].sort();
}

/** Why a baseline cannot be compared with; `what` completes "--baseline FILE: its …". */
export interface Misfit {
  readonly message: string;
  readonly hint: string;
}

/** Null where the baseline is of the same two sides. What is not known of a side is no reason to refuse. */
export function misfitOf(
  baseline: Pick<Baseline, 'source' | 'target'>,
  now: Pick<Report, 'source' | 'target'>,
): Misfit | null {
  const sides = ({ source, target }: typeof baseline) =>
    `${visible(source.region)} with ${visible(target.region)}`;
  const route = `${visible(now.source.region)}..${visible(now.target.region)}`;
  const same = agrees(baseline.source, now.source) && agrees(baseline.target, now.target);
  if (same) return null;
  if (agrees(baseline.source, now.target) && agrees(baseline.target, now.source)) {
    const byAccount = now.source.region === now.target.region;
    const swapped = byAccount
      ? `the source is account ${visible(baseline.source.account ?? 'unknown')}, in this run it is account ${visible(now.source.account ?? 'unknown')}`
      : `it compares ${sides(baseline)}, this run ${sides(now)}`;
    return {
      message: `its sides are swapped; ${swapped}.`,
      hint: `Swap the two sides of this command, or name the baseline of ${route}.`,
    };
  }
  if (!agreesInRegion(baseline.source, now.source) || !agreesInRegion(baseline.target, now.target)) {
    return {
      message: `it is of another pair of sides; it compares ${sides(baseline)}, this run ${sides(now)}.`,
      hint: `Name the baseline of ${route}, or make one with \`ec2-parity accept REPORT -o FILE\`.`,
    };
  }
  const other = agrees(baseline.source, now.source) ? 'target' : 'source';
  return {
    message: `its ${other} is account ${visible(baseline[other].account ?? 'unknown')}, this run's is ${visible(now[other].account ?? 'unknown')} (${visible(now[other].region)}).`,
    hint: `Name the baseline of this account, or check the credentials of ${visible(now[other].region)} with \`aws sts get-caller-identity\`.`,
  };
}

type Whose = Pick<Side, 'account' | 'region'>;

function agreesInRegion(a: Whose, b: Whose): boolean {
  return a.region === b.region;
}

function agrees(a: Whose, b: Whose): boolean {
  return agreesInRegion(a, b) && (a.account === null || b.account === null || a.account === b.account);
}

/** Every finding that the baseline knew, by fingerprint; what it could not check itself it has from before. */
export function knownIn({
  findings,
  unchecked,
}: Pick<Baseline, 'findings' | 'unchecked'>): Map<string, Finding> {
  return new Map([...unchecked, ...findings].map((f) => [f.fingerprint, f]));
}

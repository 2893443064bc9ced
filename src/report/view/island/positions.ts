import type { Finding, Pair, Report, Waived, Workload } from '../../model.ts';
import { SEVERITIES } from '../../vocabulary.ts';
import { workloadKey } from '../digest.ts';
import type { IslandStatus } from './types.ts';

/** A page holds so many findings, the worst first; report.json has all. */
const MOST_FINDINGS = 50_000;
/** Objects that are the same and have no finding are listed up to this number. */
const MOST_QUIET_OBJECTS = 2_000;

export interface Listed {
  readonly finding: Finding | Waived;
  readonly status: IslandStatus;
}

/** Where each part of the report is in the lists of the page. */
export interface Positions {
  readonly listed: readonly Listed[];
  readonly unlisted: number;
  readonly findingAt: ReadonlyMap<string, number>;
  readonly ruleIds: readonly string[];
  readonly ruleAt: ReadonlyMap<string, number>;
  readonly workloads: readonly Workload[];
  readonly workloadAt: ReadonlyMap<string, number>;
  readonly pairs: readonly Pair[];
  readonly unlistedPairs: number;
  /** By the fingerprint of a finding about it. */
  readonly pairAt: ReadonlyMap<string, number>;
  readonly causeAt: ReadonlyMap<string, number>;
}

export function positionsOf(report: Report, workloads: readonly Workload[]): Positions {
  const all = listedOf(report);
  const listed = all.slice(0, MOST_FINDINGS);
  const ruleIds = [...new Set(listed.map(({ finding }) => finding.rule as string))];
  const pairs = listedPairs(report.pairs);
  return {
    listed,
    unlisted: all.length - listed.length,
    // A finding that is active wins over one of an earlier run with the same fingerprint.
    findingAt: new Map(listed.map(({ finding }, i) => [finding.fingerprint, i] as const).reverse()),
    ruleIds,
    ruleAt: new Map(ruleIds.map((id, i) => [id, i])),
    workloads,
    workloadAt: new Map(workloads.map((w, i) => [workloadKey(w), i])),
    pairs,
    unlistedPairs: report.pairs.length - pairs.length,
    pairAt: new Map(pairs.flatMap((pair, i) => pair.findings.map((f) => [f, i] as const))),
    causeAt: new Map((report.causes ?? []).flatMap((c, i) => c.findings.map((f) => [f, i] as const))),
  };
}

/** By severity. In phase drift what changed is first: what is new, worsened, resolved and unchecked. */
function listedOf({ phase, findings, waived, unchecked, resolved }: Report): Listed[] {
  const active = SEVERITIES.flatMap((severity) => findings.filter((f) => f.severity === severity)).map(
    (finding): Listed => ({ finding, status: finding.status }),
  );
  const of = (status: IslandStatus) => active.filter((one) => one.status === status);
  const as = (status: IslandStatus, all: readonly (Finding | Waived)[]) =>
    all.map((finding): Listed => ({ finding, status }));
  const others = [as('waived', waived), as('unchecked', unchecked), as('resolved', resolved)];
  return phase === 'drift'
    ? [of('new'), of('worsened'), ...others.reverse(), of('persisting')].flat()
    : [active, ...others].flat();
}

/** Every object that has something to say, and of the others as many as a reader may want to look up. */
function listedPairs(pairs: readonly Pair[]): Pair[] {
  let quiet = 0;
  return pairs.filter((pair) => {
    if (pair.state !== 'same' || pair.findings.length > 0) return true;
    quiet += 1;
    return quiet <= MOST_QUIET_OBJECTS;
  });
}

import { count, thousands } from '../../text/counts.ts';
import { groupBy } from '../../text/groups.ts';
import type { Report } from '../model.ts';
import { WORKLOAD_VERDICTS, type WorkloadVerdict } from '../vocabulary.ts';
import { WORKLOAD_HINTS, WORKLOAD_LABELS, WORKLOAD_MARKS } from './labels.ts';
import type { WorkloadView } from './workloads.ts';

export interface WorkloadGroupView {
  readonly verdict: WorkloadVerdict;
  readonly label: string;
  readonly mark: string;
  /** What the verdict means, in words. */
  readonly hint: string;
  readonly count: number;
  /** Whether its workloads are worth their room at once. */
  readonly open: boolean;
  readonly workloads: readonly WorkloadView[];
}

export interface ReadinessView {
  /** `7 of 31 workloads would not launch; 4 causes.` Empty where there is no workload. */
  readonly sentence: string;
  /** How many workloads there are. */
  readonly total: number;
  /** One per verdict, those without a workload too. */
  readonly counts: readonly Omit<WorkloadGroupView, 'workloads' | 'open'>[];
  /** Only verdicts that occur, worst first. */
  readonly groups: readonly WorkloadGroupView[];
}

/** More workloads than this that would simply start wait to be opened. */
const OPEN_LAUNCHABLE = 12;

export function readinessView(report: Report, workloads: readonly WorkloadView[]): ReadinessView {
  const byVerdict = groupBy(workloads, (w) => w.verdict);
  const counts = WORKLOAD_VERDICTS.map((verdict) => ({
    verdict,
    label: WORKLOAD_LABELS[verdict],
    mark: WORKLOAD_MARKS[verdict],
    hint: WORKLOAD_HINTS[verdict],
    count: byVerdict.get(verdict)?.length ?? 0,
  }));
  return {
    sentence: readinessSentence(report),
    total: workloads.length,
    counts,
    groups: counts.flatMap((group) => {
      const members = byVerdict.get(group.verdict);
      if (!members) return [];
      const open = group.verdict !== 'launchable' || members.length <= OPEN_LAUNCHABLE;
      return [{ ...group, open, workloads: members }];
    }),
  };
}

/**
 * What matters, first. In phase verification the workloads are the target's own.
 */
export function readinessSentence(
  report: Pick<Report, 'phase' | 'workloads' | 'causes' | 'notLookedAt'>,
): string {
  const total = report.workloads.length;
  if (total === 0) return '';
  const n = (verdict: WorkloadVerdict) => report.workloads.filter((w) => w.verdict === verdict).length;
  const [blocked, degraded, unknown, launchable] = [
    n('blocked'),
    n('degraded'),
    n('unknown'),
    n('launchable'),
  ];
  const where = report.phase === 'verification' ? ' of the target' : '';
  const of = (some: number) =>
    total === 1 ? `The only workload${where}` : `${some} of ${thousands(total)} workloads${where}`;
  const rest = [
    ...(degraded > 0 ? [`${degraded} would launch degraded`] : []),
    ...(unknown > 0 ? [`${unknown} could not be judged`] : []),
  ].join(', ');
  if (blocked > 0) {
    const causes = causesOfBlocked(report);
    const because = causes > 0 ? `; ${count(causes, 'cause')}` : '';
    return `${of(blocked)} would not launch${because}.${rest === '' ? '' : ` ${rest}.`}`;
  }
  // Only what was looked at can be claimed; what was not is listed below the headline.
  if (launchable === total && report.notLookedAt.length > 0)
    return `Nothing that was looked at stops ${total === 1 ? `the only workload${where}` : `any of the ${total} workloads${where}`}.`;
  if (launchable === total)
    return total === 1 ? `${of(1)} would launch.` : `All ${thousands(total)} workloads${where} would launch.`;
  if (unknown === total)
    return total === 1
      ? `${of(1)} could not be judged.`
      : `None of ${thousands(total)} workloads${where} could be judged.`;
  if (total === 1) return `${of(1)} would launch degraded.`;
  return `${of(launchable)} would launch; ${rest}.`;
}

/** Causes that keep something from starting; a report without causes counts the findings that do. */
function causesOfBlocked({ workloads, causes }: Pick<Report, 'workloads' | 'causes'>): number {
  if (causes) return causes.filter((c) => c.workloads.some((w) => w.verdict === 'blocked')).length;
  return new Set(workloads.flatMap((w) => (w.verdict === 'blocked' ? w.because : []))).size;
}

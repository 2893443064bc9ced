import type { Finding, Report } from './model.ts';
import { type FailOn, type Phase, SEVERITIES, type Severity } from './vocabulary.ts';

/** What an audit can end with once it has a report; 2, 130 and 143 are for runs that have none. */
export type ExitCode = 0 | 1 | 3;

/** Whether `severity` is at or above the gate. */
export function reaches(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'none' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

/** Whether a finding alone makes exit code 1. In phase drift what an accepted run already held does not, unless it has worsened. */
export function failsRun(
  { severity, status }: Pick<Finding, 'severity' | 'status'>,
  phase: Phase,
  failOn: FailOn,
): boolean {
  return (phase !== 'drift' || status !== 'persisting') && reaches(severity, failOn);
}

/**
 * A pure function of report and gate: never a count, never a renderer's.
 * Findings outweigh incompleteness: what was found is true even if something else could not be read.
 */
export function exitCode(report: Pick<Report, 'findings' | 'complete' | 'phase'>, failOn: FailOn): ExitCode {
  if (report.findings.some((f) => failsRun(f, report.phase, failOn))) return 1;
  return report.complete ? 0 : 3;
}

import type { Report } from './model.ts';
import { type FailOn, SEVERITIES, type Severity } from './vocabulary.ts';

/** What an audit can end with once it has a report; 2, 130 and 143 are for runs that have none. */
export type ExitCode = 0 | 1 | 3;

/** Whether `severity` is at or above the gate. */
export function reaches(severity: Severity, failOn: FailOn): boolean {
  return failOn !== 'none' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

/**
 * A pure function of report and gate: never a count, never a renderer's.
 * Findings outweigh incompleteness: what was found is true whatever else could not be read.
 */
export function exitCode(report: Pick<Report, 'findings' | 'complete' | 'phase'>, failOn: FailOn): ExitCode {
  const gated =
    report.phase === 'drift' ? report.findings.filter((f) => f.status === 'new') : report.findings;
  if (gated.some((f) => reaches(f.severity, failOn))) return 1;
  return report.complete ? 0 : 3;
}

/** The code in words, for the last line of a report. */
export function explainExit(code: ExitCode, failOn: FailOn): string {
  switch (code) {
    case 0:
      return failOn === 'none'
        ? 'complete; no finding fails the run (--fail-on none)'
        : `complete, and no finding at or above ${failOn}`;
    case 1:
      return `at least one finding at or above ${failOn}`;
    case 3:
      return 'incomplete: something could not be read, so "no finding" proves nothing';
  }
}

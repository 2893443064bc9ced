import { count } from '../text/counts.ts';
import { exitCode, failsRun } from './gate.ts';
import type { Report } from './model.ts';
import type { FailOn } from './vocabulary.ts';

/** "28 findings are high or critical"; in phase drift "2 new or worsened findings are …" */
export function overGate({ findings, phase }: Pick<Report, 'findings' | 'phase'>, failOn: FailOn): string {
  const n = findings.filter((f) => failsRun(f, phase, failOn)).length;
  return `${count(n, phase === 'drift' ? 'new or worsened finding' : 'finding')} ${n === 1 ? 'is' : 'are'} ${thresholdWords(failOn)}`;
}

/** The severities from which a finding fails the run, in words. */
function thresholdWords(failOn: FailOn): string {
  switch (failOn) {
    case 'critical':
      return 'critical';
    case 'high':
      return 'high or critical';
    case 'info':
    case 'none':
      return 'of any severity';
    case 'medium':
    case 'low':
      return `${failOn} or worse`;
  }
}

/** The exit code with its reason: `Exit code 1: 28 findings are high or critical (--fail-on high)`. */
export function exitSentence(report: Report, failOn: FailOn): string {
  return `Exit code ${exitCode(report, failOn)}: ${exitReason(report, failOn)}`;
}

/** Why an audit with this report ends with its exit code. */
export function exitReason(report: Report, failOn: FailOn): string {
  const code = exitCode(report, failOn);
  const gate = `(--fail-on ${failOn})`;
  switch (code) {
    case 0:
      return failOn === 'none'
        ? `complete; no finding fails the run ${gate}`
        : `complete, and no ${report.phase === 'drift' ? 'new or worsened finding' : 'finding'} is ${thresholdWords(failOn)} ${gate}`;
    case 1: {
      const also = report.complete ? '' : '; without them it would be 3';
      return `${overGate(report, failOn)} ${gate}${also}`;
    }
    case 3:
      return 'incomplete; "no finding" proves nothing for what was not read';
  }
}

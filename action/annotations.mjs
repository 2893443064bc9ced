// The worst few findings as annotations of the run, on the line of a template where the finding has one.
import { command } from './github.mjs';
import { FAIL_ON } from './inputs.mjs';

const rank = (severity) => FAIL_ON.indexOf(severity);

/** Whether a finding makes exit code 1: in phase drift what the baseline has does not. */
export function fails({ severity, status }, phase, failOn) {
  return (
    (phase !== 'drift' || status !== 'persisting') && failOn !== 'none' && rank(severity) <= rank(failOn)
  );
}

/** The findings to annotate: those that fail the run first, then the worst; nothing that the baseline had. */
export function worstOf({ findings, phase }, failOn, most) {
  return findings
    .filter(({ status, severity }) => severity !== 'info' && (phase !== 'drift' || status !== 'persisting'))
    .map((finding, at) => ({ finding, at, failing: fails(finding, phase, failOn) }))
    .sort(
      (a, b) =>
        Number(b.failing) - Number(a.failing) ||
        rank(a.finding.severity) - rank(b.finding.severity) ||
        a.at - b.at,
    )
    .slice(0, most);
}

export function annotate(report, failOn, most) {
  const shown = worstOf(report, failOn, most);
  for (const { finding, failing } of shown) {
    const { file, line } = finding.facts ?? {};
    const place = typeof file === 'string' && !file.startsWith('/') ? { file, line } : {};
    const level = failing ? 'error' : finding.severity === 'low' ? 'notice' : 'warning';
    const title = `${finding.severity}: ${finding.rule}`;
    command(level, { ...place, title }, `${finding.message} ${finding.remedy}`);
  }
  for (const { side, kind, message, hint } of report.gaps.filter(({ blocking }) => blocking).slice(0, most))
    command('warning', { title: `not read: ${kind} of the ${side}` }, `${message} ${hint}`);
}

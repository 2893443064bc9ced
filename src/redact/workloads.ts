import type { Report } from '../report/model.ts';
import { redactedCommands } from './commands.ts';
import type { RedactedFindings } from './findings.ts';
import type { Redactor } from './redactor.ts';

/** The verdict of a workload, with pseudonyms. */
export function redactedWorkload(
  workload: Report['workloads'][number],
  r: Redactor,
  findings: RedactedFindings,
): Report['workloads'][number] {
  r.begin();
  findings.include(workload.because);
  const { chains, lookedAt } = workload;
  const parts = Object.entries(lookedAt ?? {}).map(([part, { what, ...state }]) => [
    part,
    { ...state, ...(what ? { what: what.map((text) => r.data(text)) } : {}) },
  ]);
  return {
    ...workload,
    name: r.name(workload.name),
    id: r.data(workload.id),
    because: workload.because.map((fingerprint) => r.digest(fingerprint)),
    ...(chains
      ? {
          chains: chains.map((chain) => ({
            ...chain,
            steps: chain.steps.map((step) => r.step(step)),
            findings: chain.findings.map((fingerprint) => r.digest(fingerprint)),
          })),
        }
      : {}),
    ...(lookedAt ? { lookedAt: Object.fromEntries(parts) } : {}),
  };
}

/** A cause and what it keeps from launching, with pseudonyms. */
export function redactedCause(
  cause: NonNullable<Report['causes']>[number],
  r: Redactor,
  findings: RedactedFindings,
): NonNullable<Report['causes']>[number] {
  r.begin();
  findings.include(cause.findings);
  const workloads = cause.workloads.map((w) => ({ ...w, name: r.data(w.name), id: r.data(w.id) }));
  return {
    ...cause,
    id: r.digest(cause.id),
    title: r.text(cause.title),
    remedy: r.text(cause.remedy),
    ...redactedCommands(cause.commands, r),
    findings: cause.findings.map((fingerprint) => r.digest(fingerprint)),
    workloads,
  };
}

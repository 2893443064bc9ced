import { thousands } from '../../text/counts.ts';
import { visible } from '../../text/printable.ts';
import type { Report } from '../model.ts';
import { isTwoAccountsOfOneRegion } from '../places.ts';
import { SEVERITIES, type Severity, type WorkloadVerdict } from '../vocabulary.ts';

/** What a phase says of a report. */
export interface Said {
  readonly state: string;
  readonly sentence: string;
  readonly details?: readonly string[];
  /** Whether nothing is wrong or unknown: only then may a run that does not fail have a check mark. */
  readonly clear: boolean;
}

/** Where the target is, in words that distinguish it from the source: two accounts of one region are distinguished by account. */
export function targetPlace({ source, target }: Pick<Report, 'source' | 'target'>): string {
  return isTwoAccountsOfOneRegion(source, target)
    ? `account ${visible(target.account ?? '')}`
    : visible(target.region);
}

export function workloadCounts({ workloads }: Pick<Report, 'workloads'>) {
  const n = (verdict: WorkloadVerdict) => workloads.filter((w) => w.verdict === verdict).length;
  return {
    total: workloads.length,
    blocked: n('blocked'),
    degraded: n('degraded'),
    unknown: n('unknown'),
    launchable: n('launchable'),
  };
}

export function ofAll(some: number, total: number): string {
  return total === 1 ? 'the only workload' : `${thousands(some)} of ${thousands(total)} workloads`;
}

export function allOf(total: number): string {
  return total === 1 ? 'the only workload' : `all ${thousands(total)} workloads`;
}

export function everyOf(total: number): string {
  return total === 1 ? 'the only workload' : `the ${thousands(total)} workloads`;
}

export function counted(...parts: readonly (readonly [number, string])[]): string[] {
  const some = parts.filter(([n]) => n > 0).map(([n, word]) => `${thousands(n)} ${word}`);
  return some.length > 0 ? [some.join(', ')] : [];
}

export function worst(findings: readonly { readonly severity: Severity }[]): string {
  const n = (severity: Severity) => findings.filter((f) => f.severity === severity).length;
  const parts = (['critical', 'high'] as const).filter((s) => n(s) > 0).map((s) => `${thousands(n(s))} ${s}`);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** " (1 low)": of findings that are neither critical nor high, how many have the highest severity among them. */
export function highestOf(findings: readonly { readonly severity: Severity }[]): string {
  const severity = SEVERITIES.find((s) => findings.some((f) => f.severity === s));
  if (severity === undefined) return '';
  return ` (${thousands(findings.filter((f) => f.severity === severity).length)} ${severity})`;
}

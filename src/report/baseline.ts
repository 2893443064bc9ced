import type { Finding, Report } from './model.ts';

/**
 * Holds a report against an earlier one: what stood there already persists since it was first seen, what is gone is
 * resolved. A finding whose kind could not be read this time is not resolved: nobody knows.
 */
export function withBaseline(report: Report, baseline: Report): Report {
  const before = new Map(baseline.findings.map((f) => [f.fingerprint, f]));
  const now = new Set(report.findings.map((f) => f.fingerprint));
  const unread = new Set(report.gaps.filter((g) => g.blocking).map((g) => g.kind));
  const inScope = (f: Finding) => f.kind in report.summary.byKind && !unread.has(f.kind);
  return {
    ...report,
    findings: report.findings.map((f) => {
      const known = before.get(f.fingerprint);
      return known ? { ...f, status: 'persisting' as const, firstSeen: known.firstSeen } : f;
    }),
    resolved: baseline.findings.filter((f) => !now.has(f.fingerprint) && inScope(f)),
  };
}

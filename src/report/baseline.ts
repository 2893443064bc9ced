import type { Finding, Report } from './model.ts';

/** The one finding that is looked for only where that was asked for. */
const CONTENT_RULE = 'image/content-differs';

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
    resolved: baseline.findings.filter(
      (f) => !now.has(f.fingerprint) && inScope(f) && lookedAgain(f, report),
    ),
  };
}

/** That two images held other bytes is resolved when all their blocks were compared again, or one of them is gone. */
function lookedAgain({ rule, subject: { name } }: Finding, { pairs, content }: Report): boolean {
  if (rule !== CONTENT_RULE) return true;
  const paired = pairs.some((p) => p.kind === 'image' && p.name === name && p.source && p.target);
  return !paired || (content?.images ?? []).some((image) => image.name === name && image.result === 'equal');
}

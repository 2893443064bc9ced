import type { Finding, Pair, Report } from '../report/model.ts';

/** Which pair a finding speaks of: the one with its subject, else one that lists it. A waived or resolved finding may have none. */
export function pairFinder(report: Report): (finding: Finding) => Pair | undefined {
  const bySubject = new Map<string, Pair>();
  const byFingerprint = new Map<string, Pair>();
  for (const pair of report.pairs) {
    const { kind, name, scope, source, target } = pair;
    bySubject.set(JSON.stringify([kind, name, scope, source?.id ?? null, target?.id ?? null]), pair);
    for (const fingerprint of pair.findings) byFingerprint.set(fingerprint, pair);
  }
  return ({ kind, subject, fingerprint }) => {
    const { name, scope, sourceId, targetId } = subject;
    const listing = byFingerprint.get(fingerprint);
    return (
      bySubject.get(JSON.stringify([kind, name, scope, sourceId, targetId])) ??
      (listing?.kind === kind ? listing : undefined)
    );
  };
}

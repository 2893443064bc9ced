import type { Finding, Report } from './model.ts';
import { RECHECK } from './rules/recheck.ts';
import { SEVERITIES } from './vocabulary.ts';

/** Whether a finding says more than it did before. Asked where its `content` has changed. */
export type Exceeds = (before: Finding, now: Finding) => boolean;

/**
 * Compares a report with an earlier one: what that had persists since it was first seen, or has worsened; what is gone is
 * resolved. What this run could not check again, because it or something it depends on was not read, is neither.
 */
export function withBaseline(report: Report, baseline: Report, exceeds: Exceeds): Report {
  const known = [...baseline.findings, ...baseline.unchecked];
  const before = new Map(known.map((f) => [f.fingerprint, f]));
  const now = new Set(report.findings.map((f) => f.fingerprint));
  const gone = [...before.values()].filter((f) => !now.has(f.fingerprint));
  const unread = new Set(report.gaps.filter((g) => g.blocking).map((g) => g.kind));
  const checked = (f: Finding) => isChecked(f, report, unread);
  return {
    ...report,
    findings: report.findings.map((f) => {
      const former = before.get(f.fingerprint);
      if (!former) return f;
      const status = hasWorsened(former, f, exceeds) ? 'worsened' : 'persisting';
      return { ...f, status, firstSeen: former.firstSeen };
    }),
    resolved: gone.filter(checked),
    unchecked: gone.filter((f) => !checked(f)),
  };
}

function hasWorsened(before: Finding, now: Finding, exceeds: Exceeds): boolean {
  if (SEVERITIES.indexOf(now.severity) < SEVERITIES.indexOf(before.severity)) return true;
  // A report of before `content` existed does not say what was found.
  return before.content !== '' && before.content !== now.content && exceeds(before, now);
}

function isChecked(finding: Finding, report: Report, unread: ReadonlySet<string>): boolean {
  const { rule, kind, subject } = finding;
  // Of a rule that this version does not know, nobody can say that it would be found again.
  if (!(kind in report.summary.byKind) || !Object.hasOwn(RECHECK, rule)) return false;
  const needs = RECHECK[rule];
  const { reads } = needs;
  if (unread.has(kind) || (reads === 'everything' ? unread.size > 0 : reads.some((what) => unread.has(what))))
    return false;
  if (!needs.verifyContent) return true;
  // That two images hold other bytes is resolved where all their blocks were compared again, or one of them is gone.
  const paired = report.pairs.some(
    (p) => p.kind === 'image' && p.name === subject.name && p.source && p.target,
  );
  const images = report.content?.images ?? [];
  return !paired || images.some((image) => image.name === subject.name && image.result === 'equal');
}

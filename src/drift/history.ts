import type { Finding, Moved, Report } from '../report/model.ts';
import { restored } from './accepted.ts';
import { unreadKinds } from './baseline.ts';
import { measuredFacts } from './extent.ts';
import { LEDGER_VERSION, type Ledger, type LedgerEntry, type LedgerRun } from './ledger.ts';
import { moverOf } from './mover.ts';
import type { Night, Read } from './night.ts';
import { checker, inOrder, isMore } from './status.ts';

/**
 * The report with what the ledger knows (first seen, which side moved, the trend), and the ledger with what the report
 * adds. A night that read the same and found the same adds nothing but its time.
 */
export function withHistory(night: Night, ledger: Ledger | null): { report: Report; ledger: Ledger } {
  const { report } = night;
  const last = ledger?.runs.at(-1);
  const entries = entriesAfter(night, ledger);
  const runs = runsAfter(
    ledger?.runs ?? [],
    runOf(night),
    last !== undefined && sameEntries(entries, ledger),
  );
  const side = ({ account, region }: Report['source']) => ({ account, region });
  const next: Ledger = {
    ledger: LEDGER_VERSION,
    source: side(report.source),
    target: side(report.target),
    runs,
    findings: Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return { report: told(report, next), ledger: next };
}

/** Of the findings that count: waived ones are known too, and are no alarm that came or went. */
function entriesAfter(night: Night, ledger: Ledger | null): Map<string, LedgerEntry> {
  const { report } = night;
  const at = report.startedAt;
  const found = new Map([...report.waived, ...report.findings].map((f) => [f.fingerprint, f as Finding]));
  const entries = new Map(Object.entries(ledger?.findings ?? {}));
  const mover = moverOf(night, ledger?.runs.at(-1) ?? null);
  const isChecked = checker(report);
  for (const [fingerprint, entry] of entries) {
    if (found.has(fingerprint) || !entry.open || !isChecked(asFinding(fingerprint, entry))) continue;
    const { moved } = mover(asFinding(fingerprint, entry), null);
    entries.set(fingerprint, { ...entry, open: false, changedAt: at, moved });
  }
  for (const finding of found.values()) {
    const entry = entries.get(finding.fingerprint);
    const former = entry?.open ? asFinding(finding.fingerprint, entry) : null;
    const more = former !== null && isMore(former, finding);
    const changed = former === null || more;
    const { moved, by } = changed && ledger ? mover(finding, former) : { moved: null, by: null };
    const cause = changed ? by : entry?.settings ? 'settings' : entry?.time ? 'time' : null;
    // Where less was read than before, what is compared with tomorrow is what was found when it was read.
    const kept = former !== null && !more && finding.bar !== undefined ? former : finding;
    entries.set(finding.fingerprint, {
      ...factsOf(kept),
      firstSeen: earlier(entry?.firstSeen, finding.firstSeen),
      lastSeen: at,
      came: (entry?.came ?? 0) + (former === null ? 1 : 0),
      open: true,
      changedAt: changed || !entry ? at : entry.changedAt,
      moved: changed || !entry ? moved : entry.moved,
      ...(cause === null ? {} : { [cause]: true }),
    });
  }
  return entries;
}

function factsOf(finding: Finding) {
  const { rule, kind, subject, severity, usually, content, blocks } = finding;
  const facts = measuredFacts(finding);
  return {
    rule,
    kind,
    name: subject.name,
    scope: subject.scope,
    severity,
    ...(usually === undefined ? {} : { usually }),
    content,
    ...(blocks === undefined ? {} : { blocks: blocks.map((b) => ({ kind: b.kind, name: b.name })) }),
    ...(Object.keys(facts).length === 0 ? {} : { facts: facts as LedgerEntry['facts'] }),
  };
}

/** As much of a finding as the ledger keeps. */
function asFinding(fingerprint: string, entry: LedgerEntry): Finding {
  return restored({ ...entry, fingerprint, message: '' });
}

function earlier(a: string | undefined, b: string): string {
  return a !== undefined && a < b ? a : b;
}

function runOf({ report, settings, source, target }: Night): LedgerRun {
  const side = ({ snapshot, hash }: Read, which: 'source' | 'target') => ({
    hash,
    takenAt: snapshot.takenAt,
    unread: unreadKinds({ gaps: report.gaps.filter((g) => g.side === which) }),
  });
  return {
    from: report.startedAt,
    to: report.startedAt,
    runs: 1,
    phase: report.phase,
    settings,
    complete: report.complete,
    source: side(source, 'source'),
    target: side(target, 'target'),
    bySeverity: { ...report.summary.bySeverity },
  };
}

function runsAfter(runs: readonly LedgerRun[], now: LedgerRun, sameFindings: boolean): LedgerRun[] {
  const last = runs.at(-1);
  const same =
    last !== undefined &&
    sameFindings &&
    last.settings === now.settings &&
    last.phase === now.phase &&
    last.source.hash === now.source.hash &&
    last.target.hash === now.target.hash;
  if (!same) return [...runs, now];
  return [...runs.slice(0, -1), { ...now, from: last.from, runs: last.runs + 1 }];
}

function sameEntries(entries: ReadonlyMap<string, LedgerEntry>, ledger: Ledger | null): boolean {
  const key = ({ severity, content, open, came }: LedgerEntry) =>
    JSON.stringify([severity, content, open, came]);
  return [...entries].every(([fingerprint, entry]) => {
    const former = ledger?.findings[fingerprint];
    return former !== undefined && key(former) === key(entry);
  });
}

/** The report in the light of the ledger. What changed before the baseline was made is no change since it. */
function told(report: Report, ledger: Ledger): Report {
  const since = report.baseline?.at ?? '';
  const known = (f: Finding) => ledger.findings[f.fingerprint];
  const movedSince = (entry: LedgerEntry | undefined): Moved | null =>
    entry && entry.changedAt >= since ? entry.moved : null;
  const tell = <F extends Finding>(f: F): F => {
    const entry = known(f);
    if (!entry) return f;
    const changed = f.status !== 'persisting';
    const cause = entry.settings ? ('settings' as const) : entry.time ? ('time' as const) : null;
    return inOrder({
      ...f,
      firstSeen: earlier(entry.firstSeen, f.firstSeen),
      ...(changed ? { moved: movedSince(entry) } : {}),
      ...(changed && cause !== null && entry.changedAt >= since && f.since === undefined
        ? { since: cause }
        : {}),
      ...(entry.came > 1 ? { came: entry.came } : {}),
    });
  };
  return {
    ...report,
    history: {
      runs: ledger.runs.reduce((sum, run) => sum + run.runs, 0),
      since: ledger.runs[0]?.from ?? report.startedAt,
      trend: ledger.runs.map(({ from, to, complete, bySeverity }) => ({ from, to, complete, bySeverity })),
    },
    findings: report.findings.map(tell),
    waived: report.waived.map(tell),
    resolved: report.resolved.map((f) => {
      const entry = known(f);
      return entry
        ? inOrder({ ...f, firstSeen: earlier(entry.firstSeen, f.firstSeen), moved: movedSince(entry) })
        : f;
    }),
  };
}

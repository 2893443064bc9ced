import type { Snapshot } from '../inventory/snapshot.ts';
import type { Finding, Moved, Report } from '../report/model.ts';
import { SIDES, type SideName } from '../report/vocabulary.ts';
import type { LedgerRun } from './ledger.ts';
import type { Night } from './night.ts';
import { changeOf } from './objects.ts';
import { isMore } from './status.ts';

interface Mover {
  readonly moved: Moved | null;
  /** Where neither side changed: the finding comes from another config or version, or because a date was reached. */
  readonly by: 'settings' | 'time' | null;
}
const UNKNOWN: Mover = { moved: null, by: null };

/**
 * Which side's change brought, grew or removed a finding since the last run. Where both sides changed, the audit is made
 * again with the one side as it was and the other as it is: the side whose change alone makes the difference moved.
 * Nothing else of AWS is asked.
 */
export function moverOf(
  night: Night,
  last: LedgerRun | null,
): (finding: Finding, former: Finding | null) => Mover {
  const { before, source, target, auditOf } = night;
  if (last === null || before === null) return () => UNKNOWN;
  const changed = {
    source: last.source.hash !== source.hash,
    target: last.target.hash !== target.hash,
  };
  const found = index(night.report);
  const later = lazily(() => index(auditOf(before.source, target.snapshot)));
  const earlier = lazily(() => index(auditOf(source.snapshot, before.target)));
  const neither = lazily(() => index(auditOf(before.source, before.target)));
  return (finding, former) => {
    const isThere = (all: ReadonlyMap<string, Finding>): boolean => {
      const other = all.get(finding.fingerprint);
      // No longer found: the question is whether it would still be there.
      return other !== undefined && !isMore(other, finding);
    };
    const isGone = !found.has(finding.fingerprint);
    // With another config or version the same snapshots may give other findings.
    if (last.settings !== night.settings && isThere(neither()) !== isGone)
      return { moved: null, by: isGone ? null : 'settings' };
    const side = sideOf(changed, () => [isThere(later()) !== isGone, isThere(earlier()) !== isGone]);
    if (side !== null) return { moved: movedBy(side, finding, night, last), by: null };
    if (isGone || former !== null) return UNKNOWN;
    return { moved: null, by: last.settings === night.settings ? 'time' : 'settings' };
  };
}

/** By whose change alone the finding would be as it is now. */
function sideOf(
  changed: Readonly<Record<SideName, boolean>>,
  alone: () => readonly [byTarget: boolean, bySource: boolean],
): Moved['side'] | null {
  if (!changed.source && !changed.target) return null;
  if (changed.source !== changed.target) return changed.source ? 'source' : 'target';
  const [byTarget, bySource] = alone();
  return byTarget === bySource ? 'both' : byTarget ? 'target' : 'source';
}

function movedBy(side: Moved['side'], finding: Finding, night: Night, last: LedgerRun): Moved {
  const { before } = night;
  const sides = SIDES.filter((s) => side === 'both' || s === side);
  const times = (of: (s: SideName) => string) => sides.map(of).sort();
  const changes = sides.flatMap((s) => {
    const change = before && changeOf(finding, s, before[s], night[s].snapshot);
    return change ? [change] : [];
  });
  return {
    side,
    // A side of which a part was not read is as it was when that was read.
    from:
      times((s) => (before && last[s].unread.length > 0 ? before[s].takenAt : last[s].takenAt))[0] ?? last.to,
    to: times((s) => night[s].snapshot.takenAt).at(-1) ?? night.report.startedAt,
    ...(changes.length > 0 ? { changes } : {}),
  };
}

function index({ findings, waived }: Report): ReadonlyMap<string, Finding> {
  return new Map([...waived, ...findings].map((f) => [f.fingerprint, f]));
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A side as it was last read: what one run could not read is taken from the run before it. */
export function filledFrom(snapshot: Snapshot, older: Snapshot): Snapshot {
  const filled = Object.entries(snapshot).map(([key, value]) => {
    const earlier = older[key as keyof Snapshot];
    return [key, isFailed(value) && !isFailed(earlier) ? earlier : value];
  });
  return { ...(Object.fromEntries(filled) as Snapshot), takenAt: older.takenAt };
}

function isFailed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'status' in value && value.status === 'failed';
}

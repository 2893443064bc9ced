import { count, thousands } from '../../text/counts.ts';
import { visible } from '../../text/printable.ts';
import type { Report } from '../model.ts';
import { headingPlaces } from '../places.ts';
import { KINDS, type Kind, SEVERITIES, type SideName, STATES, type State } from '../vocabulary.ts';
import { KIND_LABELS, SEVERITY_LABELS, SIDE_LABELS, STATE_LABELS } from './labels.ts';
import { moment } from './text.ts';

export interface SideView {
  readonly role: SideName;
  readonly label: string;
  readonly region: string;
  /** The region, with the account where both sides are two accounts of one region. */
  readonly heading: string;
  readonly account: string;
  readonly takenAt: string;
  readonly origin: string;
}

export function sideView(role: SideName, report: Pick<Report, SideName>): SideView {
  const side = report[role];
  return {
    role,
    label: SIDE_LABELS[role],
    region: visible(side.region),
    heading: visible(headingPlaces(report.source, report.target)[role]),
    account: visible(side.account ?? 'unknown'),
    takenAt: moment(side.takenAt),
    origin: visible(side.origin),
  };
}

export interface SeverityCount {
  readonly severity: (typeof SEVERITIES)[number];
  readonly label: string;
  readonly count: number;
}

/** Counted from the findings themselves, so that a summary cannot contradict the list below it. */
export function severityCounts(findings: Report['findings']): SeverityCount[] {
  return SEVERITIES.map((severity) => ({
    severity,
    label: SEVERITY_LABELS[severity],
    count: findings.filter((f) => f.severity === severity).length,
  }));
}

export interface MatrixRow {
  readonly kind: Kind;
  readonly label: string;
  readonly total: number;
  readonly cells: readonly { readonly state: State; readonly label: string; readonly count: number }[];
  /** Shares of the row in a bar 100 units wide; only states that occur. */
  readonly bar: readonly { readonly state: State; readonly x: string; readonly width: string }[];
}

/** Every region has a default VPC with a default group, so that groups do not show that a side holds anything. */
const ALWAYS_THERE: ReadonlySet<Kind> = new Set(['security-group', 'prefix-list']);

/** Kind x state, only the kinds that occur; of two empty sides all that were compared. */
export function matrix({
  pairs,
  summary,
  complete,
}: Pick<Report, 'pairs' | 'summary' | 'complete'>): MatrixRow[] {
  const holdsNothing = pairs.length === 0 || (complete && pairs.every(({ kind }) => ALWAYS_THERE.has(kind)));
  const counts = new Map<Kind, Map<State, number>>();
  for (const { kind, state } of pairs) {
    const row = counts.get(kind) ?? new Map<State, number>();
    counts.set(kind, row.set(state, (row.get(state) ?? 0) + 1));
  }
  return KINDS.flatMap((kind) => {
    const empty = holdsNothing && kind in summary.byKind;
    const row = counts.get(kind) ?? (empty ? new Map<State, number>() : null);
    if (!row) return [];
    const cells = STATES.map((state) => ({ state, label: STATE_LABELS[state], count: row.get(state) ?? 0 }));
    const total = cells.reduce((sum, c) => sum + c.count, 0);
    let x = 0;
    const bar = cells
      .filter((c) => c.count > 0)
      .map((c) => {
        const width = (100 * c.count) / total;
        const piece = { state: c.state, x: x.toFixed(2), width: width.toFixed(2) };
        x += width;
        return piece;
      });
    return [{ kind, label: KIND_LABELS[kind], total, cells, bar }];
  });
}

/** `15 findings: 3 critical, 4 high, …`, naming only what occurs. */
export function findingsSentence(counts: readonly SeverityCount[]): string {
  const total = counts.reduce((sum, c) => sum + c.count, 0);
  if (total === 0) return 'No findings.';
  const parts = counts.filter((c) => c.count > 0).map((c) => `${thousands(c.count)} ${c.severity}`);
  return `${count(total, 'finding')}: ${parts.join(', ')}.`;
}

/** What the verdict is based on, in one sentence; `blocking` gaps are the ones that make a run incomplete. */
export function completenessSentence(report: Pick<Report, 'complete' | 'gaps'>): string {
  const blocking = report.gaps.filter((g) => g.blocking).length;
  if (report.complete) return 'Both sides were read completely.';
  if (blocking === 0)
    return 'Incomplete: something could not be read, so that nothing is reported about an object does not prove that it is the same.';
  return `Incomplete: ${count(blocking, 'part')} could not be read, so that nothing is reported about an object does not prove that it is the same.`;
}

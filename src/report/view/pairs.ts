import type { Pair, Report } from '../model.ts';
import type { Kind } from '../vocabulary.ts';
import type { FindingContext } from './finding.ts';
import { KIND_LABELS, STATE_LABELS, STATE_MARKS } from './labels.ts';
import type { MatrixRow } from './summary.ts';
import { count, groupBy, visible } from './text.ts';

export interface PairEndView {
  readonly id: string;
  /** What this side calls it, where that is not the name of the pair. */
  readonly alias: string;
}

export interface PairView {
  readonly name: string;
  readonly scope: string;
  readonly state: Pair['state'];
  readonly stateLabel: string;
  readonly stateMark: string;
  readonly source: PairEndView;
  readonly target: PairEndView;
  readonly matchedBy: string;
  readonly findings: readonly { readonly anchor: string; readonly rule: string }[];
}

export interface PairGroupView {
  readonly kind: Kind;
  readonly label: string;
  readonly countText: string;
  readonly pairs: readonly PairView[];
}

export interface WorkloadView {
  readonly kind: string;
  readonly name: string;
  readonly id: string;
  readonly verdict: Report['workloads'][number]['verdict'];
  readonly because: readonly { readonly anchor: string; readonly rule: string; readonly name: string }[];
}

export function pairGroups(
  report: Report,
  rows: readonly MatrixRow[],
  context: FindingContext,
): PairGroupView[] {
  const ruleOf = new Map([...report.findings, ...report.waived].map((f) => [f.fingerprint, visible(f.rule)]));
  const end = (e: Pair['source'], name: string) => ({
    id: visible(e?.id ?? ''),
    alias: e === null || e.name === name ? '' : visible(e.name),
  });
  const byKind = groupBy(report.pairs, (p) => p.kind);
  return rows.map(({ kind, total }) => ({
    kind,
    label: KIND_LABELS[kind],
    countText: count(total, 'pair'),
    pairs: (byKind.get(kind) ?? []).map((p) => ({
      name: visible(p.name),
      scope: visible(p.scope ?? ''),
      state: p.state,
      stateLabel: STATE_LABELS[p.state],
      stateMark: STATE_MARKS[p.state],
      source: end(p.source, p.name),
      target: end(p.target, p.name),
      matchedBy: visible(p.matchedBy ?? ''),
      findings: p.findings.flatMap((fingerprint) => {
        const anchor = context.anchors.get(fingerprint);
        return anchor === undefined ? [] : [{ anchor, rule: ruleOf.get(fingerprint) ?? '' }];
      }),
    })),
  }));
}

/** What would not start comes first. */
const WORST_WORKLOAD_FIRST = ['blocked', 'degraded', 'unknown', 'launchable'] as const;

export function workloadViews(report: Report, context: FindingContext): WorkloadView[] {
  const findings = new Map([...report.findings, ...report.waived].map((f) => [f.fingerprint, f]));
  const byVerdict = WORST_WORKLOAD_FIRST.flatMap((verdict) =>
    report.workloads.filter((w) => w.verdict === verdict),
  );
  return byVerdict.map((w) => ({
    kind: w.kind,
    name: visible(w.name),
    id: visible(w.id),
    verdict: w.verdict,
    because: w.because.flatMap((fingerprint) => {
      const finding = findings.get(fingerprint);
      if (!finding) return [];
      const anchor = context.anchors.get(fingerprint) ?? '';
      return [{ anchor, rule: visible(finding.rule), name: visible(finding.subject.name) }];
    }),
  }));
}

import type { Finding, Pair, Report } from './model.ts';
import { type Kind, SEVERITIES, STATES, type State, type Verdict } from './vocabulary.ts';

export function summaryOf(
  kinds: readonly Kind[],
  pairs: readonly Pair[],
  findings: readonly Finding[],
): Report['summary'] {
  const count = (of: (f: Finding) => boolean) => findings.filter(of).length;
  const rules = [...new Set(findings.map((f) => f.rule))].sort();
  const counts = new Map<string, number>();
  for (const { kind, state } of pairs) {
    const key = `${kind} ${state}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const states = (kind: Kind) => Object.fromEntries(STATES.map((s) => [s, counts.get(`${kind} ${s}`) ?? 0]));
  return {
    bySeverity: Object.fromEntries(
      SEVERITIES.map((s) => [s, count((f) => f.severity === s)]),
    ) as Report['summary']['bySeverity'],
    byRule: Object.fromEntries(rules.map((r) => [r, count((f) => f.rule === r)])),
    byKind: Object.fromEntries(kinds.map((k) => [k, states(k)])) as Report['summary']['byKind'],
  };
}

/**
 * "Parity" is a proof: everything was read, every pair is the same, nothing low or worse was found and every workload
 * would start as on the source.
 */
export function verdictOf({
  pairs,
  findings,
  workloads,
  complete,
}: Pick<Report, 'pairs' | 'findings' | 'workloads' | 'complete'>): Verdict {
  // Instances come and go: that there are more of them on one side is no difference between the sides.
  const comesAndGoes = (p: Pair) => p.kind === 'instance' && (p.source === null || p.target === null);
  const states = new Set(pairs.filter((p) => !comesAndGoes(p)).map((p) => p.state));
  const verdicts = new Set(workloads.map((w) => w.verdict));
  if (
    DIFFERENT.some((state) => states.has(state)) ||
    findings.some((f) => f.severity !== 'info') ||
    verdicts.has('blocked') ||
    verdicts.has('degraded')
  )
    return 'differences';
  return complete && !states.has('undetermined') && !verdicts.has('unknown') ? 'parity' : 'inconclusive';
}

const DIFFERENT = [
  'different',
  'missing-in-target',
  'extra-in-target',
  'ambiguous',
] as const satisfies State[];

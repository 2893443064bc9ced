import type { Finding, Pair, Report } from './model.ts';
import { type Kind, SEVERITIES, STATES, type Verdict } from './vocabulary.ts';

export function summaryOf(
  kinds: readonly Kind[],
  pairs: readonly Pair[],
  findings: readonly Finding[],
): Report['summary'] {
  const count = (of: (f: Finding) => boolean) => findings.filter(of).length;
  const rules = [...new Set(findings.map((f) => f.rule))].sort();
  const states = (kind: Kind) =>
    Object.fromEntries(STATES.map((s) => [s, pairs.filter((p) => p.kind === kind && p.state === s).length]));
  return {
    bySeverity: Object.fromEntries(
      SEVERITIES.map((s) => [s, count((f) => f.severity === s)]),
    ) as Report['summary']['bySeverity'],
    byRule: Object.fromEntries(rules.map((r) => [r, count((f) => f.rule === r)])),
    byKind: Object.fromEntries(kinds.map((k) => [k, states(k)])) as Report['summary']['byKind'],
  };
}

/** "Parity" is a proof: everything was read, everything was paired, and every pair is the same. */
export function verdictOf(pairs: readonly Pair[], complete: boolean): Verdict {
  // Instances come and go: that there are more of them on one side is no difference between the sides.
  const comesAndGoes = (p: Pair) => p.kind === 'instance' && (p.source === null || p.target === null);
  const open = new Set(pairs.filter((p) => !comesAndGoes(p)).map((p) => p.state));
  if (
    open.has('different') ||
    open.has('missing-in-target') ||
    open.has('extra-in-target') ||
    open.has('ambiguous')
  )
    return 'differences';
  return complete && !open.has('undetermined') ? 'parity' : 'inconclusive';
}

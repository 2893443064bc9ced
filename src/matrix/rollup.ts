import { compareText, firstOf, sortedRecord } from '../inventory/order.ts';
import { SEVERITIES, type Severity, VERDICTS } from '../report/vocabulary.ts';
import { countsOf, type Digest } from './digest.ts';
import { type AuditedPair, type FailedPair, ROLLUP_VERSION, type Rollup, type RollupPair } from './model.ts';
import { repeatedIn } from './repeated.ts';

/** One audit of several: what the roll-up needs of its report, or why there is none. */
export type Outcome = Digest | FailedPair;

/** What the reports say together. A pair without a report is named and decides the exit code; it hides no other. */
export function rollUp(outcomes: readonly Outcome[], tool: Rollup['tool']): Rollup {
  const done = outcomes.filter((o): o is Digest => 'pair' in o);
  const failed = outcomes.filter((o): o is FailedPair => !('pair' in o));
  const audited = done.map(({ pair }) => pair).sort(furthestFirst);
  const pairs: RollupPair[] = [...failed.toSorted((a, b) => compareText(a.name, b.name)), ...audited];
  const byVerdict = countsOf(
    VERDICTS,
    audited.map(({ verdict }) => verdict),
  );
  const byExitCode = countsOf(
    ['0', '1', '2', '3'] as const,
    pairs.map((pair) => `${pair.exitCode}` as const),
  );
  return {
    schemaVersion: ROLLUP_VERSION,
    tool,
    startedAt: done.map(({ startedAt }) => startedAt).sort(compareText)[0] ?? null,
    finishedAt:
      done
        .map(({ finishedAt }) => finishedAt)
        .sort(compareText)
        .at(-1) ?? null,
    verdict:
      byVerdict.differences > 0
        ? 'differences'
        : byVerdict.inconclusive > 0 || failed.length > 0 || audited.length === 0
          ? 'inconclusive'
          : 'parity',
    exitCode: WORST_FIRST.find((code) => byExitCode[code] > 0) ?? 0,
    summary: {
      pairs: pairs.length,
      failed: failed.length,
      byVerdict,
      byExitCode,
      byRule: rulesOf(done),
    },
    pairs,
    repeated: repeatedIn(done.flatMap(({ seen }) => seen)),
  };
}

/** A pair that could not be audited outweighs findings: what it would have shown is not known. */
const WORST_FIRST = [2, 1, 3, 0] as const;

/** By what would not launch, then by what would launch differently, then by the findings, worst severity first. */
function furthestFirst(a: AuditedPair, b: AuditedPair): number {
  const by = (figure: (pair: AuditedPair) => number) => figure(b) - figure(a);
  return firstOf(
    by((pair) => pair.workloads.blocked),
    by((pair) => pair.workloads.degraded),
    ...SEVERITIES.filter((s): s is Exclude<Severity, 'info'> => s !== 'info').map((severity) =>
      by((pair) => pair.findings[severity]),
    ),
    by((pair) => pair.workloads.unknown),
    by((pair) => (pair.complete ? 0 : 1)),
    by((pair) => pair.findings.info),
    compareText(a.name, b.name),
  );
}

function rulesOf(done: readonly Digest[]): Rollup['summary']['byRule'] {
  const rules = new Map<string, { pairs: number; findings: number }>();
  for (const { byRule } of done)
    for (const [rule, n] of Object.entries(byRule)) {
      if (n === 0) continue;
      const known = rules.get(rule) ?? { pairs: 0, findings: 0 };
      rules.set(rule, { pairs: known.pairs + 1, findings: known.findings + n });
    }
  return sortedRecord(Object.fromEntries(rules));
}

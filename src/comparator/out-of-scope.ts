import type { Baseline } from '../drift/baseline.ts';
import type { Finding, Pair, Report } from '../report/model.ts';

/** Whether a workload is one of these objects. */
export function isAmong(pairs: readonly Pair[]): (workload: Report['workloads'][number]) => boolean {
  const ids = new Set(
    pairs.flatMap(({ kind, source, target }) =>
      [source, target].flatMap((e) => (e ? [`${kind} ${e.id}`] : [])),
    ),
  );
  return ({ kind, id }) => ids.has(`${kind} ${id}`);
}

/** What an earlier run said of objects that are out of scope now is neither resolved nor unchecked. */
export function withoutSubjects(
  baseline: Baseline,
  pairs: readonly Pair[],
  found: ReadonlySet<string>,
): Baseline {
  const key = (kind: string, { name, scope }: { name: string; scope: string | null }) =>
    JSON.stringify([kind, scope, name]);
  const gone = new Set(pairs.map((pair) => key(pair.kind, pair)));
  const kept = (all: readonly Finding[]) =>
    all.filter((f) => found.has(f.fingerprint) || !gone.has(key(f.kind, f.subject)));
  return { ...baseline, findings: kept(baseline.findings), unchecked: kept(baseline.unchecked) };
}

import type { Cause, Workload } from '../../report/model.ts';
import { WORKLOAD_VERDICTS } from '../../report/vocabulary.ts';
import { groupByEach } from '../../text/groups.ts';

/** Finds what some findings do to workloads. */
export type Affected = (findings: Iterable<string>) => Cause['workloads'];

/** By finding, so that not every workload is asked about every cause. */
export function affectedBy(workloads: readonly Workload[]): Affected {
  const all = workloads.flatMap(({ chains: own = [] }, place) =>
    own.map(({ verdict, findings }) => ({ place, rank: WORKLOAD_VERDICTS.indexOf(verdict), findings })),
  );
  const chains = groupByEach(all, (chain) => chain.findings);
  return (findings) => {
    // What these findings alone do to it: others may do worse.
    const worst = new Map<number, number>();
    for (const finding of findings)
      for (const { place, rank } of chains.get(finding) ?? [])
        worst.set(place, Math.min(rank, worst.get(place) ?? rank));
    return [...worst]
      .sort(([p, a], [q, b]) => a - b || p - q)
      .flatMap(([place, rank]) => {
        const [workload, verdict] = [workloads[place], WORKLOAD_VERDICTS[rank]];
        return workload && verdict
          ? [{ kind: workload.kind, name: workload.name, id: workload.id, verdict }]
          : [];
      });
  };
}

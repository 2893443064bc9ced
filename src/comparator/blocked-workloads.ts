import { inOrder } from '../drift/status.ts';
import { itemsOf } from '../inventory/collected.ts';
import type { Finding, Report } from '../report/model.ts';
import { SIDES } from '../report/vocabulary.ts';
import type { Context } from './context.ts';

/**
 * Findings with the workloads that each keeps from launching. Instances of one name are one, and those without a name are
 * their Auto Scaling group: another instance of it every night is no other workload.
 */
export function withBlocked(
  findings: readonly Finding[],
  workloads: Report['workloads'],
  context: Context,
): Finding[] {
  const groups = new Map(
    SIDES.flatMap((side) =>
      itemsOf(context[side].instances).flatMap((i) =>
        i.name === null && i.autoScalingGroup !== null ? [[i.id, i.autoScalingGroup] as const] : [],
      ),
    ),
  );
  const named = ({ kind, name, id }: Report['workloads'][number]) => {
    const group = kind === 'instance' ? groups.get(id) : undefined;
    return group === undefined ? { kind, name } : { kind: 'auto-scaling-group', name: group };
  };
  const blocked = new Map<string, Map<string, { kind: string; name: string }>>();
  for (const workload of workloads) {
    const one = named(workload);
    for (const fingerprint of (workload.chains ?? []).flatMap((c) =>
      c.verdict === 'blocked' ? c.findings : [],
    )) {
      const own = blocked.get(fingerprint) ?? new Map();
      blocked.set(fingerprint, own.set(JSON.stringify([one.kind, one.name]), one));
    }
  }
  return findings.map((f) => inOrder({ ...f, blocks: [...(blocked.get(f.fingerprint)?.values() ?? [])] }));
}

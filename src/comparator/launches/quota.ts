import { vcpuQuotaOf } from '../../inventory/launch-needs.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { type Checked, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { JudgedWorkload } from './starts.ts';
import { typeFacts } from './types.ts';

/** Whether the instances that a group wants fit the target's vCPU quota. Spot Instances count against another. */
export function quotaChecks(workload: JudgedWorkload, context: Context): Checked {
  const { group, desired, starts } = workload;
  if (group === null || desired === null) return NOTHING_FOUND;
  const types = [...new Set(starts.flatMap(({ type }) => type ?? []))];
  const quotas = [...new Set(types.map((type) => vcpuQuotaOf(type)))];
  const [q] = quotas;
  // Types of several quotas: which of them is started is Auto Scaling's choice.
  if (types.length === 0 || !q || quotas.length > 1) return NOTHING_FOUND;
  const onDemand = (instances: number) => {
    const base = Math.min(group.onDemandBase ?? 0, instances);
    return base + Math.ceil(((instances - base) * (group.onDemandPercent ?? 100)) / 100);
  };
  const wanted = onDemand(desired);
  const most = onDemand(Math.max(group.max ?? desired, desired));
  if (most === 0) return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const sizes: { type: string; vCpus: number }[] = [];
  for (const type of types) {
    const known = typeFacts(type, context);
    if (known.is === 'not-asked' || known.is === 'failed')
      return notKnown(known, 'instanceTypes', facts, `instance type ${type}`, 'quota');
    if (known.is === 'item' && known.item.vCpus !== null) sizes.push({ type, vCpus: known.item.vCpus });
  }
  // The smallest type that may be started takes the fewest: what does not fit then does not fit at all.
  const [smallest] = sizes.sort((a, b) => a.vCpus - b.vCpus);
  if (!smallest || sizes.length < types.length) return NOTHING_FOUND;
  const known = facts.find('quotas', q.code);
  if (known.is === 'not-asked' || known.is === 'failed')
    return notKnown(known, 'quotas', facts, `vCPU quota ${q.code}`);
  const value = known.is === 'item' ? known.item.value : null;
  if (value === null) {
    const because = `Service Quotas shows no value of ${q.code} in ${facts.place}.`;
    return notKnown({ is: 'not-asked', because }, 'quotas', facts, `vCPU quota ${q.code}`);
  }
  const over = (instances: number, which: 'desired' | 'maximum'): Checked =>
    found({
      rule: 'workload/over-quota',
      facts: {
        at: '',
        judged: workload.mode,
        quota: q.code,
        quotaName: `Running On-Demand ${q.classes} instances`,
        value,
        vCpus: instances * smallest.vCpus,
        instances,
        type: smallest.type,
        for: which,
      },
      verdict: which === 'desired' ? 'blocked' : null,
      ...(which === 'desired' ? {} : { severity: 'medium' as const }),
      steps: [
        `${instances} × ${smallest.type}`,
        `need ${instances * smallest.vCpus} vCPUs, and the quota of ${facts.place} is ${value}`,
      ],
      place: [q.code],
    });
  if (wanted * smallest.vCpus > value) return over(wanted, 'desired');
  return most * smallest.vCpus > value ? over(most, 'maximum') : passed('quota');
}

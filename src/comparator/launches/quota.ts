import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { type Checked, found, NOTHING_FOUND, notKnown } from './judging.ts';
import type { JudgedWorkload } from './starts.ts';
import { typeFacts } from './types.ts';

interface VcpuQuota {
  readonly code: string;
  readonly name: string;
  /** The family letters of the types that count against it. */
  readonly families: readonly string[];
}

/** On-Demand vCPU quotas of EC2 (Service Quotas, service code "ec2"). */
const QUOTAS: readonly VcpuQuota[] = [
  quota('L-1216C47A', 'Standard (A, C, D, H, I, M, R, T, Z)', [
    'a',
    'c',
    'd',
    'h',
    'i',
    'im',
    'is',
    'm',
    'r',
    't',
    'z',
  ]),
  quota('L-DB2E81BA', 'G and VT', ['g', 'gr', 'vt']),
  quota('L-417A185B', 'P', ['p']),
  quota('L-74FC7D96', 'F', ['f']),
  quota('L-7295265B', 'X', ['x']),
  quota('L-1945791B', 'Inf', ['inf']),
  quota('L-2C3B7624', 'Trn', ['trn']),
  quota('L-6E869C2A', 'DL', ['dl']),
  quota('L-F7808C92', 'HPC', ['hpc']),
  quota('L-43DA4232', 'High Memory', ['u']),
];

function quota(code: string, classes: string, families: readonly string[]): VcpuQuota {
  return { code, name: `Running On-Demand ${classes} instances`, families };
}

/** The quota that a type counts against; null for a type of no known family. */
export function quotaOf(type: string): VcpuQuota | null {
  const family = /^([a-z]+)[-\d]/.exec(type)?.[1];
  return QUOTAS.find(({ families }) => family !== undefined && families.includes(family)) ?? null;
}

/** Whether the instances that a group wants fit the target's vCPU quota. Spot Instances count against another. */
export function quotaChecks(workload: JudgedWorkload, context: Context): Checked {
  const { group, desired, starts } = workload;
  if (group === null || desired === null) return NOTHING_FOUND;
  const types = [...new Set(starts.flatMap(({ type }) => type ?? []))];
  const quotas = [...new Set(types.map((type) => quotaOf(type)))];
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
      return notKnown(known, 'instanceTypes', facts, `instance type ${type}`);
    if (known.is === 'item' && known.item.vCpus !== null) sizes.push({ type, vCpus: known.item.vCpus });
  }
  // The smallest type that may be started takes the fewest: what does not fit then does not fit at all.
  const [smallest] = sizes.sort((a, b) => a.vCpus - b.vCpus);
  if (!smallest || sizes.length < types.length) return NOTHING_FOUND;
  const known = facts.find('quotas', q.code);
  if (known.is === 'not-asked' || known.is === 'failed')
    return notKnown(known, 'quotas', facts, `vCPU quota ${q.code}`);
  const value = known.is === 'item' ? known.item.value : null;
  if (value === null) return NOTHING_FOUND;
  const over = (instances: number, which: 'desired' | 'maximum'): Checked =>
    found({
      rule: 'workload/over-quota',
      facts: {
        at: '',
        judged: workload.mode,
        quota: q.code,
        quotaName: q.name,
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
        `need ${instances * smallest.vCpus} vCPUs, and the quota of ${facts.region} is ${value}`,
      ],
      place: [q.code],
    });
  if (wanted * smallest.vCpus > value) return over(wanted, 'desired');
  return most * smallest.vCpus > value ? over(most, 'maximum') : NOTHING_FOUND;
}

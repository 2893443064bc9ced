import { type VcpuQuota, vcpuQuotaOf } from '../../inventory/launch-needs.ts';
import type { Context } from '../context.ts';
import { type FactIndex, factsOf } from './facts.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { JudgedWorkload, Start } from './starts.ts';
import { isList, typesOf } from './types.ts';

/** Whether the On-Demand Instances that a workload wants fit the vCPU quotas of the target. */
export function quotaChecks(workload: JudgedWorkload, context: Context): Checked {
  const { group, desired } = workload;
  // By itself a template, a configuration or an instance is one launch at a time.
  if (group === null) return all(workload.starts.map((start) => oneLaunch(start, context)));
  if (desired === null || group.capacityUnit === 'memory-mib') return NOTHING_FOUND;
  const wanted = onDemand(workload, desired);
  const most = onDemand(workload, Math.max(group.max ?? desired, desired));
  const room = roomFor(
    workload.starts.map((start) => ({ start, perVCpu: group.capacityUnit === 'vcpu' })),
    most,
    context,
  );
  if ('checked' in room) return room.checked;
  if (room.units < wanted) return found(over(room, wanted, 'desired', '', workload, context));
  return room.units < most ? found(over(room, most, 'maximum', '', workload, context)) : passed('quota');
}

/** Whether one instance of the launch fits. */
export function oneLaunch(start: Start, context: Context): Checked {
  const room = roomFor([{ start, perVCpu: false }], 1, context);
  if ('checked' in room) return room.checked;
  return room.units < 1 ? found(over(room, 1, 'desired', start.at, start, context)) : passed('quota');
}

/** Of so many units of capacity those that are On-Demand; Spot Instances count against another quota. */
export function onDemand({ group, starts }: JudgedWorkload, units: number): number {
  if (starts.length > 0 && starts.every(({ details }) => details.spot)) return 0;
  const base = Math.min(group?.onDemandBase ?? 0, units);
  return base + Math.ceil(((units - base) * (group?.onDemandPercent ?? 100)) / 100);
}

export interface Room {
  /** The most units of capacity for which the quotas have vCPUs. */
  readonly units: number;
  /** The quota that takes the most of them, and the type of it that takes the fewest vCPUs per unit. */
  readonly quota: VcpuQuota;
  readonly value: number;
  readonly type: string;
  readonly vCpus: number;
  readonly weight: number;
}

interface Option {
  readonly start: Start;
  /** Whether capacity is counted in vCPUs. */
  readonly perVCpu: boolean;
}

/**
 * How much of a capacity fits. Which of several types starts is Auto Scaling's choice: of each quota the type counts that
 * takes the fewest vCPUs, and the quotas are added up. What does not fit then does not fit at all.
 */
export function roomFor(
  options: readonly Option[],
  wanted: number,
  context: Context,
): Room | { checked: Checked } {
  const nothing = { checked: NOTHING_FOUND };
  const facts = factsOf(context).target;
  const counted = options.filter(({ start: { details } }) => !details.spot && details.tenancy !== 'host');
  if (wanted <= 0 || counted.length === 0) return nothing;
  const rooms = new Map<string, Room>();
  for (const { start, perVCpu } of counted) {
    const types = typesOf(start, context);
    const called = start.type === null ? 'its instance type' : `instance type ${start.type}`;
    // What was not looked at is said where the type is judged.
    if (!isList(types)) return { checked: notKnown(types, 'instanceTypes', facts, called, 'quota') };
    for (const { id, vCpus } of types) {
      const quota = vcpuQuotaOf(id);
      if (quota === null || vCpus === null || vCpus === 0) return nothing;
      const value = quotaValue(quota, facts);
      if (typeof value !== 'number') return { checked: value };
      const weight = perVCpu ? vCpus : start.weight;
      const room = { units: Math.floor(value / vCpus) * weight, quota, value, type: id, vCpus, weight };
      const known = rooms.get(quota.code);
      if (!known || cost(room) < cost(known)) rooms.set(quota.code, room);
    }
  }
  const [first] = [...rooms.values()].sort((a, b) => b.units - a.units || cost(a) - cost(b));
  if (!first) return nothing;
  return { ...first, units: [...rooms.values()].reduce((sum, { units }) => sum + units, 0) };
}

function cost({ vCpus, weight }: Room): number {
  return vCpus / weight;
}

function quotaValue({ code }: VcpuQuota, facts: FactIndex): number | Checked {
  const known = facts.find('quotas', code);
  const what = `vCPU quota ${code}`;
  if (known.is === 'not-asked' || known.is === 'failed') return notKnown(known, 'quotas', facts, what);
  const value = known.is === 'item' ? known.item.value : null;
  const because = `Service Quotas shows no value of ${code} in ${facts.place}.`;
  return value ?? notKnown({ is: 'not-asked', because }, 'quotas', facts, what);
}

function over(
  { quota, value, type, vCpus, weight }: Room,
  units: number,
  which: 'desired' | 'maximum',
  at: string,
  { mode }: Pick<JudgedWorkload, 'mode'>,
  context: Context,
): Draft {
  const instances = Math.ceil(units / weight);
  const needed = instances * vCpus;
  const { place } = factsOf(context).target;
  return {
    rule: 'workload/over-quota',
    facts: {
      at,
      judged: mode,
      quota: quota.code,
      quotaName: `Running On-Demand ${quota.classes} instances`,
      value,
      vCpus: needed,
      instances,
      type,
      for: which,
    },
    verdict: which === 'desired' ? 'blocked' : null,
    ...(which === 'desired' ? {} : { severity: 'medium' as const }),
    steps: [`${instances} × ${type}`, `need ${needed} vCPUs, and the quota of ${place} is ${value}`],
    place: at === '' ? [quota.code] : [at, quota.code],
  };
}

import { type Market, type VcpuQuota, vcpuQuotaOf } from '../../inventory/vcpu-quotas.ts';
import type { Context } from '../context.ts';
import { type FactIndex, factsOf } from './facts.ts';
import { all, type Checked, type Draft, found, NOTHING_FOUND, notKnown, passed } from './judging.ts';
import type { JudgedWorkload, Start } from './starts.ts';
import { isList, typesOf } from './types.ts';

export const MARKETS = ['on-demand', 'spot'] as const satisfies readonly Market[];

/** Whether the instances that a workload wants fit the vCPU quotas of the target, those of Spot Instances by themselves. */
export function quotaChecks(workload: JudgedWorkload, context: Context): Checked {
  const { group, desired } = workload;
  // By itself a template, a configuration or an instance is one launch at a time.
  if (group === null) return all(workload.starts.map((start) => oneLaunch(start, context)));
  if (desired === null || group.capacityUnit === 'memory-mib') return NOTHING_FOUND;
  const most = Math.max(group.max ?? desired, desired);
  return all(
    MARKETS.map((market) =>
      groupChecks(workload, unitsOf(workload, desired), unitsOf(workload, most), market, context),
    ),
  );
}

function groupChecks(
  workload: JudgedWorkload,
  desired: Units,
  most: Units,
  market: Market,
  context: Context,
): Checked {
  const room = roomFor(optionsOf(workload), most[market], market, context);
  if ('checked' in room) return room.checked;
  if (room.units < desired[market])
    return found(over(room, desired[market], 'desired', '', workload, context));
  // Its desired capacity fits.
  if (room.units < most[market])
    return all([found(over(room, most[market], 'maximum', '', workload, context)), passed('quota')]);
  return passed('quota');
}

/** Whether one instance of the launch fits, or so many. */
export function oneLaunch(start: Start, context: Context, count = 1): Checked {
  const room = roomFor([{ start, perVCpu: false }], count, marketOf(start), context);
  if ('checked' in room) return room.checked;
  return room.units < count ? found(over(room, count, 'desired', start.at, start, context)) : passed('quota');
}

function marketOf({ details }: Start): Market {
  return details.spot ? 'spot' : 'on-demand';
}

type Units = Readonly<Record<Market, number>>;

/** Of so many units of capacity those of each market. */
export function unitsOf({ group, starts }: JudgedWorkload, units: number): Units {
  if (starts.length > 0 && starts.every(({ details }) => details.spot))
    return { 'on-demand': 0, spot: units };
  const base = Math.min(group?.onDemandBase ?? 0, units);
  const onDemand = base + Math.ceil(((units - base) * (group?.onDemandPercent ?? 100)) / 100);
  return { 'on-demand': onDemand, spot: units - onDemand };
}

export function optionsOf({ starts, group }: JudgedWorkload): Option[] {
  return starts.map((start) => ({ start, perVCpu: group?.capacityUnit === 'vcpu' }));
}

interface Room {
  /** The most units of capacity for which the quotas have vCPUs. */
  readonly units: number;
  /** The quota that takes the most of them, and the type of it that takes the fewest vCPUs per unit. */
  readonly quota: VcpuQuota;
  readonly value: number;
  readonly type: string;
  readonly vCpus: number;
  readonly weight: number;
}

export interface Option {
  readonly start: Start;
  /** Whether capacity is counted in vCPUs. */
  readonly perVCpu: boolean;
}

/**
 * How much of a capacity fits. Which of several types starts is Auto Scaling's choice: of each quota the type counts that
 * takes the fewest vCPUs, and the quotas are added up. What does not fit then does not fit at all.
 */
function roomFor(
  options: readonly Option[],
  wanted: number,
  market: Market,
  context: Context,
): Room | { checked: Checked } {
  const nothing = { checked: NOTHING_FOUND };
  const facts = factsOf(context).target;
  // A dedicated host has a separate quota.
  const counted = options.filter(({ start: { details } }) => details.tenancy !== 'host');
  if (wanted <= 0 || counted.length === 0) return nothing;
  const rooms = new Map<string, Room>();
  for (const { start, perVCpu } of counted) {
    const types = typesOf(start, context);
    const called = start.type === null ? 'its instance type' : `instance type ${start.type}`;
    // What was not looked at is said where the type is judged.
    if (!isList(types)) return { checked: notKnown(types, 'instanceTypes', facts, called, 'quota') };
    for (const { id, vCpus } of types) {
      const quota = vcpuQuotaOf(id, market);
      if (quota === null || vCpus === null || vCpus === 0) return nothing;
      const value = quotaValue(quota.code, facts);
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

export function quotaValue(code: string, facts: FactIndex): number | Checked {
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
      quotaName: quota.name,
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

import { itemsOf } from '../../inventory/collected.ts';
import type { Instance } from '../../inventory/instance.ts';
import { compareText, firstOf } from '../../inventory/order.ts';
import { type Market, vcpuQuotaOf } from '../../inventory/vcpu-quotas.ts';
import type { Context } from '../context.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import { perAudit } from '../per-audit.ts';
import type { Launcher } from '../workloads/launches.ts';
import { launcherCandidates } from '../workloads/rename-candidates.ts';
import { factsOf } from './facts.ts';
import type { LaunchIssue } from './issue.ts';
import { MARKETS, type Option, optionsOf, quotaChecks, quotaValue, unitsOf } from './quota.ts';
import { type JudgedWorkload, judgedWorkloads } from './starts.ts';
import { isList, typeFacts, typesOf } from './types.ts';

/** What a workload takes of one quota at least, whichever of its types start. */
interface Need {
  readonly workload: JudgedWorkload;
  readonly code: string;
  readonly name: string;
  readonly vCpus: number;
  readonly instances: number;
  readonly type: string;
}

/**
 * All workloads share the vCPU quotas of the target: those that fit one by one may not fit together, beside what runs there
 * already. Which of them is refused then depends on the order in which they start, so that none is called blocked. Every
 * number is the smallest that is certain.
 */
export const sharedQuotaIssues = perAudit((context): ReadonlyMap<object, readonly LaunchIssue[]> => {
  const issues = new Map<object, LaunchIssue[]>();
  for (const market of MARKETS) {
    const needs = contributors(context).flatMap((workload) => needOf(workload, market, context));
    for (const code of new Set(needs.map((need) => need.code))) {
      const own = needs.filter((need) => need.code === code);
      for (const [item, issue] of issuesOf(own, market, context))
        issues.set(item, [...(issues.get(item) ?? []), issue]);
    }
  }
  return issues;
});

function issuesOf(needs: readonly Need[], market: Market, context: Context): [object, LaunchIssue][] {
  const starting = needs
    .filter(({ workload }) => startsMore(workload))
    .sort((a, b) =>
      firstOf(
        b.vCpus - a.vCpus,
        compareText(a.workload.asked.kind, b.workload.asked.kind),
        compareText(a.workload.asked.name, b.workload.asked.name),
        compareText(a.workload.asked.id, b.workload.asked.id),
      ),
    );
  const [first] = starting;
  if (!first) return [];
  const { code, name } = first;
  const { place } = factsOf(context).target;
  const value = quotaValue(code, factsOf(context).target);
  if (typeof value !== 'number') return [];
  const running = runningVcpus(code, market, needs, context);
  const vCpus = needs.reduce((sum, need) => sum + need.vCpus, 0);
  if (vCpus + running <= value) return [];
  const names = needs
    .map(({ workload }) => workload.asked.name)
    .filter((n) => n !== first.workload.asked.name);
  const issue: LaunchIssue = {
    rule: 'workload/over-quota',
    facts: {
      at: '',
      judged: first.workload.mode,
      quota: code,
      quotaName: name,
      value,
      vCpus,
      instances: needs.reduce((sum, need) => sum + need.instances, 0),
      type: first.type,
      for: 'together',
      with: [...new Set(names)].sort(compareText),
      running,
    },
    verdict: 'degraded',
    steps: [
      needs.length > 1 ? 'all workloads together' : 'its instances, beside those that run already',
      `need at least ${vCpus + running} vCPUs, and the quota of ${place} is ${value}`,
    ],
    owner: first.workload.asked.item,
    place: [code, 'together'],
  };
  return starting.map(({ workload }) => [workload.asked.item, issue]);
}

function startsMore({ asked, group, mode, desired, running }: JudgedWorkload): boolean {
  return asked.kind === 'instance' || mode === 'source' || (group !== null && (desired ?? 0) > running);
}

/** What would run on the target, each by itself within its quotas, and none of it counted twice. */
const contributors = perAudit((context): readonly JudgedWorkload[] => {
  const { counterparts, target } = context;
  // Where the counterpart is not known it may run already; and a candidate may be it, renamed.
  const certain = new Set<object>(
    (['instance', 'auto-scaling-group'] as const).flatMap((kind) =>
      (counterparts[kind] as readonly Counterpart<Launcher>[])
        .filter((c) => c.pairingStatus === 'paired' || c.pairingStatus === 'alone')
        .flatMap((c) => [c.source, c.target].filter((item) => item !== null)),
    ),
  );
  // Without a name an instance of the target may be the counterpart of any that has none either.
  const nameless = itemsOf(target.instances).some((i) => i.name === null && i.autoScalingGroup === null);
  return [...judgedWorkloads(context).values()].filter((workload) => {
    const { asked } = workload;
    if (!certain.has(asked.item)) return false;
    if (asked.kind === 'instance') {
      const instance = asked.item as Instance;
      return runs(instance) && instance.autoScalingGroup === null && !(nameless && instance.name === null);
    }
    if (workload.group === null || launcherCandidates(asked.item, context).length > 0) return false;
    return !quotaChecks(workload, context).drafts.some((draft) => draft.verdict === 'blocked');
  });
});

function needOf(workload: JudgedWorkload, market: Market, context: Context): Need[] {
  const { group, desired, starts } = workload;
  if (group?.capacityUnit === 'memory-mib' || (group !== null && desired === null)) return [];
  const units =
    group === null
      ? starts[0]?.details.spot === (market === 'spot')
        ? 1
        : 0
      : unitsOf(workload, desired ?? 0)[market];
  const least = units > 0 ? leastOf(optionsOf(workload), units, market, context) : null;
  return least ? [{ workload, ...least }] : [];
}

/** The fewest vCPUs of one quota that any choice of its types takes; null where it can do without the quota. */
function leastOf(options: readonly Option[], units: number, market: Market, context: Context) {
  const types = options.flatMap(({ start, perVCpu }) => {
    const known = start.details.tenancy === 'host' ? [] : typesOf(start, context);
    if (!isList(known) || known.length === 0) return [null];
    return known.map(({ id, vCpus }) => {
      const quota = vcpuQuotaOf(id, market);
      return quota && vCpus ? { id, vCpus, weight: perVCpu ? vCpus : start.weight, quota } : null;
    });
  });
  const certain = types.flatMap((type) => type ?? []);
  const [cheapest] = [...certain].sort((a, b) =>
    firstOf(a.vCpus / a.weight - b.vCpus / b.weight, compareText(a.id, b.id)),
  );
  if (!cheapest || certain.length < types.length) return null;
  const { code, name } = cheapest.quota;
  if (certain.some(({ quota }) => quota.code !== code)) return null;
  const instances = Math.ceil(units / cheapest.weight);
  const exact = certain.length === 1;
  const vCpus = exact ? instances * cheapest.vCpus : Math.ceil((units * cheapest.vCpus) / cheapest.weight);
  return { code, name, vCpus, instances, type: cheapest.id };
}

/** What instances of the target take that belong to none of these workloads. */
function runningVcpus(code: string, market: Market, needs: readonly Need[], context: Context): number {
  const { target } = context;
  const counted = new Set(needs.map(({ workload }) => workload.judged.name));
  return itemsOf(target.instances)
    .filter((instance) => runs(instance) && isCounted(instance, counted, target.autoScalingGroups.status))
    .reduce((sum, { launch: { details } }) => {
      const type = details?.instanceType ?? null;
      if (type === null || details?.tenancy === 'host' || details?.spot !== (market === 'spot')) return sum;
      if (vcpuQuotaOf(type, market)?.code !== code) return sum;
      const known = typeFacts(type, context);
      return sum + (known.is === 'item' ? (known.item.vCpus ?? 0) : 0);
    }, 0);
}

/** An instance of a group is counted with the capacity of its group; of groups that were not read this is not known. */
function isCounted(
  { autoScalingGroup }: Instance,
  groups: ReadonlySet<string>,
  read: 'complete' | 'failed',
): boolean {
  return autoScalingGroup === null || (read === 'complete' && !groups.has(autoScalingGroup));
}

/** Quotas count instances that run, or are about to. */
function runs({ state }: Instance): boolean {
  return state === 'running' || state === 'pending';
}

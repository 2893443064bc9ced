import { vcpuQuotaOf } from '../../inventory/vcpu-quotas.ts';
import { groupBy } from '../../text/groups.ts';
import type { Context } from '../context.ts';
import type { StackLaunch } from '../workloads/stack-launch.ts';
import { factsOf } from './facts.ts';
import { all, type Checked, found, NOTHING_FOUND } from './judging.ts';
import { quotaValue } from './quota.ts';
import { typeFacts } from './types.ts';

interface Need {
  readonly resource: string;
  readonly code: string;
  readonly name: string;
  readonly vCpus: number;
  readonly instances: number;
  readonly type: string;
  /** Whether the creation of the stack fails where it is refused, and not only the start of an instance of a group. */
  readonly isInstance: boolean;
}

/**
 * Whether all that a template starts for certain fits the vCPU quotas together. What each resource takes by itself is judged
 * there, and other workloads are not added: they may be what the template has made on the source.
 * @param composed The same resources with the values of their launch templates.
 */
export function stackQuotaChecks(
  launches: readonly StackLaunch[],
  composed: readonly StackLaunch[],
  context: Context,
): Checked {
  const whole = new Map<string, StackLaunch[]>();
  for (const launch of [...launches, ...composed]) {
    if (!launch.starts || launch.details.instanceType === null) continue;
    whole.set(launch.resource, [...(whole.get(launch.resource) ?? []), launch]);
  }
  const needs = [...whole.values()].flatMap((own) => needOf(own, context));
  return all([...groupBy(needs, ({ code }) => code).values()].map((own) => sumOf(own, context)));
}

/** Nothing where it is not certain what the resource starts, and how many. */
function needOf(own: readonly StackLaunch[], context: Context): Need[] {
  const types = new Set(own.map(({ details }) => details.instanceType));
  const [launch] = own;
  const type = launch?.details.instanceType ?? null;
  const count = Math.max(...own.map((one) => one.count ?? 0));
  if (!launch || type === null || types.size > 1 || count === 0) return [];
  if (own.some((one) => one.open || one.oneOf !== null || one.details.tenancy === 'host')) return [];
  const quota = vcpuQuotaOf(type, launch.details.spot ? 'spot' : 'on-demand');
  const known = typeFacts(type, context);
  const each = known.is === 'item' ? known.item.vCpus : null;
  if (quota === null || each === null) return [];
  const { code, name } = quota;
  const isInstance = INSTANCES.test(launch.resourceType);
  return [{ resource: launch.resource, code, name, vCpus: each * count, instances: count, type, isInstance }];
}

const INSTANCES = /^(?:AWS::EC2::Instance|aws_instance)$/;

function sumOf(needs: readonly Need[], context: Context): Checked {
  const [first] = [...needs].sort((a, b) => b.vCpus - a.vCpus);
  if (!first || needs.length < 2) return NOTHING_FOUND;
  const { code, name, type } = first;
  const facts = factsOf(context).target;
  const value = quotaValue(code, facts);
  const sum = (of: readonly Need[]) => of.reduce((total, need) => total + need.vCpus, 0);
  const vCpus = sum(needs);
  // What does not fit by itself is said of the resource.
  if (typeof value !== 'number' || vCpus <= value || first.vCpus > value) return NOTHING_FOUND;
  return found({
    rule: 'workload/over-quota',
    facts: {
      at: '',
      judged: 'source',
      quota: code,
      quotaName: name,
      value,
      vCpus,
      instances: needs.reduce((total, need) => total + need.instances, 0),
      type,
      for: 'together',
      with: [],
      running: 0,
    },
    verdict: sum(needs.filter(({ isInstance }) => isInstance)) > value ? 'blocked' : 'degraded',
    steps: [
      'all that it starts together',
      `needs at least ${vCpus} vCPUs, and the quota of ${facts.place} is ${value}`,
    ],
    place: [code, 'together'],
  });
}

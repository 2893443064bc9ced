import {
  classicLoadBalancerFrom,
  type LifecycleHooks,
  lifecycleHooksFrom,
  targetGroupFrom,
} from '../inventory/launch-facts/attachments.ts';
import type { PagedAction } from './actions.ts';
import { isAbsent } from './launch-facts-by-name.ts';
import { allPages, listed, type Page } from './paging.ts';
import type { Reader } from './reader.ts';

/** Elastic Load Balancing takes at most so many names in one request. */
const NAMES = 20;

interface Named<Row> {
  readonly action: PagedAction;
  readonly what: string;
  readonly ask: (names: string[], position: { Marker?: string }) => Promise<Page<Row>>;
  readonly idOf: (row: Row) => string | undefined;
  readonly absent: RegExp;
}

/** Without a page size, which these calls do not take beside names. */
function pagesOf<Row>(reader: Reader, names: string[], { action, what, ask, idOf }: Named<Row>) {
  return allPages<Row>(reader, {
    action,
    what,
    ask: ({ NextToken: Marker }) => ask(names, Marker === undefined ? {} : { Marker }),
    idOf,
  });
}

/** One unknown name fails a request as a whole: then each of its names is requested by itself. */
async function readNamed<Row>(
  reader: Reader,
  names: readonly string[],
  how: Named<Row>,
): Promise<ReadonlyMap<string, Row>> {
  const existing = async (some: string[]): Promise<Row[]> => {
    try {
      return await pagesOf(reader, some, how);
    } catch (error) {
      if (!isAbsent(error, how.absent)) throw error;
      return some.length === 1 ? [] : (await Promise.all(some.map((one) => existing([one])))).flat();
    }
  };
  const chunks = Array.from({ length: Math.ceil(names.length / NAMES) }, (_, i) =>
    names.slice(i * NAMES, (i + 1) * NAMES),
  );
  const rows = (await Promise.all(chunks.map(existing))).flat();
  return new Map(rows.map((row) => [how.idOf(row) ?? '', row]));
}

/** @param arns Of the region and account that is read. */
export async function readTargetGroups(reader: Reader, arns: readonly string[]) {
  const rows = await readNamed(reader, arns, {
    action: 'DescribeTargetGroups',
    what: 'target groups',
    ask: async (TargetGroupArns, position) => {
      const answer = await reader.call('DescribeTargetGroups', { TargetGroupArns, ...position });
      return { rows: answer.TargetGroups, next: answer.NextMarker };
    },
    idOf: (row) => row.TargetGroupArn,
    absent: /^TargetGroupNotFound(Exception)?$/,
  });
  return arns.map((id) => {
    const row = rows.get(id);
    return row ? targetGroupFrom(row) : { id, name: null, vpcId: null, exists: false };
  });
}

export async function readClassicLoadBalancers(reader: Reader, names: readonly string[]) {
  const rows = await readNamed(reader, names, {
    action: 'DescribeLoadBalancers',
    what: 'Classic Load Balancers',
    ask: async (LoadBalancerNames, position) => {
      const answer = await reader.call('DescribeLoadBalancers', { LoadBalancerNames, ...position });
      return { rows: answer.LoadBalancerDescriptions, next: answer.NextMarker };
    },
    idOf: (row) => row.LoadBalancerName,
    absent: /^(LoadBalancerNotFound|AccessPointNotFoundException)$/,
  });
  return names.map((id) => {
    const row = rows.get(id);
    return row ? classicLoadBalancerFrom(row) : { id, vpcId: null, exists: false };
  });
}

/** Auto Scaling answers for one group at a time, whole. */
export async function readLifecycleHooks(
  reader: Reader,
  groups: readonly string[],
): Promise<LifecycleHooks[]> {
  const action = 'DescribeLifecycleHooks';
  const rows = await Promise.all(
    groups.map(async (AutoScalingGroupName) => {
      const { LifecycleHooks } = await reader.call(action, { AutoScalingGroupName });
      return listed(reader, action, LifecycleHooks).map((hook) => ({ ...hook, AutoScalingGroupName }));
    }),
  );
  return lifecycleHooksFrom(rows.flat(), groups);
}

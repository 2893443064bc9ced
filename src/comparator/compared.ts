import type { Image } from '../inventory/image.ts';
import { compareText } from '../inventory/order.ts';
import type { PrefixList } from '../inventory/prefix-list.ts';
import type { SecurityGroup } from '../inventory/security-group.ts';
import type { Stack } from '../inventory/stack.ts';
import type { Compared } from '../report/model.ts';
import { difference, isEmpty, trafficOf } from '../traffic/index.ts';
import type { Context } from './context.ts';
import { comparedRules } from './groups/compared.ts';
import type { Counterpart } from './pairing/counterpart.ts';
import { imageAttributes } from './rules/images/index.ts';
import { launcherFields } from './workloads/compared.ts';
import type { Launcher } from './workloads/launches.ts';
import { stackFields } from './workloads/stack-compared.ts';

type Field = NonNullable<Compared['fields']>[number];

/** Both sides of a pair for a reader: rules of a security group, entries of a prefix list, attributes of what is left. */
export function comparedOf(pair: Counterpart<unknown>, context: Context): Compared | undefined {
  switch (pair.kind) {
    case 'security-group': {
      const { source, target } = pair as Counterpart<SecurityGroup>;
      return { rows: comparedRules(source, target, context) };
    }
    case 'prefix-list': {
      const { source, target } = pair as Counterpart<PrefixList>;
      return { fields: entries(source, target) };
    }
    case 'image': {
      const { source, target } = pair as Counterpart<Image>;
      return { fields: imageFields(source, target) };
    }
    case 'instance':
    case 'launch-template':
    case 'launch-configuration':
    case 'auto-scaling-group':
      return fieldsOf(pair, launcherFields(pair as Counterpart<Launcher>, context));
    case 'stack':
      return fieldsOf(pair, stackFields(pair as Counterpart<Stack>, context));
    case 'key-pair':
      return undefined;
  }
}

/** What only one side has differs from nothing on the other in every field. */
function fieldsOf({ source, target }: Counterpart<unknown>, fields: readonly Field[]): Compared | undefined {
  if (fields.length === 0) return undefined;
  if (source !== null && target !== null) return { fields: [...fields] };
  return {
    fields: fields.map(({ name, source: s, target: t }) => ({ name, source: s, target: t, same: false })),
  };
}

/** One field per entry of either list. Entries that are only written differently are the same; what was not read says nothing. */
function entries(source: PrefixList | null, target: PrefixList | null): Field[] {
  const of = (list: PrefixList | null) => new Set((list?.entries ?? []).map((e) => e.cidr));
  const [left, right] = [of(source), of(target)];
  const unread = source?.entries === null || target?.entries === null;
  const addresses = (cidrs: Iterable<string>) =>
    trafficOf([...cidrs].map((cidr) => ({ protocol: 'all', range: 'all', peer: { type: 'cidr', cidr } })));
  const [inLeft, inRight] = [addresses(left), addresses(right)];
  return [...new Set([...left, ...right])].sort(compareText).map((cidr) => ({
    name: 'entry',
    source: left.has(cidr) ? cidr : null,
    target: right.has(cidr) ? cidr : null,
    same: unread || isEmpty(difference(addresses([cidr]), left.has(cidr) ? inRight : inLeft)),
  }));
}

function imageFields(source: Image | null, target: Image | null): Field[] {
  const [left, right] = [source, target].map((image) => (image ? imageAttributes(image) : new Map()));
  const names = [...new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])];
  // A copy has another time of creation by its nature.
  const created = {
    name: 'created',
    source: source?.createdAt ?? null,
    target: target?.createdAt ?? null,
    same: true,
  };
  const field = (name: string, a: string | null, b: string | null) => ({
    name,
    source: a,
    target: b,
    same: a === b,
  });
  return [
    field('name', source?.name ?? null, target?.name ?? null),
    created,
    field('state', source?.state ?? null, target?.state ?? null),
    ...names.map((name) => field(name, left?.get(name) ?? null, right?.get(name) ?? null)),
  ];
}

import type { LaunchField } from '../inventory/template.ts';
import type { At } from './attributes.ts';
import type { Shown } from './document.ts';
import { entriesOf, get, isObject } from './json.ts';

/** What names of attributes mean in every resource of the provider aws (Terraform Registry, hashicorp/aws). */
const MEANINGS: readonly (readonly [field: LaunchField, name: RegExp])[] = [
  ['subnet', /^(?:vpc_|client_|preferred_)?subnet(?:_ids?|s)$/],
  ['zone', /^(?:preferred_)?(?:cache_cluster_)?(?:availability_zones?|azs)(?:_ids?)?$/],
];

/** Blocks that name places of other regions on purpose. */
const ELSEWHERE = /^(?:replica|replicas|replication_configuration|region_configuration|kafka_cluster)$/;
const MAX_DEPTH = 12;

/** Subnets and zones of a resource that starts no instances: they mean one region only. Sensitive values are left out. */
export function* boundValues({ type, values, sensitive }: Shown): Generator<{
  readonly field: LaunchField;
  readonly at: At;
}> {
  if (!type.startsWith('aws_')) return;
  yield* within(values, sensitive, [], null);
}

function* within(
  value: unknown,
  sensitive: unknown,
  path: readonly string[],
  field: LaunchField | null,
): Generator<{ readonly field: LaunchField; readonly at: At }> {
  if (sensitive === true || path.length > MAX_DEPTH) return;
  if (typeof value === 'string') {
    if (field !== null && value !== '') yield { field, at: { path, value, sensitive: false } };
  } else if (Array.isArray(value)) {
    const marks: unknown[] = Array.isArray(sensitive) ? sensitive : [];
    for (const [i, item] of value.entries()) yield* within(item, marks[i], [...path, String(i)], field);
  } else if (isObject(value)) {
    for (const [name, below] of entriesOf(value)) {
      if (ELSEWHERE.test(name)) continue;
      const meaning = MEANINGS.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
      yield* within(below, get(sensitive, name), [...path, name], meaning);
    }
  }
}

import { boundOfOption } from '../cloudformation/index.ts';
import type { BoundKind, LaunchField, Template } from '../inventory/template.ts';
import { type At, expressionOf } from './attributes.ts';
import { type ModuleScope, resourceConfig } from './configuration.ts';
import type { Shown } from './document.ts';
import { entriesOf, get, isObject, listOf, textOf } from './json.ts';
import type { Known } from './known.ts';
import { BEANSTALK_TYPES, settingsIn } from './settings.ts';

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

/** The same of what is neither a subnet nor a zone, by the name of the attribute. */
const IDS: readonly (readonly [to: BoundKind, name: RegExp])[] = [
  ['vpc', /^vpc_id$/],
  ['route-table', /^route_table_ids?$/],
  ['gateway', /^(?:nat_|internet_)?gateway_id$/],
  ['network-acl', /^network_acl_id$/],
  ['elastic-ip', /^allocation_id$/],
  ['volume', /^volume_id$/],
  ['instance', /^(?:source_)?instance_id$/],
  ['arn', /^(?:platform|(?:lb_)?target_group|load_balancer)_arn$/],
];
/** These name the region of a VPC beside its id. */
const OF_OTHER_REGIONS: ReadonlySet<string> = new Set(['aws_route53_zone', 'aws_route53_zone_association']);

/** What a resource names besides by an id of one region. */
export function boundsOf(shown: Shown, scope: ModuleScope | null, known: Known): Template['bounds'] {
  const { mode, type, name, address, values, sensitive } = shown;
  if (!type.startsWith('aws_') || OF_OTHER_REGIONS.has(type)) return [];
  const config = scope && get(resourceConfig(scope, mode, type, name), 'expressions');
  const options = BEANSTALK_TYPES.has(type) ? boundOptions(shown) : [];
  const settings = settingsIn(options, shown, scope, config, known).map(
    ({ option: [, , to], at, value }): Template['bounds'][number] => ({
      resource: address,
      type,
      path: at.path.join('.'),
      line: null,
      to,
      value: { is: 'split', separator: ',', from: value, trim: true },
    }),
  );
  const named = entriesOf(values).flatMap(([attribute, value]) => {
    const to = IDS.find(([, pattern]) => pattern.test(attribute))?.[0];
    if (to === undefined || get(sensitive, attribute) !== undefined) return [];
    return [value].flat().flatMap((one, i) => {
      if (typeof one !== 'string' || one === '') return [];
      const path = Array.isArray(value) ? [attribute, String(i)] : [attribute];
      const expression = expressionOf({ path, value: one, sensitive: false }, scope, config, known);
      return expression === null
        ? []
        : [{ resource: address, type, path: path.join('.'), line: null, to, value: expression }];
    });
  });
  return [...named, ...settings];
}

/** The options of Elastic Beanstalk among the settings that name something by the id or ARN of one region. */
function boundOptions({ values }: Shown): (readonly [namespace: string, name: string, to: BoundKind])[] {
  return listOf(get(values, 'setting')).flatMap((setting) => {
    const [namespace, name] = [textOf(get(setting, 'namespace')), textOf(get(setting, 'name'))];
    const to = namespace === null || name === null ? null : boundOfOption(namespace, name);
    return namespace === null || name === null || to === null ? [] : [[namespace, name, to] as const];
  });
}

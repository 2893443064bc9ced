import type { BoundKind, Expression, Template } from '../inventory/template.ts';
import { OPTION_TYPES, optionBounds } from './beanstalk.ts';
import { toExpression } from './intrinsics.ts';
import { functionOf, type Node } from './node.ts';
import type { Resource } from './resources.ts';
import { STARTING } from './starting.ts';
import { branchesOf } from './walk.ts';

/** What a property of this name takes in every type of the registry. Subnets, zones and snapshots are fields of launches. */
const BY_NAME: readonly (readonly [RegExp, BoundKind])[] = [
  [/^vpc(?:ids?|s)?$/i, 'vpc'],
  [/^routetableids?$/i, 'route-table'],
  [/^(?:internet|nat)?gatewayid$/i, 'gateway'],
  [/^networkaclid$/i, 'network-acl'],
  [/^allocationids?$/i, 'elastic-ip'],
  [/^volumeid$/i, 'volume'],
  [/^instanceids?$/i, 'instance'],
];
/** Of what starts instances an ARN is an object of the region; elsewhere it may well be of another, as a topic or a bucket. */
const ARN = /(?:^|[a-z])arns?$|^parentimage$/i;

/** Below these are values of any meaning, or of another region with the name of it beside them. */
const FREE =
  /^(?:Tags|Parameters|Variables|Environment|OptionSettings|NotificationConfigurations|LifecycleHookSpecificationList)$/;
const OF_OTHER_REGIONS: ReadonlySet<string> = new Set([
  'AWS::Route53::HostedZone',
  'AWS::Route53RecoveryControl::Cluster',
]);

/** Where resources name what exists in one region only, besides what a launch itself names. */
export function boundsOf(resources: readonly Resource[], launches: Template['launches']): Template['bounds'] {
  const known = new Set(
    // Whether a platform exists is not looked up, so that its ARN is of another region is said here.
    launches.flatMap(({ resource, fields }) =>
      fields.flatMap(({ field, path }) => (field === 'platform' ? [] : [`${resource} ${path}`])),
    ),
  );
  return resources
    .flatMap((resource) => (isSearched(resource.type) ? [...ofResource(resource)] : []))
    .filter(({ resource, path }) => !known.has(`${resource} ${path}`));
}

function isSearched(type: string): boolean {
  return type.startsWith('AWS::') && !type.startsWith('AWS::CloudFormation::') && !OF_OTHER_REGIONS.has(type);
}

function* ofResource({
  logicalId,
  type,
  properties,
  names,
  created,
}: Resource): Generator<Template['bounds'][number]> {
  yield* walk(properties, ['Properties'], null, (value) => value);
  if (OPTION_TYPES.some((one) => one === type))
    for (const { path, node, to, value } of optionBounds(properties, names))
      yield {
        resource: logicalId,
        type,
        path: ['Properties', ...path].join('.'),
        line: node.line,
        to,
        value: created(value),
      };

  function* walk(
    node: Node,
    path: readonly string[],
    to: BoundKind | null,
    wrap: (value: Expression) => Expression,
  ): Generator<Template['bounds'][number]> {
    const call = functionOf(node);
    if (call?.name === 'Fn::If') {
      for (const { branch, wrap: own } of branchesOf(call.of))
        yield* walk(branch, path, to, (value) => wrap(own(value)));
    } else if (call || node.is === 'text') {
      const value = toExpression(node, names);
      if (to !== null && value.is !== 'resource' && value.is !== 'pseudo')
        yield {
          resource: logicalId,
          type,
          path: path.join('.'),
          line: node.line,
          to,
          value: created(wrap(value)),
        };
    } else if (node.is === 'list') {
      for (const [i, item] of node.items.entries()) yield* walk(item, [...path, String(i)], to, wrap);
    } else {
      for (const [key, { node: below }] of node.entries)
        if (!FREE.test(key)) yield* walk(below, [...path, key], kindOf(key, type), wrap);
    }
  }
}

function kindOf(property: string, type: string): BoundKind | null {
  const known = BY_NAME.find(([name]) => name.test(property))?.[1];
  return known ?? (STARTING.has(type) && ARN.test(property) ? 'arn' : null);
}

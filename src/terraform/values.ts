import type { Expression } from '../inventory/template.ts';
import {
  childScope,
  expressionAt,
  type ModuleScope,
  type Ref,
  refsOf,
  resourceConfig,
} from './configuration.ts';
import { constant } from './constants.ts';
import { get, listOf, textOf } from './json.ts';
import { given, inItsRegion, type Known, text, unknown } from './known.ts';
import { address, holds, nameOf } from './names.ts';
import { ofPlace } from './place-text.ts';

const MAX_STEPS = 50;

/**
 * A value as it would be in another region. What the plan worked out holds for its own region: elsewhere a text that
 * is written out stays, a variable is given again, and what a data source finds or a local computes is not known.
 * @param value What the plan shows; undefined where it is known only after apply.
 */
export function valueFrom(
  value: string | undefined,
  expression: unknown,
  scope: ModuleScope,
  known: Known,
  steps = 0,
): Expression {
  if (steps > MAX_STEPS) return unknown('a chain of references that is too long');
  const refs = refsOf(expression);
  if (refs.length === 0) return value === undefined ? unknown('a value known only after apply') : text(value);
  const found = refs.map((ref) => followed(ref, value, scope, known, steps + 1));
  const exact = found.find((one) => one.is === 'exact');
  if (exact?.is === 'exact') return exact.expression;
  if (value === undefined) {
    const made = found.find((one) => one.is === 'made');
    return made?.is === 'made' ? made.expression : unknown('a value known only after apply');
  }
  const placed = ofPlace(value, refs, scope, known);
  if (placed !== null) return placed;
  // Nothing but variables go into it: the value is given again wherever the configuration is applied.
  if (refs.every(({ is }) => is === 'variable') && found.every((one) => one.is !== 'hidden')) {
    const name = refs.map((ref) => nameOf(ref, scope)).join(', ');
    return given(name, value, null, known);
  }
  return inItsRegion(value, refs.map((ref) => nameOf(ref, scope)).join(', '), known);
}

type Followed =
  /** The value is what this refers to. */
  | { readonly is: 'exact'; readonly expression: Expression }
  /** A resource that the configuration creates, whose value may go into it. */
  | { readonly is: 'made'; readonly expression: Expression }
  | { readonly is: 'open' }
  /** Sensitive, or nowhere in the file. */
  | { readonly is: 'hidden' };

function followed(
  ref: Ref,
  value: string | undefined,
  scope: ModuleScope,
  known: Known,
  steps: number,
): Followed {
  switch (ref.is) {
    case 'managed': {
      const logicalId = address(scope, `${ref.type}.${ref.name}`);
      const expression: Expression = { is: 'resource', logicalId, attribute: ref.attribute };
      const same = value !== undefined && known.shown(logicalId).some((one) => holds(one.values, value));
      return same ? { is: 'exact', expression } : { is: 'made', expression };
    }
    case 'data':
      return data(ref, value, scope, known, steps);
    case 'output': {
      const child = childScope(scope, ref.module);
      const output = get(child?.config, 'outputs', ref.name, 'expression');
      if (!child || output === undefined) return { is: 'open' };
      return through(valueFrom(value, output, child, known, steps), value);
    }
    case 'variable':
      return variable(ref.name, value, scope, known, steps);
    case 'other':
      return each(ref.text, value, scope, known, steps);
  }
}

/** A key or value of what the for_each of the resource or module goes over. */
function each(
  name: string,
  value: string | undefined,
  { forEach, ...scope }: ModuleScope,
  known: Known,
  steps: number,
): Followed {
  if (value === undefined || forEach === undefined || !/^each\./.test(name)) return { is: 'open' };
  // Written out: what `references` leaves empty holds constants only.
  if (refsOf(forEach).length === 0) return { is: 'exact', expression: text(value) };
  return through(valueFrom(value, forEach, scope, known, steps), value);
}

/** What another module says of the value is the answer where it says the very value, or makes it. */
function through(expression: Expression, value: string | undefined): Followed {
  if (expression.is === 'resource') return { is: value === undefined ? 'made' : 'exact', expression };
  return expression.is === 'unknown' && value === undefined ? { is: 'open' } : { is: 'exact', expression };
}

/** Data sources that find an object by its name, which is the same in every region; and the attribute that holds it. */
const BY_NAME: ReadonlyMap<
  string,
  { readonly name: string; readonly attributes: readonly (string | null)[] }
> = new Map([
  ['aws_key_pair', { name: 'key_name', attributes: ['key_name'] }],
  ['aws_launch_template', { name: 'name', attributes: ['id', 'name', null] }],
  ['aws_iam_instance_profile', { name: 'name', attributes: ['name', 'id', null] }],
]);

function data(
  ref: Ref & { is: 'data' },
  value: string | undefined,
  scope: ModuleScope,
  known: Known,
  steps: number,
): Followed {
  const base = address(scope, `data.${ref.type}.${ref.name}`);
  const all = known.shown(base);
  const config = get(resourceConfig(scope, 'data', ref.type, ref.name), 'expressions');
  const named = (attribute: string): Expression | null => {
    const written = get(config, attribute);
    const shown = textOf(get(all[0]?.values, attribute)) ?? textOf(get(written, 'constant_value'));
    if (written === undefined || shown === null) return shown === null ? null : text(shown);
    return valueFrom(shown, written, scope, known, steps);
  };
  if (ref.type === 'aws_ssm_parameter' && ref.attribute !== 'arn' && ref.attribute !== 'name') {
    const name = named('name');
    if (
      name !== null &&
      (value === undefined || all.length === 0 || all.some((one) => holds(one.values, value)))
    )
      return { is: 'exact', expression: { is: 'ssm', name } };
  }
  const byName = BY_NAME.get(ref.type);
  if (byName?.attributes.includes(ref.attribute) && get(config, byName.name) !== undefined) {
    const name = named(byName.name);
    if (name !== null) return { is: 'exact', expression: name };
  }
  if (value !== undefined && !all.some((one) => holds(one.values, value))) return { is: 'open' };
  if (ref.type === 'aws_security_group' && (ref.attribute === 'id' || ref.attribute === null)) {
    const { name, alone } = groupName(config);
    const written = name === undefined ? null : expressionOfName(name, all[0]?.values, scope, known, steps);
    if (written !== null) {
      const type = 'AWS::EC2::SecurityGroup::GroupName';
      const found: Expression = { is: 'attribute', of: written, type, name: alone ? 'GroupId' : 'Exists' };
      return {
        is: 'exact',
        expression: value === undefined ? found : inItsRegion(value, base, known, found),
      };
    }
  }
  // Objects of IAM belong to the account.
  if (value !== undefined && ref.type.startsWith('aws_iam_')) return { is: 'exact', expression: text(value) };
  // Which zone of its region it is does not matter.
  if (value !== undefined && ref.type === 'aws_availability_zones') {
    const zones: Expression = { is: 'zones', region: { is: 'text', text: '' } };
    return { is: 'exact', expression: inItsRegion(value, base, known, zones) };
  }
  const expression =
    value === undefined
      ? unknown(`${base}, which Terraform looks up when the plan is applied`)
      : inItsRegion(value, base, known);
  return { is: 'exact', expression };
}

/** The name by which a data source looks for a security group, and whether it is all that it looks by. */
function groupName(config: unknown): { readonly name: unknown; readonly alone: boolean } {
  const others = ['vpc_id', 'tags', 'id', 'arn'].some((key) => get(config, key) !== undefined);
  const filters = listOf(get(config, 'filter'));
  const own = get(config, 'name');
  if (own !== undefined) return { name: own, alone: !others && filters.length === 0 };
  const named = filters.find((one) => get(one, 'name', 'constant_value') === 'group-name');
  return { name: get(named, 'values'), alone: !others && filters.length === 1 };
}

/** A name that is written out, alone or as the only item of a list, or that a variable gives. */
function expressionOfName(
  written: unknown,
  shown: unknown,
  scope: ModuleScope,
  known: Known,
  steps: number,
): Expression | null {
  const constants = [get(written, 'constant_value')].flat();
  const [only] = constants.length === 1 ? constants : [];
  const name = textOf(only) ?? textOf(get(shown, 'name'));
  return name === null ? null : valueFrom(name, written, scope, known, steps);
}

function variable(
  name: string,
  value: string | undefined,
  scope: ModuleScope,
  known: Known,
  steps: number,
): Followed {
  const declared = get(scope.config, 'variables', name);
  if (get(declared, 'sensitive') === true) return { is: 'hidden' };
  if (scope.parent) {
    const call = expressionAt(scope.call, [name]);
    if (call !== undefined) {
      const written = get(call, 'constant_value');
      if (written !== undefined)
        return exactly(constant(address(scope, `var.${name}`), written, value, true, known));
      return through(valueFrom(value, call, scope.parent, known, steps), value);
    }
    return exactly(constant(address(scope, `var.${name}`), get(declared, 'default'), value, true, known));
  }
  const now = get(known.variables, name, 'value');
  const byDefault = get(declared, 'default');
  const current = now === undefined ? byDefault : now;
  if (value === undefined || current === undefined) return { is: 'open' };
  const isDefault = JSON.stringify(current) === JSON.stringify(byDefault);
  return exactly(constant(`var.${name}`, current, value, isDefault, known));
}

function exactly(expression: Expression | null): Followed {
  return expression === null ? { is: 'open' } : { is: 'exact', expression };
}

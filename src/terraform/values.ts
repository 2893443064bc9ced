import type { Expression } from '../inventory/template.ts';
import {
  childScope,
  expressionAt,
  type ModuleScope,
  type Ref,
  refsOf,
  resourceConfig,
} from './configuration.ts';
import { entriesOf, get, isObject, listOf, textOf } from './json.ts';
import { given, inItsRegion, type Known, text, unknown } from './known.ts';

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
      return data(ref, value, scope, known);
    case 'output': {
      const child = childScope(scope, ref.module);
      const output = get(child?.config, 'outputs', ref.name, 'expression');
      if (!child || output === undefined) return { is: 'open' };
      return through(valueFrom(value, output, child, known, steps), value);
    }
    case 'variable':
      return variable(ref.name, value, scope, known, steps);
    case 'other':
      return { is: 'open' };
  }
}

/** What another module says of the value is the answer where it says the very value, or makes it. */
function through(expression: Expression, value: string | undefined): Followed {
  if (expression.is === 'resource') return { is: value === undefined ? 'made' : 'exact', expression };
  return expression.is === 'unknown' && value === undefined ? { is: 'open' } : { is: 'exact', expression };
}

function data(
  ref: Ref & { is: 'data' },
  value: string | undefined,
  scope: ModuleScope,
  known: Known,
): Followed {
  const base = address(scope, `data.${ref.type}.${ref.name}`);
  const all = known.shown(base);
  const config = get(resourceConfig(scope, 'data', ref.type, ref.name), 'expressions');
  if (ref.type === 'aws_ssm_parameter' && ref.attribute !== 'arn' && ref.attribute !== 'name') {
    const name = textOf(get(all[0]?.values, 'name')) ?? textOf(get(config, 'name', 'constant_value'));
    if (
      name !== null &&
      (value === undefined || all.length === 0 || all.some((one) => holds(one.values, value)))
    )
      return { is: 'exact', expression: { is: 'ssm', name: { is: 'text', text: name } } };
  }
  if (ref.type === 'aws_key_pair' && ref.attribute === 'key_name') {
    const name = textOf(get(config, 'key_name', 'constant_value'));
    if (name !== null) return { is: 'exact', expression: text(name) };
  }
  if (value !== undefined && !all.some((one) => holds(one.values, value))) return { is: 'open' };
  const expression =
    value === undefined
      ? unknown(`${base}, which Terraform looks up when the plan is applied`)
      : inItsRegion(value, base, known);
  return { is: 'exact', expression };
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
      if (written !== undefined) return constant(address(scope, `var.${name}`), written, value, true, known);
      return through(valueFrom(value, call, scope.parent, known, steps), value);
    }
    return constant(address(scope, `var.${name}`), get(declared, 'default'), value, true, known);
  }
  const now = get(known.variables, name, 'value');
  const byDefault = get(declared, 'default');
  const current = now === undefined ? byDefault : now;
  if (value === undefined || current === undefined) return { is: 'open' };
  const isDefault = JSON.stringify(current) === JSON.stringify(byDefault);
  return constant(`var.${name}`, current, value, isDefault, known);
}

/** A variable's value that holds the text: as it is, in a list, or in a map with a row per region. */
function constant(
  name: string,
  current: unknown,
  value: string | undefined,
  stays: boolean,
  known: Known,
): Followed {
  if (value === undefined) return { is: 'open' };
  const from = (path: string): Followed => ({
    is: 'exact',
    expression: given(path, value, stays ? value : null, known),
  });
  if (typeof current === 'string') return current === value ? from(name) : { is: 'open' };
  if (Array.isArray(current)) {
    const at = current.indexOf(value);
    return at < 0 ? { is: 'open' } : from(`${name}[${at}]`);
  }
  if (!isObject(current)) return { is: 'open' };
  const rows = entriesOf(current).flatMap(([key, row]) =>
    typeof row === 'string' ? [[key, row] as const] : [],
  );
  if (known.region !== null && get(current, known.region) === value) {
    for (const [key, row] of rows) known.mappingRow(name, key, row);
    const first: Expression = { is: 'pseudo', name: 'AWS::Region' };
    return {
      is: 'exact',
      expression: { is: 'map', map: name, first, second: { is: 'text', text: '' }, otherwise: null },
    };
  }
  const row = rows.find(([, one]) => one === value);
  return row ? from(`${name}["${row[0]}"]`) : { is: 'open' };
}

function nameOf(ref: Ref, scope: ModuleScope): string {
  switch (ref.is) {
    case 'variable':
      return address(scope, `var.${ref.name}`);
    case 'data':
      return address(scope, `data.${ref.type}.${ref.name}`);
    case 'managed':
      return address(scope, `${ref.type}.${ref.name}`);
    case 'output':
      return address(scope, `module.${ref.module}.${ref.name}`);
    case 'other':
      return ref.text;
  }
}

function address(scope: ModuleScope, name: string): string {
  return scope.address === '' ? name : `${scope.address}.${name}`;
}

/** Whether the object is known by the text: its id or name. */
function holds(values: unknown, value: string): boolean {
  return entriesOf(values).some(([, one]) => one === value || listOf(one).includes(value));
}

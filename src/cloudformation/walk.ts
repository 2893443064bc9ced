import type { Expression } from '../inventory/template.ts';
import { type Names, NO_VALUE, toExpression, unknown } from './intrinsics.ts';
import { functionOf, get, type Node, textOf } from './node.ts';

/** A value found at a place. */
export interface Found {
  readonly path: readonly string[];
  readonly node: Node;
  readonly value: Expression;
}

/** The value at a place below Properties. Where a function is on the way, what is beneath it is found or reported as unknown. */
export function* valuesAt(properties: Node, place: readonly string[], names: Names): Generator<Found> {
  yield* descend(properties, place, [], names);
}

function* descend(
  node: Node,
  rest: readonly string[],
  path: readonly string[],
  names: Names,
): Generator<Found> {
  const [step, ...further] = rest;
  const call = functionOf(node);
  if (step?.startsWith('[') && !call) {
    if (hasValues(node, step)) yield* descend(node, further, path, names);
    return;
  }
  if (node.is === 'text' && (node.text === null || (step !== undefined && step !== '*'))) return;
  if (step === undefined) {
    yield { path, node, value: toExpression(node, names) };
  } else if (call?.name === 'Fn::If') {
    for (const { branch, wrap } of branchesOf(call.of)) {
      for (const found of descend(branch, rest, path, names)) yield { ...found, value: wrap(found.value) };
    }
  } else if (call) {
    if (call.name === 'Ref' && textOf(call.of) === 'AWS::NoValue') return;
    const value = toExpression(node, names);
    // A function may give a list of texts; what it would give below that is not to be seen.
    const whole = step === '*' && further.length === 0;
    yield { path: whole ? path : [...path, ...rest], node, value: whole ? value : hidden(value, call.name) };
  } else if (step === '*') {
    if (node.is !== 'list') yield* descend(node, further, path, names);
    else
      for (const [i, item] of node.items.entries())
        yield* descend(item, further, [...path, String(i)], names);
  } else if (node.is === 'list') {
    // A place that was found before says which item of the list it is in.
    const item = /^\d+$/.test(step) ? node.items[Number(step)] : undefined;
    if (item) yield* descend(item, further, [...path, step], names);
  } else if (node.is === 'map') {
    const below = node.entries.get(step);
    if (below && further.length === 0 && isForeign(node, step)) {
      yield { path: [...path, step], node: below.node, value: unknown('a group of another account') };
      return;
    }
    if (below) {
      yield* descend(below.node, further, [...path, step], names);
      return;
    }
    const brought = [...node.entries.keys()].find((key) => /^Fn::(?:Transform$|ForEach::)/.test(key));
    if (brought !== undefined) yield { path: [...path, ...rest], node, value: unknown(brought) };
  }
}

/** Whether a mapping has the values that a step such as "[Namespace=a,OptionName=b]" requires. */
function hasValues(node: Node, step: string): boolean {
  return step
    .slice(1, -1)
    .split(',')
    .every((pair) => {
      const [key = '', value = ''] = pair.split('=');
      return textOf(get(node, key)) === value;
    });
}

/** The owner that may be written beside a group is another account, or it would not be written (CloudFormation, Ingress). */
function isForeign(rule: Node, step: string): boolean {
  if (step !== 'SourceSecurityGroupId' && step !== 'SourceSecurityGroupName') return false;
  const owner = get(rule, 'SourceSecurityGroupOwnerId');
  // Fn::GetAtt: the owner of the group of a load balancer that the template creates.
  const isOwn =
    owner && (textOf(get(owner, 'Ref')) === 'AWS::AccountId' || functionOf(owner)?.name === 'Fn::GetAtt');
  return owner !== undefined && !isOwn;
}

function hidden(value: Expression, name: string): Expression {
  return value.is === 'unknown' ? value : unknown(name);
}

/** Both branches of a Fn::If that holds more than one value; each is there only when its answer is given. */
export function branchesOf(of: Node): { branch: Node; wrap: (value: Expression) => Expression }[] {
  const [name, yes, no] = of.is === 'list' ? of.items : [];
  const condition = textOf(name);
  if (condition === null || !yes || !no) return [];
  return [
    { branch: yes, wrap: (value) => ({ is: 'if', condition, yes: value, no: NO_VALUE }) },
    { branch: no, wrap: (value) => ({ is: 'if', condition, yes: NO_VALUE, no: value }) },
  ];
}

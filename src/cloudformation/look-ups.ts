import type { Expression, TemplateLookUp, TemplateParameter } from '../inventory/template.ts';
import { mayBeDynamic, parametersIn } from './dynamic.ts';
import { type Names, toExpression } from './intrinsics.ts';
import { entriesOf, functionOf, get, type Node, textOf } from './node.ts';
import { within } from './reach.ts';
import type { Resource } from './resources.ts';
import { branchesOf } from './walk.ts';

type Wrap = (value: Expression) => Expression;
type Where = Pick<TemplateLookUp, 'resource' | 'type'>;

/**
 * What CloudFormation has to find independent of how the value is used. A missing row of a mapping stops the stack even in a
 * branch that is not taken and in a resource that is not created: CloudFormation resolves every Fn::FindInMap when it
 * validates the template. An SSM parameter or an export counts only where it is used.
 */
export function lookUpsOf(
  root: Node,
  resources: readonly Resource[],
  names: Names,
  parameters: readonly TemplateParameter[],
): TemplateLookUp[] {
  const found: TemplateLookUp[] = [];
  const always: Wrap = (value) => value;
  const add = (where: Where, path: readonly string[], node: Node, value: Expression) =>
    found.push({ ...where, path: path.join('.'), line: node.line, value });

  /** The parts of a function: each mapping row by itself; the parameters and exports as the whole takes them. */
  const call = (node: Node, path: readonly string[], where: Where, wrap: Wrap, scope: Names) => {
    for (const part of within(toExpression(node, scope))) {
      if (part.is === 'map') add(where, path, node, part);
      if ((part.is === 'ssm' || part.is === 'import') && !isConditional(node))
        add(where, path, node, wrap(part));
      if (part.is === 'select' && part.from.is === 'zones' && !isConditional(node))
        add(where, path, node, wrap(part));
      if (part.is === 'join' && part.separator === '' && !isConditional(node))
        for (const parameter of parametersIn(part.parts)) add(where, path, node, wrap(parameter));
    }
  };

  const walk = (node: Node, path: readonly string[], where: Where, wrap: Wrap, scope: Names): void => {
    const fn = functionOf(node);
    if (fn?.name === 'Fn::If') {
      for (const { branch, wrap: own } of branchesOf(fn.of))
        walk(branch, path, where, (value) => wrap(own(value)), scope);
    } else if (fn) {
      call(node, path, where, wrap, scope);
      // Of Fn::Base64, Fn::Cidr or Fn::Equals no value is made, but what is inside is looked up.
      if (isConditional(node) || toExpression(node, scope).is === 'unknown')
        walk(fn.of, path, where, wrap, scope);
    } else if (node.is === 'text') {
      if (node.text !== null && mayBeDynamic(node.text)) call(node, path, where, wrap, scope);
    } else if (node.is === 'list') {
      for (const [i, item] of node.items.entries()) walk(item, [...path, String(i)], where, wrap, scope);
    } else {
      for (const [key, { node: below }] of node.entries) walk(below, [...path, key], where, wrap, scope);
    }
  };

  for (const { logicalId, type, body, names: scope, created } of resources)
    for (const section of ['Properties', 'UpdatePolicy', 'CreationPolicy']) {
      const node = get(body, section);
      if (node) walk(node, [section], { resource: logicalId, type }, created, scope);
    }
  for (const [name, { node }] of entriesOf(get(root, 'Outputs'))) {
    const condition = textOf(get(node, 'Condition'));
    const wrap: Wrap = (value) =>
      condition === null
        ? value
        : { is: 'if', condition, yes: value, no: { is: 'pseudo', name: 'AWS::NoValue' } };
    walk(node, [], { resource: name, type: 'Outputs' }, wrap, names);
  }
  for (const [name, { node }] of entriesOf(get(root, 'Conditions')))
    walk(node, [], { resource: name, type: 'Conditions' }, always, names);
  for (const { name, type, line } of parameters)
    if (type.startsWith('AWS::SSM::Parameter::Value<'))
      found.push({ resource: name, type, path: 'Default', line, value: { is: 'parameter', name } });
  return distinct(found);
}

/** Whether there is a Fn::If somewhere inside: then what is inside is looked at branch by branch. */
function isConditional(node: Node): boolean {
  switch (node.is) {
    case 'text':
      return false;
    case 'list':
      return node.items.some(isConditional);
    case 'map':
      return [...node.entries].some(([key, { node: below }]) => key === 'Fn::If' || isConditional(below));
  }
}

/** The same object looked up by the same resource is one look-up. */
function distinct(found: readonly TemplateLookUp[]): TemplateLookUp[] {
  const known = new Map<string, TemplateLookUp>();
  for (const one of found) {
    const key = JSON.stringify([one.resource, one.value]);
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}

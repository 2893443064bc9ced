import type { Expression } from '../inventory/template.ts';
import { textExpression } from './dynamic.ts';
import { entriesOf, functionOf, get, type Node, textOf } from './node.ts';

/** What names mean in one template, and within a Fn::ForEach the variables of the loop. */
export interface Names {
  readonly parameters: ReadonlySet<string>;
  /** Those whose rows are all written out: not what a transform brings in. */
  readonly mappings: ReadonlySet<string>;
  readonly loops: ReadonlySet<string>;
  /** The name of a mapping that a parameter or another mapping gives, independent of the region; null where these do not. */
  readonly mappingNamed: (expression: Expression) => string | null;
}

export const NO_VALUE: Expression = { is: 'pseudo', name: 'AWS::NoValue' };

export function unknown(what: string): Expression {
  return { is: 'unknown', what };
}

/** A value of a template as an expression; what is not understood is kept as unknown, by its name. */
export function toExpression(node: Node, names: Names): Expression {
  if (node.is === 'text') return node.text === null ? NO_VALUE : literal(node.text, names);
  if (node.is === 'list') return { is: 'list', items: node.items.map((item) => toExpression(item, names)) };
  const call = functionOf(node);
  if (!call) return unknown('an object');
  const items = call.of.is === 'list' ? call.of.items : [];
  const of = (item: Node | undefined) => (item ? toExpression(item, names) : NO_VALUE);
  const separator = textOf(items[0]) ?? '';
  switch (call.name) {
    case 'Ref':
      return reference(textOf(call.of), names);
    case 'Fn::GetAtt':
      return attribute(call.of, names);
    case 'Fn::Sub':
      return substitution(call.of, names);
    case 'Fn::FindInMap':
      return lookUp(items, names);
    case 'Fn::If':
      return items.length === 3
        ? { is: 'if', condition: textOf(items[0]) ?? '', yes: of(items[1]), no: of(items[2]) }
        : unknown('Fn::If');
    case 'Fn::Join':
      return {
        is: 'join',
        separator,
        parts: items[1]?.is === 'list' ? items[1].items.map(of) : [of(items[1])],
      };
    case 'Fn::Split':
      return { is: 'split', separator, from: of(items[1]) };
    case 'Fn::Select':
      return { is: 'select', index: of(items[0]), from: of(items[1]) };
    case 'Fn::ImportValue':
      return { is: 'import', name: of(call.of) };
    case 'Fn::Length':
      return { is: 'length', of: of(call.of) };
    case 'Fn::GetAZs':
      return { is: 'zones', region: of(call.of) };
    case 'Fn::Transform':
      return unknown(named('Fn::Transform', textOf(get(call.of, 'Name'))));
    default:
      return unknown(call.name);
  }
}

function named(what: string, name: string | null): string {
  return name === null ? what : `${what} "${name}"`;
}

function literal(text: string, names: Names): Expression {
  const loop = [...names.loops].find((name) => text.includes(`\${${name}}`) || text.includes(`&{${name}}`));
  return loop === undefined ? textExpression(text) : loopVariable(loop);
}

function loopVariable(name: string): Expression {
  return unknown(`the variable "${name}" of Fn::ForEach`);
}

function reference(name: string | null, names: Names): Expression {
  if (name === null) return unknown('Ref');
  if (names.loops.has(name)) return loopVariable(name);
  if (name.startsWith('AWS::')) return { is: 'pseudo', name };
  if (names.parameters.has(name)) return { is: 'parameter', name };
  return { is: 'resource', logicalId: name, attribute: null };
}

function attribute(of: Node, names: Names): Expression {
  const written = of.is === 'list' ? of.items.map(textOf) : [textOf(of)];
  const [logicalId = '', ...rest] = written.every((part) => part !== null)
    ? written.join('.').split('.')
    : [];
  return logicalId === '' || rest.length === 0
    ? unknown('Fn::GetAtt')
    : attributeOf(logicalId, rest.join('.'), names);
}

function attributeOf(logicalId: string, name: string, names: Names): Expression {
  const loop = [...names.loops].find((loop) => logicalId.includes(`\${${loop}}`) || logicalId === loop);
  return loop === undefined ? { is: 'resource', logicalId, attribute: name } : loopVariable(loop);
}

/** The texts between variables stay plain: a dynamic reference may begin before a variable and end behind it. */
function substitution(of: Node, names: Names): Expression {
  const [written, variables] = of.is === 'list' ? of.items : [of, undefined];
  const text = textOf(written);
  if (text === null) return unknown('Fn::Sub');
  const own = new Map(entriesOf(variables).map(([name, { node }]) => [name, node]));
  const parts: Expression[] = [];
  let plain = '';
  let at = 0;
  for (const { 0: whole, 1: mark, 2: inside = '', index } of text.matchAll(/\$\{(!?)([^{}]*)\}/g)) {
    plain += text.slice(at, index);
    at = index + whole.length;
    if (mark) {
      plain += `\${${inside}}`;
      continue;
    }
    if (plain !== '') parts.push({ is: 'text', text: plain });
    plain = '';
    parts.push(variable(inside.trim(), own, names));
  }
  plain += text.slice(at);
  if (parts.length === 0) return textExpression(plain);
  if (plain !== '') parts.push({ is: 'text', text: plain });
  const [only, ...more] = parts;
  return only && more.length === 0 ? only : { is: 'join', separator: '', parts };
}

function variable(name: string, own: ReadonlyMap<string, Node>, names: Names): Expression {
  const given = own.get(name);
  if (given) return toExpression(given, names);
  const dot = name.indexOf('.');
  return dot > 0 ? attributeOf(name.slice(0, dot), name.slice(dot + 1), names) : reference(name, names);
}

function lookUp(items: readonly Node[], names: Names): Expression {
  const [name, first, second, options] = items;
  const map = textOf(name) ?? (name ? names.mappingNamed(toExpression(name, names)) : null);
  if (map === null || !first || !second) return unknown('Fn::FindInMap');
  // Not "no row": what a transform brings in is not in the text.
  if (!names.mappings.has(map))
    return unknown(`Fn::FindInMap of "${map}", which is not written out in Mappings`);
  const otherwise = get(options, 'DefaultValue');
  return {
    is: 'map',
    map,
    first: toExpression(first, names),
    second: toExpression(second, names),
    otherwise: otherwise ? toExpression(otherwise, names) : null,
  };
}

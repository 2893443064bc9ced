import type { TemplateFault } from '../inventory/template.ts';
import type { Names } from './intrinsics.ts';
import { entriesOf, functionOf, get, type Node, textOf } from './node.ts';
import type { Resource } from './resources.ts';

type Where = Pick<TemplateFault, 'resource' | 'type'>;

/** Sections of a resource whose functions CloudFormation resolves for what it creates. */
const RESOLVED = ['Properties', 'UpdatePolicy', 'CreationPolicy'] as const;
/** Only their properties are known to be without free-form JSON, in which an empty value could be meant. */
const OF_LAUNCHES = /^AWS::(?:EC2|AutoScaling)::/;
const FREE_FORM: ReadonlySet<string> = new Set(['PolicyDocument', 'UserData']);

/**
 * For what CloudFormation refuses the template before it creates anything, in every region: "Unresolved resource
 * dependencies [X] in the Resources block of the template", "'null' values are not allowed in templates" (AWS Knowledge Center,
 * template validation errors). Of a template to which transforms, modules or loops add resources nothing is known.
 */
export function faultsOf(root: Node, resources: readonly Resource[], names: Names): TemplateFault[] {
  if (addsResources(root, resources)) return [];
  const declared = new Set([
    ...names.parameters,
    ...entriesOf(get(root, 'Resources')).map(([logicalId]) => logicalId),
  ]);
  const conditions = new Set(entriesOf(get(root, 'Conditions')).map(([name]) => name));
  const found = new Map<string, TemplateFault>();
  const add = (is: TemplateFault['is'], what: string, where: Where, path: readonly string[], node: Node) => {
    const key = JSON.stringify(is === 'no-value' ? [is, where.resource, what] : [is, what]);
    if (!found.has(key)) found.set(key, { ...where, path: path.join('.'), line: node.line, is, what });
  };
  const checkName = (name: string, where: Where, path: readonly string[], node: Node) => {
    if (!declared.has(name)) add('no-such-name', name, where, path, node);
  };
  const checkCondition = (name: string | null, where: Where, path: readonly string[], node: Node) => {
    if (name !== null && !conditions.has(name)) add('no-such-condition', name, where, path, node);
  };
  /** Below a function the path is that of the property whose value it gives. */
  const walk = (node: Node, where: Where, path: readonly string[], inside = false): void => {
    const call = functionOf(node);
    if (call) {
      for (const name of namesIn(call.name, call.of)) checkName(name, where, path, node);
      if (call.name === 'Fn::If') checkCondition(textOf(first(call.of)), where, path, node);
      walk(call.of, where, path, true);
    } else if (node.is === 'list') {
      for (const [i, item] of node.items.entries())
        walk(item, where, inside ? path : [...path, String(i)], inside);
    } else if (node.is === 'map') {
      for (const [key, { node: below }] of node.entries)
        walk(below, where, inside ? path : [...path, key], inside);
    }
  };

  for (const { logicalId, type, body, properties } of resources) {
    const where = { resource: logicalId, type };
    for (const section of RESOLVED) {
      const node = get(body, section);
      if (node) walk(node, where, [section]);
    }
    const condition = get(body, 'Condition');
    if (condition) checkCondition(textOf(condition), where, ['Condition'], condition);
    const before = get(body, 'DependsOn');
    for (const item of before?.is === 'list' ? before.items : before ? [before] : []) {
      const name = textOf(item);
      if (name !== null) checkName(name, where, ['DependsOn'], item);
    }
    for (const { path, node } of empty(properties, OF_LAUNCHES.test(type)))
      add('no-value', path.join('.'), where, ['Properties', ...path], node);
  }
  for (const [name, { node }] of entriesOf(get(root, 'Outputs'))) {
    const where = { resource: name, type: 'Outputs' };
    const condition = get(node, 'Condition');
    if (condition) checkCondition(textOf(condition), where, ['Condition'], condition);
    const value = get(node, 'Value');
    if (value) walk(value, where, ['Value']);
  }
  return [...found.values()];
}

function addsResources(root: Node, resources: readonly Resource[]): boolean {
  const section = get(root, 'Transform');
  const transforms = section?.is === 'list' ? section.items : section ? [section] : [];
  return (
    transforms.some((item) => textOf(item) !== 'AWS::LanguageExtensions') ||
    resources.some(({ type }) => type.endsWith('::MODULE')) ||
    hasKey(root, (key) => key === 'Fn::Transform' || key.startsWith('Fn::ForEach::'))
  );
}

function hasKey(node: Node, is: (key: string) => boolean): boolean {
  switch (node.is) {
    case 'text':
      return false;
    case 'list':
      return node.items.some((item) => hasKey(item, is));
    case 'map':
      return [...node.entries].some(([key, { node: below }]) => is(key) || hasKey(below, is));
  }
}

/** What a function refers to by a logical id. */
function namesIn(name: string, of: Node): string[] {
  switch (name) {
    case 'Ref':
      return named(textOf(of));
    case 'Fn::GetAtt':
      return named(textOf(of.is === 'list' ? first(of) : of)?.split('.')[0]);
    case 'Fn::Sub': {
      const [written, variables] = of.is === 'list' ? of.items : [of, undefined];
      const own = new Set(entriesOf(variables).map(([variable]) => variable));
      return [...(textOf(written) ?? '').matchAll(/\$\{(?!!)([^{}]*)\}/g)].flatMap(([, inside = '']) => {
        const variable = inside.trim();
        return own.has(variable) ? [] : named(variable.split('.')[0]);
      });
    }
    default:
      return [];
  }
}

/** Pseudo parameters are defined everywhere. */
function named(name: string | null | undefined): string[] {
  return !name || name.startsWith('AWS::') || /[${}&]/.test(name) ? [] : [name];
}

function first(node: Node): Node | undefined {
  return node.is === 'list' ? node.items[0] : undefined;
}

interface Empty {
  readonly path: readonly string[];
  readonly node: Node;
}

/** Properties that are null. @param deep Also below the properties of the resource itself. */
function* empty(node: Node, deep: boolean, path: readonly string[] = []): Generator<Empty> {
  if (node.is === 'text') {
    if (node.text === null && path.length > 0) yield { path, node };
  } else if (functionOf(node) || (!deep && path.length > 0)) return;
  else if (node.is === 'list')
    for (const [i, item] of node.items.entries()) yield* empty(item, deep, [...path, String(i)]);
  else
    for (const [key, { node: below }] of node.entries)
      if (!FREE_FORM.has(key)) yield* empty(below, deep, [...path, key]);
}

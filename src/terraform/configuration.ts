import { get, isObject, type JsonObject, listOf, textOf } from './json.ts';

/** A module of the configuration, with how it is called. */
export interface ModuleScope {
  readonly config: unknown;
  /** Null for the root module. */
  readonly parent: ModuleScope | null;
  /** The expressions of the module call: what its variables are given. */
  readonly call: unknown;
  /** "module.web" */
  readonly address: string;
  /** What "each" goes over in the expressions of one resource or module call. */
  readonly forEach?: unknown;
}

/** One object that an expression refers to. */
export type Ref =
  | { readonly is: 'variable'; readonly name: string }
  | { readonly is: 'data'; readonly type: string; readonly name: string; readonly attribute: string | null }
  | {
      readonly is: 'managed';
      readonly type: string;
      readonly name: string;
      readonly attribute: string | null;
    }
  | { readonly is: 'output'; readonly module: string; readonly name: string }
  | { readonly is: 'other'; readonly text: string };

export function rootScope(configuration: JsonObject): ModuleScope {
  return { config: get(configuration, 'root_module'), parent: null, call: null, address: '' };
}

export function childScope(scope: ModuleScope, name: string): ModuleScope | null {
  const call = get(scope.config, 'module_calls', name);
  const config = get(call, 'module');
  if (!isObject(config)) return null;
  const address = `${scope.address === '' ? '' : `${scope.address}.`}module.${name}`;
  const parent = { ...scope, forEach: get(call, 'for_each_expression') };
  return { config, parent, call: get(call, 'expressions'), address };
}

/** The module of a resource; null where the configuration does not show it. */
export function scopeOf(configuration: JsonObject, modules: readonly string[]): ModuleScope | null {
  let scope: ModuleScope | null = rootScope(configuration);
  for (const name of modules) scope = scope && childScope(scope, name);
  return scope;
}

export function resourceConfig(scope: ModuleScope, mode: string, type: string, name: string): unknown {
  return listOf(get(scope.config, 'resources')).find(
    (one) =>
      get(one, 'type') === type && get(one, 'name') === name && (get(one, 'mode') ?? 'managed') === mode,
  );
}

/** What the expression refers to, each by its longest form: a plan lists "aws_key_pair.a" beside "aws_key_pair.a.key_name". */
export function refsOf(expression: unknown): Ref[] {
  const texts = listOf(get(expression, 'references')).flatMap((ref) => textOf(ref) ?? []);
  return texts
    .filter((text) => !texts.some((other) => other.startsWith(`${text}.`) || other.startsWith(`${text}[`)))
    .map(refOf);
}

function refOf(text: string): Ref {
  const parts = text.replace(/\[[^\]]*\]/g, '').split('.');
  const [first = '', second = '', third, fourth] = parts;
  if (first === 'var') return { is: 'variable', name: second };
  if (first === 'module' && third !== undefined) return { is: 'output', module: second, name: third };
  if (first === 'data') return { is: 'data', type: second, name: third ?? '', attribute: fourth ?? null };
  if (['local', 'each', 'count', 'path', 'terraform', 'self', 'module'].includes(first) || second === '')
    return { is: 'other', text };
  return { is: 'managed', type: first, name: second, attribute: third ?? null };
}

/** The expression of an attribute, along nested blocks; undefined where the configuration does not write it. */
export function expressionAt(expressions: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined || expressions === undefined) return expressions;
  // The expression of an attribute is one for the whole of it.
  if (isExpression(expressions)) return expressions;
  if (Array.isArray(expressions)) return expressionAt(expressions[Number(step)] ?? expressions[0], rest);
  if (/^\d+$/.test(step)) return expressionAt(expressions, rest);
  return expressionAt(get(expressions, step), rest);
}

function isExpression(value: unknown): boolean {
  return isObject(value) && (Object.hasOwn(value, 'references') || Object.hasOwn(value, 'constant_value'));
}

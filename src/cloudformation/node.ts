import { UnreadableTemplate } from './unreadable.ts';

/** A value of a template, written in YAML or JSON. Every scalar is text; null is what is left empty. Lines count from 1. */
export type Node =
  | { readonly is: 'text'; readonly text: string | null; readonly line: number | null; readonly size: number }
  | {
      readonly is: 'list';
      readonly items: readonly Node[];
      readonly line: number | null;
      readonly size: number;
    }
  | { readonly is: 'map'; readonly entries: Entries; readonly line: number | null; readonly size: number };
/** A Map, so that a key named `__proto__` or `constructor` is a key like any other. */
export type Entries = ReadonlyMap<string, { readonly node: Node; readonly line: number | null }>;

/** 1 MB of text holds about a fifth of this; only aliases get far above. */
const MAX_VALUES = 1_000_000;

export function text(value: string | null, line: number | null): Node {
  return { is: 'text', text: value, line, size: 1 };
}

export function list(items: readonly Node[], line: number | null): Node {
  return { is: 'list', items, line, size: sized(items) };
}

export function map(entries: Entries, line: number | null): Node {
  return { is: 'map', entries, line, size: sized([...entries.values()].map(({ node }) => node)) };
}

/** How many values it is once aliases are followed: later steps walk it as a tree. */
function sized(nodes: readonly Node[]): number {
  const size = nodes.reduce((sum, node) => sum + node.size, 1);
  if (size > MAX_VALUES) {
    throw new UnreadableTemplate(`holds more than ${MAX_VALUES} values once its aliases are followed`);
  }
  return size;
}

export function get(node: Node | undefined, key: string): Node | undefined {
  return node?.is === 'map' ? node.entries.get(key)?.node : undefined;
}

export function textOf(node: Node | undefined): string | null {
  return node?.is === 'text' ? node.text : null;
}

export function entriesOf(
  node: Node | undefined,
): [string, Entries extends ReadonlyMap<string, infer E> ? E : never][] {
  return node?.is === 'map' ? [...node.entries] : [];
}

/** The function that a value is, with its argument: a mapping of one key, `Ref` or `Fn::…`. */
export function functionOf(node: Node): { readonly name: string; readonly of: Node } | null {
  if (node.is !== 'map' || node.entries.size !== 1) return null;
  for (const [name, { node: of }] of node.entries) {
    if (name === 'Ref' || /^(?:Fn::|!)/.test(name)) return { name, of };
  }
  return null;
}

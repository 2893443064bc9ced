import { get, list, map, type Node, textOf } from './node.ts';

/** What `Globals` gives to every resource of a type (AWS SAM, Globals section). */
const GLOBALS: ReadonlyMap<string, string> = new Map([['AWS::Serverless::Function', 'Function']]);

/** The template with what SAM's Globals section gives to its resources: maps are merged, lists put one after the other. */
export function withGlobals(root: Node): Node {
  const globals = get(root, 'Globals');
  const resources = get(root, 'Resources');
  if (globals?.is !== 'map' || root.is !== 'map' || resources?.is !== 'map') return root;
  const entries = new Map(
    [...resources.entries].map(([id, { node, line }]) => {
      const section = GLOBALS.get(textOf(get(node, 'Type')) ?? '');
      const given = section === undefined ? undefined : get(globals, section);
      if (given?.is !== 'map' || node.is !== 'map') return [id, { node, line }] as const;
      const own = get(node, 'Properties');
      const properties = own ? merged(given, own) : given;
      const written = new Map([
        ...node.entries,
        ['Properties', { node: properties, line: node.line }] as const,
      ]);
      return [id, { node: map(written, node.line), line }] as const;
    }),
  );
  return map(
    new Map([...root.entries, ['Resources', { node: map(entries, resources.line), line: null }] as const]),
    root.line,
  );
}

function merged(given: Node, own: Node): Node {
  if (given.is === 'list' && own.is === 'list') return list([...given.items, ...own.items], own.line);
  // A function such as Fn::If takes the place of the whole.
  if (given.is !== 'map' || own.is !== 'map' || isCall(given) || isCall(own)) return own;
  const entries = new Map(given.entries);
  for (const [key, entry] of own.entries) {
    const known = entries.get(key);
    entries.set(key, known ? { ...entry, node: merged(known.node, entry.node) } : entry);
  }
  return map(entries, own.line);
}

function isCall(node: Node): boolean {
  return node.is === 'map' && [...node.entries.keys()].some((key) => key === 'Ref' || key.startsWith('Fn::'));
}

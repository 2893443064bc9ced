import { get, list, map, type Node, text, textOf } from './node.ts';
import type { StackValue } from './parameters.ts';
import { UnreadableTemplate } from './unreadable.ts';

const LOOP = /^Fn::ForEach::/;
/** More than CloudFormation takes in a template (quotas: 500 resources). */
const MAX_ROUNDS = 10_000;

/**
 * The template with each Fn::ForEach written out, where its collection is known: a list, or the value of a parameter
 * (User Guide, Fn::ForEach). A loop over anything else stays as it is.
 * @throws UnreadableTemplate
 */
export function withoutLoops(root: Node, values: readonly StackValue[]): Node {
  if (!usesLanguageExtensions(root)) return root;
  const given = new Map(values.map(({ name, value }) => [name, value]));
  const parameters = get(root, 'Parameters');
  let rounds = 0;

  const collection = (node: Node): readonly string[] | null => {
    if (node.is === 'list') {
      const items = node.items.map((item) =>
        item.is === 'text' && item.text !== null ? [item.text] : collection(item),
      );
      return items.some((item) => item === null) ? null : items.flatMap((item) => item ?? []);
    }
    const row = get(node, 'Fn::FindInMap');
    if (row?.is === 'list') {
      const keys = row.items.slice(0, 3).map(keyOf);
      const found = keys.reduce<Node | undefined>(
        (at, key) => (key === null ? undefined : get(at, key)),
        get(root, 'Mappings'),
      );
      return found?.is === 'list' && keys.length === 3 ? collection(found) : null;
    }
    const name = textOf(get(node, 'Ref'));
    if (name === null) return null;
    const byDefault = get(get(parameters, name), 'Default');
    const value = given.get(name) ?? textOf(byDefault);
    if (value !== null && value !== undefined) return value.split(',').map((item) => item.trim());
    return byDefault?.is === 'list' ? collection(byDefault) : null;
  };

  /** A key that is written out, or the value of a parameter; what depends on the region is not decided here. */
  const keyOf = (node: Node): string | null => {
    const name = textOf(get(node, 'Ref'));
    if (name === null) return textOf(node);
    return given.get(name) ?? textOf(get(get(parameters, name), 'Default'));
  };

  const expand = (node: Node, depth: number): Node => {
    if (depth > 200) throw new UnreadableTemplate('nests loops deeper than 200 levels');
    if (node.is === 'text') return node;
    if (node.is === 'list')
      return list(
        node.items.map((item) => expand(item, depth + 1)),
        node.line,
      );
    const entries = new Map<string, { node: Node; line: number | null }>();
    for (const [key, { node: below, line }] of node.entries) {
      const [variable, items, body] = LOOP.test(key) && below.is === 'list' ? below.items : [];
      const name = textOf(variable);
      const texts = items ? collection(items) : null;
      if (name === null || texts === null || body?.is !== 'map') {
        entries.set(key, { node: expand(below, depth + 1), line });
        continue;
      }
      for (const value of texts) {
        rounds += 1;
        if (rounds > MAX_ROUNDS)
          throw new UnreadableTemplate(`writes more than ${MAX_ROUNDS} resources or values in loops`);
        const round = expand(replaced(body, name, value), depth + 1);
        if (round.is === 'map') for (const [k, v] of round.entries) entries.set(k, v);
      }
    }
    return map(entries, node.line);
  };
  return expand(root, 0);
}

function usesLanguageExtensions(root: Node): boolean {
  const transform = get(root, 'Transform');
  const names = transform?.is === 'list' ? transform.items.map(textOf) : [textOf(transform)];
  return names.includes('AWS::LanguageExtensions');
}

/** The body for one value of the variable: `&{Name}` leaves only letters and digits of it, as logical ids take them. */
function replaced(node: Node, name: string, value: string): Node {
  const put = (written: string) =>
    written
      .replaceAll(`\${${name}}`, () => value)
      .replaceAll(`&{${name}}`, () => value.replace(/[^A-Za-z0-9]/g, ''));
  switch (node.is) {
    case 'text':
      return node.text === null ? node : text(put(node.text), node.line);
    case 'list':
      return list(
        node.items.map((item) => replaced(item, name, value)),
        node.line,
      );
    case 'map': {
      if (node.entries.size === 1 && textOf(get(node, 'Ref')) === name) return text(value, node.line);
      return map(
        new Map(
          [...node.entries].map(([key, entry]) => [
            put(key),
            { node: replaced(entry.node, name, value), line: entry.line },
          ]),
        ),
        node.line,
      );
    }
  }
}

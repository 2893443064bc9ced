import { loopItems } from './loop-items.ts';
import { entriesOf, get, list, map, type Node, text, textOf } from './node.ts';
import type { StackValue } from './parameters.ts';
import { UnreadableTemplate } from './unreadable.ts';

const LOOP = /^Fn::ForEach::/;
/** More than CloudFormation takes in a template (quotas: 500 resources). */
const MAX_ROUNDS = 10_000;

/**
 * The template with each Fn::ForEach written out, where its collection is in the template: a list, the value of a parameter,
 * or what mappings hold (User Guide, Fn::ForEach). What the region decides is written out for every region, each round under
 * a condition that the collection there has its item. A loop over anything else stays as it is.
 * @throws UnreadableTemplate
 */
export function withoutLoops(root: Node, values: readonly StackValue[]): Node {
  if (!usesLanguageExtensions(root)) return root;
  const itemsOf = loopItems(root, values);
  const conditions = new Map<string, { node: Node; line: number | null }>();
  let rounds = 0;

  const expand = (node: Node, section: string | null, depth: number): Node => {
    if (depth > 200) throw new UnreadableTemplate('nests loops deeper than 200 levels');
    if (node.is === 'text') return node;
    if (node.is === 'list')
      return list(
        node.items.map((item) => expand(item, null, depth + 1)),
        node.line,
      );
    const entries = new Map<string, { node: Node; line: number | null }>();
    for (const [key, { node: below, line }] of node.entries) {
      const [variable, collection, body] = LOOP.test(key) && below.is === 'list' ? below.items : [];
      const name = textOf(variable);
      const found = collection ? itemsOf(collection) : null;
      // Of all regions together it may be more than CloudFormation takes of one.
      const items = found?.depends && rounds + found.texts.length > MAX_ROUNDS ? null : found;
      if (name === null || !collection || items === null || body?.is !== 'map') {
        entries.set(key, { node: expand(below, depth === 0 ? key : null, depth + 1), line });
        continue;
      }
      for (const value of items.texts) {
        rounds += 1;
        if (rounds > MAX_ROUNDS)
          throw new UnreadableTemplate(`writes more than ${MAX_ROUNDS} resources or values in loops`);
        const condition = items.depends ? `${value} is among the items of ${key}` : null;
        if (condition !== null) conditions.set(condition, { node: isAmong(value, collection), line });
        const round = expand(replaced(body, name, value), section, depth + 1);
        for (const [k, v] of entriesOf(round))
          entries.set(
            k,
            condition === null ? v : { ...v, node: under(condition, v.node, section, conditions) },
          );
      }
    }
    return map(entries, node.line);
  };
  const whole = expand(root, null, 0);
  if (conditions.size === 0 || whole.is !== 'map') return whole;
  const all = new Map([...entriesOf(get(whole, 'Conditions')), ...conditions]);
  return map(
    new Map([...whole.entries, ['Conditions', { node: map(all, null), line: null }] as const]),
    whole.line,
  );
}

function isAmong(value: string, collection: Node): Node {
  const { line } = collection;
  const members = list([list([text(value, line)], line), collection], line);
  return map(new Map([['Fn::EachMemberIn', { node: members, line }]]), line);
}

/** What a round writes counts only where the condition holds: as a resource or output of that condition, or as a value. */
function under(
  condition: string,
  node: Node,
  section: string | null,
  conditions: Map<string, { node: Node; line: number | null }>,
): Node {
  const { line } = node;
  // Conditions of other regions are defined and have no effect.
  if (section === 'Conditions') return node;
  if (section === 'Resources' || section === 'Outputs') {
    if (node.is !== 'map') return node;
    const own = textOf(get(node, 'Condition'));
    const name = own === null ? condition : `${own}, and ${condition}`;
    if (own !== null) {
      const both = [own, condition].map((one) =>
        map(new Map([['Condition', { node: text(one, line), line }]]), line),
      );
      conditions.set(name, {
        node: map(new Map([['Fn::And', { node: list(both, line), line }]]), line),
        line,
      });
    }
    return map(new Map([...node.entries, ['Condition', { node: text(name, line), line }] as const]), line);
  }
  const noValue = map(new Map([['Ref', { node: text('AWS::NoValue', line), line }]]), line);
  return map(new Map([['Fn::If', { node: list([text(condition, line), node, noValue], line), line }]]), line);
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

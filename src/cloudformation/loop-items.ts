import { REGIONS } from '../inventory/regions.ts';
import { entriesOf, functionOf, get, type Node, textOf } from './node.ts';
import type { StackValue } from './parameters.ts';
import { branchesOf } from './walk.ts';

/** The items that a Fn::ForEach goes over. */
export interface LoopItems {
  readonly texts: readonly string[];
  /** Whether the region, the account or a condition decides which of them it goes over. */
  readonly depends: boolean;
}

/** What the collection of a Fn::ForEach may hold in any region; null where that is not in the template (User Guide, Fn::ForEach). */
export function loopItems(root: Node, values: readonly StackValue[]): (collection: Node) => LoopItems | null {
  const given = new Map(values.map(({ name, value }) => [name, value]));
  const parameters = get(root, 'Parameters');
  const mappings = get(root, 'Mappings');

  const parameter = (name: string): Node | string | null => {
    const byDefault = get(get(parameters, name), 'Default');
    return given.get(name) ?? textOf(byDefault) ?? (byDefault?.is === 'list' ? byDefault : null);
  };

  /** A key that is written out, or the value of a parameter; null: the region or a condition decides. */
  const keyOf = (node: Node | undefined): string | null => {
    const name = textOf(get(node, 'Ref'));
    if (name === null) return textOf(node);
    const value = parameter(name);
    return typeof value === 'string' ? value : null;
  };

  const rowsOf = (node: Node | undefined, key: string | null): readonly Node[] => {
    if (key === null) return entriesOf(node).map(([, { node: row }]) => row);
    const row = get(node, key);
    return row ? [row] : [];
  };

  const found = (items: readonly Node[]): LoopItems | null => {
    const [map, first, second] = items.slice(0, 3).map(keyOf);
    if (map === null || map === undefined || first === undefined || second === undefined) return null;
    const rows = rowsOf(get(mappings, map), first).flatMap((row) => rowsOf(row, second));
    const depends = first === null || second === null || rows.length === 0;
    return all([...rows, ...[get(items[3], 'DefaultValue') ?? []].flat()], depends);
  };

  const all = (nodes: readonly Node[], depends = false): LoopItems | null => {
    const each = nodes.map(itemsOf);
    if (each.some((one) => one === null)) return null;
    return {
      texts: [...new Set(each.flatMap((one) => one?.texts ?? []))],
      depends: depends || each.some((one) => one?.depends),
    };
  };

  const itemsOf = (node: Node): LoopItems | null => {
    if (node.is === 'text') return { texts: node.text === null ? [] : [node.text], depends: false };
    if (node.is === 'list') return all(node.items);
    const call = functionOf(node);
    const items = call?.of.is === 'list' ? call.of.items : [];
    switch (call?.name) {
      case 'Ref':
        return ofParameter(textOf(call.of));
      case 'Fn::FindInMap':
        return found(items);
      case 'Fn::If':
        return all(
          branchesOf(call.of).map(({ branch }) => branch),
          true,
        );
      case 'Fn::Split': {
        const [separator, from] = [textOf(items[0]), items[1] ? itemsOf(items[1]) : null];
        if (separator === null || separator === '' || from === null) return null;
        return { ...from, texts: [...new Set(from.texts.flatMap((text) => text.split(separator)))] };
      }
      default:
        return null;
    }
  };

  const ofParameter = (name: string | null): LoopItems | null => {
    if (name === 'AWS::NoValue') return { texts: [], depends: false };
    if (name === 'AWS::Region') return { texts: REGIONS, depends: true };
    const value = name === null ? null : parameter(name);
    if (value === null) return null;
    if (typeof value !== 'string') return itemsOf(value);
    return { texts: value.split(',').map((item) => item.trim()), depends: false };
  };

  return itemsOf;
}

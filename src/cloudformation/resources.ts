import type { Expression } from '../inventory/template.ts';
import { type Names, NO_VALUE } from './intrinsics.ts';
import { entriesOf, get, type Node, textOf } from './node.ts';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Node;
  /** The whole resource: Type, Properties, UpdatePolicy, … */
  readonly body: Node;
  readonly names: Names;
  /** Makes a value absent where the resource is not created. */
  readonly created: (value: Expression) => Expression;
}

/** The resources that are written out. Of a Fn::ForEach the body counts once, its variable unknown. */
export function resourcesOf(section: Node | undefined, names: Names): Resource[] {
  return entriesOf(section).flatMap(([logicalId, { node }]): Resource[] => {
    if (logicalId.startsWith('Fn::ForEach::')) {
      const [variable, , body] = node.is === 'list' ? node.items : [];
      const name = textOf(variable);
      return name === null ? [] : resourcesOf(body, { ...names, loops: new Set([...names.loops, name]) });
    }
    const type = textOf(get(node, 'Type'));
    if (type === null) return [];
    const condition = textOf(get(node, 'Condition'));
    return [
      {
        logicalId,
        type,
        properties: get(node, 'Properties') ?? { is: 'map', entries: new Map(), line: null, size: 1 },
        body: node,
        names,
        created: (value) => (condition === null ? value : { is: 'if', condition, yes: value, no: NO_VALUE }),
      },
    ];
  });
}

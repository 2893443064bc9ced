import type { TemplateParameter } from '../inventory/template.ts';
import { entriesOf, get, map, type Node, text, textOf } from './node.ts';

/** A parameter of a stack, as DescribeStacks returns it. */
export interface StackValue {
  readonly name: string;
  readonly value: string | null;
  /** What an SSM-typed parameter came to in the stack's own region. */
  readonly resolved: string | null;
  readonly masked: boolean;
}

export function parametersOf(section: Node | undefined, values: readonly StackValue[]): TemplateParameter[] {
  const given = new Map(values.map((v) => [v.name, v]));
  return entriesOf(section).flatMap(([name, { node, line }]): TemplateParameter[] => {
    if (node.is !== 'map' || name.startsWith('Fn::')) return [];
    const byDefault = get(node, 'Default');
    const value = given.get(name);
    return [
      {
        name,
        type: textOf(get(node, 'Type')) ?? 'String',
        default: defaultText(byDefault),
        value: value?.value ?? null,
        resolved: value?.resolved ?? null,
        masked: value?.masked ?? false,
        line: byDefault?.line ?? line,
      },
    ];
  });
}

/** An empty default is an empty text; a list is what CloudFormation takes as "a,b". */
function defaultText(node: Node | undefined): string | null {
  if (!node) return null;
  if (node.is === 'text') return node.text ?? '';
  return node.is === 'list' ? node.items.map((item) => textOf(item) ?? '').join(',') : null;
}

/** The template with other defaults for the parameters that it has. */
export function withDefaults(root: Node, defaults: ReadonlyMap<string, string>): Node {
  const section = get(root, 'Parameters');
  if (defaults.size === 0 || root.is !== 'map' || section?.is !== 'map') return root;
  const declared = [...section.entries].map(([name, { node, line }]) => {
    const value = defaults.get(name);
    if (value === undefined || node.is !== 'map') return [name, { node, line }] as const;
    const entries = new Map([...node.entries, ['Default', { node: text(value, line), line }] as const]);
    return [name, { node: map(entries, node.line), line }] as const;
  });
  const parameters = { node: map(new Map(declared), section.line), line: section.line };
  return map(new Map([...root.entries, ['Parameters', parameters] as const]), root.line);
}

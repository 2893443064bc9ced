import type { Expression, Template, TemplateReference } from '../inventory/template.ts';
import { OPTION_TYPES, optionPath, SSH_SOURCE, sshSourceGroup } from './beanstalk.ts';
import { kindNamed, kindOfType } from './ids.ts';
import { toExpression } from './intrinsics.ts';
import { functionOf, type Node, textOf } from './node.ts';
import { PLACES } from './places.ts';
import { within } from './reach.ts';
import type { Resource } from './resources.ts';
import { startsInstances } from './starts.ts';
import { branchesOf, valuesAt } from './walk.ts';

type Literals = Pick<Template, 'mappings' | 'parameters'>;

/** Everything that a template refers to in its region, in the order it is written. */
export function referencesOf(resources: readonly Resource[], literals: Literals): TemplateReference[] {
  const found = resources.flatMap((resource) => [...ofResource(resource, literals)]);
  return [...found, ...ofParameters(found, literals)];
}

function* ofResource(resource: Resource, literals: Literals): Generator<TemplateReference> {
  const { logicalId, type, properties, names, created } = resource;
  const starts = startsInstances(type, properties, names);
  // By place and not by node: with an alias one node is in several places.
  const seen = new Set<string>();
  const reference = (
    path: readonly string[],
    { line }: Node,
    value: Expression,
    what: Pick<TemplateReference, 'to' | 'by' | 'launches'>,
  ): TemplateReference => ({
    resource: logicalId,
    type,
    path: ['Properties', ...path].join('.'),
    line,
    to: what.to,
    by: what.by,
    launches: what.launches || starts,
    value: created(value),
  });
  for (const place of PLACES.get(type) ?? []) {
    for (const { path, node, value } of valuesAt(properties, place.path, names)) {
      seen.add(path.join('.'));
      const one: Expression = place.commas ? { is: 'split', separator: ',', from: value, trim: true } : value;
      const version = place.to === 'launch-template' ? versionBeside(path) : undefined;
      yield { ...reference(path, node, one, place), ...(version ? { version } : {}) };
    }
  }
  if (OPTION_TYPES.some((one) => one === type)) yield* sshSources();
  yield* elsewhere(properties, [], (value) => value);

  /** What a function makes of the text is not taken apart. */
  function* sshSources(): Generator<TemplateReference> {
    for (const { path, node } of valuesAt(properties, optionPath(...SSH_SOURCE), names)) {
      const text = sshSourceGroup(textOf(node) ?? '');
      if (text === null) continue;
      seen.add(path.join('.'));
      yield reference(
        path,
        node,
        { is: 'text', text },
        { to: 'security-group', by: 'either', launches: true },
      );
    }
  }

  /** Which version of a launch template is meant is written beside its id or name. */
  function versionBeside(path: readonly string[]): Expression | undefined {
    const [found] = valuesAt(properties, [...path.slice(0, -1), 'Version'], names);
    return found && created(found.value);
  }

  /** A property that no table knows: an id says what it is in any property. */
  function* elsewhere(
    node: Node,
    path: readonly string[],
    wrap: (value: Expression) => Expression,
  ): Generator<TemplateReference> {
    if (seen.has(path.join('.'))) return;
    const call = functionOf(node);
    if (call?.name === 'Fn::If') {
      for (const { branch, wrap: own } of branchesOf(call.of)) {
        yield* elsewhere(branch, path, (value) => wrap(own(value)));
      }
    } else if (call || node.is === 'text') {
      const value = toExpression(node, names);
      const to = kindNamed(value, literals);
      if (to) yield reference(path, node, wrap(value), { to, by: 'id', launches: false });
    } else if (node.is === 'list') {
      for (const [i, item] of node.items.entries()) yield* elsewhere(item, [...path, String(i)], wrap);
    } else {
      for (const [key, { node: below }] of node.entries) yield* elsewhere(below, [...path, key], wrap);
    }
  }
}

/** CloudFormation checks these types when it deploys, independent of how the value is used; one that a reference goes through is that reference's. */
function ofParameters(found: readonly TemplateReference[], { parameters }: Literals): TemplateReference[] {
  const used = new Set<string>();
  for (const { value } of found) {
    for (const part of within(value)) if (part.is === 'parameter') used.add(part.name);
  }
  return parameters.flatMap((p): TemplateReference[] => {
    const kind = kindOfType(p.type);
    if (!kind || used.has(p.name)) return [];
    return [
      {
        resource: p.name,
        type: p.type,
        path: 'Default',
        line: p.line,
        ...kind,
        launches: false,
        value: { is: 'parameter', name: p.name },
      },
    ];
  });
}

import type { Expression, Template } from '../inventory/template.ts';
import { boundsOf } from './bound.ts';
import { toCondition } from './conditions.ts';
import { creationsOf, exportsIn } from './creations.ts';
import { descriptionFaults } from './descriptions.ts';
import { parseTemplate } from './document.ts';
import { evaluate } from './evaluate.ts';
import { faultsOf } from './faults.ts';
import type { Names } from './intrinsics.ts';
import { jsonNode } from './json-node.ts';
import { lackingOf } from './lacking.ts';
import { launchesOf } from './launch-fields.ts';
import { lookUpsOf } from './look-ups.ts';
import { withoutLoops } from './loops.ts';
import { nestedCalls, outputsOf, type WholeTemplate } from './nested.ts';
import { entriesOf, get, type Node, textOf } from './node.ts';
import { parametersOf, type StackValue, withDefaults } from './parameters.ts';
import { reachedBy, within } from './reach.ts';
import { referencesOf } from './references.ts';
import { resourcesOf } from './resources.ts';
import { rulesOf } from './rules.ts';
import { withGlobals } from './serverless.ts';
import { unknownLaunchesOf } from './unknown-launches.ts';
import { UnreadableTemplate } from './unreadable.ts';

/**
 * The text of a template, YAML or JSON, read for what it refers to. `values`: those of the stack that was made from it.
 * @throws UnreadableTemplate
 */
export function readTemplate(text: string, values: readonly StackValue[] = []): Template {
  return readWhole(text, values).template;
}

/**
 * The same with the nested stacks, whose templates are elsewhere. `defaults`: values of parameters that take the place of the
 * defaults that the template has.
 * @throws UnreadableTemplate
 */
export function readWhole(
  text: string,
  values: readonly StackValue[] = [],
  defaults: ReadonlyMap<string, string> = new Map(),
): WholeTemplate {
  return templateFrom(withDefaults(parseTemplate(text), defaults), values);
}

/**
 * `TemplateBody` of GetTemplate: text, or the object that the AWS CLI makes of JSON text. JSON has no lines here, so that
 * a stack is the same over the API and from a dump.
 * @throws UnreadableTemplate
 */
export function readTemplateBody(body: unknown, values: readonly StackValue[] = []): WholeTemplate {
  if (typeof body !== 'string') return templateFrom(jsonNode(body), values);
  const json = jsonOf(body);
  return json === null ? readWhole(body, values) : templateFrom(jsonNode(json), values);
}

function jsonOf(text: string): object | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function templateFrom(document: Node, values: readonly StackValue[]): WholeTemplate {
  const root = withGlobals(withoutLoops(document, values));
  const section = get(root, 'Resources');
  if (root.is !== 'map' || section?.is !== 'map') {
    throw new UnreadableTemplate('holds no Resources, so it is no CloudFormation template');
  }
  const written = entriesOf(get(root, 'Mappings')).filter(([, { node }]) => isWrittenOut(node));
  const parameters = parametersOf(get(root, 'Parameters'), values);
  const names: Names = {
    parameters: new Set(parameters.map(({ name }) => name)),
    mappings: new Set(written.map(([name]) => name)),
    loops: new Set(),
    mappingNamed: (expression) => mappingNamed(expression, bare),
  };
  const mappings = written.flatMap(([name, { node }]) => rowsOf(name, node));
  // Read once, however many names of mappings go through it.
  const bare = { ...NOTHING, parameters, mappings };
  const resources = resourcesOf(section, names);
  const references = referencesOf(resources, { mappings, parameters });
  const unknownLaunches = unknownLaunchesOf(root, resources);
  const lookUps = lookUpsOf(root, resources, names, parameters);
  const creates = [...creationsOf(resources), ...exportsIn(get(root, 'Outputs'), names)];
  const launches = launchesOf(resources);
  const bounds = boundsOf(resources, launches);
  const faults = [
    ...faultsOf(root, resources, names),
    ...lackingOf(root, resources),
    ...descriptionFaults(resources),
  ];
  const rules = rulesOf(get(root, 'Rules'), names, parameters);
  const conditions = entriesOf(get(root, 'Conditions')).map(([name, { node }]) => ({
    name,
    condition: toCondition(node, names),
  }));
  const nested = nestedCalls(resources);
  const outputs = outputsOf(get(root, 'Outputs'), names);
  const expressions = [
    ...[...references, ...unknownLaunches, ...lookUps, ...bounds].map(({ value }) => value),
    ...faults.flatMap(({ value }) => value ?? []),
    ...references.flatMap(({ version }) => version ?? []),
    ...nested.flatMap(({ parameters: given }) => [...given.values()]),
    ...outputs.values(),
    ...launches.flatMap(({ fields }) => fields.map(({ value }) => value)),
    ...creates.flatMap(({ name, vpc }) => (vpc ? [name, vpc] : [name])),
  ];
  const demands = rules.flatMap((r) => [...(r.when ? [r.when] : []), ...r.assertions.map((a) => a.assert)]);
  const template: Template = {
    parameters,
    ...reachedBy(expressions, demands, { mappings, conditions }),
    resources: resources.map(({ logicalId, type }) => ({ logicalId, type })),
    references,
    unknownLaunches,
    lookUps,
    creates,
    launches,
    bounds,
    rules,
    faults,
  };
  return { template, nested, outputs };
}

const NOTHING: Template = {
  parameters: [],
  mappings: [],
  conditions: [],
  resources: [],
  references: [],
  unknownLaunches: [],
  lookUps: [],
  creates: [],
  launches: [],
  bounds: [],
  rules: [],
  faults: [],
};

/** Fn::FindInMap takes Ref and Fn::FindInMap for the name of the mapping (User Guide, Fn::FindInMap). */
function mappingNamed(expression: Expression, bare: Template): string | null {
  if ([...within(expression)].some(({ is }) => is === 'pseudo' || is === 'if')) return null;
  const [only, ...more] = evaluate(expression, bare, { region: '', account: null });
  return only?.is === 'value' && more.length === 0 ? only.value : null;
}

function isWrittenOut(mapping: Node): boolean {
  return (
    !get(mapping, 'Fn::Transform') &&
    entriesOf(mapping).every(([, { node }]) => node.is === 'map' && !get(node, 'Fn::Transform'))
  );
}

function rowsOf(map: string, mapping: Node): Template['mappings'] {
  return entriesOf(mapping).flatMap(([first, { node: row }]) =>
    entriesOf(row).flatMap(([second, { node }]): Template['mappings'] => {
      if (node.is === 'map') return [];
      const value = node.is === 'text' ? (node.text ?? '') : node.items.map((item) => textOf(item) ?? '');
      return [{ map, first, second, value, line: node.line }];
    }),
  );
}

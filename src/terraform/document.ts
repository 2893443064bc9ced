import { get, isObject, type JsonObject, listOf, textOf } from './json.ts';
import { UnreadableTerraform } from './unreadable.ts';

/** One resource or data source as the plan or state shows it. */
export interface Shown {
  /** "module.web[\"a\"].aws_instance.this[0]" */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** The module calls on the way to it, without their keys: ["web"]. */
  readonly modules: readonly string[];
  /** The address of its module with keys; empty for the root. */
  readonly module: string;
  readonly values: JsonObject;
  /** Which of the values are known only after apply. */
  readonly unknown: unknown;
  /** Which of the values are sensitive. */
  readonly sensitive: unknown;
  /** Whether applying the plan creates it. */
  readonly created: boolean;
}

/** What `terraform show -json` prints, as far as this tool reads it. */
export interface TerraformDocument {
  readonly is: 'plan' | 'state';
  readonly resources: readonly Shown[];
  readonly variables: JsonObject;
  /** `configuration` of a plan; a state has none. */
  readonly configuration: JsonObject | null;
}

const MAX_MODULE_DEPTH = 64;
const MAX_RESOURCES = 200_000;

/** Whether parsed JSON is what `terraform show -json` or `tofu show -json` prints. */
export function isTerraform(json: unknown): json is JsonObject {
  if (!isObject(json)) return false;
  return (
    typeof get(json, 'format_version') === 'string' &&
    ['planned_values', 'resource_changes', 'values', 'terraform_version', 'prior_state'].some((key) =>
      Object.hasOwn(json, key),
    )
  );
}

/** Whether it is a state file itself, or another output of Terraform that does not show what is needed. */
export function otherTerraformFile(json: unknown): string | null {
  if (!isObject(json)) return null;
  if (get(json, 'version') !== undefined && get(json, 'lineage') !== undefined && get(json, 'resources'))
    return 'is a state file of Terraform as it is stored';
  if (typeof get(json, '@level') === 'string') return 'is the log that Terraform prints with -json';
  if (get(json, 'format_version') !== undefined && get(json, 'provider_schemas'))
    return 'holds schemas of providers, and neither a plan nor a state';
  return null;
}

/** @throws UnreadableTerraform */
export function documentOf(json: JsonObject): TerraformDocument {
  const version = textOf(get(json, 'format_version')) ?? '';
  if (!/^[01](?:\.|$)/.test(version))
    throw new UnreadableTerraform(`has the format version "${version}", which this version does not know`);
  const isPlan = ['planned_values', 'resource_changes', 'configuration'].some((key) =>
    Object.hasOwn(json, key),
  );
  const values = get(json, isPlan ? 'planned_values' : 'values');
  if (values !== undefined && values !== null && !isObject(values))
    throw new UnreadableTerraform(`holds ${isPlan ? '"planned_values"' : '"values"'} that is no object`);
  const changes = new Map(
    listOf(get(json, 'resource_changes')).flatMap((change) => {
      const address = textOf(get(change, 'address'));
      return address === null ? [] : [[address, get(change, 'change')] as const];
    }),
  );
  const roots = [get(values, 'root_module')];
  // Data sources that were read before the plan are in the state that it started from.
  const before = isPlan ? [get(json, 'prior_state', 'values', 'root_module')] : [];
  const resources = roots.flatMap((root) => [...shownIn(root, changes)]);
  const known = new Set(resources.map(({ address }) => address));
  const data = before
    .flatMap((root) => [...shownIn(root, changes)])
    .filter(({ mode, address }) => mode === 'data' && !known.has(address));
  if (resources.length + data.length > MAX_RESOURCES)
    throw new UnreadableTerraform(`holds more than ${MAX_RESOURCES} resources`);
  const configuration = get(json, 'configuration');
  const variables = get(json, 'variables');
  return {
    is: isPlan ? 'plan' : 'state',
    resources: [...resources, ...data],
    variables: isObject(variables) ? variables : {},
    configuration: isObject(configuration) ? configuration : null,
  };
}

function* shownIn(
  module: unknown,
  changes: ReadonlyMap<string, unknown>,
  modules: readonly string[] = [],
): Generator<Shown> {
  if (modules.length > MAX_MODULE_DEPTH)
    throw new UnreadableTerraform(`nests modules deeper than ${MAX_MODULE_DEPTH} levels`);
  const own = textOf(get(module, 'address')) ?? '';
  for (const resource of listOf(get(module, 'resources'))) {
    const address = textOf(get(resource, 'address'));
    const type = textOf(get(resource, 'type'));
    if (address === null || type === null) continue;
    const change = changes.get(address);
    const values = get(resource, 'values');
    yield {
      address,
      mode: get(resource, 'mode') === 'data' ? 'data' : 'managed',
      type,
      name: textOf(get(resource, 'name')) ?? '',
      modules,
      module: own,
      values: isObject(values) ? values : {},
      unknown: get(change, 'after_unknown'),
      sensitive: get(change, 'after_sensitive') ?? get(resource, 'sensitive_values'),
      created: listOf(get(change, 'actions')).includes('create'),
    };
  }
  for (const child of listOf(get(module, 'child_modules'))) {
    const address = textOf(get(child, 'address')) ?? '';
    const rest = own === '' ? address : address.slice(own.length + 1);
    const name = /^module\.([^.[]+)/.exec(rest)?.[1];
    if (name !== undefined) yield* shownIn(child, changes, [...modules, name]);
  }
}

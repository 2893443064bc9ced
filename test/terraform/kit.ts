import { compare } from '../../src/comparator/compare.ts';
import type { TemplateFile } from '../../src/comparator/pairing/template-files.ts';
import type { Report } from '../../src/report/model.ts';
import { readTerraform } from '../../src/terraform/index.ts';
import { type Estate, snapshotOf, VPC } from '../kit/estate.ts';

interface Resource {
  readonly type: string;
  readonly name?: string;
  readonly mode?: 'managed' | 'data';
  /** The key of count or for_each. */
  readonly index?: string | number;
  /** Names of the modules that it is in, with their keys: ["web[\"a\"]"]. */
  readonly modules?: readonly string[];
  readonly values: object;
  /** What the configuration writes: constants as they are, references as `{references: […]}`. */
  readonly written?: object;
  readonly unknown?: object;
  readonly sensitive?: object;
  readonly actions?: readonly string[];
  readonly provider?: string;
  /** What its for_each goes over: the constants in it, or `{references: […]}`. */
  readonly forEach?: object;
}

interface Plan {
  readonly resources: readonly Resource[];
  readonly region?: string | { readonly references: readonly string[] } | null;
  readonly providers?: object;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Declarations of the root module's variables. */
  readonly declared?: object;
  /** Of each module by name: `{expressions, variables, outputs}`. */
  readonly modules?: Readonly<
    Record<string, { expressions?: object; variables?: object; outputs?: object; forEach?: object }>
  >;
}

export const ref = (...references: string[]) => ({
  references: references
    .flatMap((r) => [r, r.split('.').slice(0, -1).join('.')])
    .filter((r) => r.includes('.')),
});

function expressionsOf(written: object): object {
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, expressionOf(value)]));
}
function expressionOf(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'references' in value) return value;
  const isBlock = Array.isArray(value) && value.some((v) => typeof v === 'object');
  if (isBlock) return value.map((block) => expressionsOf(block));
  return { constant_value: value };
}

const addressOf = ({ mode, type, name = 'this', index }: Resource) =>
  `${mode === 'data' ? 'data.' : ''}${type}.${name}${index === undefined ? '' : `[${JSON.stringify(index)}]`}`;
const moduleOf = ({ modules = [] }: Resource) => modules.map((m) => `module.${m}`).join('.');
const fullAddress = (r: Resource) => [moduleOf(r), addressOf(r)].filter((p) => p !== '').join('.');

/** `values` of a plan or state: the resources in their modules, one level of modules. */
function valuesOf(resources: readonly Resource[]): object {
  const shown = (r: Resource) => ({
    address: fullAddress(r),
    mode: r.mode ?? 'managed',
    type: r.type,
    name: r.name ?? 'this',
    values: r.values,
    sensitive_values: r.sensitive ?? {},
  });
  const modules = [...new Set(resources.map(moduleOf).filter((m) => m !== ''))];
  return {
    root_module: {
      resources: resources.filter((r) => moduleOf(r) === '').map(shown),
      child_modules: modules.map((address) => ({
        address,
        resources: resources.filter((r) => moduleOf(r) === address).map(shown),
      })),
    },
  };
}

/** Blocks and attributes with the value at the path and nothing else. */
export function attributesAt(path: readonly string[], value: unknown): object {
  const [step = '', ...rest] = path;
  if (rest.length === 0) return { [step]: value };
  if (rest[0] === '*') return { [step]: rest.length === 1 ? [value] : [attributesAt(rest.slice(1), value)] };
  return { [step]: attributesAt(rest, value) };
}
/** A plan as `terraform show -json` prints it. */
export function plan({ resources, region = 'us-east-1', ...more }: Plan) {
  const configured = (module: string) =>
    resources
      .filter((r) => moduleOf(r).replace(/\[[^\]]*\]/g, '') === module)
      .map((r) => ({
        address: addressOf({ ...r, index: undefined } as unknown as Resource),
        mode: r.mode ?? 'managed',
        type: r.type,
        name: r.name ?? 'this',
        provider_config_key: r.provider ?? 'aws',
        expressions: expressionsOf(r.written ?? {}),
        ...(r.forEach ? { for_each_expression: r.forEach } : {}),
      }));
  return {
    format_version: '1.2',
    terraform_version: '1.9.0',
    variables: Object.fromEntries(
      Object.entries(more.variables ?? {}).map(([name, value]) => [name, { value }]),
    ),
    planned_values: valuesOf(resources.filter((r) => r.mode !== 'data')),
    prior_state: { format_version: '1.0', values: valuesOf(resources.filter((r) => r.mode === 'data')) },
    resource_changes: resources
      .filter((r) => r.mode !== 'data')
      .map((r) => ({
        address: fullAddress(r),
        change: {
          actions: r.actions ?? ['create'],
          after_unknown: r.unknown ?? {},
          after_sensitive: r.sensitive ?? {},
        },
      })),
    configuration: {
      provider_config: more.providers ?? {
        aws: {
          name: 'aws',
          expressions:
            region === null
              ? {}
              : { region: typeof region === 'string' ? { constant_value: region } : region },
        },
      },
      root_module: {
        resources: configured(''),
        variables: more.declared ?? {},
        module_calls: Object.fromEntries(
          Object.entries(more.modules ?? {}).map(([name, m]) => [
            name,
            {
              source: `./${name}`,
              expressions: expressionsOf(m.expressions ?? {}),
              ...(m.forEach ? { for_each_expression: m.forEach } : {}),
              module: {
                resources: configured(`module.${name}`),
                variables: m.variables ?? {},
                outputs: m.outputs ?? {},
              },
            },
          ]),
        ),
      },
    },
  };
}

export function state(resources: readonly Resource[]) {
  return { format_version: '1.0', terraform_version: '1.9.0', values: valuesOf(resources) };
}

export function filesOf(json: object, file = 'plan.json'): TemplateFile[] {
  const parts = readTerraform(json as never);
  return parts.map(({ region, account, applied, template }) => ({
    file,
    template,
    region,
    account,
    applied,
    language: 'terraform',
    of: file,
    name: parts.length > 1 ? `${file} (${region})` : file,
  }));
}

/** An audit of us-east-1 and eu-west-1 with what a plan or a state holds. */
export function audited(json: object, target: Estate = {}, source: Estate = {}): Report {
  return compare({
    source: snapshotOf('us-east-1', { vpcs: [VPC], ...source }),
    target: snapshotOf('eu-west-1', { vpcs: [VPC], ...target }),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: filesOf(json),
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
}

export const verdicts = (report: Report) => report.workloads.map((w) => w.verdict);
export const why = (report: Report) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));

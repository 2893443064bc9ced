import type { Expression, Template } from '../inventory/template.ts';
import { type Names, toExpression } from './intrinsics.ts';
import { entriesOf, get, type Node, textOf } from './node.ts';
import type { Resource } from './resources.ts';
import { type Rewriter, rewriter } from './rewrite.ts';

/** A nested stack, whose template is elsewhere. */
export interface NestedCall {
  readonly resource: string;
  readonly line: number | null;
  /** Of a template that is a file beside the one that calls it, as written there; null of any other. */
  readonly path: string | null;
  readonly parameters: ReadonlyMap<string, Expression>;
  /** Makes a value absent where the nested stack is not created. */
  readonly created: (value: Expression) => Expression;
}

/** A template with what it nests and what it puts out. */
export interface WholeTemplate {
  readonly template: Template;
  readonly nested: readonly NestedCall[];
  readonly outputs: ReadonlyMap<string, Expression>;
}

const LOCATIONS: ReadonlyMap<string, string> = new Map([
  ['AWS::CloudFormation::Stack', 'TemplateURL'],
  ['AWS::Serverless::Application', 'Location'],
]);

/** The nested stacks of a template; `aws cloudformation package`, `sam` and the AWS CDK have theirs as files. */
export function nestedCalls(resources: readonly Resource[]): NestedCall[] {
  return resources.flatMap(({ logicalId, type, properties, body, names, created }): NestedCall[] => {
    const property = LOCATIONS.get(type);
    if (property === undefined) return [];
    const asset = textOf(get(get(body, 'Metadata'), 'aws:asset:path'));
    const path = asset ?? textOf(get(properties, property));
    const isFile = path !== null && path !== '' && !/^(?:[a-z][a-z0-9+.-]*:|\/|\\|\{\{)/i.test(path);
    const parameters = new Map(
      entriesOf(get(properties, 'Parameters')).map(([name, { node }]) => [name, toExpression(node, names)]),
    );
    return [{ resource: logicalId, line: body.line, path: isFile ? path : null, parameters, created }];
  });
}

export function outputsOf(section: Node | undefined, names: Names): ReadonlyMap<string, Expression> {
  return new Map(
    entriesOf(section).flatMap(([name, { node }]) => {
      const value = get(node, 'Value');
      return value ? [[name, toExpression(value, names)] as const] : [];
    }),
  );
}

/** The template with the resources of its nested stacks as if they were its own, named "Nested.Resource". */
export function withNested(
  parent: WholeTemplate,
  children: readonly {
    readonly call: NestedCall;
    readonly child: WholeTemplate;
    /** The file of the child, as findings name it; absent where it is no file. */
    readonly file?: string;
  }[],
): WholeTemplate {
  const followed = new Set(children.map(({ call }) => call.resource));
  const outputs = new Map(
    children.map(({ call, child }) => {
      const put = within(call, child.template);
      return [
        call.resource,
        new Map([...child.outputs].map(([name, value]) => [name, put.expression(value)])),
      ] as const;
    }),
  );
  const own = rewriter({
    resource: (id, attribute) => {
      const name = attribute?.startsWith('Outputs.') ? attribute.slice('Outputs.'.length) : null;
      return (name === null ? undefined : outputs.get(id)?.get(name)) ?? null;
    },
  });
  const mine = mapped(parent.template, own, (value) => value);
  const parts = children.map(({ call, child, file }) => {
    const put = within(call, child.template);
    // What the nested stack is given may itself come from another nested stack.
    const both = {
      expression: (e: Expression) => own.expression(put.expression(e)),
      condition: put.condition,
    };
    return mapped(child.template, both, call.created, { call, file });
  });
  const all = [
    { ...mine, unknownLaunches: mine.unknownLaunches.filter(({ resource }) => !followed.has(resource)) },
    ...parts,
  ];
  const together = <K extends keyof Template>(key: K) =>
    all.flatMap((one) => one[key] as unknown[]) as Template[K];
  return {
    nested: [],
    outputs: new Map([...parent.outputs].map(([name, value]) => [name, own.expression(value)])),
    template: {
      parameters: together('parameters'),
      mappings: together('mappings'),
      conditions: together('conditions'),
      resources: together('resources'),
      references: together('references'),
      unknownLaunches: together('unknownLaunches'),
      lookUps: together('lookUps'),
      creates: together('creates'),
      launches: together('launches'),
      bounds: together('bounds'),
      rules: together('rules'),
      faults: together('faults'),
    },
  };
}

/** The names of a nested template as those of the whole; its parameters as what the call gives. */
function within({ resource, parameters }: NestedCall, child: Template): Rewriter {
  const types = new Map(child.parameters.map((p) => [p.name, p.type]));
  return rewriter({
    prefix: `${resource}.`,
    // CloudFormation makes the name of a nested stack.
    pseudo: (name) =>
      name === 'AWS::StackName' || name === 'AWS::StackId'
        ? { is: 'unknown', what: `${name} of the nested stack "${resource}"` }
        : null,
    parameter: (name) => {
      const given = parameters.get(name);
      const type = types.get(name) ?? '';
      if (!given) return null;
      if (type.startsWith('AWS::SSM::Parameter::Value<')) return { is: 'ssm', name: given };
      const isList = type.startsWith('List<') || type === 'CommaDelimitedList';
      return isList ? { is: 'split', separator: ',', from: given, trim: true } : given;
    },
  });
}

const EXISTS: Expression = { is: 'text', text: 'exists' };

/** `nested`: of a nested template that is no file, the lines are those of the resource that nests it. */
function mapped(
  template: Template,
  put: Rewriter,
  created: (value: Expression) => Expression,
  nested?: { readonly call: NestedCall; readonly file: string | undefined },
): Template {
  const { call, file } = nested ?? {};
  const named = (name: string) => (call ? `${call.resource}.${name}` : name);
  const placed = <T extends { line: number | null; file?: string | undefined }>(one: T): T => {
    if (!call) return one;
    return file === undefined ? { ...one, line: call.line } : { ...one, file: one.file ?? file };
  };
  const written = <
    T extends { resource: string; line: number | null; file?: string | undefined; value: Expression },
  >(
    one: T,
  ): T => ({
    ...placed(one),
    resource: named(one.resource),
    value: created(put.expression(one.value)),
  });
  return {
    parameters: template.parameters
      .filter(({ name }) => !call?.parameters.has(name))
      .map((p) => ({ ...placed(p), name: named(p.name) })),
    mappings: template.mappings.map((row) => ({ ...placed(row), map: named(row.map) })),
    conditions: template.conditions.map((c) => ({
      name: named(c.name),
      condition: put.condition(c.condition),
    })),
    resources: template.resources.map((r) => ({ ...r, logicalId: named(r.logicalId) })),
    // A parameter that the call gives is checked where it is used.
    references: template.references.map((one) => ({
      ...written(one),
      ...(one.version ? { version: created(put.expression(one.version)) } : {}),
    })),
    unknownLaunches: template.unknownLaunches.map(written),
    lookUps: template.lookUps.map(written),
    bounds: template.bounds.map(written),
    faults: template.faults.map((one) => ({
      ...placed(one),
      resource: named(one.resource),
      // What is wrong with a nested template counts only where its stack is created.
      ...(one.value || call ? { value: created(one.value ? put.expression(one.value) : EXISTS) } : {}),
    })),
    creates: template.creates.map((one) => ({
      ...placed(one),
      resource: named(one.resource),
      name: created(put.expression(one.name)),
      vpc: one.vpc && put.expression(one.vpc),
    })),
    launches: template.launches.map((launch) => ({
      ...launch,
      resource: named(launch.resource),
      fields: launch.fields.map((f) => ({
        ...placed(f),
        value: created(put.expression(f.value)),
      })),
    })),
    rules: template.rules.map((rule) => ({
      ...placed(rule),
      name: named(rule.name),
      when: rule.when && put.condition(rule.when),
      assertions: rule.assertions.map((a) => ({ ...a, assert: put.condition(a.assert) })),
    })),
  };
}

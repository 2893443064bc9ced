import type { Expression, Template } from '../inventory/template.ts';
import { OPTION_TYPES, unnamedOption } from './beanstalk.ts';
import { mayStart } from './custom-resources.ts';
import { NO_VALUE, unknown } from './intrinsics.ts';
import { entriesOf, get, type Node, textOf } from './node.ts';
import { isKnownType } from './places.ts';
import type { Resource } from './resources.ts';
import { STARTING } from './starting.ts';
import { valuesAt } from './walk.ts';

type UnknownLaunch = Template['unknownLaunches'][number];

/** What these create is described outside of the template. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['AWS::CloudFormation::Stack', 'the template of the nested stack was not read'],
  ['AWS::CloudFormation::StackSet', 'the stacks that the stack set creates were not looked at'],
  ['AWS::Serverless::Application', 'the template of the nested application was not read'],
  ['AWS::ServiceCatalog::CloudFormationProvisionedProduct', 'what the product creates was not read'],
  ['AWS::Proton::EnvironmentTemplate', 'what the environment creates was not read'],
]);

/** Objects of other services that a launch takes from its region and that no one looks up: by type, property and what it names. */
const NOT_LOOKED_UP: ReadonlyMap<string, readonly (readonly [property: string, what: string])[]> = new Map([
  [
    'AWS::AppStream::Fleet',
    [
      ['ImageName', 'AppStream image'],
      ['ImageArn', 'AppStream image'],
    ],
  ],
  [
    'AWS::AppStream::ImageBuilder',
    [
      ['ImageName', 'AppStream image'],
      ['ImageArn', 'AppStream image'],
    ],
  ],
  ['AWS::AutoScaling::AutoScalingGroup', [['InstanceId', 'instance']]],
  ['AWS::AutoScaling::LaunchConfiguration', [['InstanceId', 'instance']]],
  [
    'AWS::ElasticBeanstalk::ConfigurationTemplate',
    [
      ['EnvironmentId', 'environment'],
      ['SourceConfiguration', 'configuration template'],
    ],
  ],
  ['AWS::ElasticBeanstalk::Environment', [['TemplateName', 'configuration template']]],
  [
    'AWS::GameLift::Fleet',
    [
      ['BuildId', 'GameLift build'],
      ['ScriptId', 'GameLift script'],
    ],
  ],
  [
    'AWS::WorkSpaces::Workspace',
    [
      ['BundleId', 'WorkSpaces bundle'],
      ['DirectoryId', 'directory'],
    ],
  ],
  [
    'AWS::WorkSpaces::WorkspacesPool',
    [
      ['BundleId', 'WorkSpaces bundle'],
      ['DirectoryId', 'directory'],
    ],
  ],
]);

/** Transforms that add nothing that starts instances and is not in the text (CloudFormation User Guide, transforms). */
const KNOWN_TRANSFORMS: ReadonlySet<string> = new Set([
  'AWS::LanguageExtensions',
  'AWS::Serverless-2016-10-31',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
  'AWS::CodeDeployBlueGreen',
]);

/** What may start instances without that the template shows with what. */
export function unknownLaunchesOf(root: Node, resources: readonly Resource[]): UnknownLaunch[] {
  return [...transforms(root), ...resources.flatMap(ofResource), ...macrosIn(get(root, 'Resources'))];
}

function ofResource(resource: Resource): UnknownLaunch[] {
  const { logicalId, type, properties, created } = resource;
  const why = reason(type, properties);
  const whole = why === null ? [] : [{ line: properties.line, value: unknown(why) }];
  return [...whole, ...computedOptions(resource), ...notLookedUp(resource)].map(({ line, value }) => ({
    resource: logicalId,
    type,
    line,
    value: created(value),
  }));
}

function computedOptions({ type, properties, names }: Resource): Pick<UnknownLaunch, 'line' | 'value'>[] {
  const option = OPTION_TYPES.some((one) => one === type) ? unnamedOption(properties, names) : null;
  return option === null
    ? []
    : [{ line: option.line, value: unknown('which option a setting sets is known only at deployment') }];
}

/** What the template itself creates is known. */
function* notLookedUp({
  type,
  properties,
  names,
}: Resource): Generator<Pick<UnknownLaunch, 'line' | 'value'>> {
  for (const [property, what] of NOT_LOOKED_UP.get(type) ?? []) {
    for (const { node, value } of valuesAt(properties, [property], names)) {
      yield { line: node.line, value: outside(value, what) };
    }
  }
}

function outside(value: Expression, what: string): Expression {
  if (value.is === 'resource' || (value.is === 'pseudo' && value.name === 'AWS::NoValue')) return NO_VALUE;
  if (value.is === 'if') return { ...value, yes: outside(value.yes, what), no: outside(value.no, what) };
  const text = value.is === 'text' ? ` "${value.text}"` : '';
  return unknown(`whether the region has the ${what}${text} was not looked up`);
}

function reason(type: string, properties: Node): string | null {
  const elsewhere = ELSEWHERE.get(type);
  if (elsewhere !== undefined) return elsewhere;
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
    return mayStart(type, properties) ? 'what the custom resource starts is not in the template' : null;
  return isKnownType(type) ? null : 'whether this resource type starts instances is not known';
}

/** Whether a macro works on the whole template, so that what is written is not what CloudFormation gets. */
export function hasMacro(root: Node): boolean {
  return transforms(root).length > 0 || get(get(root, 'Resources'), 'Fn::Transform') !== undefined;
}

function transforms(root: Node): UnknownLaunch[] {
  const section = get(root, 'Transform');
  if (!section) return [];
  return (section.is === 'list' ? section.items : [section]).flatMap((item) => {
    const name = textOf(item) ?? textOf(get(item, 'Name')) ?? 'a transform';
    return KNOWN_TRANSFORMS.has(name) ? [] : [macro('Transform', name, item.line)];
  });
}

/** A macro that is called in place of a resource, or of all of them, writes what is not in the template. */
function macrosIn(section: Node | undefined): UnknownLaunch[] {
  if (section?.is !== 'map') return [];
  const calls = [...section.entries].flatMap(([logicalId, { node }]) => {
    const call = logicalId === 'Fn::Transform' ? node : get(node, 'Fn::Transform');
    return call ? [macro(logicalId, nameOf(call), call.line)] : [];
  });
  const starts = [...section.entries].some(([, { node }]) => STARTING.has(textOf(get(node, 'Type')) ?? ''));
  return starts ? [...calls, ...macrosBelow(section)] : calls;
}

/** A macro deeper in a resource creates no further resource, and one that the region does not have stops the whole stack. */
function macrosBelow(section: Node): UnknownLaunch[] {
  return entriesOf(section).flatMap(([logicalId, { node }]) =>
    entriesOf(node).flatMap(([key, { node: part }]) =>
      key === 'Fn::Transform'
        ? []
        : callsIn(part)
            .filter((call) => nameOf(call) !== 'AWS::Include')
            .map((call) => ({
              ...macro(logicalId, nameOf(call), call.line),
              value: unknown('whether the region has the macro was not looked up'),
            })),
    ),
  );
}

function callsIn(node: Node): Node[] {
  if (node.is === 'list') return node.items.flatMap(callsIn);
  return entriesOf(node).flatMap(([key, { node: below }]) =>
    key === 'Fn::Transform' ? [below] : callsIn(below),
  );
}

function nameOf(call: Node): string {
  return textOf(get(call, 'Name')) ?? 'a transform';
}

function macro(resource: string, name: string, line: number | null): UnknownLaunch {
  const value: Expression = unknown('what the transform writes is not in the template');
  return { resource, type: name, line, value };
}

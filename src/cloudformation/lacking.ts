import type { Expression, TemplateFault } from '../inventory/template.ts';
import { NO_VALUE, toExpression } from './intrinsics.ts';
import { functionOf, get, type Node, textOf } from './node.ts';
import { REQUIRED } from './resource-types.ts';
import type { Resource } from './resources.ts';
import { hasMacro } from './unknown-launches.ts';

type Lacking = Pick<TemplateFault, 'is' | 'what' | 'path' | 'line'> & { readonly lacks: Expression };

/** The value of a property that is not given; nothing where it is. */
const LACKS: Expression = { is: 'text', text: 'not given' };

/**
 * Properties that a resource type requires and the template does not give, at least in some place: "Properties validation
 * failed for resource X with message: required key [Y] not found" (AWS Knowledge Center). And launches without an image of
 * their own, which need a launch template that has one. A macro may add what is missing.
 */
export function lackingOf(root: Node, resources: readonly Resource[]): TemplateFault[] {
  if (hasMacro(root)) return [];
  return resources.flatMap((resource) => {
    const { logicalId, type, properties, body, created } = resource;
    if (isAddedTo(body) || isAddedTo(properties) || functionOf(properties)) return [];
    return [...ofProperties(resource), ...ofImages(resource)].map(({ lacks, ...fault }) => ({
      ...fault,
      resource: logicalId,
      type,
      value: created(lacks),
    }));
  });
}

/**
 * Of the types that start instances. Other resources can stop the stack so too, but whether a template is valid as such is
 * not what is compared.
 */
const REQUIRED_OF: ReadonlyMap<string, readonly string[]> = new Map(
  REQUIRED.trim()
    .split('\n')
    .map((line) => {
      const [type = '', ...properties] = line.split(' ');
      return [type, properties] as const;
    }),
);

export function requiredOf(type: string): readonly string[] {
  return REQUIRED_OF.get(type) ?? [];
}

/** Types of which one of several properties is required (Auto Scaling API Reference, CreateAutoScalingGroup). */
const ONE_OF: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'AWS::AutoScaling::AutoScalingGroup',
    ['LaunchTemplate', 'LaunchConfigurationName', 'MixedInstancesPolicy', 'InstanceId'],
  ],
]);

/** What takes the place of the required properties of a type (Auto Scaling API Reference, CreateLaunchConfiguration). */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['AWS::AutoScaling::LaunchConfiguration', 'InstanceId'],
]);

function* ofProperties({ type, properties, body, names }: Resource): Generator<Lacking> {
  const line = properties.line ?? body.line;
  const absence = (property: string) => {
    const node = get(properties, property);
    return node ? absenceOf(toExpression(node, names)) : LACKS;
  };
  const instead = INSTEAD.get(type);
  for (const property of requiredOf(type)) {
    const lacks = allOf([property, ...(instead === undefined ? [] : [instead])].map(absence));
    const at = get(properties, property)?.line ?? line;
    if (!isGiven(lacks))
      yield { is: 'no-property', what: property, path: `Properties.${property}`, line: at, lacks };
  }
  const choice = ONE_OF.get(type);
  if (!choice) return;
  const lacks = allOf(choice.map(absence));
  const what = `${choice.slice(0, -1).join(', ')} or ${choice.at(-1)}`;
  if (!isGiven(lacks)) yield { is: 'no-property', what, path: 'Properties', line, lacks };
}

/** Launches of a type: the list of those that can name an image themselves, and the property that names launch templates. */
const LAUNCHES: ReadonlyMap<string, { readonly own: readonly string[]; readonly from: readonly string[] }> =
  new Map([
    [
      'AWS::AutoScaling::AutoScalingGroup',
      {
        own: ['MixedInstancesPolicy', 'LaunchTemplate', 'Overrides'],
        from: ['LaunchTemplate', 'MixedInstancesPolicy'],
      },
    ],
    ['AWS::EC2::EC2Fleet', { own: ['LaunchTemplateConfigs'], from: ['LaunchTemplateConfigs'] }],
    [
      'AWS::EC2::SpotFleet',
      {
        own: ['SpotFleetRequestConfigData', 'LaunchSpecifications'],
        from: ['SpotFleetRequestConfigData'],
      },
    ],
  ]);

function* ofImages({ type, properties, body, names }: Resource): Generator<Lacking> {
  const places = LAUNCHES.get(type);
  if (!places && type !== 'AWS::EC2::Instance') return;
  const launches = places ? itemsAt(properties, places.own) : [properties];
  const images = launches.map((launch) => {
    if (functionOf(launch) || isAddedTo(launch)) return NO_VALUE;
    const image = get(launch, 'ImageId');
    return image ? absenceOf(toExpression(image, names)) : LACKS;
  });
  // A launch specification takes nothing from another. Of overrides nothing is claimed where one of them names an image.
  const isEach = type === 'AWS::EC2::SpotFleet' && images.length > 0;
  const lacks = isEach ? (images.find((one) => !isGiven(one)) ?? NO_VALUE) : allOf(images);
  const from = places?.from.find((property) => get(properties, property));
  const path = isEach ? [...(places?.own ?? []), IMAGE] : [(places ? from : IMAGE) ?? ''];
  const line = (from === undefined ? null : get(properties, from)?.line) ?? properties.line ?? body.line;
  if (!isGiven(lacks) && path[0] !== '')
    yield { is: 'no-image', what: IMAGE, path: ['Properties', ...path].join('.'), line, lacks };
}

const IMAGE = 'ImageId';

/** The items of a list, or the function on the way that gives it. */
function itemsAt(node: Node, place: readonly string[]): readonly Node[] {
  const [step, ...rest] = place;
  const call = functionOf(node);
  if (call) return call.name === 'Ref' && textOf(call.of) === 'AWS::NoValue' ? [] : [node];
  if (step === undefined) return node.is === 'list' ? node.items : [];
  const below = get(node, step);
  return below ? itemsAt(below, rest) : [];
}

function isAddedTo(node: Node): boolean {
  return (
    node.is === 'map' &&
    [...node.entries.keys()].some((key) => key === 'Fn::Transform' || key.startsWith('Fn::ForEach::'))
  );
}

function absenceOf(value: Expression): Expression {
  if (value.is === 'if') return { ...value, yes: absenceOf(value.yes), no: absenceOf(value.no) };
  return value.is === 'pseudo' && value.name === 'AWS::NoValue' ? LACKS : NO_VALUE;
}

/** Not given where none of them is. */
function allOf(absences: readonly Expression[]): Expression {
  return absences.reduce<Expression>(replaceLacks, LACKS);
}

function replaceLacks(value: Expression, by: Expression): Expression {
  if (value.is === 'if')
    return { ...value, yes: replaceLacks(value.yes, by), no: replaceLacks(value.no, by) };
  return value.is === 'text' ? by : value;
}

function isGiven(absence: Expression): boolean {
  if (absence.is === 'if') return isGiven(absence.yes) && isGiven(absence.no);
  return absence.is !== 'text';
}

import { LAUNCH_FIELDS, type LaunchField, type Template } from '../inventory/template.ts';
import { OPTION_FIELDS, OPTION_TYPES, optionPath } from './beanstalk.ts';
import { PIPELINE, PIPELINE_FIELDS, pipelinePath } from './pipelines.ts';
import { PROPERTIES } from './resource-types.ts';
import type { Resource } from './resources.ts';
import { STARTING } from './starting.ts';
import { startsInstances } from './starts.ts';
import { userDataIn } from './user-data.ts';
import { valuesAt } from './walk.ts';

export interface FieldPlace {
  readonly field: LaunchField;
  readonly path: readonly string[];
  /** The value is a text of several, with commas between them. */
  readonly commas: boolean;
}

/** Image and group are words of references too. */
const OWN: ReadonlySet<string> = new Set(
  LAUNCH_FIELDS.filter((field) => field !== 'image' && field !== 'group'),
);
const LISTED_IN_TEXT: ReadonlySet<string> = new Set(['subnet', 'zone']);

/** Properties that the generated table does not hold. */
const OTHERS: readonly (readonly [type: string, field: LaunchField, path: string])[] = [
  ['AWS::AutoScaling::AutoScalingGroup', 'load-balancer', 'LoadBalancerNames.*'],
  ...OPTION_TYPES.flatMap((type) =>
    ['SolutionStackName', 'PlatformArn'].map((path) => [type, 'platform', path] as const),
  ),
];

/**
 * Where each resource type names what a launch uses besides its key pair: of types that start instances all of it, of others
 * what means one region only (subnets, zones, volumes). Image and groups count where they go with a type or a subnet.
 */
export const LAUNCH_PLACES: ReadonlyMap<string, readonly FieldPlace[]> = allPlaces();

function allPlaces(): ReadonlyMap<string, readonly FieldPlace[]> {
  const all = new Map<string, FieldPlace[]>();
  for (const [type, lines] of linesByType()) {
    const images = lines.filter(({ word, path }) => word === 'image' && goesWithType(path, lines));
    const groups = lines.filter(({ word, path }) => word === 'group' && isAttached(path));
    const launch = STARTING.has(type) ? [...images, ...groups] : [];
    const fields = [...lines.filter(({ word }) => OWN.has(word)), ...launch].map(
      ({ word, path }): FieldPlace => ({
        field: word as LaunchField,
        path: path.split('.'),
        // "subnet-1,subnet-2" (EC2 API Reference, SpotFleetLaunchSpecification and SpotPlacement).
        commas: LISTED_IN_TEXT.has(word) && !path.endsWith('*'),
      }),
    );
    if (fields.length > 0) all.set(type, fields);
  }
  all.set(
    PIPELINE,
    PIPELINE_FIELDS.map(([field, key]) => ({ field, path: pipelinePath(key), commas: false })),
  );
  for (const type of OPTION_TYPES)
    all.set(
      type,
      OPTION_FIELDS.map(([space, name, field]) => ({ field, path: optionPath(space, name), commas: true })),
    );
  for (const [type, field, path] of OTHERS)
    all.set(type, [...(all.get(type) ?? []), { field, path: path.split('.'), commas: false }]);
  return all;
}

interface Line {
  readonly word: string;
  readonly path: string;
}

function linesByType(): ReadonlyMap<string, Line[]> {
  const byType = new Map<string, Line[]>();
  let type = '';
  for (const text of PROPERTIES.split('\n')) {
    if (!text.startsWith(' ')) type = text;
    else {
      const [word = '', path = ''] = text.trim().split(' ');
      byType.set(type, [...(byType.get(type) ?? []), { word, path }]);
    }
  }
  return byType;
}

function goesWithType(path: string, lines: readonly Line[]): boolean {
  return lines.some(({ word, path: other }) => word === 'type' && parentOf(other) === parentOf(path));
}

/** Whether an instance is started with the group, in a subnet: not what may connect to it. */
function isAttached(path: string): boolean {
  return /(?:^|\.)(?:(?:Custom)?SecurityGroupIds|NetworkInterfaces\.\*\.(?:Groups|GroupSet))\.\*$/.test(path);
}

function parentOf(path: string): string {
  return path.replace(/\.\*$/, '').replace(/(?:^|\.)[^.]+$/, '');
}

/** The launches that resources write, each with the values that it names. */
export function launchesOf(resources: readonly Resource[]): Template['launches'] {
  return resources.flatMap(({ logicalId, type, properties, names, created }) => {
    const fields = (LAUNCH_PLACES.get(type) ?? []).flatMap(({ field, path, commas }) =>
      [...valuesAt(properties, path, names)].map((found) => ({
        field,
        path: ['Properties', ...found.path].join('.'),
        line: found.node.line,
        value: created(commas ? { is: 'split', separator: ',', from: found.value, trim: true } : found.value),
      })),
    );
    const starts = startsInstances(type, properties, names);
    const userData = starts ? userDataIn(properties) : null;
    // What starts instances without that it names anything of them is a launch too.
    const only = starts && !STARTING.has(type);
    return fields.length > 0 || userData || only
      ? [{ resource: logicalId, type, starts, fields, userData }]
      : [];
  });
}

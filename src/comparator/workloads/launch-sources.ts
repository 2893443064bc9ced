import { evaluate } from '../../cloudformation/evaluate.ts';
import type { Place } from '../../cloudformation/index.ts';
import type { LaunchField, Template, TemplateLaunch, TemplateReference } from '../../inventory/template.ts';
import { groupBy } from '../../text/groups.ts';

/** A launch with the values of the launch template or configuration of the same stack that it starts from. */
export interface ComposedLaunch {
  readonly launch: TemplateLaunch;
  /** Whether image and instance type are written in different resources, so that neither says whether they go together. */
  readonly joinsImageAndType: boolean;
  /** The same of security groups and subnets. */
  readonly joinsGroupsAndSubnets: boolean;
  /** The same of the instance type and the subnets or zones. */
  readonly joinsTypeAndPlaces: boolean;
}

/** What a resource writes takes the place of what its launch template has (EC2 and Auto Scaling API Reference). */
const OVERRIDDEN: readonly (readonly LaunchField[])[] = [
  ['type', 'requirement'],
  ['image'],
  ['subnet', 'interface'],
  ['group'],
];

/** The launches of a stack that start from a launch template or configuration of the same stack. */
export function composedLaunches(template: Template, place: Place): ComposedLaunch[] {
  return template.launches.flatMap((launch) =>
    sourcesOf(launch.resource, template, place).flatMap((from) => {
      const source = launchOf(from, template);
      return source && source !== launch ? [composed(launch, source)] : [];
    }),
  );
}

/**
 * What starts instances in the default VPC where it names no subnet (user guides of EC2, Auto Scaling, EMR, Cloud9 and
 * EC2 Image Builder). A launch template by itself leaves the subnet to who launches it.
 */
const BY_DEFAULT: ReadonlySet<string> = new Set([
  'AWS::EC2::Instance',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::Cloud9::EnvironmentEC2',
  'AWS::ImageBuilder::InfrastructureConfiguration',
  'aws_instance',
  'aws_spot_instance_request',
  'aws_autoscaling_group',
  'aws_cloud9_environment_ec2',
  'aws_imagebuilder_infrastructure_configuration',
]);

/** Whether the launch, with what its launch template has, names no subnet and no network interface. */
export function usesDefaultVpc(launch: TemplateLaunch, template: Template, place: Place): boolean {
  if (!BY_DEFAULT.has(launch.type)) return false;
  const sources = sourcesOf(launch.resource, template, place).map((from) => launchOf(from, template));
  // What a launch template of elsewhere has is not known.
  if (sources.some((source) => source === undefined)) return false;
  return [launch, ...sources].every((one) =>
    (one?.fields ?? [])
      .filter(({ field }) => field === 'subnet' || field === 'interface')
      .every(({ value }) => evaluate(value, template, place).every(({ is }) => is === 'absent')),
  );
}

/** The resources of the stack that a launch starts from; null for one from elsewhere or one that is not known. */
export function sourcesOf(resource: string, template: Template, place: Place): (string | null)[] {
  const found = launchReferences(resource, template).flatMap(({ value }) =>
    evaluate(value, template, place).flatMap((outcome) => {
      if (outcome.is === 'absent') return [];
      return [outcome.is === 'resource' ? outcome.logicalId : null];
    }),
  );
  return [...new Set(found)];
}

/** The references of a resource to launch templates and configurations. */
export function launchReferences(resource: string, template: Template): readonly TemplateReference[] {
  return indexOf(template).references.get(resource) ?? [];
}

interface Index {
  /** References to launch templates and configurations, by the resource that has them. */
  readonly references: ReadonlyMap<string, readonly TemplateReference[]>;
  readonly launches: ReadonlyMap<string, TemplateLaunch>;
}

const INDEXES = new WeakMap<Template, Index>();

function indexOf(template: Template): Index {
  const known = INDEXES.get(template);
  if (known) return known;
  const launches = new Map<string, TemplateLaunch>();
  for (const launch of template.launches)
    for (const name of namesOf(launch.resource)) if (!launches.has(name)) launches.set(name, launch);
  const made = {
    references: groupBy(template.references, ({ resource, to }) =>
      to === 'launch-template' || to === 'launch-configuration' ? resource : null,
    ),
    launches,
  };
  INDEXES.set(template, made);
  return made;
}

export function launchOf(from: string | null, template: Template): TemplateLaunch | undefined {
  return from === null ? undefined : indexOf(template).launches.get(from);
}

/** Of Terraform a resource with count or for_each has several addresses: "aws_launch_template.web[0]" is "aws_launch_template.web" too. */
function namesOf(resource: string): string[] {
  return [resource, ...[...resource.matchAll(/\[/g)].map(({ index }) => resource.slice(0, index))];
}

function composed(launch: TemplateLaunch, source: TemplateLaunch): ComposedLaunch {
  const own = new Set(launch.fields.map(({ field }) => field));
  const replaced = new Set(OVERRIDDEN.filter((fields) => fields.some((f) => own.has(f))).flat());
  const taken = source.fields.filter(({ field }) => !replaced.has(field));
  const from = (...fields: LaunchField[]) => ({
    launch: launch.fields.some(({ field }) => fields.includes(field)),
    source: taken.some(({ field }) => fields.includes(field)),
  });
  const [type, image, subnet, group] = [
    from('type'),
    from('image'),
    from('subnet', 'interface'),
    from('group'),
  ];
  const places = from('subnet', 'interface', 'zone');
  return {
    launch: { ...launch, fields: [...launch.fields, ...taken] },
    joinsImageAndType: (type.launch && image.source) || (type.source && image.launch),
    joinsGroupsAndSubnets: (subnet.launch && group.source) || (subnet.source && group.launch),
    joinsTypeAndPlaces: (type.launch && places.source) || (type.source && places.launch),
  };
}

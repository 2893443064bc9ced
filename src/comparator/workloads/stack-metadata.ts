import type { Place } from '../../cloudformation/index.ts';
import type { Template, TemplateReference } from '../../inventory/template.ts';
import { sourcesOf } from './launch-sources.ts';
import type { StackLaunch } from './stack-launch.ts';

/**
 * `judged`: the metadata options of its instances are those of the launch, the account and the image. `elsewhere`: they
 * are judged with another launch. `of-service`: the service that starts its instances chooses what it does not set.
 */
export type MetadataSource = 'judged' | 'elsewhere' | 'of-service';

/** Resources whose instances EC2 starts with what is written. Other services choose what they leave out. */
const AS_WRITTEN: ReadonlySet<string> = new Set([
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::AutoScaling::LaunchConfiguration',
  'AWS::EC2::EC2Fleet',
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::SpotFleet',
  'aws_autoscaling_group',
  'aws_ec2_fleet',
  'aws_instance',
  'aws_launch_configuration',
  'aws_launch_template',
  'aws_spot_fleet_request',
  'aws_spot_instance_request',
]);

/**
 * Whether the values of a launch of a template show what the metadata options of its instances are.
 * @param composed Whether its values are those of its launch template too.
 * @param place For the sources of a launch.
 */
export function metadataIn(
  launch: StackLaunch,
  template: Template,
  place: Place,
  composed: boolean,
): MetadataSource {
  const { resource, details, open, values } = launch;
  if (details.httpTokens !== null) return composed ? 'elsewhere' : 'judged';
  // A value that depends on a condition is a launch by itself, and so is each further zone.
  if (open || values.every(({ field }) => field === 'zone')) return 'elsewhere';
  const own = template.launches.find((one) => one.resource === resource);
  if (own === undefined) return 'elsewhere';
  const sources = sourcesOf(resource, template, place);
  // A value known only at deployment is listed as not looked at.
  const written = template.launches.filter(
    (one) => one === own || (composed && sources.some((from) => isOf(one.resource, from))),
  );
  if (written.some(({ fields }) => fields.some(({ field }) => field === 'http-tokens'))) return 'elsewhere';
  if (composed) return AS_WRITTEN.has(own.type) ? 'judged' : 'of-service';
  if (sources.length > 0) return 'elsewhere';
  const users = usersOf(resource, template, place);
  // The launch of a user shows what it takes from here, and what it sets itself.
  const isComposed = (user: TemplateReference) =>
    template.launches.some((one) => one.resource === user.resource);
  if (users.length > 0 && users.every(isComposed)) return 'elsewhere';
  const plain = users.filter((user) => !isComposed(user));
  return [own, ...plain].every(({ type }) => AS_WRITTEN.has(type)) ? 'judged' : 'of-service';
}

/** The references of other resources that start from it. */
function usersOf(resource: string, template: Template, place: Place): TemplateReference[] {
  return template.references.filter(
    (reference) =>
      (reference.to === 'launch-template' || reference.to === 'launch-configuration') &&
      sourcesOf(reference.resource, template, place).some((from) => isOf(resource, from)),
  );
}

/** Of Terraform a resource with count or for_each has several addresses. */
function isOf(resource: string, from: string | null): boolean {
  return from !== null && (resource === from || resource.startsWith(`${from}[`));
}

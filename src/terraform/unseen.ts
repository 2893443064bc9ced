import type { Expression, Template } from '../inventory/template.ts';
import { expressionOf, valuesAt } from './attributes.ts';
import { type ModuleScope, resourceConfig } from './configuration.ts';
import type { Shown } from './document.ts';
import { entriesOf, get } from './json.ts';
import { type Known, unknown } from './known.ts';
import { placesOf } from './types.ts';

type UnknownLaunch = Template['unknownLaunches'][number];

/** What these start is described elsewhere: why, in words for a chain. */
const STARTING_UNSEEN: ReadonlyMap<string, string> = new Map([
  ['aws_cloudformation_stack', 'what the stack creates was not read'],
  ['aws_cloudformation_stack_set', 'what the stacks of the stack set create was not read'],
  ['aws_cloudformation_stack_set_instance', 'what the stacks of the stack set create was not read'],
  ['aws_serverlessapplicationrepository_cloudformation_stack', 'what the application creates was not read'],
  ['aws_servicecatalog_provisioned_product', 'what the product creates was not read'],
  ['aws_cloudcontrolapi_resource', 'what the resource creates was not looked at'],
  ['aws_emr_instance_fleet', 'which image and key pair the cluster uses is written with the cluster'],
]);

/** What may start instances without that the file shows with what, or that takes an object which is not looked up. */
export function unseenLaunches(shown: Shown, scope: ModuleScope | null, known: Known): UnknownLaunch[] {
  const { address, type } = shown;
  const why = STARTING_UNSEEN.get(type) ?? otherProvider(type) ?? unknownType(shown);
  const whole = why === null ? [] : [unknown(why)];
  return [...whole, ...notLookedUp(shown, scope, known)].map((value) => ({
    resource: address,
    type,
    line: null,
    value,
  }));
}

/** Resources of AWS Cloud Control, whose attributes are not read. */
function otherProvider(type: string): string | null {
  return /^awscc_(?:ec2_(?:instance|launch_template|ec2_fleet|spot_fleet)|autoscaling_|batch_compute|eks_nodegroup|emr_|opsworks|elasticbeanstalk_|imagebuilder_|cloud9_|sagemaker_)/.test(
    type,
  )
    ? 'what a resource of the provider awscc starts is not read'
    : null;
}

/** Objects of other services that a launch takes from its region: by type, the attribute and what it names. */
const NOT_LOOKED_UP: Readonly<Record<string, readonly (readonly [path: string, what: string])[]>> = {
  aws_appstream_fleet: [
    ['image_name', 'AppStream image'],
    ['image_arn', 'AppStream image'],
  ],
  aws_appstream_image_builder: [
    ['image_name', 'AppStream image'],
    ['image_arn', 'AppStream image'],
  ],
  aws_elastic_beanstalk_configuration_template: [['environment_id', 'environment']],
  aws_elastic_beanstalk_environment: [['template_name', 'configuration template']],
  aws_gamelift_fleet: [
    ['build_id', 'GameLift build'],
    ['script_id', 'GameLift script'],
  ],
  aws_workspaces_pool: [
    ['bundle_id', 'WorkSpaces bundle'],
    ['directory_id', 'directory'],
  ],
  aws_workspaces_workspace: [
    ['bundle_id', 'WorkSpaces bundle'],
    ['directory_id', 'directory'],
  ],
};

function notLookedUp(shown: Shown, scope: ModuleScope | null, known: Known): Expression[] {
  const { mode, type, name } = shown;
  const config = scope && get(resourceConfig(scope, mode, type, name), 'expressions');
  return (NOT_LOOKED_UP[type] ?? []).flatMap(([path, what]) =>
    [...valuesAt(shown, [path])].flatMap((at) => {
      const value = expressionOf(at, scope, config, known);
      // What the configuration itself creates is known.
      if (value === null || value.is === 'resource') return [];
      const text = at.value === undefined ? '' : ` "${at.value}"`;
      return [unknown(`whether the region has the ${what}${text} was not looked up`)];
    }),
  );
}

/** Types that name a key pair, an image or an instance type, and start nothing by themselves. */
const NOT_STARTING: ReadonlySet<string> = new Set([
  'aws_ami',
  'aws_ami_copy',
  'aws_ami_from_instance',
  'aws_ami_launch_permission',
  'aws_batch_job_definition',
  'aws_ec2_capacity_block_reservation',
  'aws_ec2_capacity_reservation',
  'aws_ec2_host',
  'aws_iam_instance_profile',
  'aws_imagebuilder_container_recipe',
  'aws_imagebuilder_distribution_configuration',
  'aws_key_pair',
  'aws_lightsail_key_pair',
]);

/** Whether it is known of the type if it starts instances. */
function isKnownType(type: string): boolean {
  return placesOf(type) !== null || NOT_STARTING.has(type) || STARTING_UNSEEN.has(type);
}

/** Attributes that say of a resource of any type that it may start instances of EC2. */
const HINTS =
  /^(?:key_name|ec2_key_pair|ec2_ssh_key|ami|ami_id|image_id|iam_instance_profile|instance_profile|launch_template|launch_template_id)$/;
const TYPES = /^instance_types?$/;
/** Not "ml.t3.medium" or "m5.large.search", which are types of other services. */
const TYPE_OF_EC2 = /^[a-z]+(?:-[a-z\d]+)?\d[a-z\d-]*\.[a-z\d-]+$/;
const MAX_DEPTH = 6;

/** A type that no table knows, with an attribute of a launch. */
function unknownType({ type, values }: Shown): string | null {
  if (!type.startsWith('aws_') || isKnownType(type)) return null;
  return hasHint(values, 0) ? 'whether this resource type starts instances is not known' : null;
}

function hasHint(value: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.some((item) => hasHint(item, depth + 1));
  return entriesOf(value).some(([name, below]) => {
    if (HINTS.test(name)) return [below].flat().some((one) => one !== null && one !== '');
    if (TYPES.test(name))
      return [below].flat().some((one) => typeof one === 'string' && TYPE_OF_EC2.test(one));
    return hasHint(below, depth + 1);
  });
}

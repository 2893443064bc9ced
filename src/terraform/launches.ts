import type { LaunchField, Template } from '../inventory/template.ts';
import { namesInText, type UserDataNames, userDataNames } from '../inventory/user-data.ts';
import { expressionOf, valuesAt } from './attributes.ts';
import { type ModuleScope, resourceConfig } from './configuration.ts';
import type { Shown } from './document.ts';
import { get } from './json.ts';
import type { Known } from './known.ts';

const DEVICES = (block: string, inner = '') => [
  `device ${block}.*.device_name`,
  `snapshot ${block}.*${inner}.snapshot_id`,
  `kms-key ${block}.*${inner}.kms_key_id`,
  `size ${block}.*${inner}.volume_size`,
  `encrypted ${block}.*${inner}.encrypted`,
];

const INSTANCE = [
  'type instance_type',
  'subnet subnet_id',
  'zone availability_zone',
  'profile iam_instance_profile',
  'placement-group placement_group',
  'host host_id',
  'http-tokens metadata_options.*.http_tokens',
  'image ami',
  'group vpc_security_group_ids.*',
  'interface network_interface.*.network_interface_id',
  ...DEVICES('ebs_block_device'),
];

/** What the launch of a resource names besides its key pair (Terraform Registry, hashicorp/aws). */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  aws_instance: INSTANCE,
  aws_spot_instance_request: INSTANCE,
  aws_launch_template: [
    'type instance_type',
    'image image_id',
    'group vpc_security_group_ids.*',
    'subnet network_interfaces.*.subnet_id',
    'interface network_interfaces.*.network_interface_id',
    'group network_interfaces.*.security_groups.*',
    'zone placement.*.availability_zone',
    'placement-group placement.*.group_name',
    'host placement.*.host_id',
    'profile iam_instance_profile.*.name',
    'profile iam_instance_profile.*.arn',
    'http-tokens metadata_options.*.http_tokens',
    'reservation capacity_reservation_specification.*.capacity_reservation_target.*.capacity_reservation_id',
    ...DEVICES('block_device_mappings', '.ebs.*'),
  ],
  aws_launch_configuration: [
    'type instance_type',
    'image image_id',
    'profile iam_instance_profile',
    'http-tokens metadata_options.*.http_tokens',
    ...DEVICES('ebs_block_device').filter((line) => !line.startsWith('kms-key')),
  ],
  aws_autoscaling_group: [
    'subnet vpc_zone_identifier.*',
    'zone availability_zones.*',
    'type mixed_instances_policy.*.launch_template.*.override.*.instance_type',
    'count desired_capacity',
    'count min_size',
  ],
  aws_spot_fleet_request: [
    'type launch_specification.*.instance_type',
    'subnet launch_specification.*.subnet_id',
    'zone launch_specification.*.availability_zone',
    'profile launch_specification.*.iam_instance_profile_arn',
    'image launch_specification.*.ami',
  ],
  aws_batch_compute_environment: [
    'type compute_resources.*.instance_type.*',
    'subnet compute_resources.*.subnets.*',
    'profile compute_resources.*.instance_role',
  ],
  aws_eks_node_group: [
    'type instance_types.*',
    'subnet subnet_ids.*',
    'count scaling_config.*.desired_size',
    'count scaling_config.*.min_size',
  ],
  aws_emr_cluster: [
    'type master_instance_group.*.instance_type',
    'type core_instance_group.*.instance_type',
    'subnet ec2_attributes.*.subnet_id',
    'profile ec2_attributes.*.instance_profile',
  ],
  aws_cloud9_environment_ec2: ['type instance_type', 'subnet subnet_id'],
  aws_imagebuilder_infrastructure_configuration: [
    'type instance_types.*',
    'subnet subnet_id',
    'profile instance_profile_name',
  ],
  aws_sagemaker_notebook_instance: ['subnet subnet_id'],
  aws_opsworks_instance: ['type instance_type', 'subnet subnet_id', 'zone availability_zone'],
};

/** The launch that a resource writes; nothing for what starts no instances. */
export function launchesOf(shown: Shown, scope: ModuleScope | null, known: Known): Template['launches'] {
  const { mode, type, name, address } = shown;
  if (!Object.hasOwn(FIELDS, type)) return [];
  const config = scope && get(resourceConfig(scope, mode, type, name), 'expressions');
  const fields = (FIELDS[type] ?? []).flatMap((line) => {
    const [field = '', path = ''] = line.split(' ');
    return [...valuesAt(shown, path.split('.'))].flatMap((at) => {
      const value = expressionOf(at, scope, config, known);
      return value === null
        ? []
        : [{ field: field as LaunchField, path: at.path.join('.'), line: null, value }];
    });
  });
  const userData = userDataOf(shown);
  return fields.length > 0 || userData ? [{ resource: address, type, starts: true, fields, userData }] : [];
}

/** The provider takes plain text as `user_data`, base64 as `user_data_base64` and in launch templates (Terraform Registry). */
function userDataOf(shown: Shown): UserDataNames | null {
  const [plain] = [...valuesAt(shown, ['user_data'])].flatMap(({ value }) => value ?? []);
  const [encoded] = [...valuesAt(shown, ['user_data_base64'])].flatMap(({ value }) => value ?? []);
  if (encoded !== undefined) return userDataNames(encoded);
  // A state shows the digest of it.
  if (plain === undefined || /^[0-9a-f]{40}$/.test(plain)) return null;
  return shown.type === 'aws_launch_template' ? userDataNames(plain) : namesInText(plain);
}

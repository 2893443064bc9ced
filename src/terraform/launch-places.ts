import { requirementPlaces } from './requirements.ts';

const DEVICES = (block: string, inner = '') => [
  `device ${block}.*.device_name`,
  `snapshot ${block}.*${inner}.snapshot_id`,
  `kms-key ${block}.*${inner}.kms_key_id`,
  `size ${block}.*${inner}.volume_size`,
  `encrypted ${block}.*${inner}.encrypted`,
];

const OVERRIDES = (block: string) => [
  `type ${block}.instance_type`,
  `subnet ${block}.subnet_id`,
  `zone ${block}.availability_zone`,
  ...requirementPlaces(`${block}.`),
];

const INSTANCE = [
  'type instance_type',
  'market instance_market_options.*.market_type',
  'subnet subnet_id',
  'zone availability_zone',
  'profile iam_instance_profile',
  'placement-group placement_group',
  'host host_id',
  'host-resource-group host_resource_group_arn',
  'reservation capacity_reservation_specification.*.capacity_reservation_target.*.capacity_reservation_id',
  'http-tokens metadata_options.*.http_tokens',
  'http-endpoint metadata_options.*.http_endpoint',
  'image ami',
  'group vpc_security_group_ids.*',
  'interface network_interface.*.network_interface_id',
  ...DEVICES('ebs_block_device'),
  'kms-key root_block_device.*.kms_key_id',
  'encrypted root_block_device.*.encrypted',
];

/** What the launch of a resource names besides its key pair (Terraform Registry, hashicorp/aws). */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  aws_instance: INSTANCE,
  aws_spot_instance_request: INSTANCE,
  aws_launch_template: [
    ...requirementPlaces(),
    'type instance_type',
    'market instance_market_options.*.market_type',
    'image image_id',
    'group vpc_security_group_ids.*',
    'subnet network_interfaces.*.subnet_id',
    'interface network_interfaces.*.network_interface_id',
    'group network_interfaces.*.security_groups.*',
    'zone placement.*.availability_zone',
    'placement-group placement.*.group_name',
    'host placement.*.host_id',
    'host-resource-group placement.*.host_resource_group_arn',
    'licence license_specification.*.license_configuration_arn',
    'profile iam_instance_profile.*.name',
    'profile iam_instance_profile.*.arn',
    'http-tokens metadata_options.*.http_tokens',
    'http-endpoint metadata_options.*.http_endpoint',
    'reservation capacity_reservation_specification.*.capacity_reservation_target.*.capacity_reservation_id',
    ...DEVICES('block_device_mappings', '.ebs.*'),
  ],
  aws_launch_configuration: [
    'type instance_type',
    'spot-price spot_price',
    'image image_id',
    'profile iam_instance_profile',
    'http-tokens metadata_options.*.http_tokens',
    'http-endpoint metadata_options.*.http_endpoint',
    ...DEVICES('ebs_block_device').filter((line) => !line.startsWith('kms-key')),
  ],
  aws_autoscaling_group: [
    'load-balancer load_balancers.*',
    'subnet vpc_zone_identifier.*',
    'zone availability_zones.*',
    'placement-group placement_group',
    'target-group target_group_arns.*',
    'target-group traffic_source.*.identifier',
    'service-linked-role service_linked_role_arn',
    'on-demand-base mixed_instances_policy.*.instances_distribution.*.on_demand_base_capacity',
    'on-demand-percent mixed_instances_policy.*.instances_distribution.*.on_demand_percentage_above_base_capacity',
    'type mixed_instances_policy.*.launch_template.*.override.*.instance_type',
    ...requirementPlaces('mixed_instances_policy.*.launch_template.*.override.*.'),
    'count desired_capacity',
    'count min_size',
  ],
  aws_spot_fleet_request: [
    'type launch_specification.*.instance_type',
    'subnet launch_specification.*.subnet_id',
    'zone launch_specification.*.availability_zone',
    'profile launch_specification.*.iam_instance_profile_arn',
    'profile launch_specification.*.iam_instance_profile',
    'image launch_specification.*.ami',
    'group launch_specification.*.vpc_security_group_ids.*',
    'placement-group launch_specification.*.placement_group',
    ...DEVICES('launch_specification.*.ebs_block_device'),
    ...OVERRIDES('launch_template_config.*.overrides.*'),
  ],
  aws_ec2_fleet: OVERRIDES('launch_template_config.*.override.*'),
  aws_batch_compute_environment: [
    'type compute_resources.*.instance_type.*',
    'subnet compute_resources.*.subnets.*',
    'group compute_resources.*.security_group_ids.*',
    'profile compute_resources.*.instance_role',
    'placement-group compute_resources.*.placement_group',
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
    'type master_instance_fleet.*.instance_type_configs.*.instance_type',
    'type core_instance_fleet.*.instance_type_configs.*.instance_type',
    'subnet ec2_attributes.*.subnet_id',
    'subnet ec2_attributes.*.subnet_ids.*',
    'profile ec2_attributes.*.instance_profile',
  ],
  aws_emr_instance_fleet: ['type instance_type_configs.*.instance_type'],
  aws_emr_instance_group: ['type instance_type'],
  aws_gamelift_game_server_group: ['type instance_definition.*.instance_type', 'subnet vpc_subnets.*'],
  aws_ecs_capacity_provider: [
    'profile managed_instances_provider.*.instance_launch_template.*.ec2_instance_profile_arn',
    'subnet managed_instances_provider.*.instance_launch_template.*.network_configuration.*.subnets.*',
    'group managed_instances_provider.*.instance_launch_template.*.network_configuration.*.security_groups.*',
  ],
  aws_lambda_capacity_provider: [
    'subnet vpc_config.*.subnet_ids.*',
    'group vpc_config.*.security_group_ids.*',
  ],
  aws_codebuild_fleet: ['subnet vpc_config.*.subnets.*'],
  aws_appstream_fleet: ['subnet vpc_config.*.subnet_ids.*'],
  aws_appstream_image_builder: ['subnet vpc_config.*.subnet_ids.*'],
  aws_imagebuilder_image_recipe: DEVICES('block_device_mapping', '.ebs.*'),
  aws_cloud9_environment_ec2: ['type instance_type', 'subnet subnet_id'],
  aws_imagebuilder_infrastructure_configuration: [
    'type instance_types.*',
    'subnet subnet_id',
    'group security_group_ids.*',
    'profile instance_profile_name',
  ],
  aws_sagemaker_notebook_instance: ['subnet subnet_id', 'kms-key kms_key_id'],
  aws_elastic_beanstalk_environment: ['platform solution_stack_name', 'platform platform_arn'],
  aws_elastic_beanstalk_configuration_template: ['platform solution_stack_name'],
  aws_opsworks_stack: ['subnet default_subnet_id', 'profile default_instance_profile_arn'],
  aws_opsworks_instance: ['type instance_type', 'subnet subnet_id', 'zone availability_zone'],
};

/** Volumes by themselves: what a launch would name of them, without a launch. */
export const VOLUMES: Readonly<Record<string, readonly string[]>> = {
  aws_ami: DEVICES('ebs_block_device').filter((line) => line.startsWith('snapshot')),
  aws_ebs_volume: ['zone availability_zone', 'snapshot snapshot_id', 'kms-key kms_key_id'],
};

/** Where the types of `STARTING_WHERE` name what their instances use besides subnets and zones. */
export const OTHER_FIELDS: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ['profile custom_iam_instance_profile'],
};

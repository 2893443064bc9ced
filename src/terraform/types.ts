import type { TemplateReference } from '../inventory/template.ts';

/** Where a resource type names something: a path below its attributes; "*" is every item of a list or block. */
export interface AttributePlace {
  readonly path: readonly string[];
  readonly to: TemplateReference['to'];
  readonly by: TemplateReference['by'];
  /** The value is a text of several, with commas between them. */
  readonly commas: boolean;
}

const WORDS = {
  key: ['key-pair', 'name'],
  image: ['image', 'id'],
  group: ['security-group', 'id'],
  'group-name': ['security-group', 'name'],
  'group-either': ['security-group', 'either'],
  list: ['prefix-list', 'id'],
  template: ['launch-template', 'id'],
  'template-name': ['launch-template', 'name'],
  'configuration-name': ['launch-configuration', 'name'],
} as const satisfies Readonly<Record<string, readonly [TemplateReference['to'], TemplateReference['by']]>>;

const INSTANCE = [
  'image ami',
  'key key_name',
  'group vpc_security_group_ids.*',
  'group-either security_groups.*',
  'template launch_template.*.id',
  'template-name launch_template.*.name',
];

/** Types that start instances, or say how others start them (Terraform Registry, hashicorp/aws), and what they name. */
const STARTING: Readonly<Record<string, readonly string[]>> = {
  aws_instance: INSTANCE,
  aws_spot_instance_request: INSTANCE,
  aws_launch_template: [
    'image image_id',
    'key key_name',
    'group vpc_security_group_ids.*',
    'group-name security_group_names.*',
    'group network_interfaces.*.security_groups.*',
  ],
  aws_launch_configuration: ['image image_id', 'key key_name', 'group-either security_groups.*'],
  aws_autoscaling_group: [
    'configuration-name launch_configuration',
    'template launch_template.*.id',
    'template-name launch_template.*.name',
    'template mixed_instances_policy.*.launch_template.*.launch_template_specification.*.launch_template_id',
    'template-name mixed_instances_policy.*.launch_template.*.launch_template_specification.*.launch_template_name',
    'template mixed_instances_policy.*.launch_template.*.override.*.launch_template_specification.*.launch_template_id',
    'template-name mixed_instances_policy.*.launch_template.*.override.*.launch_template_specification.*.launch_template_name',
  ],
  aws_spot_fleet_request: [
    'image launch_specification.*.ami',
    'key launch_specification.*.key_name',
    'group launch_specification.*.vpc_security_group_ids.*',
    'template launch_template_config.*.launch_template_specification.*.id',
    'template-name launch_template_config.*.launch_template_specification.*.name',
  ],
  aws_ec2_fleet: [
    'template launch_template_config.*.launch_template_specification.*.launch_template_id',
    'template-name launch_template_config.*.launch_template_specification.*.launch_template_name',
  ],
  aws_batch_compute_environment: [
    'key compute_resources.*.ec2_key_pair',
    'image compute_resources.*.image_id',
    'image compute_resources.*.ec2_configuration.*.image_id_override',
    'group compute_resources.*.security_group_ids.*',
    'template compute_resources.*.launch_template.*.launch_template_id',
    'template-name compute_resources.*.launch_template.*.launch_template_name',
  ],
  aws_eks_node_group: [
    'key remote_access.*.ec2_ssh_key',
    'group remote_access.*.source_security_group_ids.*',
    'template launch_template.*.id',
    'template-name launch_template.*.name',
  ],
  aws_emr_cluster: [
    'key ec2_attributes.*.key_name',
    'image custom_ami_id',
    'group ec2_attributes.*.emr_managed_master_security_group',
    'group ec2_attributes.*.emr_managed_slave_security_group',
    'group ec2_attributes.*.service_access_security_group',
    'group, ec2_attributes.*.additional_master_security_groups',
    'group, ec2_attributes.*.additional_slave_security_groups',
  ],
  aws_emr_instance_fleet: [],
  aws_emr_instance_group: [],
  aws_imagebuilder_infrastructure_configuration: ['key key_pair', 'group security_group_ids.*'],
  aws_imagebuilder_image_recipe: ['image parent_image'],
  aws_imagebuilder_image: [],
  aws_imagebuilder_image_pipeline: [],
  aws_opsworks_stack: ['key default_ssh_key_name', 'image default_ami_id'],
  aws_opsworks_instance: ['image ami_id', 'key ssh_key_name', 'group security_group_ids.*'],
  aws_cloud9_environment_ec2: [],
  aws_sagemaker_notebook_instance: ['group security_groups.*'],
  aws_codebuild_fleet: ['image image_id', 'group vpc_config.*.security_group_ids.*'],
  aws_elastic_beanstalk_environment: [],
  aws_elastic_beanstalk_configuration_template: [],
  aws_gamelift_fleet: [],
  aws_gamelift_game_server_group: ['template launch_template.*.id', 'template-name launch_template.*.name'],
  aws_appstream_fleet: ['group vpc_config.*.security_group_ids.*'],
  aws_appstream_image_builder: ['group vpc_config.*.security_group_ids.*'],
  aws_ecs_capacity_provider: [
    'group managed_instances_provider.*.instance_launch_template.*.network_configuration.*.security_groups.*',
  ],
  aws_lambda_capacity_provider: ['group vpc_config.*.security_group_ids.*'],
  aws_workspaces_workspace: [],
  aws_workspaces_pool: [],
};

const OTHERS: Readonly<Record<string, readonly string[]>> = {
  aws_security_group: [
    'group ingress.*.security_groups.*',
    'group egress.*.security_groups.*',
    'list ingress.*.prefix_list_ids.*',
    'list egress.*.prefix_list_ids.*',
  ],
  aws_security_group_rule: [
    'group security_group_id',
    'group source_security_group_id',
    'list prefix_list_ids.*',
  ],
  aws_vpc_security_group_ingress_rule: [
    'group security_group_id',
    'group referenced_security_group_id',
    'list prefix_list_id',
  ],
  aws_vpc_security_group_egress_rule: [
    'group security_group_id',
    'group referenced_security_group_id',
    'list prefix_list_id',
  ],
  aws_network_interface: ['group security_groups.*'],
  aws_route: ['list destination_prefix_list_id'],
  aws_lambda_function: ['group vpc_config.*.security_group_ids.*'],
  aws_eks_cluster: ['group vpc_config.*.security_group_ids.*'],
  aws_lb: ['group security_groups.*'],
  aws_alb: ['group security_groups.*'],
  aws_elb: ['group security_groups.*'],
  aws_db_instance: ['group vpc_security_group_ids.*'],
  aws_rds_cluster: ['group vpc_security_group_ids.*'],
  aws_vpc_endpoint: ['group security_group_ids.*'],
  aws_efs_mount_target: ['group security_groups.*'],
  aws_ecs_service: ['group network_configuration.*.security_groups.*'],
  aws_elasticache_cluster: ['group security_group_ids.*'],
  aws_elasticache_replication_group: ['group security_group_ids.*'],
  aws_redshift_cluster: ['group vpc_security_group_ids.*'],
};

export function meaningOf(word: keyof typeof WORDS): Omit<AttributePlace, 'path' | 'commas'> {
  const [to, by] = WORDS[word];
  return { to, by };
}

function places(lines: readonly string[]): AttributePlace[] {
  return lines.flatMap((line): AttributePlace[] => {
    const [word = '', path = ''] = line.split(' ');
    const commas = word.endsWith(',');
    const plain = commas ? word.slice(0, -1) : word;
    if (!Object.hasOwn(WORDS, plain)) return [];
    const [to, by] = WORDS[plain as keyof typeof WORDS];
    return [{ path: path.split('.'), to, by, commas }];
  });
}

/** By type. An attribute of a type that is not among these is recognised by the form of its value. */
export const PLACES: ReadonlyMap<string, readonly AttributePlace[]> = new Map(
  [...Object.entries(STARTING), ...Object.entries(OTHERS)].map(([type, lines]) => [type, places(lines)]),
);

export function placesOf(type: string): readonly AttributePlace[] | null {
  return PLACES.get(type) ?? null;
}

export const TERRAFORM_STARTING: ReadonlySet<string> = new Set(Object.keys(STARTING));

import type { TemplateReference } from '../inventory/template.ts';

/** Where a resource type refers to something: a path below Properties; "*" stands for every item of a list. */
export interface PropertyPlace {
  readonly path: readonly string[];
  readonly to: TemplateReference['to'];
  readonly by: TemplateReference['by'];
  readonly launches: boolean;
}

type Written = readonly [path: string, what: What];
type What =
  | 'key'
  | 'image'
  | 'group'
  | 'group-name'
  | 'group-either'
  | 'prefix-list'
  | 'template'
  | 'template-name';

const MEANINGS = {
  key: ['key-pair', 'name'],
  image: ['image', 'id'],
  group: ['security-group', 'id'],
  'group-name': ['security-group', 'name'],
  'group-either': ['security-group', 'either'],
  'prefix-list': ['prefix-list', 'id'],
  template: ['launch-template', 'id'],
  'template-name': ['launch-template', 'name'],
} as const satisfies Record<What, readonly [TemplateReference['to'], TemplateReference['by']]>;

const under = (prefix: string, places: readonly Written[]): Written[] =>
  places.map(([path, what]) => [`${prefix}.${path}`, what]);
const launchTemplate = (prefix: string): Written[] =>
  under(prefix, [
    ['LaunchTemplateId', 'template'],
    ['LaunchTemplateName', 'template-name'],
  ]);

const LAUNCH_DATA: readonly Written[] = [
  ['KeyName', 'key'],
  ['ImageId', 'image'],
  ['SecurityGroupIds.*', 'group'],
  ['SecurityGroups.*', 'group-name'],
  ['NetworkInterfaces.*.Groups.*', 'group'],
];
const INGRESS: readonly Written[] = [
  ['SourceSecurityGroupId', 'group'],
  ['SourceSecurityGroupName', 'group-name'],
  ['SourcePrefixListId', 'prefix-list'],
];
const EGRESS: readonly Written[] = [
  ['DestinationSecurityGroupId', 'group'],
  ['DestinationPrefixListId', 'prefix-list'],
];
const FLEET_TEMPLATES: readonly Written[] = [
  ...launchTemplate('LaunchTemplateConfigs.*.LaunchTemplateSpecification'),
  ...under('LaunchTemplateConfigs.*.Overrides.*', LAUNCH_DATA),
];
const MIXED = 'MixedInstancesPolicy.LaunchTemplate';
const NODE_GROUPS = ['MasterInstanceGroup', 'CoreInstanceGroup', 'TaskInstanceGroups.*'];
const NODE_FLEETS = ['MasterInstanceFleet', 'CoreInstanceFleet', 'TaskInstanceFleets.*'];

/** Types that start instances by themselves (facts: CloudFormation resource specification). */
const LAUNCHING: Readonly<Record<string, readonly Written[]>> = {
  'AWS::EC2::Instance': [
    ['KeyName', 'key'],
    ['ImageId', 'image'],
    ['SecurityGroupIds.*', 'group'],
    // Names in the default VPC; Ref of a group of the template gives what fits.
    ['SecurityGroups.*', 'group-either'],
    ['NetworkInterfaces.*.GroupSet.*', 'group'],
    ...launchTemplate('LaunchTemplate'),
  ],
  'AWS::EC2::LaunchTemplate': under('LaunchTemplateData', LAUNCH_DATA),
  'AWS::AutoScaling::LaunchConfiguration': [
    ['KeyName', 'key'],
    ['ImageId', 'image'],
    ['SecurityGroups.*', 'group-either'],
    ['ClassicLinkVPCSecurityGroups.*', 'group'],
  ],
  'AWS::AutoScaling::AutoScalingGroup': [
    ...launchTemplate('LaunchTemplate'),
    ...launchTemplate(`${MIXED}.LaunchTemplateSpecification`),
    ...launchTemplate(`${MIXED}.Overrides.*.LaunchTemplateSpecification`),
    [`${MIXED}.Overrides.*.ImageId`, 'image'],
  ],
  'AWS::EC2::SpotFleet': under('SpotFleetRequestConfigData', [
    ...under('LaunchSpecifications.*', [
      ['KeyName', 'key'],
      ['ImageId', 'image'],
      ['SecurityGroups.*.GroupId', 'group'],
      ['NetworkInterfaces.*.Groups.*', 'group'],
    ]),
    ...FLEET_TEMPLATES,
  ]),
  'AWS::EC2::EC2Fleet': FLEET_TEMPLATES,
  'AWS::EKS::Nodegroup': [
    ['RemoteAccess.Ec2SshKey', 'key'],
    ['RemoteAccess.SourceSecurityGroups.*', 'group'],
    ['LaunchTemplate.Id', 'template'],
    ['LaunchTemplate.Name', 'template-name'],
  ],
  'AWS::EMR::Cluster': [
    ['CustomAmiId', 'image'],
    ['Instances.Ec2KeyName', 'key'],
    ['Instances.EmrManagedMasterSecurityGroup', 'group'],
    ['Instances.EmrManagedSlaveSecurityGroup', 'group'],
    ['Instances.ServiceAccessSecurityGroup', 'group'],
    ['Instances.AdditionalMasterSecurityGroups.*', 'group'],
    ['Instances.AdditionalSlaveSecurityGroups.*', 'group'],
    ...NODE_GROUPS.map((group): Written => [`Instances.${group}.CustomAmiId`, 'image']),
    ...NODE_FLEETS.map((fleet): Written => [`Instances.${fleet}.InstanceTypeConfigs.*.CustomAmiId`, 'image']),
  ],
  'AWS::EMR::InstanceGroupConfig': [['CustomAmiId', 'image']],
  'AWS::EMR::InstanceFleetConfig': [['InstanceTypeConfigs.*.CustomAmiId', 'image']],
  'AWS::Batch::ComputeEnvironment': under('ComputeResources', [
    ['Ec2KeyPair', 'key'],
    ['ImageId', 'image'],
    ['Ec2Configuration.*.ImageIdOverride', 'image'],
    ['SecurityGroupIds.*', 'group'],
    ...launchTemplate('LaunchTemplate'),
  ]),
  'AWS::ImageBuilder::InfrastructureConfiguration': [
    ['KeyPair', 'key'],
    ['SecurityGroupIds.*', 'group'],
  ],
  'AWS::OpsWorks::Instance': [
    ['SshKeyName', 'key'],
    ['AmiId', 'image'],
  ],
};

/** Types that refer to groups and lists, and start no instance. */
const OTHERS: Readonly<Record<string, readonly Written[]>> = {
  'AWS::EC2::SecurityGroup': [
    ...under('SecurityGroupIngress.*', INGRESS),
    ...under('SecurityGroupEgress.*', EGRESS),
  ],
  'AWS::EC2::SecurityGroupIngress': [['GroupId', 'group'], ['GroupName', 'group-name'], ...INGRESS],
  'AWS::EC2::SecurityGroupEgress': [['GroupId', 'group'], ...EGRESS],
  'AWS::EC2::SecurityGroupVpcAssociation': [['GroupId', 'group']],
  'AWS::EC2::NetworkInterface': [['GroupSet.*', 'group']],
  'AWS::EC2::VPCEndpoint': [['SecurityGroupIds.*', 'group']],
  'AWS::EC2::Route': [['DestinationPrefixListId', 'prefix-list']],
  'AWS::ECS::Service': [['NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.*', 'group']],
  'AWS::ElasticLoadBalancing::LoadBalancer': [['SecurityGroups.*', 'group']],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': [['SecurityGroups.*', 'group']],
  'AWS::EFS::MountTarget': [['SecurityGroups.*', 'group']],
  'AWS::EKS::Cluster': [['ResourcesVpcConfig.SecurityGroupIds.*', 'group']],
  'AWS::Lambda::Function': [['VpcConfig.SecurityGroupIds.*', 'group']],
  'AWS::RDS::DBInstance': [['VPCSecurityGroups.*', 'group']],
  'AWS::RDS::DBCluster': [['VpcSecurityGroupIds.*', 'group']],
};

function places(written: readonly Written[], launches: boolean): PropertyPlace[] {
  return written.map(([path, what]) => {
    const [to, by] = MEANINGS[what];
    return { path: path.split('.'), to, by, launches };
  });
}

/** By type. What stands elsewhere is found by its look: ids say what they are. */
export const PLACES: ReadonlyMap<string, readonly PropertyPlace[]> = new Map([
  ...Object.entries(LAUNCHING).map(([type, written]) => [type, places(written, true)] as const),
  ...Object.entries(OTHERS).map(([type, written]) => [type, places(written, false)] as const),
]);

import type { LaunchField, Template } from '../inventory/template.ts';
import type { Resource } from './resources.ts';
import { valuesAt } from './walk.ts';

/** What a launch names besides key pair, groups and image, by property of the resource: a field, then its path. */
const DATA = [
  'type InstanceType',
  'subnet NetworkInterfaces.*.SubnetId',
  'interface NetworkInterfaces.*.NetworkInterfaceId',
  'device BlockDeviceMappings.*.DeviceName',
  'snapshot BlockDeviceMappings.*.Ebs.SnapshotId',
  'kms-key BlockDeviceMappings.*.Ebs.KmsKeyId',
  'size BlockDeviceMappings.*.Ebs.VolumeSize',
  'encrypted BlockDeviceMappings.*.Ebs.Encrypted',
  'http-tokens MetadataOptions.HttpTokens',
  'image ImageId',
  'group SecurityGroupIds.*',
] as const;
const PLACEMENT = [
  'zone Placement.AvailabilityZone',
  'placement-group Placement.GroupName',
  'host Placement.HostId',
];

const under = (prefix: string, lines: readonly string[]) =>
  lines.map((line) => line.replace(' ', ` ${prefix}.`));

/** Resource types whose launch is written in their properties (CloudFormation template reference). */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Instance': [
    ...DATA,
    'subnet SubnetId',
    'zone AvailabilityZone',
    'profile IamInstanceProfile',
    'placement-group PlacementGroupName',
    'host HostId',
    'group NetworkInterfaces.*.GroupSet.*',
  ],
  'AWS::EC2::LaunchTemplate': under('LaunchTemplateData', [
    ...DATA,
    ...PLACEMENT,
    'profile IamInstanceProfile.Name',
    'profile IamInstanceProfile.Arn',
    'group NetworkInterfaces.*.Groups.*',
    'reservation CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationId',
  ]),
  'AWS::AutoScaling::LaunchConfiguration': [
    'type InstanceType',
    'profile IamInstanceProfile',
    ...DATA.filter((line) => / BlockDevice| MetadataOptions| ImageId/.test(line)),
  ],
  'AWS::AutoScaling::AutoScalingGroup': [
    'subnet VPCZoneIdentifier.*',
    'zone AvailabilityZones.*',
    'type MixedInstancesPolicy.LaunchTemplate.Overrides.*.InstanceType',
  ],
  'AWS::EC2::SpotFleet': under('SpotFleetRequestConfigData.LaunchSpecifications.*', [
    'type InstanceType',
    'subnet SubnetId',
    'zone Placement.AvailabilityZone',
    'profile IamInstanceProfile.Arn',
    'image ImageId',
  ]),
  'AWS::EC2::EC2Fleet': under('LaunchTemplateConfigs.*.Overrides.*', [
    'type InstanceType',
    'subnet SubnetId',
    'zone AvailabilityZone',
  ]),
  'AWS::Batch::ComputeEnvironment': [
    'type ComputeResources.InstanceTypes.*',
    'subnet ComputeResources.Subnets.*',
    'profile ComputeResources.InstanceRole',
  ],
  'AWS::EKS::Nodegroup': ['type InstanceTypes.*', 'subnet Subnets.*'],
  'AWS::EMR::Cluster': [
    'type Instances.MasterInstanceGroup.InstanceType',
    'type Instances.CoreInstanceGroup.InstanceType',
    'type Instances.TaskInstanceGroups.*.InstanceType',
    'subnet Instances.Ec2SubnetId',
    'subnet Instances.Ec2SubnetIds.*',
    'profile JobFlowRole',
  ],
  'AWS::Cloud9::EnvironmentEC2': ['type InstanceType', 'subnet SubnetId'],
  'AWS::ImageBuilder::InfrastructureConfiguration': [
    'type InstanceTypes.*',
    'subnet SubnetId',
    'profile InstanceProfileName',
  ],
  'AWS::SageMaker::NotebookInstance': ['subnet SubnetId'],
  'AWS::OpsWorks::Instance': ['type InstanceType', 'subnet SubnetId', 'zone AvailabilityZone'],
  'AWS::OpsWorks::Layer': ['profile CustomInstanceProfileArn'],
  'AWS::OpsWorks::Stack': ['profile DefaultInstanceProfileArn', 'subnet DefaultSubnetId'],
  ...Object.fromEntries(
    ['AWS::ElasticBeanstalk::Environment', 'AWS::ElasticBeanstalk::ConfigurationTemplate'].map((type) => [
      type,
      [
        ['type', 'aws:autoscaling:launchconfiguration', 'InstanceType'],
        ['type', 'aws:ec2:instances', 'InstanceTypes'],
        ['profile', 'aws:autoscaling:launchconfiguration', 'IamInstanceProfile'],
        ['subnet', 'aws:ec2:vpc', 'Subnets'],
      ].map(
        ([field, space, name]) => `${field} OptionSettings.*.[Namespace=${space},OptionName=${name}].Value`,
      ),
    ]),
  ),
};

interface FieldPlace {
  readonly field: LaunchField;
  readonly path: readonly string[];
}

const PLACES: ReadonlyMap<string, readonly FieldPlace[]> = new Map(
  Object.entries(FIELDS).map(([type, lines]) => [
    type,
    lines.map((line) => {
      const at = line.indexOf(' ');
      return { field: line.slice(0, at) as LaunchField, path: stepsOf(line.slice(at + 1)) };
    }),
  ]),
);

/** A step in brackets holds names with dots in them. */
function stepsOf(path: string): string[] {
  return path.match(/\[[^\]]*\]|[^.]+/g) ?? [];
}

/** The launches that resources write, each with the values that it names. */
export function launchesOf(resources: readonly Resource[]): Template['launches'] {
  return resources.flatMap(({ logicalId, type, properties, names, created }) => {
    const fields = (PLACES.get(type) ?? []).flatMap(({ field, path }) =>
      [...valuesAt(properties, path, names)].map((found) => ({
        field,
        path: ['Properties', ...found.path].join('.'),
        line: found.node.line,
        value: created(
          path.at(-1) === 'Value' ? { is: 'split', separator: ',', from: found.value } : found.value,
        ),
      })),
    );
    return fields.length > 0 ? [{ resource: logicalId, type, fields }] : [];
  });
}

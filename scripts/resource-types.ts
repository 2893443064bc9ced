/**
 * Writes src/cloudformation/resource-types.ts from the CloudFormation registry's schemas, as the package
 * @aws-cdk/aws-service-spec has them (`npm run generate:resource-types`). A test compares the two, so that an update of
 * the package shows which types and properties are new.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { NOT_STARTING, OF_A_SERVICE, STARTING } from '../src/cloudformation/starting.ts';

export const GENERATED = 'src/cloudformation/resource-types.ts';

type Database = Awaited<ReturnType<typeof loadAwsServiceSpec>>;
type Resource = ReturnType<Database['all']>[number] & {
  readonly cloudFormationType: string;
  readonly properties: Properties;
};
type Properties = Readonly<
  Record<string, { readonly type: PropertyType; readonly required?: boolean | undefined }>
>;
type PropertyType =
  | { readonly type: 'array' | 'map'; readonly element: PropertyType }
  | { readonly type: 'union'; readonly types: readonly PropertyType[] }
  | { readonly type: 'ref'; readonly reference: { readonly $ref: string } }
  | { readonly type: 'string' };

/** What a property holds, by its name and, where that does not show it, by the end of its path. */
const MEANINGS: readonly (readonly [word: string, path: RegExp])[] = [
  ['key', /(?:^|\.)(?:KeyName|Ec2KeyPair|Ec2SshKey|Ec2KeyName|KeyPair|SshKeyName|DefaultSshKeyName)$/],
  ['image', /(?:^|\.)(?:ImageId|ImageIdOverride|CustomAmiId|AmiId|Ec2ImageId)$/],
  ['group', /(?:^|\.)(?:SecurityGroups|(?:Vpc|Ec2|Custom)?SecurityGroupIds|SecurityGroupIdList)\.\*$/],
  ['group', /(?:^|\.)(?:VPCSecurityGroups|VpcSecurityGroups|VpcSecurityGroupMemberships|GroupSet)\.\*$/],
  ['group', /(?:^|\.)(?:SourceSecurityGroups|ClassicLinkVPCSecurityGroups)\.\*$/],
  ['group', /(?:^|\.)Additional(?:Master|Slave)SecurityGroups\.\*$/],
  ['group', /(?:^|\.)(?:EmrManaged(?:Master|Slave)|ServiceAccess)SecurityGroup$/],
  ['group', /(?:^|\.)NetworkInterfaces\.\*\.Groups\.\*$/],
  ['group', /(?:^|\.)SecurityGroups\.\*\.GroupId$/],
  ['group', /(?:^|\.)Vpc\.SecurityGroup\.\*$/],
  ['group', /(?:^|\.)(?:(?:Source|Destination|EC2|Engine|Workspace)?SecurityGroupId)$/],
  ['group-name', /(?:^|\.)(?:Source|EC2)SecurityGroupName$/],
  ['prefix-list', /(?:^|\.)(?:(?:Source|Destination)?PrefixListId|PrefixListIds\.\*)$/],
  ['template', /(?:^|\.)LaunchTemplateId$/],
  ['template-name', /(?:^|\.)LaunchTemplateName$/],
  ['subnet', /(?:^|\.)(?:Vpc|Ec2|Client|Default|Preferred|StagingArea|ServiceAccess|TargetVpc)?SubnetId$/],
  ['subnet', /(?:^|\.)(?:Vpc|Ec2|Client)?(?:SubnetIds|SubnetIdList|Subnets)(?:\.\*)?$/],
  ['subnet', /(?:^|\.)VPCZoneIdentifier\.\*$/],
  ['zone', /(?:^|\.)(?:Default|Preferred|Primary)?AvailabilityZone(?:Id|Name)?$/],
  ['zone', /(?:^|\.)(?:Preferred|Replica)?AvailabilityZone(?:s|Ids)\.\*$/],
  ['zone', /(?:^|\.)PreferredCacheClusterAZs\.\*$/],
];

/** The same of what starts instances: elsewhere these names mean types, profiles and keys of other services. */
const OF_LAUNCHES: typeof MEANINGS = [
  ['type', /(?:^|\.)InstanceTypes?(?:\.\*)?$/],
  ['requirement', /(?:^|\.)InstanceRequirements\..+$/],
  ['market', /(?:^|\.)(?:InstanceMarketOptions\.MarketType|DefaultTargetCapacityType)$/],
  ['spot-price', /(?:^|\.)SpotPrice$/],
  ['on-demand-base', /(?:^|\.)InstancesDistribution\.OnDemandBaseCapacity$/],
  ['on-demand-percent', /(?:^|\.)InstancesDistribution\.OnDemandPercentageAboveBaseCapacity$/],
  ['profile', /(?:^|\.)(?:(?:Iam|Custom|Default|Ec2)?InstanceProfile(?:Arn|Name)?)$/],
  ['profile', /(?:^|\.)IamInstanceProfile\.(?:Arn|Name)$/],
  ['interface', /(?:^|\.)NetworkInterfaces\.\*\.NetworkInterfaceId$/],
  ['placement-group', /(?:^|\.)(?:Placement\.Group(?:Name|Id)|PlacementGroup(?:Name|Id)?)$/],
  ['private-address', /(?:^|\.)NetworkInterfaces\.\*\.(?:PrivateIpAddresses\.\*\.)?PrivateIpAddress$/],
  ['host', /(?:^|\.)(?:Dedicated)?HostId$/],
  ['host-resource-group', /(?:^|\.)HostResourceGroupArn$/],
  ['licence', /(?:^|\.)LicenseSpecifications\.\*\.LicenseConfigurationArn$/],
  ['target-group', /(?:^|\.)(?:TargetGroupARNs\.\*|TrafficSources\.\*\.Identifier)$/],
  ['service-linked-role', /(?:^|\.)ServiceLinkedRoleARN$/],
  ['reservation', /(?:^|\.)CapacityReservationTarget\.CapacityReservation(?:Id|ResourceGroupArn)$/],
  ['reservation', /(?:^|\.)CapacityReservationIds\.\*$/],
  ['http-tokens', /(?:^|\.)(?:Instance)?MetadataOptions\.HttpTokens$/],
  ['http-endpoint', /(?:^|\.)MetadataOptions\.HttpEndpoint$/],
  ['hibernation', /(?:^|\.)HibernationOptions\.Configured$/],
  ['enclave', /(?:^|\.)EnclaveOptions\.Enabled$/],
  ['ebs-optimized', /(?:^|(?<!EbsConfiguration)\.)EbsOptimized$/],
  ['device', /(?:^|\.)BlockDeviceMappings\.\*\.DeviceName$/],
  ['snapshot', /(?:^|\.)BlockDeviceMappings\.\*\.Ebs\.SnapshotId$/],
  ['kms-key', /(?:^|\.)(?:BlockDeviceMappings\.\*\.Ebs\.|EbsVolumeConfig\.Volume)KmsKeyId$/],
  ['size', /(?:^|\.)BlockDeviceMappings\.\*\.Ebs\.VolumeSize$/],
  ['volume-type', /(?:^|\.)BlockDeviceMappings\.\*\.Ebs\.VolumeType$/],
  ['iops', /(?:^|\.)BlockDeviceMappings\.\*\.Ebs\.Iops$/],
  ['throughput', /(?:^|\.)BlockDeviceMappings\.\*\.Ebs\.Throughput$/],
  ['encrypted', /(?:^|\.)BlockDeviceMappings\.\*\.Ebs\.Encrypted$/],
];

/** Properties whose name alone would mislead, and why, and those that take names or ids. */
const EXCEPTIONS: Readonly<Record<string, string | null>> = {
  'AWS::EC2::KeyPair KeyName': null, // the name that it gives
  'AWS::EC2::LaunchTemplate LaunchTemplateName': null, // the name that it gives
  'AWS::Location::APIKey KeyName': null, // not a key pair
  'AWS::Cloud9::EnvironmentEC2 ImageId': null, // an alias such as "amazonlinux-2023-x86_64"
  'AWS::SageMaker::Cluster InstanceGroups.*.ImageId': null, // an id of SageMaker's own, or "default"
  'AWS::EC2::Instance SecurityGroups.*': 'group-either', // Ref of a group of the template gives what fits
  'AWS::AutoScaling::LaunchConfiguration SecurityGroups.*': 'group-either',
  'AWS::EC2::LaunchTemplate LaunchTemplateData.SecurityGroups.*': 'group-name',
  'AWS::EC2::SecurityGroupVpcAssociation GroupId': 'group',
  'AWS::EC2::SecurityGroupIngress GroupId': 'group',
  'AWS::EC2::SecurityGroupIngress GroupName': 'group-name',
  'AWS::EC2::SecurityGroupEgress GroupId': 'group',
  'AWS::EKS::Nodegroup LaunchTemplate.Id': 'template',
  'AWS::EKS::Nodegroup LaunchTemplate.Name': 'template-name',
  'AWS::PCS::ComputeNodeGroup CustomLaunchTemplate.TemplateId': 'template',
  'AWS::Batch::ComputeEnvironment ComputeResources.InstanceRole': 'profile',
  // How many instances it starts; the desired capacity is never below the least.
  'AWS::AutoScaling::AutoScalingGroup DesiredCapacity': 'count',
  'AWS::AutoScaling::AutoScalingGroup MinSize': 'count',
  'AWS::EKS::Nodegroup ScalingConfig.DesiredSize': 'count',
  'AWS::EKS::Nodegroup ScalingConfig.MinSize': 'count',
  'AWS::RDS::DBInstance CustomIAMInstanceProfile': 'profile', // of RDS Custom
  'AWS::EMR::Cluster JobFlowRole': 'profile', // "also called instance profile and Amazon EC2 role"
  'AWS::GameLift::GameServerGroup VpcSubnets.*': 'subnet',
  // Volumes by themselves.
  'AWS::EC2::Volume SnapshotId': 'snapshot',
  'AWS::EC2::Volume KmsKeyId': 'kms-key',
  'AWS::WorkspacesInstances::Volume SnapshotId': 'snapshot',
  'AWS::WorkspacesInstances::Volume KmsKeyId': 'kms-key',
  'AWS::SageMaker::NotebookInstance KmsKeyId': 'kms-key', // of its storage volume
  'AWS::WorkSpaces::Workspace VolumeEncryptionKey': 'kms-key',
  // A subnet that is given up need not exist where the stack is created again.
  'AWS::EC2::TransitGatewayVpcAttachment RemoveSubnetIds.*': null,
  'AWS::EC2::Subnet SubnetId': null, // what it is given by EC2
};

/** Places that a resource names in other regions on purpose, or that a service fills in. */
const ELSEWHERE: readonly RegExp[] = [
  /^AWS::ElastiCache::GlobalReplicationGroup RegionalConfigurations\./,
  /^AWS::EFS::FileSystem ReplicationConfiguration\./,
  /^AWS::MSK::Replicator KafkaClusters\./, // each cluster's own VPC, and one is the source's
  /^AWS::RedshiftServerless::Workgroup Workgroup\./, // what the service says of it
  /^AWS::Synthetics::Canary Replicas\./, // of each location
];

const MAX_DEPTH = 9;

const ORDER = [
  'key',
  'image',
  'group',
  'group-either',
  'group-name',
  'prefix-list',
  'template',
  'template-name',
  'type',
  'requirement',
  'market',
  'spot-price',
  'on-demand-base',
  'on-demand-percent',
  'subnet',
  'zone',
  'profile',
  'interface',
  'private-address',
  'placement-group',
  'host',
  'host-resource-group',
  'reservation',
  'licence',
  'target-group',
  'service-linked-role',
  'http-tokens',
  'http-endpoint',
  'hibernation',
  'enclave',
  'ebs-optimized',
  'device',
  'snapshot',
  'kms-key',
  'size',
  'encrypted',
  'volume-type',
  'iops',
  'throughput',
  'count',
];

/** By what they name, then the ones nearest to the resource first. */
function inReadingOrder(a: string, b: string): number {
  const rank = (line: string) =>
    ORDER.indexOf(line.trim().split(' ')[0] ?? '') * 100 + line.split('.').length;
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

export async function resourceTypesText(): Promise<string> {
  const database = await loadAwsServiceSpec();
  const resources = (database.all('resource') as unknown as Resource[]).toSorted((a, b) =>
    a.cloudFormationType < b.cloudFormationType ? -1 : 1,
  );
  const services = new Map<string, string[]>();
  const required: string[] = [];
  const places: string[] = [];
  const unclassified: string[] = [];
  for (const { cloudFormationType: type, properties } of resources) {
    const [service, name] = [type.slice(0, type.lastIndexOf('::')), type.slice(type.lastIndexOf('::') + 2)];
    services.set(service, [...(services.get(service) ?? []), name]);
    const demanded = Object.entries(properties).flatMap(([property, { required: is }]) =>
      is === true ? [property] : [],
    );
    if (demanded.length > 0 && STARTING.has(type)) required.push(`${type} ${demanded.sort().join(' ')}`);
    const paths = [...new Set(pathsOf(database, properties, '', []))];
    const found = paths.flatMap((path) => {
      const kind = kindOf(type, path);
      return kind === null ? [] : [`  ${kind} ${path}`];
    });
    if (found.length > 0) places.push(type, ...found.sort(inReadingOrder));
    const starts =
      found.some((line) => /^ {2}(?:key|image|template) /.test(line)) ||
      paths.some((path) => STARTS_BY_NAME.test(path));
    if (starts && !STARTING.has(type) && !NOT_STARTING.has(type) && !OF_A_SERVICE.test(type))
      unclassified.push(type);
  }
  if (unclassified.length > 0)
    throw new Error(
      `Say in src/cloudformation/starting.ts whether these start instances: ${unclassified.join(', ')}.`,
    );
  const known = [...services].map(([service, names]) => `${service} ${names.join(' ')}`);
  return `// Generated by scripts/resource-types.ts from @aws-cdk/aws-service-spec: npm run generate:resource-types

/** Every resource type of the registry: a service, then the names of its types. */
export const REGISTRY = \`
${known.join('\n')}
\`;

/** The properties that a type requires, of those that start instances or say how: a type, then its properties. */
export const REQUIRED = \`
${required.join('\n')}
\`;

/** What the properties of a type refer to: a type, then its properties, each after the word for what it names. */
export const PROPERTIES = \`
${places.join('\n')}
\`;
`;
}

/** A type with one of these may start instances: src/cloudformation/starting.ts says whether it does. */
const STARTS_BY_NAME =
  /(?:^|\.)(?:(?:[A-Z][a-z0-9]*)?InstanceTypes?(?:\.\*)?|IamInstanceProfile(?:Arn|\..*)?)$/;

function kindOf(type: string, path: string): string | null {
  const exception = EXCEPTIONS[`${type} ${path}`];
  if (exception !== undefined) return exception;
  if (ELSEWHERE.some((pattern) => pattern.test(`${type} ${path}`))) return null;
  const meaning = MEANINGS.find(([, pattern]) => pattern.test(path));
  if (meaning) return meaning[0];
  const [word] = (STARTING.has(type) ? OF_LAUNCHES.find(([, pattern]) => pattern.test(path)) : null) ?? [];
  // A service has instance types such as "ml.t3.medium", or its instances are started where the service decides.
  return word === undefined || (word === 'type' && OF_A_SERVICE.test(type)) ? null : word;
}

/** The path of each property that holds no other properties; "*" is every item of a list. */
function* pathsOf(
  database: Database,
  properties: Properties,
  above: string,
  within: readonly string[],
): Generator<string> {
  if (within.length > MAX_DEPTH) return;
  for (const [name, { type }] of Object.entries(properties)) {
    yield* below(type, above === '' ? name : `${above}.${name}`);
  }

  function* below(type: PropertyType, path: string): Generator<string> {
    switch (type.type) {
      case 'array':
        yield* below(type.element, `${path}.*`);
        return;
      case 'union':
        for (const one of type.types) yield* below(one, path);
        return;
      case 'ref': {
        const id = type.reference.$ref;
        if (within.includes(id)) return;
        const definition = database.get('typeDefinition', id) as unknown as { properties: Properties };
        yield* pathsOf(database, definition.properties, path, [...within, id]);
        return;
      }
      // The keys of a map are its author's.
      case 'map':
        return;
      default:
        yield path;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fileURLToPath(new URL(`../${GENERATED}`, import.meta.url));
  const text = await resourceTypesText();
  if (readFileSync(path, { encoding: 'utf8', flag: 'a+' }) !== text) writeFileSync(path, text);
}

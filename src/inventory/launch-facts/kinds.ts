/** Read instead of a type, where attributes choose it: all of the region. */
export const EVERY_TYPE = '*';

/** The services whose answers hold facts, as the AWS CLI calls them. */
export type FactService =
  | 'ec2'
  | 'autoscaling'
  | 'iam'
  | 'kms'
  | 'service-quotas'
  | 'elb'
  | 'elbv2'
  | 'cloudformation';

interface FactRow {
  /** What a sentence calls them. */
  readonly many: string;
  /** What depends on it: for a line that says it was not looked at. */
  readonly decides: string;
  readonly service: FactService;
  readonly call: string;
  /** The top-level keys of the answers that hold it. */
  readonly answers: readonly string[];
  /** `region`: all of a region is read. `named`: only what a workload of either side names is read. */
  readonly asked: 'region' | 'named';
}

/**
 * What a launch needs of its region and account besides key pair, groups and image. These are facts: they are not paired,
 * and no finding is about one of them alone. By the key in a snapshot, in the order in which it is written.
 */
export const FACTS = {
  subnets: {
    many: 'subnets',
    decides: 'whether each launch has a subnet, in the VPC of its groups and with free addresses',
    service: 'ec2',
    call: 'describe-subnets',
    answers: ['Subnets'],
    asked: 'region',
  },
  instanceTypeOfferings: {
    many: 'instance type offerings',
    decides: 'whether each instance type is offered, and in which zones',
    service: 'ec2',
    call: 'describe-instance-type-offerings --location-type availability-zone',
    answers: ['InstanceTypeOfferings'],
    asked: 'named',
  },
  instanceTypes: {
    many: 'instance types',
    decides: 'whether type and image go together, and how many vCPUs a launch takes',
    service: 'ec2',
    call: 'describe-instance-types',
    answers: ['InstanceTypes'],
    asked: 'named',
  },
  routeTables: {
    many: 'route tables',
    decides: 'whether an instance is reachable',
    service: 'ec2',
    call: 'describe-route-tables',
    answers: ['RouteTables'],
    asked: 'region',
  },
  networkAcls: {
    many: 'network ACLs',
    decides: 'whether an instance is reachable',
    service: 'ec2',
    call: 'describe-network-acls',
    answers: ['NetworkAcls'],
    asked: 'region',
  },
  internetGateways: {
    many: 'internet gateways',
    decides: 'whether an instance is reachable',
    service: 'ec2',
    call: 'describe-internet-gateways',
    answers: ['InternetGateways'],
    asked: 'region',
  },
  natGateways: {
    many: 'NAT gateways',
    decides: 'whether an instance reaches the internet',
    service: 'ec2',
    call: 'describe-nat-gateways',
    answers: ['NatGateways'],
    asked: 'region',
  },
  networkInterfaces: {
    many: 'network interfaces',
    decides: 'whether each network interface that a launch names exists',
    service: 'ec2',
    call: 'describe-network-interfaces',
    answers: ['NetworkInterfaces'],
    asked: 'region',
  },
  volumeSnapshots: {
    many: 'snapshots of block devices',
    decides: 'whether each snapshot that a block device is made from exists, and its size',
    service: 'ec2',
    call: 'describe-snapshots --owner-ids self',
    answers: ['Snapshots'],
    asked: 'named',
  },
  instanceProfiles: {
    many: 'instance profiles',
    decides: 'whether each instance profile exists',
    service: 'iam',
    call: 'list-instance-profiles',
    answers: ['InstanceProfiles', 'InstanceProfile'],
    asked: 'named',
  },
  placementGroups: {
    many: 'placement groups',
    decides: 'whether each placement group exists',
    service: 'ec2',
    call: 'describe-placement-groups',
    answers: ['PlacementGroups'],
    asked: 'region',
  },
  capacityReservations: {
    many: 'capacity reservations',
    decides: 'whether each capacity reservation exists',
    service: 'ec2',
    call: 'describe-capacity-reservations',
    answers: ['CapacityReservations'],
    asked: 'region',
  },
  quotas: {
    many: 'service quotas of EC2',
    decides: 'whether what the workloads want fits the vCPU quotas',
    service: 'service-quotas',
    call: 'list-service-quotas --service-code ec2',
    answers: ['Quotas', 'Quota'],
    asked: 'named',
  },
  groupVpcs: {
    many: 'VPC associations of security groups',
    decides: 'whether a group may be used in another VPC than its own',
    service: 'ec2',
    call: 'describe-security-group-vpc-associations',
    answers: ['SecurityGroupVpcAssociations'],
    asked: 'region',
  },
  metadataDefaults: {
    many: 'instance metadata defaults of the account',
    decides: 'whether IMDSv2 is enforced',
    service: 'ec2',
    call: 'get-instance-metadata-defaults',
    answers: ['AccountLevel'],
    asked: 'region',
  },
  ebsDefaultKey: {
    many: 'default KMS key for EBS',
    decides: 'whether the key that new volumes are encrypted with can be used',
    service: 'ec2',
    call: 'get-ebs-default-kms-key-id',
    answers: ['KmsKeyId'],
    asked: 'region',
  },
  kmsKeys: {
    many: 'KMS keys',
    decides: 'whether each KMS key of a block device exists and is enabled',
    service: 'kms',
    call: 'describe-key --key-id KEY',
    answers: ['KeyMetadata'],
    asked: 'named',
  },
  targetGroups: {
    many: 'target groups',
    decides: 'whether each target group that an Auto Scaling group names exists',
    service: 'elbv2',
    call: 'describe-target-groups',
    answers: ['TargetGroups'],
    asked: 'named',
  },
  classicLoadBalancers: {
    many: 'Classic Load Balancers',
    decides: 'whether each Classic Load Balancer that an Auto Scaling group names exists',
    service: 'elb',
    call: 'describe-load-balancers',
    answers: ['LoadBalancerDescriptions'],
    asked: 'named',
  },
  lifecycleHooks: {
    many: 'lifecycle hooks of Auto Scaling groups',
    decides: 'whether the target lacks one, and whether each notifies a topic or queue of the region',
    service: 'autoscaling',
    call: 'describe-lifecycle-hooks --auto-scaling-group-name GROUP',
    answers: ['LifecycleHooks'],
    asked: 'named',
  },
  activities: {
    many: 'scaling activities',
    decides: 'whether the last launch of each Auto Scaling group of the target failed',
    service: 'autoscaling',
    call: 'describe-scaling-activities',
    answers: ['Activities'],
    asked: 'named',
  },
  exports: {
    many: 'exports of stacks',
    decides: 'whether the values that templates import are exported',
    service: 'cloudformation',
    call: 'list-exports',
    answers: ['Exports'],
    asked: 'region',
  },
} as const satisfies Readonly<Record<string, FactRow>>;

export type FactKind = keyof typeof FACTS;
export const FACT_KINDS = Object.keys(FACTS) as readonly FactKind[];
/** The top-level keys of the answers that hold facts. */
export type FactAnswer = (typeof FACTS)[FactKind]['answers'][number];

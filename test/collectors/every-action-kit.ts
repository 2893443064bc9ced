import { READ_ACTIONS } from '../../src/collectors/actions.ts';
import type { RegionModel } from '../endpoint/endpoint.ts';
import { groups, HERE, image } from './kit.ts';
import { EVERY_FACT, groupBy, runningRegion, template } from './workloads-kit.ts';

const two = <Row>(row: (n: number) => Row): Row[] => [row(1), row(2)];
const ARN = EVERY_FACT.find(({ kind }) => kind === 'targetGroups')?.name ?? '';

/** At least two rows of everything that comes in pages. */
export const fullRegion: RegionModel = {
  ...runningRegion,
  vpcs: two((n) => ({ VpcId: `vpc-${n}`, CidrBlock: `10.${n}.0.0/16`, OwnerId: '111122223333' })),
  // A rule of which only DescribeStaleSecurityGroups shows whether its group exists.
  securityGroups: [
    ...groups(2),
    {
      ...groups(1)[0],
      GroupId: 'sg-doubt',
      GroupName: 'doubt',
      IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-gone' }] }],
    },
  ],
  prefixLists: two((n) => ({
    PrefixListId: `pl-${n}`,
    PrefixListName: `list ${n}`,
    OwnerId: '111122223333',
    Entries: two((m) => ({ Cidr: `10.${m}.0.0/24` })),
  })),
  images: [...(runningRegion.images ?? []), ...two((n) => image(`ami-0000000${n}`, { Name: `more-${n}` }))],
  recycleBin: two((n) => ({ ImageId: `ami-0recycled${n}`, Name: `old-${n}` })),
  snapshots: two((n) => ({ SnapshotId: `snap-${n}`, VolumeSize: 20 })),
  launchTemplates: [template('lt-1', { versions: [1, 2, 3, 4], byDefault: 3 }), template('lt-2')],
  launchConfigurations: two((n) => ({
    LaunchConfigurationName: `old-${n}`,
    LaunchConfigurationARN: `arn:${n}`,
  })),
  autoScalingGroups: [groupBy('web', 'lt-1', '1'), groupBy('batch', 'lt-1', '2')],
  stacks: [
    ...(runningRegion.stacks ?? []),
    { StackId: 'arn:2', StackName: 'two', StackStatus: 'CREATE_COMPLETE', TemplateBody: '{"Resources":{}}' },
  ],
  exports: two((n) => ({ ExportingStackId: 'arn:stack', Name: `export-${n}`, Value: `sg-${n}` })),
  facts: {
    Subnets: two((n) => ({ SubnetId: `subnet-${n}`, VpcId: 'vpc-1' })),
    InstanceTypeOfferings: two((n) => ({
      InstanceType: 'm5.large' as const,
      LocationType: 'availability-zone' as const,
      Location: `${HERE}${'ab'[n - 1]}`,
    })),
    InstanceTypes: [{ InstanceType: 'm5.large' }],
    RouteTables: two((n) => ({ RouteTableId: `rtb-${n}` })),
    NetworkAcls: two((n) => ({ NetworkAclId: `acl-${n}` })),
    InternetGateways: two((n) => ({ InternetGatewayId: `igw-${n}` })),
    NatGateways: two((n) => ({ NatGatewayId: `nat-${n}` })),
    NetworkInterfaces: two((n) => ({ NetworkInterfaceId: `eni-${n}` })),
    CapacityReservations: two((n) => ({ CapacityReservationId: `cr-${n}` })),
    SecurityGroupVpcAssociations: two((n) => ({ GroupId: 'sg-1', VpcId: `vpc-${n}` })),
    TargetGroups: [{ TargetGroupArn: ARN, TargetGroupName: 'web', VpcId: 'vpc-1' }],
    LoadBalancerDescriptions: [{ LoadBalancerName: 'old', VPCId: 'vpc-1' }],
    Activities: two((n) => ({
      ActivityId: `a-${n}`,
      AutoScalingGroupName: 'web',
      Description: 'Launching a new EC2 instance',
      StatusCode: n === 1 ? ('InProgress' as const) : ('Successful' as const),
      StartTime: new Date(0),
    })),
    profiles: ['web-role'],
    keys: [{ KeyId: 'key-1', Arn: 'arn:aws:kms:x:1:key/key-1', KeyState: 'Enabled' }],
    quotas: { 'L-1216C47A': 5 },
  },
};

const tables = Object.values(READ_ACTIONS) as Readonly<Record<string, { page?: object }>>[];
// Requested only where EC2 refuses a region: what it answers decides the words of that refusal.
export const actions = tables
  .flatMap((table) => Object.entries(table))
  .filter(([name]) => name !== 'DescribeRegions');
/** The names of those that give their rows in pages: a new one is tested by being in the table. */
export const paged = actions.filter(([, { page }]) => page !== undefined).map(([name]) => name);

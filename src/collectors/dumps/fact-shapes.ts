import type { FactAnswer } from '../../inventory/launch-facts/kinds.ts';
import type { Shape } from './shape.ts';

/** The shapes of the rows that hold facts about launches. `Snapshots` is with the shapes of what is compared. */
export const FACT_SHAPES = {
  Subnets: {
    id: 'SubnetId',
    pattern: /^subnet-/,
    own: ['CidrBlock', 'AvailableIpAddressCount'],
    bare: ['VpcId', 'CidrBlock', 'AvailableIpAddressCount'],
  },
  InstanceTypeOfferings: {
    id: 'InstanceType',
    own: ['LocationType', 'Location'],
    bare: ['LocationType', 'Location'],
  },
  InstanceTypes: {
    id: 'InstanceType',
    own: ['VCpuInfo', 'ProcessorInfo'],
    bare: ['VCpuInfo', 'ProcessorInfo'],
  },
  RouteTables: {
    id: 'RouteTableId',
    own: ['Routes', 'Associations'],
    bare: ['Routes', 'Associations', 'VpcId'],
  },
  NetworkAcls: { id: 'NetworkAclId', own: ['Entries', 'Associations'], bare: ['Entries', 'Associations'] },
  InternetGateways: { id: 'InternetGatewayId', own: ['Attachments'], bare: ['Attachments'] },
  NatGateways: {
    id: 'NatGatewayId',
    own: ['NatGatewayAddresses', 'ConnectivityType'],
    bare: ['NatGatewayAddresses', 'VpcId'],
  },
  NetworkInterfaces: {
    id: 'NetworkInterfaceId',
    own: ['InterfaceType', 'PrivateIpAddresses'],
    bare: ['InterfaceType', 'Groups', 'VpcId'],
  },
  InstanceProfiles: {
    id: 'InstanceProfileName',
    // DMS has instance profiles too, and they have names.
    others: ['InstanceProfileArn'],
    own: ['InstanceProfileId', 'Roles'],
    bare: ['InstanceProfileId', 'Roles', 'Arn'],
  },
  InstanceProfile: null,
  PlacementGroups: { id: 'GroupName', own: ['GroupId', 'Strategy'], bare: ['GroupId', 'Strategy', 'State'] },
  // Athena has capacity reservations too, by their name.
  CapacityReservations: {
    id: 'CapacityReservationId',
    own: ['CapacityReservationArn', 'InstanceType'],
    bare: ['CapacityReservationArn', 'InstanceType'],
  },
  Quotas: { id: 'QuotaCode', own: ['QuotaArn', 'ServiceCode'], bare: ['QuotaArn', 'ServiceCode', 'Value'] },
  Quota: null,
  SecurityGroupVpcAssociations: {
    id: 'GroupId',
    own: ['VpcId', 'VpcOwnerId'],
    bare: ['VpcOwnerId', 'State'],
  },
  Exports: { id: 'Name', own: ['ExportingStackId', 'Value'], bare: ['ExportingStackId', 'Value'] },
  AccountLevel: null,
  KmsKeyId: null,
  KeyMetadata: null,
  TargetGroups: {
    id: 'TargetGroupArn',
    own: ['TargetGroupName', 'TargetType'],
    bare: ['TargetGroupName', 'TargetType'],
  },
  LoadBalancerDescriptions: {
    id: 'LoadBalancerName',
    own: ['ListenerDescriptions', 'CanonicalHostedZoneNameID'],
    bare: ['ListenerDescriptions', 'VPCId'],
  },
  LifecycleHooks: {
    id: 'LifecycleHookName',
    own: ['AutoScalingGroupName', 'LifecycleTransition'],
    bare: ['AutoScalingGroupName', 'LifecycleTransition'],
  },
  Activities: {
    id: 'ActivityId',
    own: ['AutoScalingGroupName', 'StatusCode'],
    bare: ['AutoScalingGroupName', 'StatusCode', 'Cause'],
  },
} as const satisfies Record<Exclude<FactAnswer, 'Snapshots'>, Shape | null>;

import * as z from 'zod';
import type {
  AwsActivity,
  AwsExport,
  AwsInstanceProfile,
  AwsKmsKey,
  AwsMetadataDefaults,
  AwsQuota,
} from '../../inventory/launch-facts/account.ts';
import type {
  AwsClassicLoadBalancer,
  AwsLifecycleHook,
  AwsTargetGroup,
} from '../../inventory/launch-facts/attachments.ts';
import type {
  AwsCapacityReservation,
  AwsOffering,
  AwsPlacementGroup,
  AwsVolumeSnapshot,
} from '../../inventory/launch-facts/compute.ts';
import type { AwsInstanceType } from '../../inventory/launch-facts/instance-type.ts';
import type {
  AwsGroupVpc,
  AwsInternetGateway,
  AwsNatGateway,
  AwsNetworkAcl,
  AwsNetworkInterface,
  AwsRouteTable,
  AwsSubnet,
} from '../../inventory/launch-facts/network.ts';
import { flag, id, list, number, object, type RowOf, Tags, text } from './fields.ts';

/** The rows of answers that hold facts, each named by the fields that distinguish it from another service's answer. */

export const subnetRow: RowOf<AwsSubnet> = z.object({
  SubnetId: id,
  VpcId: text,
  AvailabilityZone: text,
  AvailabilityZoneId: text,
  CidrBlock: text,
  Ipv6CidrBlockAssociationSet: list(z.object({ Ipv6CidrBlock: text })),
  AvailableIpAddressCount: number,
  MapPublicIpOnLaunch: flag,
  AssignIpv6AddressOnCreation: flag,
  DefaultForAz: flag,
  OwnerId: text,
  State: text,
  BlockPublicAccessStates: object({ InternetGatewayBlockMode: text }),
  Tags,
});

export const offeringRow: RowOf<AwsOffering> = z.object({
  InstanceType: id,
  LocationType: text,
  Location: text,
});

const accelerators = list(z.object({ Name: text, Manufacturer: text, Count: number }));

export const instanceTypeRow: RowOf<AwsInstanceType> = z.object({
  InstanceType: id,
  CurrentGeneration: flag,
  BareMetal: flag,
  BurstablePerformanceSupported: flag,
  HibernationSupported: flag,
  InstanceStorageSupported: flag,
  MemoryInfo: object({ SizeInMiB: number }),
  InstanceStorageInfo: object({ TotalSizeInGB: number, Disks: list(z.object({ Type: text })) }),
  SupportedUsageClasses: list(z.string()),
  DedicatedHostsSupported: flag,
  NitroEnclavesSupport: text,
  EbsInfo: object({
    EbsOptimizedSupport: text,
    EbsOptimizedInfo: object({ BaselineBandwidthInMbps: number }),
  }),
  GpuInfo: object({ Gpus: accelerators, TotalGpuMemoryInMiB: number }),
  FpgaInfo: object({ Fpgas: accelerators }),
  InferenceAcceleratorInfo: object({ Accelerators: accelerators }),
  MediaAcceleratorInfo: object({ Accelerators: accelerators }),
  ProcessorInfo: object({ SupportedArchitectures: list(z.string()), Manufacturer: text }),
  SupportedVirtualizationTypes: list(z.string()),
  SupportedRootDeviceTypes: list(z.string()),
  SupportedBootModes: list(z.string()),
  VCpuInfo: object({ DefaultVCpus: number }),
  NetworkInfo: object({
    EnaSupport: text,
    MaximumNetworkInterfaces: number,
    EncryptionInTransitSupported: flag,
    NetworkCards: list(z.object({ BaselineBandwidthInGbps: number })),
  }),
  NitroTpmSupport: text,
  Hypervisor: text,
  PlacementGroupInfo: object({ SupportedStrategies: list(z.string()) }),
});

export const routeTableRow: RowOf<AwsRouteTable> = z.object({
  RouteTableId: id,
  VpcId: text,
  Associations: list(z.object({ Main: flag, SubnetId: text })),
  Routes: list(
    z.object({
      DestinationCidrBlock: text,
      DestinationIpv6CidrBlock: text,
      DestinationPrefixListId: text,
      GatewayId: text,
      NatGatewayId: text,
      EgressOnlyInternetGatewayId: text,
      InstanceId: text,
      NetworkInterfaceId: text,
      TransitGatewayId: text,
      LocalGatewayId: text,
      CarrierGatewayId: text,
      CoreNetworkArn: text,
      VpcPeeringConnectionId: text,
      State: text,
    }),
  ),
});

export const networkAclRow: RowOf<AwsNetworkAcl> = z.object({
  NetworkAclId: id,
  VpcId: text,
  IsDefault: flag,
  Associations: list(z.object({ SubnetId: text })),
  Entries: list(
    z.object({
      Egress: flag,
      RuleNumber: number,
      Protocol: text,
      PortRange: object({ From: number, To: number }),
      IcmpTypeCode: object({ Type: number, Code: number }),
      CidrBlock: text,
      Ipv6CidrBlock: text,
      RuleAction: text,
    }),
  ),
});

export const internetGatewayRow: RowOf<AwsInternetGateway> = z.object({
  InternetGatewayId: id,
  Attachments: list(z.object({ VpcId: text })),
});

export const natGatewayRow: RowOf<AwsNatGateway> = z.object({
  NatGatewayId: id,
  VpcId: text,
  SubnetId: text,
  State: text,
  ConnectivityType: text,
});

export const networkInterfaceRow: RowOf<AwsNetworkInterface> = z.object({
  NetworkInterfaceId: id,
  InterfaceType: text,
  RequesterId: text,
  Description: text,
  VpcId: text,
  SubnetId: text,
  Attachment: object({ InstanceId: text }),
  Status: text,
  PrivateIpAddresses: list(z.object({ PrivateIpAddress: text })),
  Groups: list(z.object({ GroupId: text })),
});

export const exportRow: RowOf<AwsExport> = z.object({ Name: id, Value: text });

export const groupVpcRow: RowOf<AwsGroupVpc> = z.object({ GroupId: id, VpcId: id, State: text });

export const volumeSnapshotRow: RowOf<AwsVolumeSnapshot> = z.object({
  SnapshotId: id,
  VolumeSize: number,
  State: text,
});

export const placementGroupRow: RowOf<AwsPlacementGroup> = z.object({
  GroupName: text,
  GroupId: text,
  Strategy: text,
  State: text,
});

export const capacityReservationRow: RowOf<AwsCapacityReservation> = z.object({
  CapacityReservationId: id,
  InstanceType: text,
  AvailabilityZone: text,
  State: text,
  AvailableInstanceCount: number,
  AvailabilityZoneId: text,
  InstancePlatform: text,
  Tenancy: text,
  InstanceMatchCriteria: text,
});

export const instanceProfileRow: RowOf<AwsInstanceProfile> = z.object({
  InstanceProfileName: id,
  Arn: text,
});

export const quotaRow: RowOf<AwsQuota> = z.object({
  QuotaCode: id,
  QuotaName: text,
  ServiceCode: text,
  Value: number,
});

export const metadataDefaultsRow: RowOf<AwsMetadataDefaults> = z.object({
  HttpTokens: text,
  HttpTokensEnforced: text,
  HttpEndpoint: text,
});

export const kmsKeyRow: RowOf<AwsKmsKey> = z.object({
  KeyId: id,
  Arn: text,
  KeyState: text,
  KeyManager: text,
});

export const targetGroupRow: RowOf<AwsTargetGroup> = z.object({
  TargetGroupArn: id,
  TargetGroupName: text,
  VpcId: text,
});

export const classicLoadBalancerRow: RowOf<AwsClassicLoadBalancer> = z.object({
  LoadBalancerName: id,
  VPCId: text,
});

export const lifecycleHookRow: RowOf<AwsLifecycleHook> = z.object({
  LifecycleHookName: id,
  AutoScalingGroupName: id,
  LifecycleTransition: text,
  NotificationTargetARN: text,
  RoleARN: text,
  DefaultResult: text,
  HeartbeatTimeout: number,
});

export const activityRow: RowOf<AwsActivity> = z.object({
  ActivityId: id,
  AutoScalingGroupName: text,
  Description: text,
  StatusCode: text,
  StatusMessage: text,
  StartTime: text,
});

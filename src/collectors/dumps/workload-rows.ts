import * as z from 'zod';
import type { AwsStack } from '../../cloudformation/index.ts';
import type { AwsAutoScalingGroup } from '../../inventory/auto-scaling-group.ts';
import type { AwsInstance } from '../../inventory/instance.ts';
import type { AwsLaunchConfiguration } from '../../inventory/launch-configuration.ts';
import type { AwsLaunchTemplate, AwsLaunchTemplateVersion } from '../../inventory/launch-template.ts';
import type { AwsParameter } from '../../inventory/parameter.ts';
import { flag, id, list, number, object, type RowOf, Tags, text, whole } from './fields.ts';

const groups = list(z.object({ GroupId: text, GroupName: text }));

const texts = list(z.string());
const range = whole({ Min: number, Max: number });
const requirements = whole({
  VCpuCount: range,
  MemoryMiB: range,
  AllowedInstanceTypes: texts,
  ExcludedInstanceTypes: texts,
  CpuManufacturers: texts,
  MemoryGiBPerVCpu: range,
  InstanceGenerations: texts,
  BareMetal: text,
  BurstablePerformance: text,
  RequireHibernateSupport: flag,
  RequireEncryptionInTransit: flag,
  NetworkInterfaceCount: range,
  NetworkBandwidthGbps: range,
  LocalStorage: text,
  LocalStorageTypes: texts,
  TotalLocalStorageGB: range,
  BaselineEbsBandwidthMbps: range,
  AcceleratorCount: range,
  AcceleratorTypes: texts,
  AcceleratorManufacturers: texts,
  AcceleratorNames: texts,
  AcceleratorTotalMemoryMiB: range,
});
const devices = list(
  z.looseObject({
    DeviceName: text,
    Ebs: whole({
      SnapshotId: text,
      KmsKeyId: text,
      VolumeSize: number,
      Encrypted: flag,
      VolumeType: text,
      Iops: number,
      Throughput: number,
    }),
  }),
);
const reservation = whole({
  CapacityReservationPreference: text,
  CapacityReservationTarget: whole({
    CapacityReservationId: text,
    CapacityReservationResourceGroupArn: text,
  }),
});
const licenses = list(z.looseObject({ LicenseConfigurationArn: text }));
const metadata = whole({ HttpTokens: text, HttpEndpoint: text });

export const instanceRow: RowOf<AwsInstance, { InstanceId: string }> = z.object({
  InstanceId: id,
  ImageId: text,
  KeyName: text,
  Platform: text,
  VpcId: text,
  State: object({ Name: text }),
  SecurityGroups: groups,
  NetworkInterfaces: list(
    z.object({
      Groups: groups,
      Attachment: object({ DeviceIndex: number }),
      SubnetId: text,
      Ipv6Addresses: list(z.object({ Ipv6Address: text })),
    }),
  ),
  InstanceType: text,
  SubnetId: text,
  PublicIpAddress: text,
  Placement: object({
    AvailabilityZone: text,
    AvailabilityZoneId: text,
    GroupName: text,
    HostId: text,
    HostResourceGroupArn: text,
    Tenancy: text,
  }),
  IamInstanceProfile: object({ Arn: text }),
  CapacityReservationSpecification: reservation,
  Licenses: licenses,
  MetadataOptions: metadata,
  HibernationOptions: object({ Configured: flag }),
  EnclaveOptions: object({ Enabled: flag }),
  InstanceLifecycle: text,
  Tags,
});

export const launchTemplateRow: RowOf<AwsLaunchTemplate, { LaunchTemplateId: string }> = z.object({
  LaunchTemplateId: id,
  LaunchTemplateName: text,
  DefaultVersionNumber: number,
  LatestVersionNumber: number,
  Tags,
  Operator: object({ Managed: flag, Principal: text }),
});

export const launchTemplateVersionRow: RowOf<
  AwsLaunchTemplateVersion,
  { LaunchTemplateId: string; VersionNumber: number }
> = z.object({
  LaunchTemplateId: id,
  LaunchTemplateName: text,
  VersionNumber: z.number(),
  LaunchTemplateData: whole({
    ImageId: text,
    KeyName: text,
    SecurityGroupIds: list(z.string()),
    SecurityGroups: list(z.string()),
    NetworkInterfaces: list(
      z.looseObject({
        DeviceIndex: number,
        NetworkInterfaceId: text,
        SubnetId: text,
        PrivateIpAddress: text,
        PrivateIpAddresses: list(z.looseObject({ PrivateIpAddress: text })),
        AssociatePublicIpAddress: flag,
        Ipv6AddressCount: number,
        Ipv6Addresses: list(z.looseObject({ Ipv6Address: text })),
        Ipv6PrefixCount: number,
        Ipv6Prefixes: list(z.looseObject({ Ipv6Prefix: text })),
        Ipv4Prefixes: list(z.looseObject({ Ipv4Prefix: text })),
        Groups: list(z.string()),
      }),
    ),
    KernelId: text,
    RamDiskId: text,
    InstanceType: text,
    InstanceRequirements: requirements,
    IamInstanceProfile: whole({ Arn: text, Name: text }),
    BlockDeviceMappings: devices,
    Placement: whole({
      AvailabilityZone: text,
      AvailabilityZoneId: text,
      GroupName: text,
      GroupId: text,
      HostId: text,
      HostResourceGroupArn: text,
      Tenancy: text,
    }),
    CapacityReservationSpecification: reservation,
    LicenseSpecifications: licenses,
    MetadataOptions: metadata,
    HibernationOptions: whole({ Configured: flag }),
    EnclaveOptions: whole({ Enabled: flag }),
    EbsOptimized: flag,
    InstanceMarketOptions: whole({ MarketType: text }),
    UserData: text,
  }),
});

export const launchConfigurationRow: RowOf<AwsLaunchConfiguration, { LaunchConfigurationName: string }> =
  z.object({
    LaunchConfigurationName: id,
    LaunchConfigurationARN: text,
    ImageId: text,
    KeyName: text,
    SecurityGroups: list(z.string()),
    InstanceType: text,
    IamInstanceProfile: text,
    BlockDeviceMappings: devices,
    AssociatePublicIpAddress: flag,
    PlacementTenancy: text,
    SpotPrice: text,
    EbsOptimized: flag,
    MetadataOptions: metadata,
    UserData: text,
  });

const choice = object({ LaunchTemplateId: text, LaunchTemplateName: text, Version: text });

export const autoScalingGroupRow: RowOf<AwsAutoScalingGroup, { AutoScalingGroupName: string }> = z.object({
  AutoScalingGroupName: id,
  AutoScalingGroupARN: text,
  LaunchConfigurationName: text,
  LaunchTemplate: choice,
  MixedInstancesPolicy: object({
    LaunchTemplate: object({
      LaunchTemplateSpecification: choice,
      Overrides: list(
        z.object({
          LaunchTemplateSpecification: choice,
          ImageId: text,
          InstanceType: text,
          WeightedCapacity: text,
          InstanceRequirements: requirements,
        }),
      ),
    }),
    InstancesDistribution: object({
      OnDemandBaseCapacity: number,
      OnDemandPercentageAboveBaseCapacity: number,
    }),
  }),
  Instances: list(z.object({ LaunchTemplate: choice })),
  DesiredCapacity: number,
  DesiredCapacityType: text,
  MinSize: number,
  MaxSize: number,
  VPCZoneIdentifier: text,
  AvailabilityZones: list(z.string()),
  TargetGroupARNs: list(z.string()),
  TrafficSources: list(z.object({ Identifier: text, Type: text })),
  LoadBalancerNames: list(z.string()),
  PlacementGroup: text,
  CapacityReservationSpecification: object({
    CapacityReservationPreference: text,
    CapacityReservationTarget: object({
      CapacityReservationIds: list(z.string()),
      CapacityReservationResourceGroupArns: list(z.string()),
    }),
  }),
  ServiceLinkedRoleARN: text,
  WarmPoolConfiguration: object({ PoolState: text }),
  SuspendedProcesses: list(z.object({ ProcessName: text })),
  Tags,
});

export const stackRow: RowOf<AwsStack, { StackName: string }> = z.object({
  StackId: text,
  StackName: id,
  StackStatus: text,
  ParentId: text,
  Parameters: list(z.object({ ParameterKey: text, ParameterValue: text, ResolvedValue: text })),
  Tags,
});

/** Type and value are absent for a name that is among the invalid ones. */
export const parameterRow: RowOf<AwsParameter, { Name: string }> = z.object({
  Name: id,
  Selector: text,
  Type: text,
  Value: text,
});

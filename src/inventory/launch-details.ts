import * as z from 'zod';
import { type AwsRequirements, requirementsFrom, requirementsSchema } from './instance-requirements.ts';
import { compareMaybe, compareText, distinctTexts, firstOf } from './order.ts';
import { type UserDataNames, userDataNames, userDataNamesSchema } from './user-data.ts';

const interfaceSchema = z.strictObject({
  device: z.number().nullable(),
  id: z.string().nullable().describe('An existing network interface, "eni-…".'),
  subnetId: z.string().nullable(),
  privateAddresses: z.array(z.string()),
  publicAddress: z.boolean().nullable().describe('AssociatePublicIpAddress.'),
  groups: z.number().describe('How many security groups it names.'),
});
export type LaunchInterface = z.infer<typeof interfaceSchema>;

const deviceSchema = z.strictObject({
  device: z.string(),
  snapshotId: z.string().nullable(),
  kmsKeyId: z.string().nullable().describe('As written: a key id, an alias or an ARN.'),
  sizeGiB: z.number().nullable(),
  encrypted: z.boolean().nullable(),
  volumeType: z.string().nullable().default(null),
  iops: z.number().nullable().default(null),
  throughputMiB: z.number().nullable().default(null).describe('Per second.'),
});
export type LaunchDevice = z.infer<typeof deviceSchema>;

/** What a launch enables that not every instance type supports. */
export const LAUNCH_OPTIONS = ['hibernation', 'enclave', 'ebs-optimized'] as const;
export type LaunchOption = (typeof LAUNCH_OPTIONS)[number];

/** What a launch names beside key pair, groups and image. Ids and ARNs are as written. */
export const launchDetailsSchema = z.strictObject({
  instanceType: z.string().nullable(),
  requirements: requirementsSchema.nullable().describe('Attribute-based instance type selection.'),
  zone: z.string().nullable(),
  zoneId: z.string().nullable(),
  interfaces: z.array(interfaceSchema),
  publicAddress: z
    .boolean()
    .nullable()
    .describe('Whether its first interface gets a public address; null: as the subnet says.'),
  ipv6Address: z
    .boolean()
    .nullable()
    .default(null)
    .describe('Whether its first interface gets an IPv6 address; null: as the subnet says.'),
  groupsBesideInterfaces: z
    .boolean()
    .describe('Whether security groups are named outside the network interfaces.'),
  profile: z.string().nullable().describe('The instance profile: its name or its ARN.'),
  devices: z.array(deviceSchema),
  placementGroup: z.string().nullable().describe('Its name, or its id "pg-…".'),
  hostId: z.string().nullable(),
  hostResourceGroup: z.string().nullable(),
  tenancy: z.string().nullable(),
  reservation: z.string().nullable().describe('"cr-…", or the ARN of a resource group of reservations.'),
  reservationPreference: z
    .string()
    .nullable()
    .default(null)
    .describe('"capacity-reservations-only", "open" or "none".'),
  licenses: z.array(z.string()).describe('ARNs of licence configurations.'),
  httpTokens: z.string().nullable().describe('"optional" admits IMDSv1; "required" does not.'),
  metadataEndpoint: z
    .string()
    .nullable()
    .default(null)
    .describe('HttpEndpoint of the metadata options: "enabled" or "disabled"; null: as the account says.'),
  options: z
    .array(z.enum(LAUNCH_OPTIONS))
    .default(() => [])
    .describe('What it enables: hibernation, a Nitro enclave, dedicated bandwidth for EBS.'),
  spot: z.boolean().default(false).describe('Whether it requests Spot Instances.'),
  userData: userDataNamesSchema.nullable().describe('What user data names; never its text.'),
  otherBound: z
    .array(z.string())
    .optional()
    .describe(
      'Of a launch template: further fields that mean one region and whose values are not kept, such as "KernelId". Absent: none.',
    ),
});
export type LaunchDetails = z.infer<typeof launchDetailsSchema>;

export interface AwsLaunchDevice {
  DeviceName?: string | undefined;
  Ebs?:
    | {
        SnapshotId?: string | undefined;
        KmsKeyId?: string | undefined;
        VolumeSize?: number | undefined;
        Encrypted?: boolean | undefined;
        VolumeType?: string | undefined;
        Iops?: number | undefined;
        Throughput?: number | undefined;
      }
    | undefined;
}
export interface AwsLaunchInterface {
  DeviceIndex?: number | undefined;
  NetworkInterfaceId?: string | undefined;
  SubnetId?: string | undefined;
  PrivateIpAddress?: string | undefined;
  PrivateIpAddresses?: { PrivateIpAddress?: string | undefined }[] | undefined;
  AssociatePublicIpAddress?: boolean | undefined;
  Ipv6AddressCount?: number | undefined;
  Ipv6Addresses?: { Ipv6Address?: string | undefined }[] | undefined;
  Ipv6PrefixCount?: number | undefined;
  Ipv6Prefixes?: { Ipv6Prefix?: string | undefined }[] | undefined;
  Ipv4Prefixes?: { Ipv4Prefix?: string | undefined }[] | undefined;
  Groups?: string[] | undefined;
}
export interface AwsMetadataOptions {
  HttpTokens?: string | undefined;
  HttpEndpoint?: string | undefined;
}
/** The data of a launch template version. */
export interface AwsLaunchData {
  KernelId?: string | undefined;
  RamDiskId?: string | undefined;
  InstanceType?: string | undefined;
  InstanceRequirements?: AwsRequirements | undefined;
  NetworkInterfaces?: AwsLaunchInterface[] | undefined;
  SecurityGroupIds?: string[] | undefined;
  SecurityGroups?: string[] | undefined;
  IamInstanceProfile?: { Arn?: string | undefined; Name?: string | undefined } | undefined;
  BlockDeviceMappings?: AwsLaunchDevice[] | undefined;
  Placement?:
    | {
        AvailabilityZone?: string | undefined;
        AvailabilityZoneId?: string | undefined;
        GroupName?: string | undefined;
        GroupId?: string | undefined;
        HostId?: string | undefined;
        HostResourceGroupArn?: string | undefined;
        Tenancy?: string | undefined;
      }
    | undefined;
  CapacityReservationSpecification?:
    | {
        CapacityReservationPreference?: string | undefined;
        CapacityReservationTarget?:
          | {
              CapacityReservationId?: string | undefined;
              CapacityReservationResourceGroupArn?: string | undefined;
            }
          | undefined;
      }
    | undefined;
  LicenseSpecifications?: { LicenseConfigurationArn?: string | undefined }[] | undefined;
  MetadataOptions?: AwsMetadataOptions | undefined;
  HibernationOptions?: { Configured?: boolean | undefined } | undefined;
  EnclaveOptions?: { Enabled?: boolean | undefined } | undefined;
  EbsOptimized?: boolean | undefined;
  InstanceMarketOptions?: { MarketType?: string | undefined } | undefined;
  UserData?: string | undefined;
}

export function launchDetailsFrom(raw: AwsLaunchData): LaunchDetails {
  const { Placement: placement } = raw;
  const target = raw.CapacityReservationSpecification?.CapacityReservationTarget;
  return {
    instanceType: raw.InstanceType || null,
    requirements: raw.InstanceRequirements ? requirementsFrom(raw.InstanceRequirements) : null,
    zone: placement?.AvailabilityZone || null,
    zoneId: placement?.AvailabilityZoneId || null,
    interfaces: sortedInterfaces((raw.NetworkInterfaces ?? []).map(interfaceFrom)),
    publicAddress:
      raw.NetworkInterfaces?.find((n) => (n.DeviceIndex ?? 0) === 0)?.AssociatePublicIpAddress ?? null,
    ipv6Address: wantsIpv6(raw.NetworkInterfaces?.find((n) => (n.DeviceIndex ?? 0) === 0)),
    groupsBesideInterfaces: (raw.SecurityGroupIds?.length ?? 0) + (raw.SecurityGroups?.length ?? 0) > 0,
    profile: raw.IamInstanceProfile?.Arn || raw.IamInstanceProfile?.Name || null,
    devices: launchDevices(raw.BlockDeviceMappings),
    placementGroup: placement?.GroupName || placement?.GroupId || null,
    hostId: placement?.HostId || null,
    hostResourceGroup: placement?.HostResourceGroupArn || null,
    tenancy: placement?.Tenancy || null,
    reservation: target?.CapacityReservationId || target?.CapacityReservationResourceGroupArn || null,
    reservationPreference: raw.CapacityReservationSpecification?.CapacityReservationPreference || null,
    licenses: distinctTexts((raw.LicenseSpecifications ?? []).map((l) => l.LicenseConfigurationArn)),
    httpTokens: raw.MetadataOptions?.HttpTokens || null,
    metadataEndpoint: raw.MetadataOptions?.HttpEndpoint || null,
    options: optionsIn(raw),
    spot: raw.InstanceMarketOptions?.MarketType === 'spot',
    userData: userDataOf(raw.UserData),
    ...otherBoundIn(raw),
  };
}

function optionsIn({ HibernationOptions, EnclaveOptions, EbsOptimized }: AwsLaunchData): LaunchOption[] {
  return [
    ...(HibernationOptions?.Configured ? ['hibernation' as const] : []),
    ...(EnclaveOptions?.Enabled ? ['enclave' as const] : []),
    ...(EbsOptimized ? ['ebs-optimized' as const] : []),
  ];
}

/** Addresses of a subnet of the region, kernels and RAM disks. */
function otherBoundIn({ KernelId, RamDiskId, NetworkInterfaces = [] }: AwsLaunchData) {
  const lists = ['Ipv6Addresses', 'Ipv4Prefixes', 'Ipv6Prefixes'] as const;
  const otherBound = [
    ...(KernelId ? ['KernelId'] : []),
    ...lists
      .filter((name) => NetworkInterfaces.some((n) => (n[name]?.length ?? 0) > 0))
      .map((name) => `NetworkInterfaces.${name}`),
    ...(RamDiskId ? ['RamDiskId'] : []),
  ];
  return otherBound.length === 0 ? {} : { otherBound };
}

function userDataOf(text: string | undefined): UserDataNames | null {
  return text ? userDataNames(text) : null;
}

/** Only devices that a volume is made for: an instance store names nothing of the region. */
function launchDevices(raw: readonly AwsLaunchDevice[] | undefined): LaunchDevice[] {
  const devices = (raw ?? []).flatMap(({ DeviceName, Ebs }): LaunchDevice[] =>
    Ebs
      ? [
          {
            device: DeviceName ?? '',
            snapshotId: Ebs.SnapshotId || null,
            kmsKeyId: Ebs.KmsKeyId || null,
            sizeGiB: Ebs.VolumeSize ?? null,
            encrypted: Ebs.Encrypted ?? null,
            volumeType: Ebs.VolumeType || null,
            iops: Ebs.Iops ?? null,
            throughputMiB: Ebs.Throughput ?? null,
          },
        ]
      : [],
  );
  return devices.sort(byDevice);
}

/** A count of zero means none, even if the subnet assigns one. */
function wantsIpv6(raw: AwsLaunchInterface | undefined): boolean | null {
  const { Ipv6AddressCount, Ipv6Addresses = [], Ipv6PrefixCount, Ipv6Prefixes = [] } = raw ?? {};
  if (Ipv6Addresses.length + Ipv6Prefixes.length + (Ipv6PrefixCount ?? 0) > 0) return true;
  return Ipv6AddressCount === undefined ? null : Ipv6AddressCount > 0;
}

function interfaceFrom(raw: AwsLaunchInterface): LaunchInterface {
  const more = (raw.PrivateIpAddresses ?? []).map((a) => a.PrivateIpAddress);
  return {
    device: raw.DeviceIndex ?? null,
    id: raw.NetworkInterfaceId || null,
    subnetId: raw.SubnetId || null,
    privateAddresses: distinctTexts([raw.PrivateIpAddress, ...more]),
    publicAddress: raw.AssociatePublicIpAddress ?? null,
    groups: new Set(raw.Groups ?? []).size,
  };
}

/** The same details with every list in its one order; where a list comes from a file it may be in another. */
export function sortedDetails(details: LaunchDetails): LaunchDetails {
  return {
    ...details,
    interfaces: sortedInterfaces(
      details.interfaces.map((n) => ({ ...n, privateAddresses: distinctTexts(n.privateAddresses) })),
    ),
    devices: [...details.devices].sort(byDevice),
    licenses: distinctTexts(details.licenses),
    options: LAUNCH_OPTIONS.filter((option) => details.options.includes(option)),
  };
}

function sortedInterfaces(interfaces: readonly LaunchInterface[]): LaunchInterface[] {
  return [...interfaces].sort((a, b) =>
    firstOf(
      (a.device ?? -1) - (b.device ?? -1),
      compareMaybe(a.id, b.id),
      compareText(JSON.stringify(a), JSON.stringify(b)),
    ),
  );
}

function byDevice(a: LaunchDevice, b: LaunchDevice): number {
  return firstOf(compareText(a.device, b.device), compareText(JSON.stringify(a), JSON.stringify(b)));
}

import fc from 'fast-check';
import { type Shape, shapeOf } from '../../endpoint/wire.ts';
import { DATA_SHAPE } from '../../kit/leaves.ts';
import { awkward } from '../plan-arbitrary.ts';

/** Members of the SDK that version 5.100.0 of the provider has no argument for, or whose argument a later version does not have. */
export const WITHOUT_ARGUMENT: readonly string[] = [
  'BlockDeviceMappings.Ebs.EbsCardIndex',
  'NetworkInterfaces.PrivateIpAddresses',
  'NetworkInterfaces.EnaQueueCount',
  'Monitoring.MetricCategoryIds',
  'Placement.AvailabilityZoneId',
  'Placement.GroupId',
  'ElasticGpuSpecifications',
  'ElasticInferenceAccelerators',
  'CpuOptions.NestedVirtualization',
  'InstanceRequirements.BaselinePerformanceFactors',
  'InstanceRequirements.RequireEncryptionInTransit',
  'Operator',
  'NetworkPerformanceOptions',
  'SecondaryInterfaces',
];

export const PLAIN_DATA = { ImageId: 'ami-1', InstanceType: 't3.micro' };

/** Values of members that take only some. The others take any text but none, and any number from 1. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  'BlockDeviceMappings.Ebs.VolumeType': ['gp3', 'io2', 'standard'],
  'BlockDeviceMappings.Ebs.KmsKeyId': ['arn:aws:kms:eu-west-1:111122223333:alias/x'],
  'BlockDeviceMappings.Ebs.Throughput': [125, 1000],
  'BlockDeviceMappings.Ebs.VolumeInitializationRate': [100, 300],
  'CapacityReservationSpecification.CapacityReservationPreference': ['open', 'capacity-reservations-only'],
  'CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationResourceGroupArn': [
    'arn:aws:resource-groups:eu-west-1:111122223333:group/x',
  ],
  'CpuOptions.AmdSevSnp': ['enabled', 'disabled'],
  'CreditSpecification.CpuCredits': ['standard', 'unlimited'],
  'IamInstanceProfile.Arn': ['arn:aws:iam::111122223333:instance-profile/x'],
  InstanceInitiatedShutdownBehavior: ['stop', 'terminate'],
  'InstanceMarketOptions.MarketType': ['spot', 'capacity-block'],
  'InstanceMarketOptions.SpotOptions.BlockDurationMinutes': [60, 120],
  'InstanceMarketOptions.SpotOptions.InstanceInterruptionBehavior': ['hibernate', 'stop'],
  'InstanceMarketOptions.SpotOptions.SpotInstanceType': ['one-time', 'persistent'],
  'InstanceMarketOptions.SpotOptions.ValidUntil': ['2027-01-01T00:00:00.000Z'],
  'InstanceRequirements.AcceleratorCount.Max': [0, 1, 8],
  'InstanceRequirements.AcceleratorManufacturers': ['nvidia', 'amd'],
  'InstanceRequirements.AcceleratorNames': ['a100', 't4g'],
  'InstanceRequirements.AcceleratorTypes': ['gpu', 'inference'],
  'InstanceRequirements.BareMetal': ['included', 'required', 'excluded'],
  'InstanceRequirements.BurstablePerformance': ['included', 'required', 'excluded'],
  'InstanceRequirements.CpuManufacturers': ['intel', 'amazon-web-services'],
  'InstanceRequirements.InstanceGenerations': ['current', 'previous'],
  'InstanceRequirements.LocalStorage': ['included', 'required', 'excluded'],
  'InstanceRequirements.LocalStorageTypes': ['hdd', 'ssd'],
  'InstanceRequirements.MemoryGiBPerVCpu.Max': [8.5],
  'InstanceRequirements.MemoryGiBPerVCpu.Min': [0.5, 2],
  'InstanceRequirements.TotalLocalStorageGB.Min': [0.5, 100],
  'LicenseSpecifications.LicenseConfigurationArn': [
    'arn:aws:license-manager:eu-west-1:111122223333:license-configuration:lic-1',
    'arn:aws:license-manager:eu-west-1:111122223333:license-configuration:lic-2',
  ],
  'MaintenanceOptions.AutoRecovery': ['default', 'disabled'],
  'MetadataOptions.HttpEndpoint': ['enabled', 'disabled'],
  'MetadataOptions.HttpProtocolIpv6': ['enabled', 'disabled'],
  'MetadataOptions.HttpPutResponseHopLimit': [1, 64],
  'MetadataOptions.HttpTokens': ['optional', 'required'],
  'MetadataOptions.InstanceMetadataTags': ['enabled', 'disabled'],
  'NetworkInterfaces.ConnectionTrackingSpecification.TcpEstablishedTimeout': [60, 432_000],
  'NetworkInterfaces.ConnectionTrackingSpecification.UdpStreamTimeout': [60, 180],
  'NetworkInterfaces.ConnectionTrackingSpecification.UdpTimeout': [30, 60],
  'NetworkInterfaces.DeviceIndex': [0, 1, 7],
  'NetworkInterfaces.InterfaceType': ['interface', 'efa', 'efa-only'],
  'NetworkInterfaces.Ipv4Prefixes.Ipv4Prefix': ['10.0.1.16/28', '10.0.1.32/28'],
  'NetworkInterfaces.Ipv6Addresses.Ipv6Address': ['2001:db8::1', '2001:db8::2'],
  'NetworkInterfaces.Ipv6Prefixes.Ipv6Prefix': ['2001:db8:0:0:1::/80', '2001:db8:0:0:2::/80'],
  'NetworkInterfaces.NetworkCardIndex': [0, 1],
  'NetworkInterfaces.PrivateIpAddress': ['10.0.1.9'],
  'Placement.HostResourceGroupArn': ['arn:aws:resource-groups:eu-west-1:111122223333:group/hosts'],
  'Placement.Tenancy': ['default', 'dedicated', 'host'],
  'PrivateDnsNameOptions.HostnameType': ['ip-name', 'resource-name'],
  'TagSpecifications.ResourceType': ['instance', 'volume', 'network-interface', 'spot-instances-request'],
};

/** Members that the provider sets where they are absent, so that the source has to have them. */
const NEEDED = [
  ...['NetworkInterfaces.DeviceIndex', 'Monitoring.Enabled'],
  ...['InstanceRequirements.MemoryMiB', 'InstanceRequirements.MemoryMiB.Min'],
  ...['InstanceRequirements.VCpuCount', 'InstanceRequirements.VCpuCount.Min'],
  'NetworkInterfaces.EnaSrdSpecification.EnaSrdEnabled',
  'PrivateDnsNameOptions.EnableResourceNameDnsARecord',
  'PrivateDnsNameOptions.EnableResourceNameDnsAAAARecord',
  ...['TagSpecifications.Tags.Key', 'TagSpecifications.Tags.Value'],
];

/** Of two members that the provider does not take together, the second. */
const CONFLICTS: readonly (readonly [string, string])[] = [
  ['InstanceRequirements', 'InstanceType'],
  ['SecurityGroups', 'SecurityGroupIds'],
  ['Arn', 'Name'],
  ['CapacityReservationResourceGroupArn', 'CapacityReservationId'],
  ['HostResourceGroupArn', 'HostId'],
  ['AllowedInstanceTypes', 'ExcludedInstanceTypes'],
  ['MaxSpotPriceAsPercentageOfOptimalOnDemandPrice', 'SpotMaxPricePercentageOverLowestPrice'],
  ['Ipv4PrefixCount', 'Ipv4Prefixes'],
  ['Ipv6AddressCount', 'Ipv6Addresses'],
  ['Ipv6PrefixCount', 'Ipv6Prefixes'],
];

/** Data of a launch template that Terraform can make, from all the members that the SDK has. */
export const DATA: fc.Arbitrary<Record<string, unknown>> = structure(DATA_SHAPE, '').map((data) => {
  // The provider sends it for burstable types only.
  const { CreditSpecification: _, ...rest } = data;
  return data.CreditSpecification && data.InstanceType ? { ...data, InstanceType: 't3.micro' } : rest;
});

function structure(shape: Shape, at: string): fc.Arbitrary<Record<string, unknown>> {
  const members = (shape.members ?? []).flatMap(([name, schema]) => {
    const path = at === '' ? name : `${at}.${name}`;
    return name === 'UserData' || WITHOUT_ARGUMENT.includes(path)
      ? []
      : [[name, path, anyValue(shapeOf(schema), path)] as const];
  });
  const needed = members.filter(([, path]) => NEEDED.includes(path)).map(([name]) => name);
  return fc
    .record(Object.fromEntries(members.map(([name, , value]) => [name, value])), {
      requiredKeys: needed,
      noNullPrototype: true,
    })
    .map((value: Record<string, unknown>) => {
      const out = new Set(CONFLICTS.flatMap(([a, b]) => (a in value && b in value ? [b] : [])));
      return Object.fromEntries(Object.entries(value).filter(([name]) => !out.has(name)));
    });
}

function anyValue(shape: Shape, path: string): fc.Arbitrary<unknown> {
  if (shape.kind === 'structure') return structure(shape, path);
  if (shape.kind === 'list') {
    const isKeyed = path === 'TagSpecifications.Tags';
    return fc.uniqueArray(anyValue(shapeOf(shape.item), path), {
      selector: (one) => (isKeyed ? (one as { Key: string }).Key : JSON.stringify(one)),
      maxLength: 3,
    });
  }
  const known = VALUES[path];
  if (known) return fc.constantFrom(...known);
  if (shape.kind === 'boolean') return fc.boolean();
  if (shape.kind === 'number') return fc.integer({ min: 1, max: 64 });
  const isKey = path === 'TagSpecifications.Tags.Key';
  return awkward.filter((text) => text === text.normalize('NFC') && !(isKey && text.startsWith('%')));
}

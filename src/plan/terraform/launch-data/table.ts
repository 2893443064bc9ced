import {
  type Arguments,
  block,
  blocks,
  flag,
  ignored,
  none,
  number,
  tags,
  text,
  texts,
  time,
  unmanaged,
} from './arguments.ts';

/*
 * The arguments of aws_launch_template by the members of LaunchTemplateData that they set, with what version 5.100.0 of the
 * provider accepts and sends (its schema, and requests that were recorded from it). A later version may accept more.
 */

const enabled = { of: ['enabled', 'disabled'] };
const included = { of: ['included', 'required', 'excluded'] };
const group = { field: 'security-group' } as const;
const positive = { least: 1 };
const fraction = { fraction: true } as const;

/**
 * The provider sends a minimum of 0 where none is given, which means the same, and no maximum where none is given: not if the
 * minimum is 0, which it refuses.
 */
const range = (name: string, min: Parameters<typeof number>[1], max = min) =>
  block(name, { Min: number('min', min), Max: number('max', max) });

/** The provider refuses these ranges without a minimum. */
const atLeast = (name: string) =>
  block(name, { Min: number('min', positive), Max: number('max', positive) }, { needs: ['Min'] });

const BLOCK_DEVICE: Arguments = {
  DeviceName: text('device_name'),
  // An empty text, which is what EC2 documents for it, is not sent.
  NoDevice: text('no_device'),
  VirtualName: text('virtual_name'),
  Ebs: block('ebs', {
    DeleteOnTermination: flag('delete_on_termination'),
    EbsCardIndex: none,
    Encrypted: flag('encrypted'),
    Iops: number('iops'),
    KmsKeyId: text('kms_key_id', { field: 'kms-key', arn: true }),
    SnapshotId: text('snapshot_id', { field: 'snapshot' }),
    Throughput: number('throughput', { least: 125, most: 1000 }),
    VolumeInitializationRate: number('volume_initialization_rate', { least: 100, most: 300 }),
    VolumeSize: number('volume_size'),
    VolumeType: text('volume_type', { of: ['gp2', 'gp3', 'io1', 'io2', 'sc1', 'st1', 'standard'] }),
  }),
};

const NETWORK_INTERFACE: Arguments = {
  AssociateCarrierIpAddress: flag('associate_carrier_ip_address'),
  AssociatePublicIpAddress: flag('associate_public_ip_address'),
  ConnectionTrackingSpecification: block('connection_tracking_specification', {
    TcpEstablishedTimeout: number('tcp_established_timeout', { least: 60, most: 432_000 }),
    UdpStreamTimeout: number('udp_stream_timeout', { least: 60, most: 180 }),
    UdpTimeout: number('udp_timeout', { least: 30, most: 60 }),
  }),
  DeleteOnTermination: flag('delete_on_termination'),
  Description: text('description'),
  DeviceIndex: number('device_index', { least: 0 }),
  EnaQueueCount: none,
  EnaSrdSpecification: block(
    'ena_srd_specification',
    {
      EnaSrdEnabled: flag('ena_srd_enabled'),
      EnaSrdUdpSpecification: block('ena_srd_udp_specification', {
        EnaSrdUdpEnabled: flag('ena_srd_udp_enabled'),
      }),
    },
    { needs: ['EnaSrdEnabled'] },
  ),
  Groups: texts('security_groups', group),
  InterfaceType: text('interface_type', { of: ['efa', 'efa-only', 'interface'] }),
  Ipv4PrefixCount: number('ipv4_prefix_count'),
  Ipv4Prefixes: texts('ipv4_prefixes', { member: 'Ipv4Prefix' }),
  Ipv6AddressCount: number('ipv6_address_count'),
  Ipv6Addresses: texts('ipv6_addresses', { member: 'Ipv6Address' }),
  Ipv6PrefixCount: number('ipv6_prefix_count'),
  Ipv6Prefixes: texts('ipv6_prefixes', { member: 'Ipv6Prefix' }),
  // The provider sends 0 where none is given, which is the default of EC2.
  NetworkCardIndex: number('network_card_index', { least: 0 }),
  NetworkInterfaceId: text('network_interface_id'),
  PrimaryIpv6: flag('primary_ipv6'),
  PrivateIpAddress: text('private_ip_address'),
  // The argument has no primary address.
  PrivateIpAddresses: none,
  SecondaryPrivateIpAddressCount: number('ipv4_address_count'),
  SubnetId: text('subnet_id', { field: 'subnet' }),
};

const INSTANCE_REQUIREMENTS: Arguments = {
  AcceleratorCount: range('accelerator_count', positive, { least: 0 }),
  AcceleratorManufacturers: texts('accelerator_manufacturers', {
    of: ['amazon-web-services', 'amd', 'habana', 'nvidia', 'xilinx'],
  }),
  AcceleratorNames: texts('accelerator_names', {
    of: [
      ...['a100', 'a10g', 'h100', 'inferentia', 'k520', 'k80', 'm60', 'radeon-pro-v520'],
      ...['t4', 't4g', 'v100', 'vu9p'],
    ],
  }),
  AcceleratorTotalMemoryMiB: range('accelerator_total_memory_mib', positive),
  AcceleratorTypes: texts('accelerator_types', { of: ['fpga', 'gpu', 'inference'] }),
  AllowedInstanceTypes: texts('allowed_instance_types'),
  BareMetal: text('bare_metal', included),
  BaselineEbsBandwidthMbps: range('baseline_ebs_bandwidth_mbps', positive),
  BaselinePerformanceFactors: none,
  BurstablePerformance: text('burstable_performance', included),
  CpuManufacturers: texts('cpu_manufacturers', { of: ['amazon-web-services', 'amd', 'apple', 'intel'] }),
  ExcludedInstanceTypes: texts('excluded_instance_types'),
  InstanceGenerations: texts('instance_generations', { of: ['current', 'previous'] }),
  LocalStorage: text('local_storage', included),
  LocalStorageTypes: texts('local_storage_types', { of: ['hdd', 'ssd'] }),
  MaxSpotPriceAsPercentageOfOptimalOnDemandPrice: number(
    'max_spot_price_as_percentage_of_optimal_on_demand_price',
  ),
  MemoryGiBPerVCpu: range('memory_gib_per_vcpu', fraction),
  MemoryMiB: atLeast('memory_mib'),
  NetworkBandwidthGbps: range('network_bandwidth_gbps', fraction),
  NetworkInterfaceCount: range('network_interface_count', positive),
  OnDemandMaxPricePercentageOverLowestPrice: number('on_demand_max_price_percentage_over_lowest_price'),
  RequireEncryptionInTransit: none,
  // The provider does not send false, which is the default of EC2.
  RequireHibernateSupport: flag('require_hibernate_support'),
  SpotMaxPricePercentageOverLowestPrice: number('spot_max_price_percentage_over_lowest_price'),
  TotalLocalStorageGB: range('total_local_storage_gb', fraction),
  VCpuCount: atLeast('vcpu_count'),
};

/** All but `UserData`, which no file of a plan holds. */
export const LAUNCH_DATA: Arguments = {
  BlockDeviceMappings: blocks('block_device_mappings', BLOCK_DEVICE),
  CapacityReservationSpecification: block('capacity_reservation_specification', {
    CapacityReservationPreference: text('capacity_reservation_preference', {
      of: ['capacity-reservations-only', 'none', 'open'],
    }),
    CapacityReservationTarget: block(
      'capacity_reservation_target',
      {
        CapacityReservationId: text('capacity_reservation_id'),
        CapacityReservationResourceGroupArn: text('capacity_reservation_resource_group_arn', { arn: true }),
      },
      { either: [['CapacityReservationId', 'CapacityReservationResourceGroupArn']] },
    ),
  }),
  CpuOptions: block('cpu_options', {
    AmdSevSnp: text('amd_sev_snp', enabled),
    CoreCount: number('core_count'),
    NestedVirtualization: none,
    ThreadsPerCore: number('threads_per_core'),
  }),
  CreditSpecification: block('credit_specification', {
    CpuCredits: text('cpu_credits', { of: ['standard', 'unlimited'] }),
  }),
  // The provider does not send false, which is the default of EC2.
  DisableApiStop: flag('disable_api_stop'),
  DisableApiTermination: flag('disable_api_termination'),
  EbsOptimized: flag('ebs_optimized'),
  // Version 6 of the provider has neither.
  ElasticGpuSpecifications: none,
  ElasticInferenceAccelerators: none,
  EnclaveOptions: block('enclave_options', { Enabled: flag('enabled') }),
  HibernationOptions: block('hibernation_options', { Configured: flag('configured') }),
  IamInstanceProfile: block(
    'iam_instance_profile',
    {
      Arn: text('arn', { field: 'instance-profile', arn: true }),
      Name: text('name', { field: 'instance-profile' }),
    },
    { either: [['Arn', 'Name']] },
  ),
  ImageId: text('image_id', { field: 'image' }),
  InstanceInitiatedShutdownBehavior: text('instance_initiated_shutdown_behavior', {
    of: ['stop', 'terminate'],
  }),
  InstanceMarketOptions: block('instance_market_options', {
    MarketType: text('market_type', { of: ['capacity-block', 'spot'] }),
    SpotOptions: block('spot_options', {
      BlockDurationMinutes: number('block_duration_minutes', { multipleOf: 60 }),
      InstanceInterruptionBehavior: text('instance_interruption_behavior', {
        of: ['hibernate', 'stop', 'terminate'],
      }),
      MaxPrice: text('max_price'),
      SpotInstanceType: text('spot_instance_type', { of: ['one-time', 'persistent'] }),
      ValidUntil: time('valid_until'),
    }),
  }),
  InstanceRequirements: block('instance_requirements', INSTANCE_REQUIREMENTS, {
    needs: ['MemoryMiB', 'VCpuCount'],
    either: [
      ['AllowedInstanceTypes', 'ExcludedInstanceTypes'],
      ['MaxSpotPriceAsPercentageOfOptimalOnDemandPrice', 'SpotMaxPricePercentageOverLowestPrice'],
    ],
  }),
  InstanceType: text('instance_type'),
  KernelId: text('kernel_id'),
  KeyName: text('key_name', { field: 'key-pair' }),
  LicenseSpecifications: blocks('license_specification', {
    LicenseConfigurationArn: text('license_configuration_arn', { arn: true }),
  }),
  MaintenanceOptions: block('maintenance_options', {
    AutoRecovery: text('auto_recovery', { of: ['default', 'disabled'] }),
  }),
  MetadataOptions: block('metadata_options', {
    HttpEndpoint: text('http_endpoint', enabled),
    HttpProtocolIpv6: text('http_protocol_ipv6', enabled),
    HttpPutResponseHopLimit: number('http_put_response_hop_limit', { least: 1, most: 64 }),
    HttpTokens: text('http_tokens', { of: ['optional', 'required'] }),
    InstanceMetadataTags: text('instance_metadata_tags', enabled),
    // EC2 answers it, and no request takes it.
    State: ignored,
  }),
  Monitoring: block(
    'monitoring',
    { Enabled: flag('enabled'), MetricCategoryIds: none },
    { needs: ['Enabled'] },
  ),
  NetworkInterfaces: blocks('network_interfaces', NETWORK_INTERFACE, {
    needs: ['DeviceIndex'],
    either: [
      ['Ipv4PrefixCount', 'Ipv4Prefixes'],
      ['Ipv6AddressCount', 'Ipv6Addresses'],
      ['Ipv6PrefixCount', 'Ipv6Prefixes'],
    ],
  }),
  NetworkPerformanceOptions: none,
  Operator: unmanaged,
  Placement: block(
    'placement',
    {
      Affinity: text('affinity'),
      AvailabilityZone: text('availability_zone'),
      AvailabilityZoneId: none,
      // Version 5 of the provider does not have it.
      GroupId: none,
      GroupName: text('group_name'),
      HostId: text('host_id'),
      HostResourceGroupArn: text('host_resource_group_arn', { arn: true }),
      PartitionNumber: number('partition_number'),
      SpreadDomain: text('spread_domain'),
      Tenancy: text('tenancy', { of: ['dedicated', 'default', 'host'] }),
    },
    { either: [['HostId', 'HostResourceGroupArn']] },
  ),
  PrivateDnsNameOptions: block(
    'private_dns_name_options',
    {
      EnableResourceNameDnsAAAARecord: flag('enable_resource_name_dns_aaaa_record'),
      EnableResourceNameDnsARecord: flag('enable_resource_name_dns_a_record'),
      HostnameType: text('hostname_type', { of: ['ip-name', 'resource-name'] }),
    },
    { needs: ['EnableResourceNameDnsAAAARecord', 'EnableResourceNameDnsARecord'] },
  ),
  RamDiskId: text('ram_disk_id'),
  SecondaryInterfaces: none,
  SecurityGroupIds: texts('vpc_security_group_ids', group),
  SecurityGroups: texts('security_group_names', { field: 'security-group-name' }),
  TagSpecifications: blocks('tag_specifications', {
    ResourceType: text('resource_type', {
      of: ['elastic-gpu', 'instance', 'network-interface', 'spot-instances-request', 'volume'],
    }),
    Tags: tags('tags'),
  }),
};

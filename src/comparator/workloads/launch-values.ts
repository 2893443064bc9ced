import type { AwsRequirements } from '../../inventory/instance-requirements.ts';
import {
  type AwsLaunchInterface,
  type LaunchDetails,
  type LaunchDevice,
  launchDetailsFrom,
} from '../../inventory/launch-details.ts';
import type { LaunchField } from '../../inventory/template.ts';

/** One value that a launch of a template names. */
export interface LaunchValue {
  readonly field: LaunchField;
  readonly path: string;
  /** Of the value, or of the default or mapping row that it comes from; null where the text shows none. */
  readonly line: number | null;
  /** Of the line, where that is the file of a nested stack. */
  readonly file?: string | undefined;
  readonly text: string;
}

/** What a launch with these values names. @param resource Takes the place of a volume's device where it has none. */
export function detailsOf(values: readonly LaunchValue[], resource: string): LaunchDetails {
  const of = (field: LaunchField) => values.flatMap((v) => (v.field === field ? [v.text] : []));
  const [zone] = of('zone');
  const [group] = of('placement-group');
  return {
    ...launchDetailsFrom({
      InstanceType: of('type')[0],
      InstanceRequirements: of('type').length > 0 ? undefined : requirementsIn(values),
      NetworkInterfaces: interfacesOf(values),
      // Where groups are written shows whether they are named beside network interfaces.
      SecurityGroupIds: values.some(({ path }) => interfaceIn(path) !== null)
        ? values.flatMap(({ field, path, text }) =>
            field === 'group' && path.startsWith('Properties.') && interfaceIn(path) === null ? [text] : [],
          )
        : [],
      IamInstanceProfile: { Name: of('profile')[0] },
      Placement: {
        GroupName: group,
        HostId: of('host')[0],
        HostResourceGroupArn: of('host-resource-group')[0],
        ...(zone === undefined
          ? {}
          : isZoneId(zone)
            ? { AvailabilityZoneId: zone }
            : { AvailabilityZone: zone }),
      },
      CapacityReservationSpecification: {
        // A group or fleet may start On-Demand Instances where a reservation that it lists cannot be used.
        ...(values.some(({ field, path }) => field === 'reservation' && /ReservationIds/.test(path))
          ? { CapacityReservationPreference: 'capacity-reservations-first' }
          : {}),
        CapacityReservationTarget: { CapacityReservationId: of('reservation')[0] },
      },
      LicenseSpecifications: of('licence').map((LicenseConfigurationArn) => ({ LicenseConfigurationArn })),
      HibernationOptions: { Configured: of('hibernation')[0] === 'true' },
      EnclaveOptions: { Enabled: of('enclave')[0] === 'true' },
      EbsOptimized: of('ebs-optimized')[0] === 'true',
      MetadataOptions: { HttpTokens: of('http-tokens')[0], HttpEndpoint: of('http-endpoint')[0] },
    }),
    devices: devicesOf(values, resource),
  };
}

/** The attributes that instance types have to have, by the paths of the properties that say them; undefined: none. */
function requirementsIn(values: readonly LaunchValue[]): AwsRequirements | undefined {
  const all: Record<string, unknown> = {};
  for (const { field, path, text } of values) {
    const [name = '', part] = /(?:^|\.)InstanceRequirements\.(.*)$/.exec(path)?.[1]?.split('.') ?? [];
    if (field !== 'requirement' || name === '') continue;
    if (part === undefined) all[name] = /^(?:true|false)$/.test(text) ? text === 'true' : text;
    else if (/^\d+$/.test(part)) all[name] = [...((all[name] as string[] | undefined) ?? []), text];
    else all[name] = { ...(all[name] as object | undefined), [part]: Number(text) };
  }
  return Object.keys(all).length > 0 ? (all as AwsRequirements) : undefined;
}

/** Whether all that the launch starts are Spot Instances, which count against other quotas. */
export function isSpot(values: readonly LaunchValue[], type: string): boolean {
  const of = (field: LaunchField) => values.find((v) => v.field === field)?.text;
  if (/SpotFleet|spot_fleet|spot_instance/.test(type)) return true;
  if (of('market') === 'spot' || of('spot-price') !== undefined) return true;
  // Auto Scaling starts On-Demand Instances where nothing is said of their part.
  return of('on-demand-percent') === '0' && Number(of('on-demand-base') ?? 0) === 0;
}

/** The network interface that a property belongs to; null where it is one of the launch itself. */
export function interfaceIn(path: string): string | null {
  return /^.*?(?:NetworkInterfaces|network_interfaces?)\.\d+(?=\.)/.exec(path)?.[0] ?? null;
}

/** Subnets that one property lists are alternatives, each as if it were an interface. */
function interfacesOf(values: readonly LaunchValue[]): AwsLaunchInterface[] {
  const interfaces: { at: string | null; written: AwsLaunchInterface }[] = [];
  for (const { field, path, text } of values) {
    const at = interfaceIn(path);
    if (field === 'subnet') interfaces.push({ at, written: { SubnetId: text } });
    if (field === 'interface') interfaces.push({ at, written: { NetworkInterfaceId: text } });
  }
  for (const { field, path, text } of values) {
    const known = interfaces.find(({ at }) => at !== null && at === interfaceIn(path));
    if (field === 'private-address' && known)
      known.written = {
        ...known.written,
        PrivateIpAddresses: [...(known.written.PrivateIpAddresses ?? []), { PrivateIpAddress: text }],
      };
  }
  return interfaces.map(({ written }) => written);
}

/** "use1-az1" (EC2 User Guide, AZ IDs). */
function isZoneId(zone: string): boolean {
  return /-az\d+$/.test(zone);
}

/** Whether the subnets are those of the network interfaces of one instance. Several values of one path are alternatives. */
export function areOfInterfaces(subnets: readonly LaunchValue[]): boolean {
  const paths = new Set(subnets.map(({ path }) => path));
  return (
    paths.size === subnets.length &&
    subnets.every(({ path }) => /NetworkInterfaces|network_interface/.test(path))
  );
}

/** The values of one volume are written beside each other. */
function devicesOf(values: readonly LaunchValue[], resource: string): LaunchDevice[] {
  const devices = new Map<string, LaunchDevice>();
  for (const { field, path, text } of values) {
    const block = /^.*?(?:BlockDeviceMappings|block_device_mappings|(?:ebs|root)_block_device)\.\d+/.exec(
      path,
    )?.[0];
    const at = block ?? path.replace(/\.?[^.]*$/, '');
    const known = devices.get(at) ?? {
      device: block === undefined ? resource : '',
      snapshotId: null,
      kmsKeyId: null,
      sizeGiB: null,
      encrypted: null,
      volumeType: null,
      iops: null,
      throughputMiB: null,
    };
    if (field === 'device') devices.set(at, { ...known, device: text });
    if (field === 'snapshot') devices.set(at, { ...known, snapshotId: text });
    if (field === 'kms-key') devices.set(at, { ...known, kmsKeyId: text });
    if (field === 'size' && /^\d+$/.test(text)) devices.set(at, { ...known, sizeGiB: Number(text) });
    if (field === 'volume-type') devices.set(at, { ...known, volumeType: text });
    if (field === 'iops' && /^\d+$/.test(text)) devices.set(at, { ...known, iops: Number(text) });
    if (field === 'throughput' && /^\d+$/.test(text))
      devices.set(at, { ...known, throughputMiB: Number(text) });
    if (field === 'encrypted') devices.set(at, { ...known, encrypted: text === 'true' });
  }
  return [...devices.values()];
}

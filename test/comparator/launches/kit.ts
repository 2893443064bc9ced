import type { AwsAutoScalingGroup } from '../../../src/inventory/auto-scaling-group.ts';
import { complete } from '../../../src/inventory/collected.ts';
import type { AwsLaunchData } from '../../../src/inventory/launch-details.ts';
import {
  type AwsActivity,
  type AwsMetadataDefaults,
  instanceProfileFrom,
  kmsKeyFrom,
  metadataDefaultsFrom,
  newestLaunches,
  quotaFrom,
} from '../../../src/inventory/launch-facts/account.ts';
import {
  type AwsLifecycleHook,
  classicLoadBalancerFrom,
  lifecycleHooksFrom,
  targetGroupFrom,
} from '../../../src/inventory/launch-facts/attachments.ts';
import {
  type AwsCapacityReservation,
  capacityReservationFrom,
  offeringsFrom,
  placementGroupFrom,
  volumeSnapshotFrom,
} from '../../../src/inventory/launch-facts/compute.ts';
import type { LaunchFacts } from '../../../src/inventory/launch-facts/index.ts';
import { type AwsInstanceType, instanceTypeFrom } from '../../../src/inventory/launch-facts/instance-type.ts';
import {
  type AwsInternetGateway,
  type AwsNatGateway,
  type AwsNetworkAcl,
  type AwsRouteTable,
  type AwsSubnet,
  groupVpcFrom,
  internetGatewayFrom,
  natGatewayFrom,
  networkAclFrom,
  networkInterfaceFrom,
  routeTableFrom,
  subnetFrom,
} from '../../../src/inventory/launch-facts/network.ts';
import type { Phase } from '../../../src/report/vocabulary.ts';
import { audit, type Estate } from '../../kit/estate.ts';

export const SOURCE = 'us-east-1';
export const TARGET = 'eu-west-1';
export const OTHER_ACCOUNT = '444455556666';

/** The letter that ids of a side are made of. */
const letter = (region: string) => (region === SOURCE ? 'a' : 'b');
export const idOf = (kind: string, region: string, n = 1) => `${kind}-0${letter(region).repeat(15)}${n}`;

export const X86: AwsInstanceType = {
  InstanceType: 'm5.large',
  ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
  SupportedVirtualizationTypes: ['hvm'],
  SupportedRootDeviceTypes: ['ebs'],
  SupportedBootModes: ['legacy-bios', 'uefi'],
  VCpuInfo: { DefaultVCpus: 2 },
  NetworkInfo: { EnaSupport: 'required' },
  NitroTpmSupport: 'unsupported',
};
export const ARM: AwsInstanceType = {
  ...X86,
  InstanceType: 'm7g.large',
  ProcessorInfo: { SupportedArchitectures: ['arm64'] },
  SupportedBootModes: ['uefi'],
};

export interface Offer {
  readonly subnets?: readonly AwsSubnet[];
  /** Zones by type. */
  readonly offered?: Readonly<Record<string, readonly string[]>>;
  readonly types?: readonly AwsInstanceType[];
  readonly profiles?: readonly string[];
  readonly quotas?: Readonly<Record<string, number>>;
  readonly placementGroups?: readonly string[];
  readonly keys?: Readonly<Record<string, string>>;
  readonly snapshots?: Readonly<Record<string, number>>;
  /** Asked for by name, and not there. */
  readonly absentSnapshots?: readonly string[];
  readonly interfaces?: readonly string[];
  readonly associations?: readonly { GroupId: string; VpcId: string }[];
  readonly imdsV2Enforced?: boolean;
  readonly metadata?: AwsMetadataDefaults;
  readonly reservations?: readonly AwsCapacityReservation[];
  readonly defaultKey?: string;
  readonly activities?: readonly AwsActivity[];
  readonly routeTables?: readonly AwsRouteTable[];
  readonly networkAcls?: readonly AwsNetworkAcl[];
  readonly natGateways?: readonly AwsNatGateway[];
  readonly internetGateways?: readonly AwsInternetGateway[];
  /** Of the target groups that an Auto Scaling group names: ARN and VPC. */
  readonly targetGroups?: Readonly<Record<string, string>>;
  readonly classicLoadBalancers?: Readonly<Record<string, string>>;
  /** Of group "web"; undefined: none. Null: they were not read. */
  readonly hooks?: readonly AwsLifecycleHook[] | null;
  /** Kinds that could not be read. */
  readonly denied?: readonly (keyof LaunchFacts)[];
}

export function factsFrom(offer: Offer): Partial<LaunchFacts> {
  const offerings = Object.entries(offer.offered ?? {}).flatMap(([InstanceType, zones]) =>
    zones.map((Location) => ({ InstanceType, LocationType: 'availability-zone', Location })),
  );
  const failed = {
    status: 'failed',
    failure: { code: 'access-denied', message: 'denied', hint: 'allow it' },
  } as const;
  return {
    ...(offer.subnets ? { subnets: complete(offer.subnets.map(subnetFrom)) } : {}),
    ...(offer.offered ? { instanceTypeOfferings: complete(offeringsFrom(offerings)) } : {}),
    ...(offer.types ? { instanceTypes: complete(offer.types.map(instanceTypeFrom)) } : {}),
    ...(offer.profiles
      ? {
          instanceProfiles: complete(
            offer.profiles.map((InstanceProfileName) => instanceProfileFrom({ InstanceProfileName })),
          ),
        }
      : {}),
    ...(offer.quotas
      ? {
          quotas: complete(
            Object.entries(offer.quotas).map(([QuotaCode, Value]) => quotaFrom({ QuotaCode, Value })),
          ),
        }
      : {}),
    ...(offer.placementGroups
      ? {
          placementGroups: complete(
            offer.placementGroups.map((GroupName) => placementGroupFrom({ GroupName, State: 'available' })),
          ),
        }
      : {}),
    ...(offer.keys
      ? {
          kmsKeys: complete(
            Object.entries(offer.keys).map(([KeyId, KeyState]) => kmsKeyFrom({ KeyId, KeyState })),
          ),
        }
      : {}),
    ...(offer.snapshots
      ? {
          volumeSnapshots: complete([
            ...Object.entries(offer.snapshots).map(([SnapshotId, VolumeSize]) =>
              volumeSnapshotFrom({ SnapshotId, VolumeSize }),
            ),
            ...(offer.absentSnapshots ?? []).map((id) => ({
              ...volumeSnapshotFrom({ SnapshotId: id }),
              exists: false,
            })),
          ]),
        }
      : {}),
    ...(offer.interfaces
      ? {
          networkInterfaces: complete(
            offer.interfaces.map((NetworkInterfaceId) => networkInterfaceFrom({ NetworkInterfaceId })),
          ),
        }
      : {}),
    ...(offer.reservations
      ? { capacityReservations: complete(offer.reservations.map(capacityReservationFrom)) }
      : {}),
    ...(offer.defaultKey ? { ebsDefaultKey: complete([{ id: offer.defaultKey }]) } : {}),
    ...(offer.activities ? { activities: complete(newestLaunches(offer.activities)) } : {}),
    ...(offer.routeTables ? { routeTables: complete(offer.routeTables.map(routeTableFrom)) } : {}),
    ...(offer.networkAcls ? { networkAcls: complete(offer.networkAcls.map(networkAclFrom)) } : {}),
    ...(offer.natGateways ? { natGateways: complete(offer.natGateways.map(natGatewayFrom)) } : {}),
    ...(offer.internetGateways
      ? { internetGateways: complete(offer.internetGateways.map(internetGatewayFrom)) }
      : {}),
    ...(offer.targetGroups
      ? {
          targetGroups: complete(
            Object.entries(offer.targetGroups).map(([TargetGroupArn, VpcId]) =>
              targetGroupFrom({ TargetGroupArn, VpcId }),
            ),
          ),
        }
      : {}),
    ...(offer.classicLoadBalancers
      ? {
          classicLoadBalancers: complete(
            Object.entries(offer.classicLoadBalancers).map(([LoadBalancerName, VPCId]) =>
              classicLoadBalancerFrom({ LoadBalancerName, VPCId }),
            ),
          ),
        }
      : {}),
    ...(offer.hooks === null
      ? {}
      : {
          lifecycleHooks: complete(
            lifecycleHooksFrom(
              (offer.hooks ?? []).map((hook) => ({ AutoScalingGroupName: 'web', ...hook })),
              ['web'],
            ),
          ),
        }),
    ...(offer.associations ? { groupVpcs: complete(offer.associations.map(groupVpcFrom)) } : {}),
    ...(offer.imdsV2Enforced === undefined
      ? {}
      : {
          metadataDefaults: complete([
            metadataDefaultsFrom({ HttpTokensEnforced: offer.imdsV2Enforced ? 'enabled' : 'disabled' }),
          ]),
        }),
    ...(offer.metadata ? { metadataDefaults: complete([metadataDefaultsFrom(offer.metadata)]) } : {}),
    ...Object.fromEntries((offer.denied ?? []).map((kind) => [kind, failed])),
  };
}

export interface SideOf {
  readonly account?: string;
  readonly launch?: AwsLaunchData;
  /** False: neither template nor group. */
  readonly made?: boolean;
  readonly group?: Partial<AwsAutoScalingGroup> | null;
  readonly offer?: Offer;
  readonly image?: object;
  readonly vpcs?: Estate['vpcs'];
  readonly more?: Partial<Estate>;
}

/** A region that launches "web" from one template by one group, into two subnets of VPC "prod". */
export function side(region: string, given: SideOf = {}): Estate {
  const { account = '111122223333', made = true } = given;
  const [vpc, sg, lt] = [idOf('vpc', region), idOf('sg', region), idOf('lt', region)];
  const zones = [`${region}a`, `${region}b`];
  const snapshot = idOf('snap', region);
  return {
    account,
    vpcs: given.vpcs ?? [
      { VpcId: vpc, OwnerId: account, CidrBlock: cidr(region), Tags: [{ Key: 'Name', Value: 'prod' }] },
    ],
    securityGroups: [
      {
        GroupId: sg,
        GroupName: 'web',
        VpcId: vpc,
        OwnerId: account,
        IpPermissions: [],
        IpPermissionsEgress: [],
      },
    ],
    images: [
      {
        ImageId: idOf('ami', region),
        Name: 'web-1',
        OwnerId: account,
        State: 'available',
        CreationDate: region === SOURCE ? '2026-11-01T04:00:00.000Z' : '2026-11-01T05:00:00.000Z',
        Architecture: 'x86_64',
        BootMode: 'uefi-preferred',
        EnaSupport: true,
        VirtualizationType: 'hvm',
        RootDeviceType: 'ebs',
        RootDeviceName: '/dev/xvda',
        BlockDeviceMappings: [
          { DeviceName: '/dev/xvda', Ebs: { SnapshotId: snapshot, VolumeSize: 20, Encrypted: false } },
        ],
        ...(region === TARGET ? { SourceImageId: idOf('ami', SOURCE), SourceImageRegion: SOURCE } : {}),
        ...given.image,
      },
    ],
    launchTemplates: made
      ? [
          {
            LaunchTemplateId: lt,
            LaunchTemplateName: 'web',
            DefaultVersionNumber: 1,
            LatestVersionNumber: 1,
            Versions: [
              {
                LaunchTemplateId: lt,
                VersionNumber: 1,
                LaunchTemplateData: {
                  ImageId: idOf('ami', region),
                  InstanceType: 'm5.large',
                  ...(given.launch?.NetworkInterfaces ? {} : { SecurityGroupIds: [sg] }),
                  ...given.launch,
                },
              },
            ],
          },
        ]
      : [],
    autoScalingGroups:
      made && given.group !== null
        ? [
            {
              AutoScalingGroupName: 'web',
              AutoScalingGroupARN: `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:x:autoScalingGroupName/web`,
              MinSize: 2,
              MaxSize: 4,
              DesiredCapacity: 2,
              AvailabilityZones: zones,
              VPCZoneIdentifier: [idOf('subnet', region, 1), idOf('subnet', region, 2)].join(','),
              LaunchTemplate: { LaunchTemplateId: lt, Version: '$Default' },
              ...given.group,
            },
          ]
        : [],
    launchFacts: factsFrom({
      subnets: [subnet(region, 1), subnet(region, 2)],
      offered: { 'm5.large': zones, 'm7g.large': zones },
      types: [X86, ARM],
      profiles: ['web-role'],
      quotas: { 'L-1216C47A': 640 },
      snapshots: { [snapshot]: 20 },
      interfaces: [],
      associations: [],
      placementGroups: [],
      routeTables: [],
      networkAcls: [],
      imdsV2Enforced: false,
      ...given.offer,
    }),
    ...given.more,
  };
}

function cidr(region: string): string {
  return region === SOURCE ? '10.1.0.0/16' : '10.2.0.0/16';
}

export function subnet(region: string, n: number, more: AwsSubnet = {}): AwsSubnet {
  return {
    SubnetId: idOf('subnet', region, n),
    VpcId: idOf('vpc', region),
    AvailabilityZone: `${region}${'ab'[n - 1]}`,
    AvailabilityZoneId: `${region === SOURCE ? 'use1' : 'euw1'}-az${n}`,
    CidrBlock: `${cidr(region).replace('.0.0/16', '')}.${n}.0/24`,
    AvailableIpAddressCount: 251,
    State: 'available',
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    ...more,
  };
}

/** What an audit says of the launches: rules by severity, and the verdicts of template and group. */
export function judged(source: SideOf, target: SideOf, phase: Phase = 'readiness') {
  const report = audit(side(SOURCE, source), side(TARGET, target), { phase });
  const verdict = (kind: string) => report.workloads.find((w) => w.kind === kind)?.verdict ?? null;
  return {
    report,
    rules: report.findings.map((f) => `${f.severity} ${f.rule} ${f.kind}`),
    facts: report.findings.map((f) => f.facts),
    messages: report.findings.map((f) => f.message),
    template: verdict('launch-template'),
    group: verdict('auto-scaling-group'),
    notLookedAt: report.notLookedAt
      .map((n) => `${n.side} ${n.what.split(' (')[0]}`)
      // Said of every audit that judges reachability.
      .filter((text) => !text.includes('transit gateways')),
  };
}

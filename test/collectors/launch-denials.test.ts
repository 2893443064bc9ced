import { describe, expect, it } from 'vitest';
import { audit, type Report } from '../../src/index.ts';
import type { LaunchPart } from '../../src/report/vocabulary.ts';
import type { Endpoint, Fault, RegionModel } from '../endpoint/endpoint.ts';
import { ACCOUNT, closingEndpoints, endpoint, image, keyPair, vpc, withKeys } from './kit.ts';

withKeys();
closingEndpoints();

const SOURCE = 'us-east-1';
const TARGET = 'eu-west-1';
const KEY = '12ee9c11-3476-492c-b5cc-ed4a4d636337';

/** A region whose template and group name something of every kind that is read for launches; all of it exists. */
function region(name: string, templates = 1, faults: Readonly<Record<string, Fault>> = {}): RegionModel {
  const own = (kind: string) => `${kind}-0${(name === SOURCE ? 'a' : 'b').repeat(16)}`;
  const arn = `arn:aws:kms:${name}:${ACCOUNT}:key/${KEY}`;
  const zone = `${name}a`;
  const copied = name === TARGET ? { SourceImageId: 'ami-0aaaaaaaaaaaaaaaa', SourceImageRegion: SOURCE } : {};
  const LaunchTemplateData = {
    ImageId: own('ami'),
    KeyName: 'deploy',
    InstanceType: 'm5.large' as const,
    MetadataOptions: { HttpTokens: 'optional' as const },
    IamInstanceProfile: { Name: 'web-role' },
    Placement: { GroupName: 'cg1' },
    CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: own('cr') } },
    NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: own('eni') }],
    BlockDeviceMappings: [
      { DeviceName: '/dev/sdf', Ebs: { SnapshotId: own('snap'), VolumeSize: 20 } },
      { DeviceName: '/dev/sdg', Ebs: { VolumeSize: 20, Encrypted: true, KmsKeyId: arn } },
    ],
  };
  const Routes = [
    { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: own('nat'), State: 'active' as const },
    { DestinationCidrBlock: '198.51.100.0/24', GatewayId: own('igw'), State: 'active' as const },
  ];
  return {
    vpcs: [{ ...vpc, VpcId: own('vpc') }],
    keyPairs: [keyPair],
    securityGroups: [
      { GroupId: own('sg'), GroupName: 'web', VpcId: own('vpc'), OwnerId: ACCOUNT, IpPermissions: [] },
    ],
    images: [image(own('ami'), { Name: 'web-1', ...copied })],
    snapshots: [{ SnapshotId: own('snap'), VolumeSize: 20, State: 'completed' }],
    launchTemplates: Array.from({ length: templates }, (_, n) => ({
      LaunchTemplateId: `${own('lt')}${n}`,
      LaunchTemplateName: `web-${n}`,
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [{ VersionNumber: 1, LaunchTemplateData }],
    })),
    autoScalingGroups: [
      {
        AutoScalingGroupName: 'web',
        AutoScalingGroupARN: `arn:aws:autoscaling:${name}:${ACCOUNT}:autoScalingGroup:1:autoScalingGroupName/web`,
        DesiredCapacity: 2,
        MaxSize: 4,
        AvailabilityZones: [zone],
        VPCZoneIdentifier: own('subnet'),
        LaunchTemplate: { LaunchTemplateId: `${own('lt')}0`, Version: '$Default' },
        Instances: [],
      },
    ],
    facts: {
      Subnets: [
        {
          SubnetId: own('subnet'),
          VpcId: own('vpc'),
          AvailabilityZone: zone,
          CidrBlock: '10.0.1.0/24',
          AvailableIpAddressCount: 250,
          State: 'available',
          OwnerId: ACCOUNT,
          BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
        },
      ],
      InstanceTypeOfferings: [
        { InstanceType: 'm5.large', LocationType: 'availability-zone', Location: zone },
      ],
      InstanceTypes: [{ InstanceType: 'm5.large', VCpuInfo: { DefaultVCpus: 2 } }],
      RouteTables: [{ RouteTableId: own('rtb'), VpcId: own('vpc'), Associations: [{ Main: true }], Routes }],
      NetworkAcls: [],
      InternetGateways: [{ InternetGatewayId: own('igw'), Attachments: [{ VpcId: own('vpc') }] }],
      NatGateways: [{ NatGatewayId: own('nat'), State: 'available' }],
      NetworkInterfaces: [{ NetworkInterfaceId: own('eni'), Status: 'available' }],
      CapacityReservations: [{ CapacityReservationId: own('cr'), State: 'active' }],
      PlacementGroups: [{ GroupName: 'cg1', State: 'available' }],
      AccountLevel: { HttpTokensEnforced: 'disabled' },
      profiles: ['web-role'],
      keys: [{ KeyId: KEY, Arn: arn, KeyState: 'Enabled' }],
      quotas: { 'L-1216C47A': 640 },
    },
    faults,
  };
}

function audited(ec2: Endpoint): Promise<Report> {
  const side = { endpointUrl: ec2.url };
  return audit(SOURCE, TARGET, { source: side, target: side });
}

const stateOf = ({ workloads }: Report, part: LaunchPart) =>
  workloads.map((w) => w.lookedAt?.[part].state).filter((state) => state !== 'does-not-apply');

/** The action of each read that a launch above depends on, the part that it decides, and the right that a gap names. */
const READS: readonly [string, LaunchPart, string][] = [
  ['DescribeSubnets', 'network', 'ec2:DescribeSubnets'],
  ['DescribeInstanceTypeOfferings', 'type', 'ec2:DescribeInstanceTypeOfferings'],
  ['DescribeInstanceTypes', 'type', 'ec2:DescribeInstanceTypes'],
  ['DescribePlacementGroups', 'network', 'ec2:DescribePlacementGroups'],
  ['DescribeCapacityReservations', 'network', 'ec2:DescribeCapacityReservations'],
  ['DescribeNetworkInterfaces', 'network', 'ec2:DescribeNetworkInterfaces'],
  ['DescribeSnapshots', 'storage', 'ec2:DescribeSnapshots'],
  ['GetInstanceMetadataDefaults', 'type', 'ec2:GetInstanceMetadataDefaults'],
  ['GetInstanceProfile', 'profile', 'iam:GetInstanceProfile'],
  ['DescribeKey', 'storage', 'kms:DescribeKey'],
  ['GetServiceQuota', 'quota', 'servicequotas:GetServiceQuota'],
];

describe('an audit of two live regions whose launches exist in whole', () => {
  it('calls every workload launchable, and says that everything it names was looked at', async () => {
    const report = await audited(await endpoint({ [SOURCE]: region(SOURCE), [TARGET]: region(TARGET) }));
    expect(report.workloads.map((w) => [w.kind, w.verdict, w.chains])).toEqual([
      ['launch-template', 'launchable', []],
      ['auto-scaling-group', 'launchable', []],
    ]);
    expect(report.complete).toBe(true);
    const states = report.workloads.flatMap((w) => Object.values(w.lookedAt ?? {}).map(({ state }) => state));
    expect(states.filter((state) => !['fine', 'does-not-apply'].includes(state))).toEqual([]);
  });

  it.each(READS)(
    '%s denied on both sides: a gap that names the right, and no verdict',
    async (action, part, right) => {
      const faults = { [action]: { deny: true } };
      const ec2 = await endpoint({
        [SOURCE]: region(SOURCE, 1, faults),
        [TARGET]: region(TARGET, 1, faults),
      });
      const report = await audited(ec2);
      expect(report.complete).toBe(false);
      expect(report.verdict).not.toBe('parity');
      expect(
        report.gaps.filter((g) => `${g.message} ${g.hint}`.includes(right)).map((g) => g.code),
      ).toContain('access-denied');
      expect(report.workloads.map((w) => w.verdict)).toContain('unknown');
      expect(report.workloads.map((w) => w.verdict)).not.toContain('blocked');
      expect(stateOf(report, part)).toContain('unknown');
      expect(stateOf(report, part)).not.toContain('stops');
    },
  );

  it.each([
    ['no image says so', {}, 'blocked'],
    ['the image says so', { ImdsSupport: 'v2.0' as const }, 'launchable'],
  ])('asks whether IMDSv2 is enforced where launches do not set HttpTokens: %s', async (_, imds, verdict) => {
    const silent = (name: string): RegionModel => {
      const own = region(name);
      const templates = (own.launchTemplates ?? []).map((template) => ({
        ...template,
        Versions: (template.Versions ?? []).map((version) => ({
          ...version,
          LaunchTemplateData: { ...version.LaunchTemplateData, MetadataOptions: undefined },
        })),
      }));
      return {
        ...own,
        images: (own.images ?? []).map((one) => ({ ...one, ...imds })),
        launchTemplates: templates,
        facts: { ...own.facts, AccountLevel: { HttpTokensEnforced: 'enabled' } },
      };
    };
    const report = await audited(await endpoint({ [SOURCE]: silent(SOURCE), [TARGET]: silent(TARGET) }));
    expect(report.workloads.map((w) => w.verdict)).toEqual([verdict, verdict]);
  });

  it('asks the same handful of questions, whether for one template or for 300', async () => {
    const asked = async (templates: number) => {
      const ec2 = await endpoint({
        [SOURCE]: region(SOURCE, templates),
        [TARGET]: region(TARGET, templates),
      });
      const report = await audited(ec2);
      expect(report.workloads).toHaveLength(templates + 1);
      const known = new Set([...READS.map(([action]) => action), ...NETWORK]);
      return ec2.received
        .filter((r) => known.has(r.action))
        .map((r) => `${r.region} ${r.action}`)
        .sort();
    };
    const [one, many] = [await asked(1), await asked(300)];
    expect(many).toEqual(one);
    const perSide = [SOURCE, TARGET].map((side) => one.filter((call) => call.startsWith(side)).length);
    expect(Math.max(...perSide)).toBeLessThanOrEqual(READS.length + NETWORK.length + 1);
  });
});

const NETWORK = [
  'DescribeRouteTables',
  'DescribeNetworkAcls',
  'DescribeInternetGateways',
  'DescribeNatGateways',
  'DescribeSecurityGroupVpcAssociations',
  'DescribeScalingActivities',
];

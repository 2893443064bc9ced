import { openSide } from '../src/collectors/live.ts';
import { factsWanted } from '../src/inventory/launch-needs.ts';
import { NO_LOOKUPS } from '../src/inventory/lookups.ts';
import { SCOPES, type Scope } from '../src/report/vocabulary.ts';
import { type RegionModel, startEndpoint } from '../test/endpoint/endpoint.ts';

const REGION = 'us-east-1';
const ACCOUNT = '111122223333';

const some = <Row>(count: number, row: (n: number) => Row): Row[] =>
  Array.from({ length: count }, (_, n) => row(n));
const id = (kind: string, n: number) => `${kind}-0${n.toString(16).padStart(16, '0')}`;
const TYPES = [
  'm5.large',
  'm5.xlarge',
  'c5.large',
  'r5.large',
  't3.small',
  't3.medium',
  'm6i.large',
] as const;
const zone = (n: number) => `${REGION}${'abc'[n % 3]}`;

/** As such regions are: tens of subnets and profiles, several network interfaces for each security group. */
const regionOf = (templates: number): RegionModel => ({
  account: ACCOUNT,
  vpcs: some(5, (n) => ({ VpcId: id('vpc', n), CidrBlock: `10.${n}.0.0/16`, OwnerId: ACCOUNT })),
  keyPairs: some(50, (n) => ({ KeyPairId: id('key', n), KeyName: `key-${n}`, KeyType: 'ed25519' as const })),
  securityGroups: some(templates / 2, (n) => ({
    GroupId: id('sg', n),
    GroupName: `group-${n}`,
    VpcId: id('vpc', n % 5),
    OwnerId: ACCOUNT,
    IpPermissions: some(10, (p) => ({
      IpProtocol: 'tcp',
      FromPort: 1000 + p,
      ToPort: 1000 + p,
      IpRanges: [{ CidrIp: '10.0.0.0/8' }],
    })),
  })),
  images: some(templates / 4, (n) => ({
    ImageId: id('ami', n),
    Name: `image-${n}`,
    OwnerId: ACCOUNT,
    State: 'available' as const,
    Architecture: 'x86_64' as const,
  })),
  launchTemplates: some(templates, (n) => ({
    LaunchTemplateId: id('lt', n),
    LaunchTemplateName: `app-${n}`,
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Versions: [
      {
        VersionNumber: 1,
        LaunchTemplateData: {
          ImageId: id('ami', n % (templates / 4)),
          KeyName: `key-${n % 50}`,
          InstanceType: TYPES[n % TYPES.length] ?? 'm5.large',
          IamInstanceProfile: { Name: `role-${n % 40}` },
          MetadataOptions: { HttpTokens: 'optional' as const },
          BlockDeviceMappings: [
            { DeviceName: '/dev/sdf', Ebs: { SnapshotId: id('snap', n % 200), VolumeSize: 20 } },
          ],
          NetworkInterfaces: [
            { DeviceIndex: 0, SubnetId: id('subnet', n % 60), Groups: [id('sg', n % (templates / 2))] },
          ],
        },
      },
    ],
  })),
  autoScalingGroups: some(templates / 2, (n) => ({
    AutoScalingGroupName: `fleet-${n}`,
    AutoScalingGroupARN: `arn:aws:autoscaling:${REGION}:${ACCOUNT}:autoScalingGroup:${n}:autoScalingGroupName/fleet-${n}`,
    DesiredCapacity: 2,
    MaxSize: 4,
    AvailabilityZones: [zone(n)],
    VPCZoneIdentifier: id('subnet', n % 60),
    LaunchTemplate: { LaunchTemplateId: id('lt', n), Version: '$Default' },
  })),
  snapshots: some(200, (n) => ({ SnapshotId: id('snap', n), VolumeSize: 20 })),
  facts: {
    Subnets: some(60, (n) => ({
      SubnetId: id('subnet', n),
      VpcId: id('vpc', n % 5),
      AvailabilityZone: zone(n),
    })),
    InstanceTypeOfferings: TYPES.flatMap((InstanceType) =>
      some(3, (n) => ({ InstanceType, LocationType: 'availability-zone' as const, Location: zone(n) })),
    ),
    InstanceTypes: TYPES.map((InstanceType) => ({ InstanceType, VCpuInfo: { DefaultVCpus: 2 } })),
    RouteTables: some(30, (n) => ({ RouteTableId: id('rtb', n), VpcId: id('vpc', n % 5) })),
    NetworkAcls: some(10, (n) => ({ NetworkAclId: id('acl', n), VpcId: id('vpc', n % 5) })),
    NetworkInterfaces: some(templates * 2, (n) => ({
      NetworkInterfaceId: id('eni', n),
      Groups: [{ GroupId: id('sg', n % (templates / 2)) }],
    })),
    Activities: some(templates / 2, (n) => ({
      ActivityId: `${n}`,
      AutoScalingGroupName: `fleet-${n}`,
      Description: 'Launching a new EC2 instance',
      StatusCode: 'Successful' as const,
      StartTime: new Date(Date.UTC(2026, 10, 20) - n * 60_000),
    })),
    profiles: some(40, (n) => `role-${n}`),
    quotas: { 'L-1216C47A': 640 },
  },
});

/** What one reading of a region took: of the objects that are compared, and of what their launches need. */
export interface ReadCost {
  readonly requests: readonly [objects: number, launches: number];
  readonly ms: readonly [objects: number, launches: number];
  /** How many of the requests for launches each action took. */
  readonly perAction: Readonly<Record<string, number>>;
}

/** Reads a region of so many launch templates, and half as many Auto Scaling groups, from the endpoint double. */
export async function readCosts(
  templates: number,
  runs: number,
  scopes: readonly Scope[] = SCOPES,
): Promise<ReadCost[]> {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' });
  const ec2 = await startEndpoint({ regions: { [REGION]: regionOf(templates) } });
  const costs: ReadCost[] = [];
  for (let i = 0; i < runs; i++) {
    const side = await openSide({ endpointUrl: ec2.url, region: REGION });
    const before = ec2.received.length;
    const began = performance.now();
    const snapshot = await side.collect({ scopes, now: () => new Date() });
    const [listed, between] = [ec2.received.length, performance.now()];
    await side.lookUp(snapshot, { ...NO_LOOKUPS, facts: factsWanted([snapshot], snapshot) });
    const [known, ended] = [ec2.received.length, performance.now()];
    side.close();
    const perAction: Record<string, number> = {};
    for (const { action } of ec2.received.slice(listed, known))
      perAction[action] = (perAction[action] ?? 0) + 1;
    costs.push({
      requests: [listed - before, known - listed],
      ms: [between - began, ended - between],
      perAction,
    });
  }
  await ec2.close();
  return costs;
}

import {
  CreateLaunchTemplateCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeSubnetsCommand,
  ImportKeyPairCommand,
  RegisterImageCommand,
  type RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { CreateInstanceProfileCommand, IAMClient } from '@aws-sdk/client-iam';
import { RSA } from '../inventory/vectors.ts';
import { clientOf, SOURCE, TARGET } from './estate.ts';

/** What a region holds that a launch can name. */
export interface Named {
  readonly region: string;
  readonly image: string;
  readonly group: string;
  readonly subnet: string;
  readonly zone: string;
  readonly snapshot: string;
  readonly networkInterface: string;
}

type Data = RequestLaunchTemplateData;

/** Ids of the right form that no region has. */
const NOWHERE = {
  snapshot: 'snap-0123456789abcdef0',
  subnet: 'subnet-0123456789abcdef0',
  interface: 'eni-0123456789abcdef0',
  image: 'ami-0123456789abcdef0',
  group: 'sg-0123456789abcdef0',
};

const inSubnet = (SubnetId: string, { group }: Named): Data => ({
  NetworkInterfaces: [{ DeviceIndex: 0, SubnetId, Groups: [group] }],
});
const inZone = (AvailabilityZone: string): Data => ({ Placement: { AvailabilityZone } });
const ofSnapshot = (SnapshotId: string, VolumeSize = 8): Data => ({
  BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { SnapshotId, VolumeSize } }],
});
const atInterface = (NetworkInterfaceId: string): Data => ({
  NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId }],
});
const withProfile = (Name: string): Data => ({ IamInstanceProfile: { Name } });

interface Case {
  readonly verdict: 'launchable' | 'blocked';
  /** What the launch template of a region names beside key pair and image. `other`: the source, seen from the target. */
  readonly names: (own: Named, other: Named) => Data;
}

/** On the source each names what the source has; on the target, the following. */
export const CASES: Readonly<Record<string, Case>> = {
  'own-subnet': { verdict: 'launchable', names: (own) => inSubnet(own.subnet, own) },
  'own-zone': { verdict: 'launchable', names: (own) => inZone(own.zone) },
  'own-profile': { verdict: 'launchable', names: () => withProfile('app') },
  'own-snapshot': { verdict: 'launchable', names: (own) => ofSnapshot(own.snapshot) },
  'own-interface': { verdict: 'launchable', names: (own) => atInterface(own.networkInterface) },
  'subnet-of-source': { verdict: 'blocked', names: (own, other) => inSubnet(other.subnet, own) },
  'no-such-subnet': { verdict: 'blocked', names: (own) => inSubnet(NOWHERE.subnet, own) },
  'zone-of-source': { verdict: 'blocked', names: (_, other) => inZone(other.zone) },
  'no-such-zone': { verdict: 'blocked', names: (own) => inZone(`${own.region}z`) },
  'no-such-profile': { verdict: 'blocked', names: () => withProfile('gone') },
  'snapshot-of-source': { verdict: 'blocked', names: (_, other) => ofSnapshot(other.snapshot) },
  'no-such-snapshot': { verdict: 'blocked', names: () => ofSnapshot(NOWHERE.snapshot) },
  'interface-of-source': { verdict: 'blocked', names: (_, other) => atInterface(other.networkInterface) },
  'own-type': { verdict: 'launchable', names: () => ({ InstanceType: 't3.small' }) },
  'no-such-type': { verdict: 'blocked', names: () => ({ InstanceType: 'x99.large' as never }) },
  'no-such-key': { verdict: 'blocked', names: () => ({ KeyName: 'gone' }) },
  'no-such-group': { verdict: 'blocked', names: () => ({ SecurityGroupIds: [NOWHERE.group] }) },
  'group-of-source': { verdict: 'blocked', names: (_, other) => ({ SecurityGroupIds: [other.group] }) },
  'no-such-image': { verdict: 'blocked', names: () => ({ ImageId: NOWHERE.image }) },
  'image-of-source': { verdict: 'blocked', names: (_, other) => ({ ImageId: other.image }) },
  'no-such-interface': { verdict: 'blocked', names: () => atInterface(NOWHERE.interface) },
};

/** What is sound in the region itself, for the template of the source. */
function sound(name: string, own: Named): Data {
  const of = name.split('-').at(-1) === 'source' ? name.split('-')[0] : name.split('-').at(-1);
  // Key pair, group and image of each region are in every launch.
  return CASES[`own-${of}`]?.names(own, own) ?? {};
}

/** Everything beside the part that a case is about. An interface that exists has its groups already. */
export function launchOf(own: Named, data: Data): Data {
  const common: Data = { ImageId: own.image, InstanceType: 't3.micro', KeyName: 'deploy', ...data };
  return data.NetworkInterfaces ? common : { SecurityGroupIds: [own.group], ...common };
}

/** Two regions of one account with a launch template of each case, made over the real API. */
export async function seedLaunches(url: string): Promise<{ source: Named; target: Named }> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const iam = new IAMClient({ endpoint: url, region: SOURCE, credentials });
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'app' }));
  iam.destroy();
  const source = await seedRegion(url, SOURCE);
  const target = await seedRegion(url, TARGET);
  for (const [name, { names }] of Object.entries(CASES)) {
    await template(url, SOURCE, name, launchOf(source, sound(name, source)));
    await template(url, TARGET, name, launchOf(target, names(target, source)));
  }
  return { source, target };
}

async function template(url: string, region: string, name: string, data: Data): Promise<void> {
  const ec2 = clientOf(url, region);
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName: name, LaunchTemplateData: data }));
  ec2.destroy();
}

async function seedRegion(url: string, region: string): Promise<Named> {
  const ec2 = clientOf(url, region);
  await ec2.send(new ImportKeyPairCommand({ KeyName: 'deploy', PublicKeyMaterial: Buffer.from(RSA.line) }));
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const [first] = Subnets;
  const [subnet, zone, VpcId] = [first?.SubnetId, first?.AvailabilityZone, first?.VpcId].map(String);
  const made = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: 'web', Description: 'web' }),
  );
  const group = String(made.GroupId);
  const { ImageId } = await ec2.send(new RegisterImageCommand({ Name: 'golden' }));
  const volume = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: zone, Size: 8 }));
  const snapshot = await ec2.send(new CreateSnapshotCommand({ VolumeId: volume.VolumeId }));
  const at = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnet, Groups: [group] }));
  ec2.destroy();
  return {
    region,
    image: String(ImageId),
    group,
    subnet: String(subnet),
    zone: String(zone),
    snapshot: String(snapshot.SnapshotId),
    networkInterface: String(at.NetworkInterface?.NetworkInterfaceId),
  };
}

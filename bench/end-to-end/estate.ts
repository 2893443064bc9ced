import { createHash } from 'node:crypto';
import type { Image, KeyPairInfo, SecurityGroup, Snapshot, Vpc } from '@aws-sdk/client-ec2';
import { ACCOUNT, groupOf, idOf } from '../reading/group.ts';

/** How much each of the two regions has. */
export interface Sizes {
  readonly groups: number;
  readonly rules: number;
  readonly images: number;
  readonly keys: number;
  /** Of the images, how many exist in both regions under one name. */
  readonly pairedImages: number;
}

export interface Region {
  readonly groups: readonly SecurityGroup[];
  readonly images: readonly Image[];
  readonly snapshots: readonly Snapshot[];
  readonly keys: readonly KeyPairInfo[];
  readonly vpcs: readonly Vpc[];
}

/** A region in which one key pair and one group in a hundred differ from those of the other region. */
export function regionOf(name: string, isTarget: boolean, sizes: Sizes): Region {
  const mark = isTarget ? 'b' : 'a';
  const differs = (n: number) => isTarget && n % 100 === 0;
  const times = <Row>(count: number, row: (n: number) => Row) =>
    Array.from({ length: count }, (_, n) => row(n));
  return {
    groups: times(sizes.groups, (n) =>
      groupOf(n, sizes.rules, { region: name, mark, shift: differs(n) ? 1 : 0 }),
    ),
    images: times(sizes.images, (n) => imageOf(n, name, mark, n < sizes.pairedImages)),
    snapshots: times(sizes.images, (n) => ({
      SnapshotId: idOf('snap', n, mark),
      Description: `Created by CreateImage for ${idOf('ami', n, mark)}`,
      VolumeSize: 30,
      OwnerId: ACCOUNT,
      State: 'completed',
      Encrypted: false,
    })),
    keys: times(sizes.keys, (n) => keyOf(n, mark, differs(n) ? `${n}b` : `${n}`)),
    vpcs: [
      {
        VpcId: idOf('vpc', 1, mark),
        OwnerId: ACCOUNT,
        CidrBlock: '10.0.0.0/8',
        CidrBlockAssociationSet: [{ CidrBlock: '10.0.0.0/8', CidrBlockState: { State: 'associated' } }],
        IsDefault: false,
        Tags: [{ Key: 'Name', Value: 'prod' }],
      },
    ],
  };
}

function imageOf(n: number, region: string, mark: string, isPaired: boolean): Image {
  return {
    ImageId: idOf('ami', n, mark),
    Name: isPaired ? `golden-${n}` : `build-${region}-${n}`,
    Description: `Image ${n} <nightly>`,
    ImageLocation: `${ACCOUNT}/build-${n}`,
    OwnerId: ACCOUNT,
    State: 'available',
    CreationDate: '2026-03-01T06:00:00.000Z',
    Public: false,
    Architecture: 'x86_64',
    ImageType: 'machine',
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    Hypervisor: 'xen',
    VirtualizationType: 'hvm',
    RootDeviceType: 'ebs',
    RootDeviceName: '/dev/xvda',
    EnaSupport: true,
    SriovNetSupport: 'simple',
    BootMode: 'uefi-preferred',
    ImdsSupport: 'v2.0',
    BlockDeviceMappings: [
      {
        DeviceName: '/dev/xvda',
        Ebs: {
          SnapshotId: idOf('snap', n, mark),
          VolumeSize: 30,
          VolumeType: 'gp3',
          Iops: 3000,
          Throughput: 125,
          Encrypted: false,
          DeleteOnTermination: true,
        },
      },
    ],
    Tags: [
      { Key: 'Name', Value: `build ${n}` },
      { Key: 'team', Value: `team-${n % 20}` },
    ],
  };
}

/** An ED25519 key pair: the text of its public key, and the fingerprint that belongs to it. */
function keyOf(n: number, mark: string, seed: string): KeyPairInfo {
  const field = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const raw = createHash('sha256').update(seed).digest();
  const blob = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(raw)]);
  return {
    KeyPairId: idOf('key', n, mark),
    KeyName: `key-${n}`,
    KeyType: 'ed25519',
    KeyFingerprint: createHash('sha256').update(blob).digest('base64'),
    PublicKey: `ssh-ed25519 ${blob.toString('base64')} key-${n}`,
    CreateTime: new Date('2026-01-01T00:00:00Z'),
    Tags: [],
  };
}

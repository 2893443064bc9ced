import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a test says of one region; the rest is ordinary. */
export interface Region {
  readonly region: string;
  /** Names of key pairs; the same name is the same key everywhere, unless `keySeed` says otherwise. */
  readonly keys?: readonly string[];
  readonly keySeed?: string;
  /** Names of groups that admit SSH from 10.0.0.0/8. */
  readonly groups?: readonly string[];
  /** Kinds of which no file is written. */
  readonly without?: readonly string[];
}

const ACCOUNT = '111122223333';

/** Writes the answers of `aws ec2 describe-…` for a small region, as an auditor receives them. */
export function writeDumps(folder: string, region: Region): string {
  mkdirSync(folder, { recursive: true });
  for (const [key, rows] of Object.entries(answers(region))) {
    if (!region.without?.includes(key))
      writeFileSync(join(folder, `${key}.json`), JSON.stringify({ [key]: rows }, null, 2));
  }
  return folder;
}

function answers({ region, keys = ['deploy'], keySeed = '', groups = ['web'] }: Region) {
  const vpc = `vpc-${idOf(region, 'vpc')}`;
  return {
    KeyPairs: keys.map((name) => ({
      KeyPairId: `key-${idOf(region, name)}`,
      KeyName: name,
      KeyType: 'ed25519',
      PublicKey: `${publicKey(name + keySeed)} ${name}\n`,
      CreateTime: '2024-05-01T10:00:00+00:00',
      Tags: [],
    })),
    Vpcs: [
      {
        VpcId: vpc,
        CidrBlock: '172.31.0.0/16',
        IsDefault: true,
        OwnerId: ACCOUNT,
        State: 'available',
        Tags: [],
      },
    ],
    SecurityGroups: ['default', ...groups].map((name) => ({
      GroupId: `sg-${idOf(region, name)}`,
      GroupName: name,
      Description: `${name} group`,
      OwnerId: ACCOUNT,
      VpcId: vpc,
      IpPermissions: name === 'default' ? [] : [SSH],
      IpPermissionsEgress: [
        {
          IpProtocol: '-1',
          IpRanges: [{ CidrIp: '0.0.0.0/0' }],
          Ipv6Ranges: [],
          PrefixListIds: [],
          UserIdGroupPairs: [],
        },
      ],
      Tags: [],
    })),
    PrefixLists: [],
    Images: [],
  };
}

const SSH = {
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  IpRanges: [{ CidrIp: '10.0.0.0/8' }],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
};

/** Seventeen hex digits, another set for every region: ids mean nothing over there. */
function idOf(...parts: readonly string[]): string {
  let hash = 7n;
  for (const char of parts.join('/')) hash = (hash * 131n + BigInt(char.codePointAt(0) ?? 0)) % (1n << 68n);
  return hash.toString(16).padStart(17, '0');
}

function publicKey(seed: string): string {
  const field = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  const blob = Buffer.concat([
    field(Buffer.from('ssh-ed25519')),
    field(Buffer.from(seed.padEnd(32, '.').slice(0, 32))),
  ]);
  return `ssh-ed25519 ${blob.toString('base64')}`;
}

/** The folders of dumps that most tests need, below one folder. */
export function writeEstate(folder: string) {
  return {
    source: writeDumps(join(folder, 'us-east-1'), { region: 'us-east-1' }),
    /** Everything of the source, under other ids. */
    same: writeDumps(join(folder, 'same', 'eu-west-1'), { region: 'eu-west-1' }),
    /** The key of the source's name is another one, which is critical; a group is missing. */
    different: writeDumps(join(folder, 'different', 'eu-west-1'), {
      region: 'eu-west-1',
      keySeed: 'other',
      groups: [],
    }),
    /** As the source, as far as one can tell: nobody saved the images. */
    unread: writeDumps(join(folder, 'unread', 'eu-west-1'), { region: 'eu-west-1', without: ['Images'] }),
  };
}

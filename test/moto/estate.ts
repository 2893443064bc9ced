import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CopyImageCommand,
  CreateKeyPairCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  ImportKeyPairCommand,
  type IpPermission,
  ModifyImageAttributeCommand,
  RegisterImageCommand,
} from '@aws-sdk/client-ec2';
import { ED25519, RSA } from '../inventory/vectors.ts';

export const SOURCE = 'us-east-1';
export const TARGET = 'eu-west-1';

/** A well-formed ED25519 public key of nobody, one for each number. */
function ed25519Key(number: number): string {
  const blob = Buffer.from(ED25519.line.split(' ')[1] ?? '', 'base64');
  blob[blob.length - 1] = number;
  return `ssh-ed25519 ${blob.toString('base64')} made-up`;
}

/** What one region holds. The two differ in what a test names, and in ids in any case. */
interface Region {
  readonly region: string;
  readonly vpcCidr: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly office: readonly string[];
  /** The range that may use SSH. */
  readonly ssh: string;
  readonly images: readonly string[];
}

/**
 * Two regions of one account, made over the real API.
 * The target lacks key "only-source" and the key EC2 made, has another key under "rotated", admits SSH from the world,
 * has a shorter "office" list, a copy of "golden-1" that nobody else may launch, and no copy of "not-copied".
 */
export async function seedEstate(url: string): Promise<void> {
  const [golden] = await seedRegion(url, {
    region: SOURCE,
    vpcCidr: '10.10.0.0/16',
    keys: { deploy: RSA.line, 'only-source': ed25519Key(1), rotated: ED25519.line },
    office: ['198.51.100.0/24', '203.0.113.0/24'],
    ssh: '198.51.100.7/32',
    images: ['golden-1', 'not-copied'],
  });
  await seedRegion(url, {
    region: TARGET,
    vpcCidr: '10.20.0.0/16',
    keys: { deploy: RSA.line, rotated: ed25519Key(2) },
    office: ['198.51.100.0/24'],
    ssh: '0.0.0.0/0',
    images: ['no-copy'],
  });
  const client = clientOf(url, TARGET);
  await client.send(new EnableEbsEncryptionByDefaultCommand({}));
  await client.send(new CopyImageCommand({ Name: 'golden-1', SourceImageId: golden, SourceRegion: SOURCE }));
  client.destroy();
}

export function clientOf(endpoint: string, region: string): EC2Client {
  return new EC2Client({ endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
}

async function seedRegion(url: string, wanted: Region): Promise<string[]> {
  const client = clientOf(url, wanted.region);
  for (const [KeyName, line] of Object.entries(wanted.keys)) {
    await client.send(
      new ImportKeyPairCommand({
        KeyName,
        PublicKeyMaterial: Buffer.from(line),
        TagSpecifications: [{ ResourceType: 'key-pair', Tags: [{ Key: 'team', Value: 'platform' }] }],
      }),
    );
  }
  await client.send(new CreateKeyPairCommand({ KeyName: `made-in-${wanted.region}`, KeyType: 'ed25519' }));
  await seedGroups(client, wanted);
  const ids: string[] = [];
  for (const name of wanted.images) ids.push(await register(client, name));
  client.destroy();
  return ids;
}

async function seedGroups(client: EC2Client, wanted: Region): Promise<void> {
  const { Vpc } = await client.send(
    new CreateVpcCommand({
      CidrBlock: wanted.vpcCidr,
      AmazonProvidedIpv6CidrBlock: true,
      TagSpecifications: named('vpc', 'prod'),
    }),
  );
  const { PrefixList } = await client.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'office',
      AddressFamily: 'IPv4',
      MaxEntries: 10,
      Entries: wanted.office.map((Cidr) => ({ Cidr, Description: 'an office' })),
    }),
  );
  const VpcId = String(Vpc?.VpcId);
  const app = await group(client, VpcId, 'app');
  const web = await group(client, VpcId, 'web');
  const rows: IpPermission[] = [
    {
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'the world' }],
      Ipv6Ranges: [{ CidrIpv6: '::/0' }],
    },
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: wanted.ssh }] },
    {
      IpProtocol: 'tcp',
      FromPort: 8443,
      ToPort: 8443,
      PrefixListIds: [{ PrefixListId: String(PrefixList?.PrefixListId) }],
    },
    { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
    // EC2 needs no ports here; moto fails without.
    { IpProtocol: '50', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '192.0.2.0/24' }] },
  ];
  await client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: web, IpPermissions: rows }));
  const peers: IpPermission[] = [
    { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: app }] },
    {
      IpProtocol: 'tcp',
      FromPort: 8080,
      ToPort: 8080,
      UserIdGroupPairs: [{ GroupId: web, Description: 'from the web tier' }],
    },
  ];
  await client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: app, IpPermissions: peers }));
  const out: IpPermission[] = [
    { IpProtocol: 'udp', FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: '10.0.0.2/32' }] },
  ];
  await client.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: app, IpPermissions: out }));
}

async function group(client: EC2Client, VpcId: string, GroupName: string): Promise<string> {
  const { GroupId } = await client.send(
    new CreateSecurityGroupCommand({
      VpcId,
      GroupName,
      Description: `the ${GroupName} tier`,
      TagSpecifications: named('security-group', GroupName),
    }),
  );
  return String(GroupId);
}

async function register(client: EC2Client, Name: string): Promise<string> {
  const { ImageId } = await client.send(
    new RegisterImageCommand({ Name, Architecture: 'x86_64', Description: 'made for a test' }),
  );
  const id = String(ImageId);
  await client.send(
    new CreateTagsCommand({ Resources: [id], Tags: [{ Key: '__proto__', Value: 'a tag like any other' }] }),
  );
  await client.send(
    new ModifyImageAttributeCommand({
      ImageId: id,
      LaunchPermission: { Add: [{ UserId: '999988887777' }, { UserId: '444455556666' }] },
    }),
  );
  return id;
}

function named(ResourceType: 'vpc' | 'security-group', Value: string) {
  return [{ ResourceType, Tags: [{ Key: 'Name', Value }] }];
}

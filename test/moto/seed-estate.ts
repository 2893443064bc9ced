import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CopyImageCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  type EC2Client,
  ImportKeyPairCommand,
  type IpPermission,
  ModifyImageAttributeCommand,
  ModifyLaunchTemplateCommand,
  RegisterImageCommand,
  type ResourceType,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import type { Estates } from '../kit/random-estate.ts';
import { clientOf, SOURCE, TARGET } from './estate.ts';

type Estate = Estates['source'];

/** Makes both sides on a server, over the real API: whatever ids it gives, the estates refer to one another as described. */
export async function seedEstates(url: string, { source, target }: Estates): Promise<void> {
  const ids = new Map<string, string>();
  for (const [region, estate] of [
    [SOURCE, source],
    [TARGET, target],
  ] as const) {
    const client = clientOf(url, region);
    await seedVpcs(client, estate, ids);
    await seedLists(client, estate, ids);
    await seedGroups(client, estate, ids);
    await seedKeys(client, estate);
    await seedImages(client, estate, ids);
    await seedTemplates(client, estate, ids);
    client.destroy();
  }
}

type Tags = readonly { Key?: string | undefined; Value?: string | undefined }[] | null | undefined;
const tagged = (resource: ResourceType, tags: Tags) =>
  tags && tags.length > 0 ? { TagSpecifications: [{ ResourceType: resource, Tags: [...tags] }] } : {};

/** With the ids of the server in place of those of the estate. */
function translated<T>(value: T, ids: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(value), (_, inner) =>
    typeof inner === 'string' ? (ids.get(inner) ?? inner) : inner,
  );
}

async function seedVpcs(client: EC2Client, estate: Estate, ids: Map<string, string>): Promise<void> {
  const { Vpcs } = await client.send(new DescribeVpcsCommand({}));
  const byDefault = Vpcs?.find((v) => v.IsDefault)?.VpcId ?? '';
  for (const vpc of estate.vpcs ?? []) {
    const made = vpc.IsDefault
      ? byDefault
      : (
          await client.send(
            new CreateVpcCommand({
              CidrBlock: vpc.CidrBlock,
              AmazonProvidedIpv6CidrBlock: vpc.Ipv6CidrBlockAssociationSet !== undefined,
              ...tagged('vpc', vpc.Tags),
            }),
          )
        ).Vpc?.VpcId;
    ids.set(vpc.VpcId ?? '', made ?? '');
    // Without a subnet no launch template of its groups could be used.
    if (!vpc.IsDefault)
      await client.send(
        new CreateSubnetCommand({ VpcId: made, CidrBlock: vpc.CidrBlock?.replace(/0\.0\/16$/, '1.0/24') }),
      );
  }
}

async function seedLists(client: EC2Client, estate: Estate, ids: Map<string, string>): Promise<void> {
  for (const list of estate.prefixLists ?? []) {
    const { PrefixListName, AddressFamily, MaxEntries, Entries, Tags } = list;
    const { PrefixList } = await client.send(
      new CreateManagedPrefixListCommand({
        PrefixListName,
        AddressFamily,
        MaxEntries,
        Entries: (Entries ?? []).map((Cidr) => ({ Cidr })),
        ...tagged('prefix-list', Tags),
      }),
    );
    ids.set(list.PrefixListId ?? '', PrefixList?.PrefixListId ?? '');
  }
}

async function seedGroups(client: EC2Client, estate: Estate, ids: Map<string, string>): Promise<void> {
  // Those of the VPCs exist.
  const groups = (estate.securityGroups ?? []).filter((g) => g.GroupName !== 'default');
  for (const { GroupId = '', GroupName, Description, VpcId = '', Tags } of groups) {
    const made = await client.send(
      new CreateSecurityGroupCommand({
        GroupName,
        Description,
        VpcId: ids.get(VpcId),
        ...tagged('security-group', Tags),
      }),
    );
    ids.set(GroupId, made.GroupId ?? '');
  }
  for (const group of groups) {
    const GroupId = ids.get(group.GroupId ?? '') ?? '';
    const of = (permissions: typeof group.IpPermissions) =>
      translated(permissions ?? [], ids) as IpPermission[];
    const [ingress, egress] = [of(group.IpPermissions), of(group.IpPermissionsEgress)];
    if (ingress.length > 0)
      await client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ingress }));
    const given = await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
    const IpPermissions = given.SecurityGroups?.[0]?.IpPermissionsEgress;
    await client.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions }));
    if (egress.length > 0)
      await client.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: egress }));
  }
}

async function seedKeys(client: EC2Client, estate: Estate): Promise<void> {
  for (const { KeyName, PublicKey = '', Tags } of estate.keyPairs ?? [])
    await client.send(
      new ImportKeyPairCommand({
        KeyName,
        PublicKeyMaterial: Buffer.from(PublicKey),
        ...tagged('key-pair', Tags),
      }),
    );
}

async function seedImages(client: EC2Client, estate: Estate, ids: Map<string, string>): Promise<void> {
  for (const image of estate.images ?? []) {
    const { ImageId = '', Name, Architecture, SourceImageId, LaunchPermissions = [], Tags } = image;
    const made = SourceImageId
      ? await client.send(
          new CopyImageCommand({ Name, SourceImageId: ids.get(SourceImageId), SourceRegion: SOURCE }),
        )
      : await client.send(
          new RegisterImageCommand({
            Name,
            Architecture: Architecture as 'x86_64',
            RootDeviceName: '/dev/sda1',
          }),
        );
    const id = made.ImageId ?? '';
    ids.set(ImageId, id);
    if (Tags && Tags.length > 0)
      await client.send(new CreateTagsCommand({ Resources: [id], Tags: [...Tags] }));
    if (LaunchPermissions.length > 0)
      await client.send(
        new ModifyImageAttributeCommand({
          ImageId: id,
          LaunchPermission: { Add: LaunchPermissions.map(({ UserId }) => ({ UserId })) },
        }),
      );
  }
}

async function seedTemplates(client: EC2Client, estate: Estate, ids: Map<string, string>): Promise<void> {
  for (const { LaunchTemplateName, DefaultVersionNumber, Versions } of estate.launchTemplates ?? []) {
    for (const { VersionNumber, LaunchTemplateData } of Versions ?? []) {
      const data = translated(LaunchTemplateData, ids) as { ImageId?: string };
      const input = { LaunchTemplateName, LaunchTemplateData: data };
      if (VersionNumber === 1) await client.send(new CreateLaunchTemplateCommand(input));
      else await client.send(new CreateLaunchTemplateVersionCommand(input));
    }
    await client.send(
      new ModifyLaunchTemplateCommand({ LaunchTemplateName, DefaultVersion: String(DefaultVersionNumber) }),
    );
  }
}

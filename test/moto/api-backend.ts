import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CopyImageCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeManagedPrefixListsCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  GetManagedPrefixListEntriesCommand,
  ImportKeyPairCommand,
  type IpPermission,
  ModifyImageAttributeCommand,
  ModifyLaunchTemplateCommand,
  ModifyManagedPrefixListCommand,
  type ResourceType,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type {
  Backend,
  BackendEntry,
  BackendRule,
  BackendTemplate,
  BackendVersion,
  Tags,
} from '../plan/deploy/backend.ts';
import { clientOf, SOURCE, TARGET } from './estate.ts';

/** Sends to a server what a deployment of a declared file asks of EC2. */
export class ApiBackend implements Backend {
  readonly #url: string;
  readonly #target: EC2Client;
  constructor(url: string) {
    this.#url = url;
    this.#target = clientOf(url, TARGET);
  }
  stop(): void {
    this.#target.destroy();
  }

  async createGroup(group: {
    vpcId: string;
    name: string;
    description: string;
    tags: Tags;
  }): Promise<string> {
    const { vpcId: VpcId, name: GroupName, description: Description, tags } = group;
    const made = await this.#target.send(
      new CreateSecurityGroupCommand({ VpcId, GroupName, Description, ...tagged('security-group', tags) }),
    );
    return String(made.GroupId);
  }
  async revokeDefaultEgress(GroupId: string): Promise<void> {
    const given = await this.#target.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
    const IpPermissions = given.SecurityGroups?.[0]?.IpPermissionsEgress;
    await this.#target.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions }));
  }
  async authorize(GroupId: string, rule: BackendRule): Promise<void> {
    const input = { GroupId, IpPermissions: [permission(rule)] };
    if (rule.direction === 'ingress')
      await this.#target.send(new AuthorizeSecurityGroupIngressCommand(input));
    else await this.#target.send(new AuthorizeSecurityGroupEgressCommand(input));
  }
  async createList(list: Parameters<Backend['createList']>[0]): Promise<string> {
    const { PrefixList } = await this.#target.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: list.name,
        AddressFamily: list.family,
        MaxEntries: list.maxEntries,
        Entries: list.entries.map(entry),
        ...tagged('prefix-list', list.tags),
      }),
    );
    return String(PrefixList?.PrefixListId);
  }
  async setList(PrefixListId: string, maxEntries: number, entries: readonly BackendEntry[]): Promise<void> {
    const { PrefixLists } = await this.#target.send(
      new DescribeManagedPrefixListsCommand({ PrefixListIds: [PrefixListId] }),
    );
    const { Entries = [] } = await this.#target.send(
      new GetManagedPrefixListEntriesCommand({ PrefixListId }),
    );
    const [list] = PrefixLists ?? [];
    // EC2 takes a size and entries in two requests.
    if (list?.MaxEntries !== maxEntries)
      await this.#target.send(new ModifyManagedPrefixListCommand({ PrefixListId, MaxEntries: maxEntries }));
    const has = (cidr: string) => Entries.some((e) => e.Cidr === cidr);
    await this.#target.send(
      new ModifyManagedPrefixListCommand({
        PrefixListId,
        CurrentVersion: list?.Version,
        AddEntries: entries.filter((e) => !has(e.cidr)).map(entry),
        RemoveEntries: Entries.filter((e) => !entries.some((wanted) => wanted.cidr === e.Cidr)).map(
          ({ Cidr }) => ({ Cidr }),
        ),
      }),
    );
  }
  async importKey(key: { name: string; publicKey: string; tags: Tags }): Promise<string> {
    const made = await this.#target.send(
      new ImportKeyPairCommand({
        KeyName: key.name,
        PublicKeyMaterial: Buffer.from(key.publicKey),
        ...tagged('key-pair', key.tags),
      }),
    );
    return String(made.KeyPairId);
  }
  async putParameter(Name: string, Value: string): Promise<void> {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new SSMClient({ endpoint: this.#url, region: TARGET, credentials });
    await client.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
    client.destroy();
  }
  async copyImage(image: Parameters<Backend['copyImage']>[0]): Promise<string> {
    const { name: Name, description, source: SourceImageId, region: SourceRegion, tags } = image;
    const Description = description ?? undefined;
    const { ImageId = '' } = await this.#target.send(
      new CopyImageCommand({ Name, Description, SourceImageId, SourceRegion }),
    );
    await this.tag(ImageId, tags);
    return ImageId;
  }
  async grant(ImageId: string, who: string, side: 'source' | 'target'): Promise<void> {
    const client = side === 'target' ? this.#target : clientOf(this.#url, SOURCE);
    const Add = [who === 'all' ? { Group: 'all' as const } : { UserId: who }];
    await client.send(new ModifyImageAttributeCommand({ ImageId, LaunchPermission: { Add } }));
    if (client !== this.#target) client.destroy();
  }
  async grantKey(): Promise<void> {
    throw new Error('the estates of these tests are of one account');
  }
  async grantSnapshot(): Promise<void> {
    throw new Error('the estates of these tests are of one account');
  }
  async createTemplate({ name, description, tags, data, userDataOf }: BackendTemplate): Promise<string> {
    const made = await this.#target.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: name,
        VersionDescription: description,
        LaunchTemplateData: {
          ...data,
          ...(userDataOf ? { UserData: await this.#userData(userDataOf) } : {}),
        },
        ...tagged('launch-template', tags),
      }),
    );
    return String(made.LaunchTemplate?.LaunchTemplateId);
  }
  async #userData({ templateId, version }: NonNullable<BackendTemplate['userDataOf']>) {
    const source = clientOf(this.#url, SOURCE);
    try {
      const answer = await source.send(
        new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: templateId, Versions: ['$Latest'] }),
      );
      const [latest] = answer.LaunchTemplateVersions ?? [];
      if (latest?.VersionNumber !== version) throw new Error(`${version} is not the latest version`);
      return latest.LaunchTemplateData?.UserData;
    } finally {
      source.destroy();
    }
  }
  async addVersion(LaunchTemplateId: string, version: BackendVersion): Promise<void> {
    const { image, instanceType, keyName, groups, description, isDefault } = version;
    const { LaunchTemplates } = await this.#target.send(
      new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: [LaunchTemplateId] }),
    );
    const made = await this.#target.send(
      new CreateLaunchTemplateVersionCommand({
        LaunchTemplateId,
        SourceVersion: String(LaunchTemplates?.[0]?.LatestVersionNumber),
        VersionDescription: description,
        LaunchTemplateData: {
          ...(image === null ? {} : { ImageId: image }),
          ...(instanceType === null ? {} : { InstanceType: instanceType as 't3.micro' }),
          ...(keyName === null ? {} : { KeyName: keyName }),
          ...(groups === null ? {} : { SecurityGroupIds: [...groups] }),
        },
      }),
    );
    if (!isDefault) return;
    const DefaultVersion = String(made.LaunchTemplateVersion?.VersionNumber);
    await this.#target.send(new ModifyLaunchTemplateCommand({ LaunchTemplateId, DefaultVersion }));
  }
  async tag(id: string, tags: Tags): Promise<void> {
    if (Object.keys(tags).length > 0)
      await this.#target.send(new CreateTagsCommand({ Resources: [id], Tags: tagRows(tags) }));
  }
}

const tagRows = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const tagged = (resource: ResourceType, tags: Tags) =>
  Object.keys(tags).length > 0
    ? { TagSpecifications: [{ ResourceType: resource, Tags: tagRows(tags) }] }
    : {};
const entry = ({ cidr: Cidr, description }: BackendEntry) => ({
  Cidr,
  Description: description ?? undefined,
});

function permission({ protocol, from, to, peer, description }: BackendRule): IpPermission {
  const [kind = '', value = ''] = peer.split(' ');
  const said = description === null ? {} : { Description: description };
  // EC2 needs no ports for a protocol without any; moto fails without.
  const ports = protocol === '-1' ? {} : { FromPort: from ?? -1, ToPort: to ?? -1 };
  const base = { IpProtocol: protocol, ...ports };
  if (kind === 'list') return { ...base, PrefixListIds: [{ PrefixListId: value, ...said }] };
  if (kind === 'group') {
    const [GroupId, UserId] = value.split('/').reverse();
    return { ...base, UserIdGroupPairs: [{ GroupId, ...(UserId ? { UserId } : {}), ...said }] };
  }
  return value.includes(':')
    ? { ...base, Ipv6Ranges: [{ CidrIpv6: value, ...said }] }
    : { ...base, IpRanges: [{ CidrIp: value, ...said }] };
}

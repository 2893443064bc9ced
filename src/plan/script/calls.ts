import type { AwsOperation } from '../../comparator/commands/aws.ts';
import { ShellVariable, type Substitution } from '../../comparator/commands/shell.ts';
import { familyOf } from '../../inventory/addresses.ts';
import { compareText } from '../../inventory/order.ts';
import type { Tags } from '../../inventory/tags.ts';
import { groupBy } from '../../text/groups.ts';
import {
  type Grants,
  KEY_OPERATIONS,
  type OperationOf,
  type OperationType,
  type PlannedEntry,
  type PlannedRule,
  type Ref,
  type TemplateCopy,
} from '../model.ts';

/** One call of the AWS API. In `input`, a shell variable is the id of something that an earlier step makes. */
export interface Call {
  /** As the AWS CLI writes it: "ec2 create-security-group". */
  readonly operation: AwsOperation;
  readonly input: Readonly<Record<string, unknown>>;
  /** What of the answer identifies what was made. */
  readonly query?: string;
  /** A public key that the command reads from its standard input: the two versions of the AWS CLI disagree about an inline one. */
  readonly publicKey?: string;
  /** The version of a launch template whose data the command reads from its standard input, so that no list of processes shows it. */
  readonly templateData?: TemplateCopy;
}

/** The variable that holds the id of what a step makes. */
export type VariableOf = (step: string) => ShellVariable;

/** The id of what a step makes, as the shell puts it in. */
export type IdOf = (step: string) => ShellVariable | Substitution | string;

type CallOf<T extends OperationType> = (operation: OperationOf<T>, id: (ref: Ref) => unknown) => Call | null;

/** The one call that changes something, per kind of step; null for a step that only waits. */
const CALLS: { readonly [T in OperationType]: CallOf<T> } = {
  'create-prefix-list': ({ name, family, maxEntries, entries, tags }) => ({
    operation: 'ec2 create-managed-prefix-list',
    input: {
      PrefixListName: name,
      AddressFamily: family,
      MaxEntries: maxEntries,
      ...(entries.length > 0 ? { Entries: entryRows(entries) } : {}),
      ...tagSpecifications('prefix-list', tags),
    },
    query: 'PrefixList.PrefixListId',
  }),
  'resize-prefix-list': ({ list, maxEntries }, id) => ({
    operation: 'ec2 modify-managed-prefix-list',
    input: { PrefixListId: id(list), MaxEntries: maxEntries },
  }),
  'change-prefix-list': ({ list, add, remove }, id) => ({
    operation: 'ec2 modify-managed-prefix-list',
    input: {
      PrefixListId: id(list),
      ...(add.length > 0 ? { AddEntries: entryRows(add) } : {}),
      ...(remove.length > 0 ? { RemoveEntries: remove.map((Cidr) => ({ Cidr })) } : {}),
    },
  }),
  'create-security-group': ({ vpcId, name, description, tags }) => ({
    operation: 'ec2 create-security-group',
    input: {
      VpcId: vpcId,
      GroupName: name,
      Description: description,
      ...tagSpecifications('security-group', tags),
    },
    query: 'GroupId',
  }),
  'authorize-rules': ({ group, direction, rules }, id) => ({
    operation: `ec2 authorize-security-group-${direction}`,
    input: { GroupId: id(group), IpPermissions: permissionsOf(rules, id) },
  }),
  'revoke-rules': ({ group, direction, rules }, id) => ({
    operation: `ec2 revoke-security-group-${direction}`,
    input: {
      GroupId: id(group),
      // A rule is revoked with any description.
      IpPermissions: permissionsOf(
        rules.map((rule) => ({ ...rule, description: null })),
        id,
      ),
    },
  }),
  'describe-rules': ({ group, direction, rules }, id) => ({
    operation: `ec2 update-security-group-rule-descriptions-${direction}`,
    input: { GroupId: id(group), IpPermissions: permissionsOf(rules, id) },
  }),
  'import-key-pair': ({ name, publicKey, tags }) => ({
    operation: 'ec2 import-key-pair',
    input: { KeyName: name, ...tagSpecifications('key-pair', tags) },
    publicKey,
  }),
  'set-tags': ({ resource, tags }, id) => ({
    operation: 'ec2 create-tags',
    input: { Resources: [id(resource)], Tags: tagRows(tags) },
  }),
  'grant-key': ({ keyId, principal }) => ({
    operation: 'kms create-grant',
    input: { KeyId: keyId, GranteePrincipal: principal, Operations: KEY_OPERATIONS },
  }),
  'share-image': ({ imageId, account }) => ({
    operation: 'ec2 modify-image-attribute',
    input: { ImageId: imageId, LaunchPermission: { Add: [{ UserId: account }] } },
  }),
  'share-snapshot': ({ snapshotId, account }) => ({
    operation: 'ec2 modify-snapshot-attribute',
    input: { SnapshotId: snapshotId, CreateVolumePermission: { Add: [{ UserId: account }] } },
  }),
  'copy-image': ({ imageId, sourceRegion, name, description, tags, copyTags, encrypted, chosenKey }) => ({
    operation: 'ec2 copy-image',
    input: {
      SourceImageId: imageId,
      SourceRegion: sourceRegion,
      Name: name,
      ...(description ? { Description: description } : {}),
      ...(copyTags ? { CopyImageTags: true } : tagSpecifications('image', tags)),
      ...(encrypted ? { Encrypted: true } : {}),
      ...(chosenKey ? { KmsKeyId: new ShellVariable('TARGET_KMS_KEY') } : {}),
    },
    query: 'ImageId',
  }),
  'wait-for-image': () => null,
  'grant-launch': ({ image, grants }, id) => ({
    operation: 'ec2 modify-image-attribute',
    input: { ImageId: id(image), LaunchPermission: { Add: grantRows(grants) } },
  }),
  'deprecate-image': ({ image, at }, id) => ({
    operation: 'ec2 enable-image-deprecation',
    input: { ImageId: id(image), DeprecateAt: at },
  }),
  'protect-image': ({ image, withCooldown }, id) => ({
    operation: 'ec2 enable-image-deregistration-protection',
    input: { ImageId: id(image), ...(withCooldown ? { WithCooldown: true } : {}) },
  }),
  'put-parameter': ({ name, image, overwrite }, id) => ({
    operation: 'ssm put-parameter',
    input: {
      Name: name,
      Value: id(image),
      ...(overwrite ? { Overwrite: true } : { Type: 'String', DataType: 'aws:ec2:image' }),
    },
  }),
  'create-launch-template': ({ name, tags, copy }) => ({
    operation: 'ec2 create-launch-template',
    input: {
      LaunchTemplateName: name,
      VersionDescription: copy.marker,
      ...tagSpecifications('launch-template', tags),
    },
    query: 'LaunchTemplate.LaunchTemplateId',
    templateData: copy,
  }),
  'copy-template-version': ({ template, copy }, id) => ({
    operation: 'ec2 create-launch-template-version',
    input: { LaunchTemplateId: id(template), VersionDescription: copy.marker },
    query: 'LaunchTemplateVersion.VersionNumber',
    templateData: copy,
  }),
  'create-template-version': ({ templateId, baseVersion, changes, marker }, id) => ({
    operation: 'ec2 create-launch-template-version',
    input: {
      LaunchTemplateId: templateId,
      SourceVersion: String(baseVersion),
      VersionDescription: marker,
      LaunchTemplateData: {
        ...(changes.image ? { ImageId: id(changes.image) } : {}),
        ...(changes.instanceType === undefined ? {} : { InstanceType: changes.instanceType }),
        ...(changes.keyName === undefined ? {} : { KeyName: changes.keyName }),
        ...(changes.groups ? { SecurityGroupIds: changes.groups.map(id) } : {}),
      },
    },
    query: 'LaunchTemplateVersion.VersionNumber',
  }),
  'set-default-version': ({ template, version }, id) => ({
    operation: 'ec2 modify-launch-template',
    input: { LaunchTemplateId: id(template), DefaultVersion: id(version) },
  }),
};

export function callOf<T extends OperationType>(operation: OperationOf<T>, idOf: IdOf): Call | null {
  const make = CALLS[operation.type] as unknown as CallOf<T>;
  return make(operation, (ref) => refValue(ref, idOf));
}

export function refValue<Id extends ReturnType<IdOf>>(ref: Ref, idOf: (step: string) => Id): string | Id {
  return 'id' in ref ? ref.id : idOf(ref.madeBy);
}

function entryRows(entries: readonly PlannedEntry[]) {
  return entries.map(({ cidr, description }) => ({
    Cidr: cidr,
    ...(description ? { Description: description } : {}),
  }));
}

/**
 * Rules as IpPermissions: those of one protocol and range in one. A protocol that is given by its number has no range: -1, as
 * the AWS CLI writes it for `--protocol 50`.
 */
export function permissionsOf(rules: readonly PlannedRule[], id: (ref: Ref) => unknown): object[] {
  const groups = groupBy(rules, ({ protocol, from, to }) => JSON.stringify([protocol, from, to]));
  return [...groups.values()].flatMap((own) =>
    own.slice(0, 1).map(({ protocol, from, to }) => ({
      IpProtocol: protocol,
      ...(protocol === '-1' ? {} : { FromPort: from ?? -1, ToPort: to ?? -1 }),
      ...peersOf(own, id),
    })),
  );
}

function peersOf(rules: readonly PlannedRule[], id: (ref: Ref) => unknown): object {
  const lists: Record<string, object[]> = {};
  for (const { peer, description } of rules) {
    const [list, member] =
      peer.type === 'cidr'
        ? familyOf(peer.cidr) === 4
          ? (['IpRanges', { CidrIp: peer.cidr }] as const)
          : (['Ipv6Ranges', { CidrIpv6: peer.cidr }] as const)
        : peer.type === 'prefix-list'
          ? (['PrefixListIds', { PrefixListId: id(peer.list) }] as const)
          : ([
              'UserIdGroupPairs',
              { GroupId: id(peer.group), ...(peer.ownerId === null ? {} : { UserId: peer.ownerId }) },
            ] as const);
    lists[list] = [
      ...(lists[list] ?? []),
      { ...member, ...(description ? { Description: description } : {}) },
    ];
  }
  return lists;
}

export function grantRows({ everyone, accounts, organizations }: Grants): Record<string, string>[] {
  return [
    ...(everyone ? [{ Group: 'all' }] : []),
    ...accounts.map((UserId) => ({ UserId })),
    ...organizations.map(
      (arn): Record<string, string> =>
        arn.includes(':ou/') ? { OrganizationalUnitArn: arn } : { OrganizationArn: arn },
    ),
  ];
}

function tagSpecifications(ResourceType: string, tags: Tags): object {
  const rows = tagRows(tags);
  return rows.length === 0 ? {} : { TagSpecifications: [{ ResourceType, Tags: rows }] };
}

export function tagRows(tags: Tags): { readonly Key: string; readonly Value: string }[] {
  return Object.entries(tags)
    .sort(([a], [b]) => compareText(a, b))
    .map(([Key, Value]) => ({ Key, Value }));
}

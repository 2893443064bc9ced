import fc from 'fast-check';
import type { AwsPermission, AwsSecurityGroup } from '../../src/inventory/security-group.ts';
import { ED25519 } from '../inventory/vectors.ts';
import { ACCOUNT, type Estate } from './estate.ts';
import {
  description,
  groupName,
  imageName,
  keyName,
  listName,
  tagText,
  templateName,
} from './random-texts.ts';

/** Two sides: the target is the source with things taken out, added and changed. */
export interface Estates {
  readonly source: Estate;
  readonly target: Estate;
}

/** What happened to an object on the way to the target. */
type Fate = 'same' | 'missing' | 'less' | 'more' | 'other';
const fate = fc.constantFrom<Fate>('same', 'same', 'missing', 'missing', 'less', 'more', 'other');

const VPCS = [
  { name: null, isDefault: true, cidr: '172.31.0.0/16', ipv6: false },
  { name: 'prod', isDefault: false, cidr: '10.10.0.0/16', ipv6: true },
  { name: 'stage', isDefault: false, cidr: '10.20.0.0/16', ipv6: false },
  { name: null, isDefault: false, cidr: '10.30.0.0/16', ipv6: false },
] as const;

type Peer = { readonly type: 'v4' | 'v6' | 'list' | 'group' | 'self'; readonly pick: number };
interface Row {
  readonly service: readonly [string, number | undefined, number | undefined];
  readonly peer: Peer;
  readonly description: string | undefined;
}
const row: fc.Arbitrary<Row> = fc.record({
  service: fc.constantFrom<Row['service']>(
    ['tcp', 443, 443],
    ['tcp', 22, 22],
    ['tcp', 0, 65535],
    ['udp', 1024, 65535],
    ['icmp', 8, -1],
    ['icmp', -1, -1],
    ['icmpv6', -1, -1],
    ['50', -1, -1],
    ['-1', undefined, undefined],
  ),
  peer: fc.record({ type: fc.constantFrom('v4', 'v4', 'v6', 'list', 'group', 'self'), pick: fc.nat(9) }),
  description: fc.option(description, { nil: undefined }),
});
const rows = fc.array(row, { maxLength: 5 });
const tags = fc
  .dictionary(
    tagText.filter((key) => key !== '' && !key.startsWith('aws:')),
    tagText,
    { maxKeys: 2, noNullPrototype: true },
  )
  .map((all) => Object.entries(all).map(([Key, Value]) => ({ Key, Value })));

const group = fc.record({
  vpc: fc.nat(VPCS.length - 1),
  name: groupName,
  description,
  tags,
  ingress: rows,
  egress: rows,
  keepsEgress: fc.boolean(),
  fate,
});
type Group = typeof group extends fc.Arbitrary<infer G> ? G : never;
const list = fc.record({
  name: listName,
  ipv6: fc.boolean(),
  size: fc.integer({ min: 1, max: 4 }),
  tags,
  fate,
});
type List = typeof list extends fc.Arbitrary<infer L> ? L : never;
const key = fc.record({ name: keyName, number: fc.nat(99), tags, fate });
const image = fc.record({ name: imageName, tags, shared: fc.boolean(), fate });
const template = fc.record({
  name: templateName,
  key: fc.nat(9),
  group: fc.nat(9),
  image: fc.nat(9),
  fate,
  /** Whether it has user data, a network interface, a volume and tags. */
  rich: fc.boolean(),
  /** Whether its first version is the default, and not the latest. */
  firstIsDefault: fc.boolean(),
  tags,
});
type Template = typeof template extends fc.Arbitrary<infer T> ? T : never;

/**
 * Two regions with names that a shell could run, groups that refer to one another in circles and to themselves, prefix
 * lists, several VPCs with and without names, both address families, images and launch templates. Everything is of a form
 * that EC2 takes.
 */
export const estates: fc.Arbitrary<Estates> = fc
  .record({
    groups: fc.uniqueArray(group, { selector: (g) => `${g.vpc}/${g.name.toLowerCase()}`, maxLength: 7 }),
    lists: fc.uniqueArray(list, { selector: (l) => l.name, maxLength: 3 }),
    keys: fc.uniqueArray(key, { selector: (k) => k.name, maxLength: 3 }),
    images: fc.uniqueArray(image, { selector: (i) => i.name, maxLength: 3 }),
    templates: fc.uniqueArray(template, { selector: (t) => t.name, maxLength: 2 }),
  })
  .map((parts) => ({ source: sideOf(parts, 'source'), target: sideOf(parts, 'target') }));

interface Parts {
  readonly groups: readonly Group[];
  readonly lists: readonly List[];
  readonly keys: readonly { name: string; number: number; tags: Tag[]; fate: Fate }[];
  readonly images: readonly { name: string; tags: Tag[]; shared: boolean; fate: Fate }[];
  readonly templates: readonly Template[];
}
type Tag = { Key: string; Value: string };
type Side = 'source' | 'target';

/** An id of a side: those of the two sides have nothing in common. */
function id(prefix: string, side: Side, n: number): string {
  return `${prefix}-${(side === 'source' ? '0a' : '0b').padEnd(14, '0')}${String(n).padStart(3, '0')}`;
}

function sideOf({ groups, lists, keys, images, templates }: Parts, side: Side): Estate {
  const isHere = ({ fate }: { readonly fate: Fate }) => side === 'source' || fate !== 'missing';
  const changed = (one: { readonly fate: Fate }, what: Fate) => side === 'target' && one.fate === what;
  const numbered = <T>(all: readonly T[]) => all.map((one, n) => ({ ...one, n }));
  const hereLists = numbered(lists).filter(isHere);
  const hereGroups = numbered(groups).filter(isHere);
  const hereImages = numbered(images).filter(isHere);
  const permissions = (g: Group & { n: number }, direction: 'ingress' | 'egress'): AwsPermission[] => {
    const all = g[direction];
    const own = changed(g, 'less') ? all.slice(1) : all;
    const extra: Row = {
      service: ['tcp', 8080, 8080],
      peer: { type: 'v4', pick: 7 },
      description: undefined,
    };
    const given = direction === 'egress' && g.keepsEgress ? everywhere(g) : [];
    const written = (changed(g, 'more') && direction === 'ingress' ? [...own, extra] : own).flatMap((r) => {
      const permission = permissionOf(r, g, side, hereLists, hereGroups);
      return permission ? [permission] : [];
    });
    return distinct([...given, ...written]);
  };
  const securityGroups = [
    ...hereGroups.map(
      (g): AwsSecurityGroup => ({
        GroupId: id('sg', side, g.n),
        GroupName: g.name,
        Description: changed(g, 'other') ? 'another description' : g.description,
        VpcId: id('vpc', side, g.vpc),
        OwnerId: ACCOUNT,
        Tags: g.tags,
        IpPermissions: permissions(g, 'ingress'),
        IpPermissionsEgress: permissions(g, 'egress'),
      }),
    ),
    ...VPCS.map((vpc, n) => defaultGroup(vpc, n, side)),
  ];
  return {
    vpcs: VPCS.map(({ name, isDefault, cidr, ipv6 }, n) => ({
      VpcId: id('vpc', side, n),
      IsDefault: isDefault,
      OwnerId: ACCOUNT,
      CidrBlock: cidr,
      ...(ipv6
        ? {
            Ipv6CidrBlockAssociationSet: [
              {
                Ipv6CidrBlock: `2001:db8:${side === 'source' ? 1 : 2}00::/56`,
                Ipv6CidrBlockState: { State: 'associated' },
              },
            ],
          }
        : {}),
      Tags: name === null ? [] : [{ Key: 'Name', Value: name }],
    })),
    securityGroups,
    prefixLists: hereLists.map((l) => ({
      PrefixListId: id('pl', side, l.n),
      PrefixListName: l.name,
      AddressFamily: l.ipv6 ? 'IPv6' : 'IPv4',
      MaxEntries: l.size + (changed(l, 'less') ? 0 : 2),
      OwnerId: ACCOUNT,
      State: 'create-complete',
      Tags: l.tags,
      Entries: entriesOf(l, changed(l, 'less'), changed(l, 'more')),
    })),
    keyPairs: numbered(keys)
      .filter(isHere)
      .map((k) => {
        const PublicKey = ed25519(changed(k, 'other') ? k.number + 100 : k.number);
        return {
          KeyPairId: id('key', side, k.n),
          KeyName: k.name,
          KeyType: 'ed25519',
          PublicKey,
          Tags: k.tags,
        };
      }),
    images: hereImages.map((i) => ({
      ImageId: id('ami', side, i.n),
      Name: i.name,
      OwnerId: ACCOUNT,
      State: 'available',
      Architecture: 'x86_64',
      CreationDate: side === 'source' ? '2026-01-01T00:00:00.000Z' : '2026-02-01T00:00:00.000Z',
      RootDeviceType: 'ebs',
      RootDeviceName: '/dev/sda1',
      ...(side === 'target'
        ? { SourceImageId: id('ami', 'source', i.n), SourceImageRegion: 'us-east-1' }
        : {}),
      LaunchPermissions: i.shared && !changed(i, 'less') ? [{ UserId: '222233334444' }] : [],
      Tags: i.tags,
    })),
    launchTemplates: numbered(templates)
      .filter(isHere)
      .map((t) => {
        const at = <T>(all: readonly T[], pick: number) =>
          all.length > 0 ? all[pick % all.length] : undefined;
        const image = at(hereImages, t.image);
        const of = at(hereGroups, t.group);
        const name = at(keys.filter(isHere), t.key)?.name;
        const versions = changed(t, 'less') || side === 'source' ? 2 : 1;
        return {
          LaunchTemplateId: id('lt', side, t.n),
          LaunchTemplateName: t.name,
          DefaultVersionNumber: t.firstIsDefault ? 1 : versions,
          LatestVersionNumber: versions,
          Tags: [],
          Versions: Array.from({ length: versions }, (_, v) => ({
            VersionNumber: v + 1,
            LaunchTemplateData: {
              InstanceType: 't3.micro',
              ...(image ? { ImageId: id('ami', side, image.n) } : {}),
              ...(name === undefined ? {} : { KeyName: name }),
              ...(t.rich
                ? richData(t, v, of ? [id('sg', side, of.n)] : [])
                : of
                  ? { SecurityGroupIds: [id('sg', side, of.n)] }
                  : {}),
            },
          })),
        };
      }),
  };
}

function richData({ tags: Tags }: Template, version: number, Groups: string[]) {
  return {
    UserData: Buffer.from(`#!/bin/sh\necho "version ${version}" '$(id)' é\n`).toString('base64'),
    NetworkInterfaces: [{ DeviceIndex: 0, Groups }],
    BlockDeviceMappings: [{ DeviceName: '/dev/sdb', Ebs: { VolumeSize: 10, Encrypted: version > 0 } }],
    MetadataOptions: { HttpTokens: 'required' },
    ...(Tags.length > 0 ? { TagSpecifications: [{ ResourceType: 'instance', Tags }] } : {}),
  };
}

function defaultGroup(vpc: (typeof VPCS)[number], n: number, side: Side): AwsSecurityGroup {
  const GroupId = id('sg', side, 900 + n);
  return {
    GroupId,
    GroupName: 'default',
    Description: 'default VPC security group',
    VpcId: id('vpc', side, n),
    OwnerId: ACCOUNT,
    Tags: [],
    IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId, UserId: ACCOUNT }] }],
    IpPermissionsEgress: everywhereOf(vpc.ipv6),
  };
}

/** What EC2 gives to a new group. */
const everywhere = ({ vpc }: Group) => everywhereOf(VPCS[vpc]?.ipv6 ?? false);
function everywhereOf(ipv6: boolean): AwsPermission[] {
  return [
    { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ...(ipv6 ? [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }] : []),
  ];
}

/** Null where there is no group or list to refer to on this side. */
function permissionOf(
  { service: [IpProtocol, FromPort, ToPort], peer: { type, pick }, description: Description }: Row,
  own: Group & { n: number },
  side: Side,
  lists: readonly { n: number }[],
  groups: readonly (Group & { n: number })[],
): AwsPermission | null {
  const base = { IpProtocol, ...(FromPort === undefined ? {} : { FromPort, ToPort }) };
  const said = Description === undefined ? {} : { Description };
  switch (type) {
    case 'v4':
      return {
        ...base,
        IpRanges: [{ CidrIp: pick === 0 ? '0.0.0.0/0' : `192.0.2.${pick * 8}/29`, ...said }],
      };
    case 'v6':
      return { ...base, Ipv6Ranges: [{ CidrIpv6: pick === 0 ? '::/0' : `2001:db8:${pick}::/48`, ...said }] };
    case 'list': {
      const chosen = lists[pick % (lists.length || 1)];
      return chosen
        ? { ...base, PrefixListIds: [{ PrefixListId: id('pl', side, chosen.n), ...said }] }
        : null;
    }
    case 'group':
    case 'self': {
      const peers = type === 'self' ? [own] : groups.filter((g) => g.vpc === own.vpc);
      const chosen = peers[pick % (peers.length || 1)];
      return chosen
        ? { ...base, UserIdGroupPairs: [{ GroupId: id('sg', side, chosen.n), UserId: ACCOUNT, ...said }] }
        : null;
    }
  }
}

/** EC2 refuses a rule that differs from another by its description alone. */
function distinct(permissions: readonly AwsPermission[]): AwsPermission[] {
  const key = (p: AwsPermission) =>
    JSON.stringify(p, (name, value) => (name === 'Description' ? undefined : value));
  return [...new Map(permissions.map((p) => [key(p), p])).values()];
}

function entriesOf({ size, ipv6 }: List, less: boolean, more: boolean): string[] {
  const all = Array.from({ length: size + 1 }, (_, n) =>
    ipv6 ? `2001:db8:${n + 16}::/48` : `198.51.100.${n * 16}/28`,
  );
  const own = all.slice(0, size);
  return less ? own.slice(1) : more ? all : own;
}

/** A well-formed ED25519 public key of nobody, one for each number. */
function ed25519(number: number): string {
  const blob = Buffer.from(ED25519.line.split(' ')[1] ?? '', 'base64');
  blob[blob.length - 1] = number;
  return `ssh-ed25519 ${blob.toString('base64')}`;
}

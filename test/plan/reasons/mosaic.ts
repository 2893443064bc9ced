import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import type { Config } from '../../../src/comparator/config.ts';
import { complete } from '../../../src/inventory/collected.ts';
import type { AwsPermission, AwsSecurityGroup } from '../../../src/inventory/security-group.ts';
import { ED25519, RSA } from '../../inventory/vectors.ts';
import { ACCOUNT, allow, type Estate } from '../../kit/estate.ts';

export const OTHER = '222233334444';
const THIRD = '333344445555';

/** A public key of a length that ImportKeyPair does not document. */
const ODD_RSA = `ssh-rsa ${rsaBlob(1536).toString('base64')}`;

function rsaBlob(modulusLength: number): Buffer {
  const jwk = generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' });
  const part = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const number = (text: string | undefined) => {
    const bytes = Buffer.from(text ?? '', 'base64url');
    return part((bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
  };
  return Buffer.concat([part(Buffer.from('ssh-rsa')), number(jwk.e), number(jwk.n)]);
}

const KEYS = { ed25519: ED25519.line, rsa: RSA.line, odd: ODD_RSA } as const;

const key = fc.record({
  known: fc.constantFrom<keyof typeof KEYS | 'none'>('ed25519', 'odd', 'none'),
  there: fc.constantFrom('none', 'none', 'same', 'other', 'fingerprint', 'renamed'),
  hasId: fc.boolean(),
  tags: fc.boolean(),
});

const row = fc.record({
  service: fc.constantFrom<readonly [string, number | undefined, number | undefined]>(
    ['tcp', 443, 443],
    ['tcp', 22, 80],
    ['udp', 53, 53],
    ['-1', undefined, undefined],
  ),
  peer: fc.constantFrom<string>(
    '10.0.0.0/8',
    '10.0.0.0/9',
    '192.0.2.7/32',
    '0.0.0.0/0',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '2001:db8::/32',
    'list0',
    'list1',
    'group0',
    'group0',
    'group1',
    'group1',
    'lost',
    'gone',
  ),
});
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;
const rows = fc.uniqueArray(row, { maxLength: 4, selector: (r) => JSON.stringify(r) });

const group = fc.record({
  vpc: fc.constantFrom('main', 'main', 'main', 'lost'),
  rows,
  there: fc.constantFrom('none', 'none', 'same', 'changed', 'renamed-case', 'divided'),
  changed: rows,
  describes: fc.boolean(),
  from: fc.constantFrom('person', 'person', 'person', 'stack', 'other-account'),
  tag: fc.constantFrom('none', 'both', 'source', 'target'),
});
type Group = typeof group extends fc.Arbitrary<infer G> ? G : never;

const list = fc.record({
  there: fc.constantFrom('none', 'same', 'less', 'more', 'other', 'unread', 'world'),
  size: fc.integer({ min: 1, max: 3 }),
  isRead: fc.constantFrom(true, true, true, false),
  by: fc.constantFrom('person', 'person', 'AWS', 'stack'),
});
type List = typeof list extends fc.Arbitrary<infer L> ? L : never;

const image = fc.record({
  state: fc.constantFrom('available', 'available', 'available', 'pending'),
  owner: fc.constantFrom(ACCOUNT, ACCOUNT, ACCOUNT, THIRD),
  codes: fc.constantFrom<readonly string[]>([], [], ['abc']),
  root: fc.constantFrom('ebs', 'ebs', 'ebs', 'instance-store'),
  encrypted: fc.constantFrom('no', 'no', 'CUSTOMER', 'AWS', 'unread'),
  billed: fc.constantFrom('RunInstances', 'RunInstances', 'RunInstances:0002'),
  permits: fc.constantFrom('nobody', 'nobody', 'account', 'everyone'),
  deprecated: fc.constantFrom(undefined, '2020-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'),
  isProtected: fc.boolean(),
  there: fc.constantFrom('none', 'none', 'copy', 'copy', 'recycled'),
  permitsThere: fc.constantFrom('nobody', 'account', 'other', 'everyone'),
  encryptedThere: fc.boolean(),
  deprecatedThere: fc.constantFrom(undefined, '2031-01-01T00:00:00.000Z'),
  protectedThere: fc.boolean(),
  tag: fc.constantFrom('none', 'both', 'source', 'target'),
});
type Image = typeof image extends fc.Arbitrary<infer I> ? I : never;

const template = fc.record({
  key: fc.constantFrom('none', 'key0', 'key1'),
  group: fc.constantFrom('none', 'group0', 'group1', 'lost'),
  inInterface: fc.boolean(),
  image: fc.constantFrom('none', 'image0', 'image1', 'parameter', 'versioned', 'of-aws', 'of-other'),
  there: fc.constantFrom('none', 'none', 'plain', 'same', 'unread'),
  versions: fc.constantFrom(1, 1, 2),
  subnet: fc.constantFrom('none', 'none', 'unread'),
  zone: fc.constantFrom('none', 'none', 'us-east-1a'),
  isRead: fc.constantFrom(true, true, true, false),
});
type Template = typeof template extends fc.Arbitrary<infer T> ? T : never;

interface Parts {
  readonly apart: boolean;
  readonly encryptsByDefault: boolean;
  readonly keys: readonly (typeof key extends fc.Arbitrary<infer K> ? K : never)[];
  readonly lists: readonly List[];
  readonly groups: readonly Group[];
  readonly images: readonly Image[];
  readonly templates: readonly Template[];
  readonly parameterThere: boolean;
  readonly quotas: NonNullable<Config['quotas']>;
}

export interface Mosaic {
  readonly source: Estate;
  readonly target: Estate;
  readonly config: Config;
}

/** Two small regions of which each object has a property that keeps a plan from doing something. */
export const mosaics: fc.Arbitrary<Mosaic> = fc
  .record<Parts>({
    apart: fc.constantFrom(false, false, true),
    encryptsByDefault: fc.boolean(),
    keys: fc.array(key, { maxLength: 2 }),
    lists: fc.array(list, { maxLength: 2 }),
    groups: fc.array(group, { maxLength: 3 }),
    images: fc.array(image, { maxLength: 2 }),
    templates: fc.array(template, { maxLength: 2 }),
    parameterThere: fc.boolean(),
    quotas: fc.constantFrom(
      {},
      {},
      { rulesPerGroup: 2 },
      { securityGroups: 2 },
      { keyPairs: 1 },
      { prefixLists: 1 },
    ),
  })
  .map((parts) => ({
    source: sideOf(parts, 'source'),
    target: sideOf(parts, 'target'),
    config: { quotas: parts.quotas },
  }));

type Side = 'source' | 'target';

function sideOf(parts: Parts, side: Side): Estate {
  const isSource = side === 'source';
  const account = isSource || !parts.apart ? ACCOUNT : OTHER;
  const id = (prefix: string, name: string) => `${prefix}-${side}${name}`;
  const stackTags = (logical: string) => [
    { Key: 'aws:cloudformation:stack-name', Value: 'shop' },
    { Key: 'aws:cloudformation:stack-id', Value: `arn:aws:cloudformation:x:${account}:stack/shop/1` },
    { Key: 'aws:cloudformation:logical-id', Value: logical },
  ];
  const hereLists = parts.lists.map((l, n) => ({ ...l, n })).filter((l) => isSource || l.there !== 'none');
  const hereGroups = parts.groups
    .map((g, n) => ({ ...g, n }))
    .filter((g) => isSource || (g.there !== 'none' && g.vpc === 'main'));
  const permission = ({ service: [protocol, from, to], peer }: Row): AwsPermission[] => {
    if (/^(list|group)/.test(peer)) {
      const n = Number(peer.at(-1));
      const isHere = peer.startsWith('list')
        ? hereLists.some((l) => l.n === n)
        : hereGroups.some((g) => g.n === n && g.vpc === 'main');
      const prefix = peer.startsWith('list') ? 'pl' : 'sg';
      return isHere ? [own(allow(protocol, from, to, id(prefix, peer)))] : [];
    }
    if (peer === 'lost') return isSource ? [own(allow(protocol, from, to, id('sg', 'lost')))] : [];
    return [own(allow(protocol, from, to, peer === 'gone' ? 'sg-gone' : peer))];
  };
  const own = (p: AwsPermission): AwsPermission => ({
    ...p,
    UserIdGroupPairs: (p.UserIdGroupPairs ?? []).map((pair) => ({ ...pair, UserId: account })),
  });
  const securityGroups = hereGroups.map((g): AwsSecurityGroup => {
    const name = `group${g.n}`;
    const written =
      isSource || g.there === 'same' ? g.rows : g.there === 'divided' ? g.rows.flatMap(divided) : g.changed;
    return {
      GroupId: id('sg', name),
      GroupName: !isSource && g.there === 'renamed-case' ? name.toUpperCase() : name,
      Description: g.describes || isSource ? 'a group' : 'another text',
      VpcId: id('vpc', g.vpc),
      OwnerId: g.from === 'other-account' ? THIRD : account,
      Tags: [
        ...(g.tag === 'both' || g.tag === side ? [{ Key: 'team', Value: 'a' }] : []),
        ...(g.from === 'stack' ? stackTags(`Group${g.n}`) : []),
      ],
      IpPermissions: written.flatMap(permission),
      IpPermissionsEgress: [],
    };
  });
  const lost: AwsSecurityGroup[] = isSource
    ? [
        {
          GroupId: id('sg', 'lost'),
          GroupName: 'lost',
          Description: 'x',
          VpcId: id('vpc', 'lost'),
          OwnerId: account,
        },
      ]
    : [];
  const images = imagesOf(parts, side, account, id);
  const templates = parts.templates
    .map((t, n) => ({ ...t, n }))
    .filter((t) => isSource || t.there !== 'none');
  return {
    account,
    imageSettings: isSource ? {} : { encryptionByDefault: parts.encryptsByDefault },
    vpcs: [
      { VpcId: id('vpc', 'main'), IsDefault: true, CidrBlock: '172.31.0.0/16', OwnerId: account },
      ...(isSource
        ? [
            {
              VpcId: id('vpc', 'lost'),
              CidrBlock: '10.99.0.0/16',
              OwnerId: account,
              Tags: [{ Key: 'Name', Value: 'lost' }],
            },
          ]
        : []),
    ],
    securityGroups: [...securityGroups, ...lost],
    prefixLists: hereLists.map((l) => ({
      PrefixListId: id('pl', `list${l.n}`),
      PrefixListName:
        l.by === 'AWS' ? `com.amazonaws.${isSource ? 'us-east-1' : 'eu-west-1'}.list${l.n}` : `list${l.n}`,
      AddressFamily: 'IPv4',
      MaxEntries: 3,
      OwnerId: l.by === 'AWS' ? 'AWS' : account,
      Tags: l.by === 'stack' ? stackTags(`List${l.n}`) : [],
      Entries:
        (isSource && !l.isRead) || (!isSource && l.there === 'unread') || l.by === 'AWS'
          ? null
          : entriesOf(l, isSource),
    })),
    keyPairs: parts.keys.flatMap((k, n) => {
      if (!isSource && k.there === 'none') return [];
      const known =
        isSource || k.there === 'same' || k.there === 'renamed'
          ? k.known
          : k.there === 'other'
            ? 'rsa'
            : 'none';
      return [
        {
          ...(k.hasId ? { KeyPairId: id('key', `key${n}`) } : {}),
          KeyName: !isSource && k.there === 'renamed' ? `other${n}` : `key${n}`,
          ...(known === 'none'
            ? { KeyType: 'rsa', KeyFingerprint: isSource ? '00:11' : '00:22' }
            : { PublicKey: KEYS[known] }),
          Tags: isSource && k.tags ? [{ Key: 'team', Value: 'a' }] : [],
        },
      ];
    }),
    images,
    snapshots: parts.images.flatMap(({ encrypted }, n) =>
      isSource && (encrypted === 'CUSTOMER' || encrypted === 'AWS')
        ? [{ SnapshotId: id('snap', `${n}`), KmsKeyId: kmsKey(n) }]
        : [],
    ),
    launchFacts: isSource
      ? {
          kmsKeys: complete(
            parts.images.flatMap(({ encrypted }, n) =>
              encrypted === 'CUSTOMER' || encrypted === 'AWS'
                ? [
                    {
                      id: kmsKey(n).slice(-36),
                      arn: kmsKey(n),
                      manager: encrypted,
                      state: 'Enabled',
                      exists: true,
                      askedAs: [],
                      unread: null,
                    },
                  ]
                : [],
            ),
          ),
        }
      : {},
    recycledImages: isSource
      ? null
      : parts.images.flatMap(({ there }, n) =>
          there === 'recycled'
            ? [{ id: `ami-bin${n}`, name: `image${n}`, enteredAt: null, exitsAt: null }]
            : [],
        ),
    parameters: isSource
      ? { '/image': 'ami-sourceimage0', '/image:3': 'ami-sourceimage0', '/aws/service/x': 'ami-sourceimage0' }
      : {
          '/image': parts.parameterThere ? 'ami-targetimage0' : null,
          '/image:3': null,
          '/aws/service/x': null,
        },
    launchTemplates: templates.map((t) => templateOf(t, side, id)),
  };
}

/** The same range as two rules. */
function divided(one: Row): Row[] {
  if (one.peer !== '10.0.0.0/8') return [one];
  return [
    { ...one, peer: '10.0.0.0/9' },
    { ...one, peer: '10.128.0.0/9' },
  ];
}

const kmsKey = (n: number) => `arn:aws:kms:us-east-1:${ACCOUNT}:key/11111111-2222-3333-4444-55555555555${n}`;

function entriesOf({ size, there }: List, isSource: boolean): string[] {
  const all = Array.from({ length: size + 1 }, (_, n) => `198.51.100.${n * 16}/28`);
  const own = all.slice(0, size);
  if (isSource) return there === 'world' ? ['0.0.0.0/1', '128.0.0.0/1'] : own;
  if (there === 'world') return ['0.0.0.0/1'];
  return there === 'less'
    ? own.slice(1)
    : there === 'more'
      ? all
      : there === 'other'
        ? ['203.0.113.0/28']
        : own;
}

type IdOf = (prefix: string, name: string) => string;

function imagesOf(parts: Parts, side: Side, account: string, id: IdOf): NonNullable<Estate['images']> {
  const isSource = side === 'source';
  const permissions = (permits: string) =>
    permits === 'account'
      ? [{ UserId: THIRD }]
      : permits === 'other'
        ? [{ UserId: '444455556666' }]
        : permits === 'everyone'
          ? [{ Group: 'all' }]
          : [];
  return parts.images.flatMap((i, n) => {
    if (!isSource && i.there !== 'copy') return [];
    const encrypted = isSource ? i.encrypted !== 'no' : i.encryptedThere;
    const permits = isSource ? i.permits : i.permitsThere;
    const open = !encrypted && permits === 'everyone';
    const deprecated = isSource ? i.deprecated : i.deprecatedThere;
    return [
      {
        ImageId: id('ami', `image${n}`),
        Name: `image${n}`,
        OwnerId: isSource ? i.owner : account,
        State: isSource ? i.state : 'available',
        CreationDate: isSource ? '2026-01-01T00:00:00.000Z' : '2026-02-01T00:00:00.000Z',
        RootDeviceType: i.root,
        RootDeviceName: '/dev/sda1',
        UsageOperation: i.billed,
        ...(i.codes.length > 0 && isSource
          ? { ProductCodes: i.codes.map((ProductCodeId) => ({ ProductCodeId })) }
          : {}),
        BlockDeviceMappings: [
          {
            DeviceName: '/dev/sda1',
            Ebs: { SnapshotId: id('snap', `${n}`), VolumeSize: 8, Encrypted: encrypted },
          },
        ],
        ...(open ? { Public: true } : {}),
        LaunchPermissions: encrypted && permits === 'everyone' ? [] : permissions(permits),
        ...(deprecated === undefined ? {} : { DeprecationTime: deprecated }),
        DeregistrationProtection: (isSource ? i.isProtected : i.protectedThere) ? 'enabled' : 'disabled',
        Tags: i.tag === 'both' || i.tag === side ? [{ Key: 'team', Value: 'a' }] : [],
        ...(isSource ? {} : { SourceImageId: `ami-sourceimage${n}`, SourceImageRegion: 'us-east-1' }),
      },
    ];
  });
}

function templateOf(t: Template & { readonly n: number }, side: Side, id: IdOf) {
  const isSource = side === 'source';
  const isPlain = !isSource && t.there === 'plain';
  const groups = isPlain || t.group === 'none' ? [] : [id('sg', t.group)];
  const named = {
    none: {},
    parameter: { ImageId: 'resolve:ssm:/image' },
    versioned: { ImageId: 'resolve:ssm:/image:3' },
    'of-aws': { ImageId: 'resolve:ssm:/aws/service/x' },
    'of-other': { ImageId: `resolve:ssm:arn:aws:ssm:us-east-1:${THIRD}:parameter/x` },
    image0: { ImageId: id('ami', 'image0') },
    image1: { ImageId: id('ami', 'image1') },
  }[t.image];
  const isRead = isSource ? t.isRead : t.there !== 'unread';
  return {
    LaunchTemplateId: id('lt', `${t.n}`),
    LaunchTemplateName: `template${t.n}`,
    DefaultVersionNumber: 1,
    LatestVersionNumber: t.versions,
    Versions: isRead
      ? Array.from({ length: t.versions }, (_, v) => ({
          VersionNumber: v + 1,
          LaunchTemplateData: {
            InstanceType: 't3.micro',
            ...(isPlain || t.key === 'none' || v > 0 ? {} : { KeyName: t.key }),
            ...(isPlain ? {} : named),
            ...(groups.length === 0
              ? {}
              : t.inInterface
                ? { NetworkInterfaces: [{ DeviceIndex: 0, Groups: groups }] }
                : { SecurityGroupIds: groups }),
            ...(isSource && t.subnet === 'unread' && t.inInterface && groups.length > 0
              ? { NetworkInterfaces: [{ DeviceIndex: 0, Groups: groups, SubnetId: 'subnet-1' }] }
              : {}),
            ...(isSource && t.zone !== 'none' ? { Placement: { AvailabilityZone: t.zone } } : {}),
          },
        }))
      : null,
  };
}

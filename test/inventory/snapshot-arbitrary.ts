import fc from 'fast-check';
import { assembleSnapshot } from '../../src/inventory/assemble.ts';
import { FAILURE_CODES } from '../../src/inventory/collected.ts';
import { type Image, imageFrom } from '../../src/inventory/image.ts';
import { type KeyPair, keyPairFrom } from '../../src/inventory/key-pair.ts';
import { type PrefixList, prefixListFrom } from '../../src/inventory/prefix-list.ts';
import { type SecurityGroup, securityGroupFrom } from '../../src/inventory/security-group.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { type Vpc, vpcFrom } from '../../src/inventory/vpc.ts';
import { collected, id, maybe, tags, text } from './arbitraries.ts';
import { ED25519, RSA } from './vectors.ts';
import { workloadKinds } from './workload-arbitrary.ts';

const cidr = fc
  .tuple(fc.oneof(fc.ipV4(), fc.constant('2001:db8::1')), fc.nat({ max: 32 }))
  .map(([a, n]) => `${a}/${n}`);

const vpc: fc.Arbitrary<Vpc> = fc
  .record({ VpcId: id('vpc'), IsDefault: fc.boolean(), CidrBlock: cidr, Tags: tags })
  .map(vpcFrom);

const keyPair: fc.Arbitrary<KeyPair> = fc
  .record({
    KeyPairId: maybe(id('key')),
    KeyName: text.filter((name) => name !== ''),
    KeyFingerprint: maybe(text),
    PublicKey: maybe(fc.constantFrom(RSA.line, ED25519.line, 'ssh-dss AAAA')),
    CreateTime: maybe(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })),
    Tags: tags,
  })
  .map(keyPairFrom);

const prefixList: fc.Arbitrary<PrefixList> = fc
  .tuple(
    fc.record({
      PrefixListId: id('pl'),
      PrefixListName: text,
      OwnerId: maybe(fc.constantFrom('AWS', '111122223333')),
      MaxEntries: maybe(fc.nat()),
      Tags: tags,
    }),
    fc.option(
      fc.uniqueArray(fc.record({ Cidr: cidr, Description: maybe(text) }), {
        maxLength: 3,
        selector: ({ Cidr }) => Cidr.split('/')[0],
      }),
    ),
  )
  .map(([raw, entries]) => prefixListFrom(raw, entries));

const permission = fc.oneof(
  fc.record({
    IpProtocol: fc.constantFrom('-1', '50', '6', 'udp'),
    IpRanges: fc.array(fc.record({ CidrIp: cidr, Description: maybe(text) }), { maxLength: 2 }),
  }),
  fc.record({
    IpProtocol: fc.constant('tcp'),
    FromPort: fc.nat({ max: 99 }),
    ToPort: fc.integer({ min: 100, max: 65535 }),
    PrefixListIds: fc.array(fc.record({ PrefixListId: id('pl') }), { maxLength: 2 }),
  }),
  fc.record({
    IpProtocol: fc.constantFrom('icmp', '58'),
    FromPort: fc.integer({ min: -1, max: 255 }),
    UserIdGroupPairs: fc.array(fc.record({ GroupId: id('sg'), UserId: maybe(fc.constant('111122223333')) }), {
      maxLength: 2,
    }),
  }),
);
const securityGroup: fc.Arbitrary<SecurityGroup> = fc
  .record({
    GroupId: id('sg'),
    GroupName: text,
    Description: text,
    VpcId: maybe(id('vpc')),
    Tags: tags,
    IpPermissions: fc.array(permission, { maxLength: 3 }),
    IpPermissionsEgress: fc.array(permission, { maxLength: 3 }),
  })
  .map(securityGroupFrom);

const image: fc.Arbitrary<Image> = fc
  .tuple(
    fc.record({
      ImageId: id('ami'),
      Name: maybe(text),
      State: maybe(fc.constantFrom('available', 'disabled', 'failed')),
      CreationDate: maybe(fc.constantFrom('2026-10-01T12:00:00.000Z', '2026-10-01T12:00:00+02:00')),
      EnaSupport: maybe(fc.boolean()),
      SourceImageId: maybe(id('ami')),
      DeregistrationProtection: maybe(text),
      ImageAllowed: maybe(fc.boolean()),
      ImageWatermarks: maybe(
        fc.array(
          fc.record({
            WatermarkKey: text,
            SourceImageId: maybe(id('ami')),
            SourceImageCreationTime: maybe(fc.constantFrom('2026-10-01T12:00:00+02:00', new Date(0))),
          }),
          { maxLength: 2 },
        ),
      ),
      BlockDeviceMappings: fc.array(
        fc.record({
          DeviceName: text,
          Ebs: maybe(fc.record({ SnapshotId: id('snap'), VolumeSize: fc.nat() })),
        }),
        { maxLength: 2 },
      ),
      Tags: tags,
    }),
    fc.option(fc.array(fc.record({ UserId: text }), { maxLength: 2 })),
    fc.option(
      fc.array(
        fc.record({
          ImageId: id('ami'),
          SourceImageId: maybe(id('ami')),
          SourceImageRegion: maybe(text),
          CreationDate: maybe(fc.constantFrom('2026-10-01T12:00:00+02:00', new Date(0))),
          ImageOwnerAlias: maybe(text),
        }),
        { maxLength: 4 },
      ),
    ),
    fc.array(
      fc.record({
        SnapshotId: id('snap'),
        Description: maybe(text),
        FullSnapshotSizeInBytes: maybe(fc.nat()),
        KmsKeyId: maybe(text),
      }),
    ),
  )
  .map(([raw, permissions, ancestry, rows]) =>
    imageFrom(raw, permissions, { ancestry, snapshots: new Map(rows.map((r) => [r.SnapshotId, r])) }),
  );

/** Any snapshot that a collector could make. */
export const anySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    region: fc.constantFrom('us-east-1', 'cn-north-1'),
    account: fc.option(fc.constant('111122223333')),
    takenAt: fc.constant('2026-11-01T00:00:00.000Z'),
    origin: fc.constantFrom('live', 'dumps'),
    vpcs: collected(vpc, (item) => item.id),
    keyPairs: collected(keyPair, (item) => item.name),
    prefixLists: collected(prefixList, (item) => item.id),
    securityGroups: collected(securityGroup, (item) => item.id),
    images: collected(image, (item) => item.id),
    ...workloadKinds,
    imageSettings: maybe(
      fc.record({
        allowedImages: fc.constantFrom('disabled', 'audit-mode', 'enabled', null),
        encryptionByDefault: fc.constantFrom(true, false, null),
      }),
    ),
    gaps: fc.array(
      fc.record(
        {
          kind: text,
          code: fc.constantFrom(...FAILURE_CODES),
          message: text,
          hint: text,
          explains: fc.constantFrom('ancestry', 'snapshots', 'settings'),
        },
        { requiredKeys: ['kind', 'code', 'message', 'hint'] },
      ),
      { maxLength: 3 },
    ),
  })
  .map(assembleSnapshot);

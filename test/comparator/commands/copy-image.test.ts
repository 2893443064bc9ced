import { describe, expect, it } from 'vitest';
import type { AwsSnapshot } from '../../../src/inventory/block-device.ts';
import { complete } from '../../../src/inventory/collected.ts';
import { kmsKeyFrom } from '../../../src/inventory/launch-facts/account.ts';
import { audit, type Estate, finding, linesOf } from '../../kit/estate.ts';
import { SHELLS, typed } from '../../kit/shell.ts';
import { copyOf, image } from '../images/kit.ts';

const OTHER = '444455556666';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1111';
const AWS_KEY = 'arn:aws:kms:us-east-1:111122223333:key/2222';
const OUTPOST = 'arn:aws:outposts:us-east-1:111122223333:outpost/op-1';

const disk = (SnapshotId: string, Encrypted = false) => ({
  DeviceName: `/dev/${SnapshotId}`,
  Ebs: { SnapshotId, Encrypted },
});
const keys = (managers: Readonly<Record<string, string>>): Partial<Estate> => ({
  launchFacts: {
    kmsKeys: complete(
      Object.entries(managers).map(([Arn, KeyManager]) =>
        kmsKeyFrom({ KeyId: Arn.split('/')[1], Arn, KeyState: 'Enabled', KeyManager }),
      ),
    ),
  },
});
const missing = (source: Estate, account = '111122223333', region = 'eu-west-1') =>
  finding(
    audit(source, { account }, { scopes: ['images'], regions: ['us-east-1', region] }),
    'image/missing-copy',
  );

describe('an image that EC2 copies to no other Region', () => {
  it.each<[string, AwsSnapshot, object, string]>([
    ['on an Outpost, as its snapshot says', { OutpostArn: OUTPOST }, {}, 'from an Outpost to a Region'],
    ['on an Outpost, as the image says', {}, { OutpostArn: OUTPOST }, 'from an Outpost to a Region'],
    ['in a Local Zone', { AvailabilityZone: 'us-west-2-lax-1a' }, {}, 'to its parent Region only'],
    [
      'in a Local Zone of a new area',
      { AvailabilityZone: 'ap-southeast-1-mnl-1a' },
      {},
      'parent Region only',
    ],
  ])('%s, is built anew', (_, snapshot, ebs, remedy) => {
    const app = image('app', 'ami-1', {
      BlockDeviceMappings: [disk('snap-0'), { ...disk('snap-1'), Ebs: { SnapshotId: 'snap-1', ...ebs } }],
    });
    const source: Estate = { images: [app], snapshots: [{ SnapshotId: 'snap-1', ...snapshot }] };
    for (const [account, region] of [
      ['111122223333', 'eu-west-1'],
      [OTHER, 'eu-west-1'],
      [OTHER, 'us-gov-west-1'],
    ] as const) {
      const found = missing(source, account, region);
      expect(found.remedy).toContain(remedy);
      expect(linesOf(found)).toEqual([]);
    }
  });

  it('of an Availability Zone is copied as any other', () => {
    const snapshots = [{ SnapshotId: 'snap-ami-1', AvailabilityZone: 'us-east-1a' }];
    expect(linesOf(missing({ images: [image('app', 'ami-1')], snapshots }))[0]).toContain('copy-image');
  });

  it.each<[string, object]>([
    ['without EBS', { RootDeviceType: 'instance-store' }],
    ['that is paravirtual', { VirtualizationType: 'paravirtual' }],
  ])('%s is not stored in S3 for another partition', (_, more) => {
    const source: Estate = { images: [image('app', 'ami-1', more)] };
    const found = missing(source, OTHER, 'cn-north-1');
    expect(found.remedy).toContain('Build the image on the target');
    expect(linesOf(found)).toEqual([]);
  });
});

describe('an encrypted image of another account', () => {
  const estate = (ids: readonly string[], more: Partial<Estate>): Estate => ({
    images: [image('enc', 'ami-1', { BlockDeviceMappings: ids.map((_, i) => disk(`snap-${i}`, true)) })],
    snapshots: ids.map((KmsKeyId, i) => ({ SnapshotId: `snap-${i}`, KmsKeyId })),
    ...more,
  });
  const verbs = (lines: readonly string[]) =>
    lines.map((line) => /aws (?:ec2|kms) ([a-z-]+)/.exec(line)?.[1] ?? line);

  it('under customer managed keys is shared with its keys', () => {
    const found = missing(estate([KEY], keys({ [KEY]: 'CUSTOMER' })), OTHER);
    expect(found.facts.transfer).toMatchObject({ by: 'share', keyManager: 'customer' });
    expect(linesOf(found)[0]).toBe(
      `aws kms create-grant --region us-east-1 --key-id ${KEY} --grantee-principal arn:aws:iam::${OTHER}:root --operations Decrypt DescribeKey CreateGrant ReEncryptFrom`,
    );
    expect(verbs(linesOf(found))).toEqual([
      'create-grant',
      'modify-image-attribute',
      'modify-snapshot-attribute',
      'copy-image',
    ]);
    expect(linesOf(found).at(-1)).toContain('--encrypted');
    expect(found.remedy).not.toContain('aws/ebs');
    for (const shell of SHELLS) typed(linesOf(found), shell);
  });

  const GRANTED = [{ UserId: OTHER }];
  it.each<[string, Estate, string, readonly string[]]>([
    [
      'without encryption needs its snapshots only',
      { images: [image('app', 'ami-1', { LaunchPermissions: GRANTED })] },
      'already shared with account 444455556666, but a copy also needs its snapshots: first share the snapshots.',
      ['modify-snapshot-attribute', 'copy-image'],
    ],
    [
      'that is public needs its snapshots only',
      { images: [image('app', 'ami-1', { Public: true })] },
      'already shared with account',
      ['modify-snapshot-attribute', 'copy-image'],
    ],
    [
      'under a customer managed key needs its key and snapshots',
      estate([KEY], {
        ...keys({ [KEY]: 'CUSTOMER' }),
        images: [
          image('enc', 'ami-1', { BlockDeviceMappings: [disk('snap-0', true)], LaunchPermissions: GRANTED }),
        ],
      }),
      'a copy also needs its snapshots and their key',
      ['create-grant', 'modify-snapshot-attribute', 'copy-image'],
    ],
    [
      'that another account may launch is not shared with this one',
      { images: [image('app', 'ami-1', { LaunchPermissions: [{ UserId: '777788889999' }] })] },
      'first share the image and its snapshots',
      ['modify-image-attribute', 'modify-snapshot-attribute', 'copy-image'],
    ],
  ])('an image of another account that the target may launch, %s', (_, source, says, commands) => {
    const found = missing(source, OTHER);
    expect(found.remedy).toContain(says);
    expect(verbs(linesOf(found)).slice(0, commands.length)).toEqual(commands);
  });

  it.each<[string, Partial<Estate>, readonly string[], 'aws' | null]>([
    ['under the key that AWS manages', keys({ [AWS_KEY]: 'AWS' }), [AWS_KEY], 'aws'],
    ['of which one volume is under it', keys({ [AWS_KEY]: 'AWS', [KEY]: 'CUSTOMER' }), [KEY, AWS_KEY], 'aws'],
    ['whose keys were not read', {}, [KEY], null],
    ['of which one key was not read', keys({ [KEY]: 'CUSTOMER' }), [KEY, AWS_KEY], null],
  ])('%s is copied under another key first', (_, more, ids, keyManager) => {
    const found = missing(estate(ids, more), OTHER);
    expect(found.facts.transfer).toMatchObject({ by: 'share', keyManager });
    expect(found.remedy).toMatch(/\(aws\/ebs\),? (which )?cannot be shared/);
    expect(linesOf(found)[0]).toMatch(/^shareable=/);
    expect(linesOf(found).join()).not.toContain('create-grant');
  });

  it('within one account needs no sharing', () => {
    const found = missing(estate([KEY], keys({ [KEY]: 'CUSTOMER' })));
    expect(verbs(linesOf(found))).toEqual(['copy-image']);
  });
});

describe('an encrypted image that others launch', () => {
  const shared = [{ UserId: '777788889999' }];
  const encrypted = (id: string, more: object = {}) =>
    image('enc', id, { BlockDeviceMappings: [disk(`snap-${id}`, true)], ...more });

  it('is copied with a key that can be shared, before the copy is shared', () => {
    const found = missing({ images: [{ ...encrypted('ami-1'), LaunchPermissions: shared }] });
    expect(found.facts.transfer.needsSharedKey).toBe(true);
    expect(linesOf(found)[0]).toMatch(/--encrypted --kms-key-id "\$\{TARGET_KMS_KEY:\?/);
    expect(linesOf(found).at(-1)).toContain('"UserId":"777788889999"');
    expect(found.remedy).toContain('set TARGET_KMS_KEY');
    for (const shell of SHELLS) typed(linesOf(found), shell);
  });

  it('is the copy of an unencrypted one where the target encrypts by default', () => {
    const report = audit(
      { images: [image('app', 'ami-1', { LaunchPermissions: shared })] },
      { imageSettings: { encryptionByDefault: true } },
      { scopes: ['images'] },
    );
    expect(linesOf(finding(report, 'image/missing-copy'))[0]).toContain('--kms-key-id');
  });

  it('is never made public', () => {
    const found = missing({
      images: [{ ...encrypted('ami-1'), Public: true, LaunchPermissions: [{ Group: 'all' }] }],
    });
    expect(linesOf(found).join()).not.toContain('modify-image-attribute');
    expect(found.facts.transfer.needsSharedKey).toBe(false);
  });

  const differ = (managed: Partial<Estate>) =>
    finding(
      audit(
        { images: [{ ...image('enc', 'ami-1'), LaunchPermissions: shared }] },
        {
          images: [encrypted('ami-9', { ...copyOf('ami-1'), LaunchPermissions: [] })],
          snapshots: [{ SnapshotId: 'snap-ami-9', KmsKeyId: KEY }],
          ...managed,
        },
        { scopes: ['images'] },
      ),
      'image/launch-permissions-differ',
    );

  it.each<[string, Partial<Estate>, string, number]>([
    [
      'under a customer managed key is shared',
      keys({ [KEY]: 'CUSTOMER' }),
      'Share the copy as the source is',
      1,
    ],
    [
      'under an AWS managed key is copied again',
      keys({ [KEY]: 'AWS' }),
      'EC2 does not share such an image',
      0,
    ],
    ['under a key that was not read says both', {}, 'its KMS key was not read', 0],
  ])('whose copy %s', (_, managed, remedy, lines) => {
    const found = differ(managed);
    expect(found.remedy).toContain(remedy);
    expect(linesOf(found)).toHaveLength(lines);
  });
});

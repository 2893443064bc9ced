import { describe, expect, it } from 'vitest';
import { complete } from '../../src/inventory/collected.ts';
import { planScript } from '../../src/plan/script/index.ts';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { ACCOUNT, allow, type Estate, group, VPC } from '../kit/estate.ts';
import { becauseOf, complaints, doing, dryRuns, operations, planned, resolvedRules } from './kit.ts';

const OTHER = '222233334444';
const IMAGE = {
  ImageId: 'ami-1',
  Name: 'golden',
  OwnerId: ACCOUNT,
  State: 'available',
  CreationDate: '2026-01-01T00:00:00.000Z',
  RootDeviceType: 'ebs',
  BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8 } }],
};
const COPY = {
  ...IMAGE,
  ImageId: 'ami-2',
  CreationDate: '2026-02-01T00:00:00.000Z',
  SourceImageId: 'ami-1',
  SourceImageRegion: 'us-east-1',
};
const NOTHING: Estate = { vpcs: [VPC] };

describe('key pairs', () => {
  it('imports a key whose public key is known, with its tags', () => {
    const keyPairs = [{ KeyName: 'deploy', PublicKey: ED25519.line, Tags: [{ Key: 'a', Value: 'b' }] }];
    const made = planned({ keyPairs }, {});
    expect(doing(made)).toEqual(['Import the public key "deploy"']);
    expect(operations(made)).toEqual([
      expect.objectContaining({ type: 'import-key-pair', name: 'deploy', tags: { a: 'b' } }),
    ]);
    expect(resolvedRules(made)).toEqual(['key-pair/missing']);
  });

  it('imports it under the name that the config gives it on the target', () => {
    const made = planned(
      { keyPairs: [{ KeyName: 'deploy', PublicKey: ED25519.line }] },
      {},
      {
        config: { names: { keyPairs: { deploy: 'deploy-eu' } } },
      },
    );
    expect(doing(made)).toEqual(['Import the public key "deploy-eu"']);
    expect(resolvedRules(made)).toEqual(['key-pair/missing']);
  });

  it('leaves a key that nobody has the public half of, and another key of the name', () => {
    const made = planned(
      {
        keyPairs: [
          { KeyName: 'old', KeyType: 'rsa', KeyFingerprint: '00:11' },
          { KeyName: 'rotated', PublicKey: ED25519.line },
        ],
      },
      { keyPairs: [{ KeyName: 'rotated', PublicKey: RSA.line }] },
    );
    expect(doing(made)).toEqual([]);
    expect(becauseOf(made, 'key-pair/missing')).toEqual([expect.stringContaining('--public-keys')]);
    expect(becauseOf(made, 'key-pair/different-key')).toEqual([
      expect.stringContaining('a plan deletes nothing'),
    ]);
  });
});

describe('prefix lists', () => {
  const list = (PrefixListId: string, MaxEntries: number, ...Entries: string[]) => ({
    PrefixListId,
    PrefixListName: 'office',
    AddressFamily: 'IPv4',
    MaxEntries,
    OwnerId: ACCOUNT,
    Entries,
  });

  it('makes a list before the rules that name it', () => {
    const made = planned(
      {
        vpcs: [VPC],
        prefixLists: [list('pl-1', 3, '192.0.2.0/28')],
        securityGroups: [group('web', [allow('tcp', 443, 443, 'pl-1')])],
      },
      { vpcs: [VPC], securityGroups: [group('web', [])] },
    );
    expect(doing(made)).toEqual([
      'Create the prefix list "office" with 1 entry',
      'Authorize 1 rule of ingress on "web"',
    ]);
    expect(resolvedRules(made).sort()).toEqual(['prefix-list/missing', 'security-group/allows-less']);
  });

  it('makes a list of more than 100 entries in several calls', () => {
    const entries = Array.from({ length: 250 }, (_, i) => `10.0.${i}.0/24`);
    const made = planned({ prefixLists: [list('pl-1', 250, ...entries)] }, {});
    expect(doing(made)).toEqual([
      'Create the prefix list "office" with 100 entries',
      'Add 100 entries to the prefix list "office"',
      'Add 50 entries to the prefix list "office"',
    ]);
    expect(made.plan.simulated.resolved).toBe(1);
  });

  it('adds entries, makes room for them first, and removes some only if that is allowed', () => {
    const source = { prefixLists: [list('pl-1', 3, '192.0.2.0/28', '198.51.100.0/28')] };
    const target = { prefixLists: [list('pl-2', 1, '192.0.2.0/28')] };
    expect(doing(planned(source, target))).toEqual([
      'Make room for 2 entries in the prefix list "office"',
      'Change the prefix list "office": add 1 entry',
    ]);
    const back = planned(target, source);
    expect(doing(back)).toEqual([]);
    expect(becauseOf(back, 'prefix-list/entries-differ')).toEqual([
      expect.stringContaining('--allow-revoke'),
    ]);
    expect(doing(planned(target, source, { allowRevoke: true }))).toEqual([
      'Change the prefix list "office": remove 1 entry',
    ]);
  });

  it('opens nothing to any address by an entry, unless that is allowed', () => {
    const source = { prefixLists: [list('pl-1', 2, '0.0.0.0/1', '128.0.0.0/1')] };
    const target = { prefixLists: [list('pl-2', 2, '0.0.0.0/1')] };
    expect(becauseOf(planned(source, target), 'prefix-list/entries-differ')).toEqual([
      expect.stringContaining('--allow-world-open'),
    ]);
    expect(planned(source, target, { allowWorldOpen: true }).plan.steps.length).toBe(1);
  });

  it('does not enlarge a list where a group that names it would exceed its quota', () => {
    const entries = Array.from({ length: 40 }, (_, i) => `10.0.${i}.0/24`);
    const rows = Array.from({ length: 30 }, (_, i) => allow('tcp', i + 1, i + 1, '192.0.2.0/24'));
    const groups = [group('web', [allow('tcp', 443, 443, 'pl-2'), ...rows])];
    const made = planned(
      { vpcs: [VPC], prefixLists: [list('pl-1', 40, ...entries)] },
      { vpcs: [VPC], prefixLists: [list('pl-2', 1, '10.0.0.0/24')], securityGroups: groups },
    );
    expect(becauseOf(made, 'prefix-list/entries-differ')).toEqual([
      expect.stringContaining('the security group "web", which names it'),
    ]);
  });
});

describe('descriptions and tags', () => {
  it('sets descriptions of rules, and leaves that of a group', () => {
    const rule = (Description: string) => [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8', Description }] },
    ];
    const side = (text: string, Description = 'web') => ({
      vpcs: [VPC],
      securityGroups: [group('web', rule(text), { Description })],
    });
    const made = planned(side('new'), side('old'));
    expect(doing(made)).toEqual(['Set the description of 1 rule of ingress of "web"']);
    expect(resolvedRules(made)).toEqual(['security-group/description-differs']);
    expect(
      becauseOf(planned(side('new'), side('new', 'other')), 'security-group/description-differs'),
    ).toEqual([expect.stringContaining('cannot be changed')]);
  });

  it('sets tags that the target lacks, and removes none', () => {
    const side = (...Tags: { Key: string; Value: string }[]) => ({
      vpcs: [VPC],
      securityGroups: [group('web', [], { Tags })],
    });
    const [a, b] = [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ];
    expect(doing(planned(side(a, b), side(a)))).toEqual(['Set 1 tag of "web"']);
    expect(becauseOf(planned(side(a), side(a, b)), 'security-group/tags-differ')).toEqual([
      expect.stringContaining('a plan removes no tags'),
    ]);
  });
});

describe('images', () => {
  it('copies an image, waits for it, and then sets tags and permissions', () => {
    const image = {
      ...IMAGE,
      Tags: [{ Key: 'app', Value: 'shop' }],
      LaunchPermissions: [{ UserId: OTHER }],
      DeprecationTime: '2030-01-01T00:00:00.000Z',
      DeregistrationProtection: 'enabled-with-cooldown',
    };
    const made = planned({ images: [image] }, {});
    expect(doing(made)).toEqual([
      'Copy the image "golden" (ami-1) as "golden"',
      'Wait until the copy "golden" is available',
      'Set 1 tag of the copy "golden"',
      'Give the copy "golden" the launch permissions of the source',
      'Set the deprecation date of the copy "golden"',
      'Protect the copy "golden" from deregistration',
    ]);
    expect(resolvedRules(made)).toEqual(['image/missing-copy']);
    expect(made.plan.steps[0]?.notes).toEqual([
      'Its volumes have 8 GiB, of which the written blocks are copied. AWS charges for the transfer between regions and for the snapshots of the copy. A copy takes minutes to hours.',
    ]);
  });

  it('shares an image and its snapshots with another account first, with the credentials of the source', () => {
    const made = planned({ images: [IMAGE] }, { account: OTHER });
    expect(made.plan.steps.map((s) => [s.side, s.operation.type])).toEqual([
      ['source', 'share-image'],
      ['source', 'share-snapshot'],
      ['target', 'copy-image'],
      ['target', 'wait-for-image'],
    ]);
    expect(resolvedRules(made)).toEqual(['image/missing-copy']);
    expect(complaints(made)).toEqual([]);
  });

  it('leaves to a person what is encrypted and belongs to another account, and what would be public', () => {
    const encrypted = {
      ...IMAGE,
      BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId: 'snap-1', Encrypted: true } }],
    };
    expect(becauseOf(planned({ images: [encrypted] }, { account: OTHER }), 'image/missing-copy')).toEqual([
      expect.stringContaining('encrypted'),
    ]);
    const open = { ...IMAGE, Public: true, LaunchPermissions: [{ Group: 'all' }] };
    expect(becauseOf(planned({ images: [open] }, {}), 'image/missing-copy')).toEqual([
      expect.stringContaining('--allow-world-open'),
    ]);
    expect(
      becauseOf(planned({ images: [open] }, { images: [COPY] }), 'image/launch-permissions-differ'),
    ).toEqual([expect.stringContaining('--allow-world-open')]);
  });

  const KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';
  const ENCRYPTED = {
    ...IMAGE,
    BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId: 'snap-1', Encrypted: true } }],
  };
  const encryptedWith = (manager: string): Estate => ({
    images: [ENCRYPTED],
    snapshots: [{ SnapshotId: 'snap-1', KmsKeyId: KEY }],
    launchFacts: {
      kmsKeys: complete([
        { id: KEY.slice(-36), arn: KEY, manager, state: 'Enabled', exists: true, askedAs: [], unread: null },
      ]),
    },
  });

  it('lets the other account use the customer managed key of an encrypted image, and copies it encrypted', () => {
    const made = planned(encryptedWith('CUSTOMER'), { account: OTHER });
    expect(made.plan.steps.map((s) => [s.side, s.operation.type])).toEqual([
      ['source', 'grant-key'],
      ['source', 'share-image'],
      ['source', 'share-snapshot'],
      ['target', 'copy-image'],
      ['target', 'wait-for-image'],
    ]);
    expect(operations(made)[0]).toMatchObject({ keyId: KEY, principal: `arn:aws:iam::${OTHER}:root` });
    expect(operations(made)[3]).toMatchObject({ encrypted: true, chosenKey: false });
    expect(resolvedRules(made)).toEqual(['image/missing-copy']);
    expect(complaints(made)).toEqual([]);
    const [dry = ''] = dryRuns(made);
    expect(dry).toContain("'--operations' 'Decrypt' 'DescribeKey' 'CreateGrant' 'ReEncryptFrom'");
    expect(dry).toMatch(/'copy-image'.*'--encrypted'/);
  });

  it('encrypts the copies with the key that the config names', () => {
    const made = planned(
      encryptedWith('CUSTOMER'),
      { account: OTHER },
      { config: { plan: { kmsKey: 'alias/images' } } },
    );
    expect(operations(made)[3]).toMatchObject({ encrypted: true, chosenKey: true });
    expect(planScript(made.plan)).toMatch(/^TARGET_KMS_KEY=\$\{TARGET_KMS_KEY-alias\/images\}$/m);
  });

  it.each<readonly [string, Estate, RegExp]>([
    ['the key of AWS encrypts it', encryptedWith('AWS'), /AWS managed key aws\/ebs, which cannot be shared/],
    ['the key was not read', { images: [ENCRYPTED] }, /was not read/],
    [
      'AWS bills for software in it',
      { images: [{ ...IMAGE, UsageOperation: 'RunInstances:0002' }] },
      /usage operation RunInstances:0002/,
    ],
    [
      'it has product codes',
      { images: [{ ...IMAGE, ProductCodes: [{ ProductCodeId: 'abc' }] }] },
      /product codes \(abc\)/,
    ],
    [
      'its root device is an instance store',
      { images: [{ ...IMAGE, RootDeviceType: 'instance-store' }] },
      /instance store/,
    ],
  ])('leaves an image to a person where %s', (_, source, because) => {
    const made = planned(source, { account: OTHER });
    expect(doing(made)).toEqual([]);
    expect(becauseOf(made, 'image/missing-copy')).toEqual([expect.stringMatching(because)]);
  });

  it('encrypts a copy that others launch with a key that a person chooses', () => {
    const made = planned(
      { images: [{ ...IMAGE, LaunchPermissions: [{ UserId: OTHER }] }] },
      { imageSettings: { encryptionByDefault: true } },
    );
    expect(operations(made)[0]).toMatchObject({ type: 'copy-image', chosenKey: true });
    expect(complaints(made)).toEqual([]);
    for (const text of dryRuns(made)) expect(text).toContain('--encrypted');
  });

  it('leaves a public image where EC2 would encrypt the copy, which cannot be public', () => {
    const open = { ...IMAGE, Public: true, LaunchPermissions: [{ Group: 'all' }] };
    const target = { imageSettings: { encryptionByDefault: true } };
    const made = planned({ images: [open] }, target, { allowWorldOpen: true });
    expect(doing(made)).toEqual([]);
    expect(becauseOf(made, 'image/missing-copy')).toEqual([
      expect.stringContaining('an encrypted image cannot be public'),
    ]);
  });

  it('copies only an image that is available', () => {
    const made = planned({ images: [{ ...IMAGE, State: 'disabled' }] }, {});
    expect(doing(made)).toEqual([]);
    expect(becauseOf(made, 'image/missing-copy')).toEqual([expect.stringContaining('in state "disabled"')]);
  });

  it('sets on a copy what the source has', () => {
    const source = {
      images: [{ ...IMAGE, LaunchPermissions: [{ UserId: OTHER }], Tags: [{ Key: 'a', Value: 'b' }] }],
    };
    const made = planned(source, { images: [COPY] });
    expect(doing(made)).toEqual([
      'Set 1 tag of "golden"',
      'Give "golden" the launch permissions of the source',
    ]);
  });
});

describe('what launches name', () => {
  const template = (id: string, data: object) => ({
    LaunchTemplateId: id,
    LaunchTemplateName: 'app',
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Versions: [{ VersionNumber: 1, LaunchTemplateData: { InstanceType: 't3.micro', ...data } }],
  });

  it('writes a version with the ids of the target, copies the image that it needs first, and makes it the default', () => {
    const made = planned(
      {
        ...NOTHING,
        images: [IMAGE],
        securityGroups: [group('web', [])],
        launchTemplates: [template('lt-1', { ImageId: 'ami-1', SecurityGroupIds: ['sg-web'] })],
      },
      {
        ...NOTHING,
        securityGroups: [group('web', [], { GroupId: 'sg-2' }), group('old', [], { GroupId: 'sg-3' })],
        launchTemplates: [template('lt-2', { SecurityGroupIds: ['sg-3'] })],
      },
    );
    expect(operations(made).filter((o) => o.type.includes('version'))).toEqual([
      {
        type: 'create-template-version',
        templateId: 'lt-2',
        name: 'app',
        baseVersion: 1,
        changes: {
          instanceType: 't3.micro',
          image: { madeBy: 'copy-image:ami-1' },
          groups: [{ id: 'sg-2' }],
        },
        marker: expect.stringMatching(/^ec2-parity [0-9a-f]+ [0-9a-f]+$/),
      },
      {
        type: 'set-default-version',
        template: { id: 'lt-2' },
        name: 'app',
        version: { madeBy: 'create-template-version:lt-2' },
      },
    ]);
    expect(resolvedRules(made)).toEqual(expect.arrayContaining(['workload/differs', 'image/missing-copy']));
    expect(complaints(made)).toEqual([]);
  });

  it('imports the key pair that a version names before it, and writes none for a key that cannot be imported', () => {
    const sides = (PublicKey: string | undefined) =>
      planned(
        {
          ...NOTHING,
          keyPairs: [{ KeyName: 'deploy', KeyFingerprint: '00:11', ...(PublicKey ? { PublicKey } : {}) }],
          launchTemplates: [template('lt-1', { KeyName: 'deploy' })],
        },
        { ...NOTHING, launchTemplates: [template('lt-2', {})] },
      );
    const made = sides(ED25519.line);
    expect(made.plan.steps.map((s) => [s.operation.type, s.needs])).toEqual([
      ['import-key-pair', []],
      ['create-template-version', ['import-key-pair:deploy']],
      ['set-default-version', ['create-template-version:lt-2']],
    ]);
    const none = sides(undefined);
    expect(doing(none)).toEqual([]);
    expect(becauseOf(none, 'workload/differs')).toEqual([
      'It names the key pair "deploy", which the target does not have and the plan does not import.',
    ]);
  });

  it('writes a parameter with the counterpart of the image that it gives', () => {
    const made = planned(
      {
        ...NOTHING,
        images: [IMAGE],
        parameters: { '/golden': 'ami-1' },
        launchTemplates: [template('lt-1', { ImageId: 'resolve:ssm:/golden' })],
      },
      { ...NOTHING, images: [COPY], parameters: { '/golden': null } },
    );
    expect(operations(made)).toEqual([
      { type: 'put-parameter', name: '/golden', image: { id: 'ami-2' }, overwrite: false },
      expect.objectContaining({ type: 'create-launch-template', name: 'app' }),
    ]);
    expect(resolvedRules(made)).toContain('reference/missing-parameter');
  });
});

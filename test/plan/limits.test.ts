import { describe, expect, it } from 'vitest';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { ACCOUNT, allow, type Estate, group, VPC } from '../kit/estate.ts';
import { becauseOf, doing, planned } from './kit.ts';

const keys = (...names: readonly string[]) =>
  names.map((KeyName, i) => ({ KeyName, PublicKey: i % 2 === 0 ? ED25519.line : RSA.line }));
const list = (PrefixListId: string, MaxEntries = 2, entry = '192.0.2.0/24') => ({
  PrefixListId,
  PrefixListName: PrefixListId,
  AddressFamily: 'IPv4' as const,
  MaxEntries,
  Entries: [entry],
});

describe('quotas of the target', () => {
  it('a plan makes what the quota leaves room for, and says which is too much', () => {
    const made = planned(
      { keyPairs: keys('a', 'b') },
      { keyPairs: [{ KeyName: 'c', KeyPairId: 'key-c' }] },
      { config: { quotas: { keyPairs: 2 } } },
    );
    expect(doing(made)).toEqual(['Import the public key "a"']);
    expect(becauseOf(made, 'key-pair/missing')).toEqual([
      'The target has 1 of the 2 that its quota "Key pairs per Region" allows, and the plan would make 2 more. Request a higher quota, and state it in the config (quotas.keyPairs).',
    ]);
  });

  it('of groups that name each other it makes none where there is room for one only', () => {
    const source: Estate = {
      vpcs: [VPC],
      securityGroups: [group('a', [allow('tcp', 1, 1, 'sg-b')]), group('b', [allow('tcp', 1, 1, 'sg-a')])],
    };
    const target = { vpcs: [VPC] };
    expect(doing(planned(source, target, { config: { quotas: { securityGroups: 1 } } }))).toEqual([]);
    expect(doing(planned(source, target, { config: { quotas: { securityGroups: 2 } } }))).toHaveLength(6);
  });

  it('what needs a step that exceeds a quota is left for the same reason', () => {
    const made = planned(
      {
        vpcs: [VPC],
        securityGroups: [group('web', [allow('tcp', 1, 1, 'sg-new')]), group('new', [])],
      },
      { vpcs: [VPC], securityGroups: [group('web', [])] },
      { config: { quotas: { securityGroups: 1 } } },
    );
    expect(doing(made)).toEqual([]);
    expect(becauseOf(made, 'security-group/allows-less')).toEqual([
      expect.stringContaining('"VPC security groups per Region"'),
    ]);
  });

  it('a quota that the target exceeds was raised, and to what is not known', () => {
    const many = Array.from({ length: 101 }, (_, i) => list(`pl-${i}`));
    const source = { prefixLists: [...many, list('pl-new')] };
    expect(doing(planned(source, { prefixLists: many }))).toHaveLength(1);
    const hundred = many.slice(0, 100);
    expect(
      becauseOf(
        planned({ prefixLists: [...hundred, list('pl-new')] }, { prefixLists: hundred }),
        'prefix-list/missing',
      ),
    ).toEqual([expect.stringContaining('100 of the 100')]);
  });

  it('a prefix list larger than the usual quota is made only where the target has one as large', () => {
    const source = { prefixLists: [list('pl-a', 2000)] };
    expect(becauseOf(planned(source, {}), 'prefix-list/missing')).toEqual([
      expect.stringContaining('room for 2000 entries'),
    ]);
    expect(doing(planned(source, { prefixLists: [list('pl-b', 3000, '198.51.100.0/24')] }))).toHaveLength(1);
  });
});

const IMAGE = {
  ImageId: 'ami-1',
  Name: 'golden',
  OwnerId: ACCOUNT,
  State: 'available',
  CreationDate: '2026-01-01T00:00:00.000Z',
  RootDeviceType: 'ebs',
  BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8 } }],
};
const EVERYTHING = { allowRevoke: true, allowWorldOpen: true };

describe('what one object of the target can have', () => {
  const rows = (count: number, from = 1) =>
    Array.from({ length: count }, (_, i) => allow('tcp', from + i, from + i, '192.0.2.0/24'));
  const office = (id: string, max: number, entries: number) => ({
    PrefixListId: id,
    PrefixListName: 'office',
    AddressFamily: 'IPv4' as const,
    MaxEntries: max,
    Entries: Array.from({ length: entries }, (_, i) => `10.0.${i}.0/24`),
  });

  it.each<readonly [number, boolean]>([
    [45, true],
    [46, false],
  ])(
    'the rules that a plan adds and the room that it gives to a list count together: %d rules fit: %s',
    (count, fits) => {
      const naming = (id: string) => allow('tcp', 443, 443, id);
      const made = planned(
        {
          vpcs: [VPC],
          prefixLists: [office('pl-1', 15, 15)],
          securityGroups: [group('web', [naming('pl-1'), ...rows(count)])],
        },
        {
          vpcs: [VPC],
          prefixLists: [office('pl-2', 5, 5)],
          securityGroups: [group('web', [naming('pl-2'), ...rows(30)], { GroupId: 'sg-2' })],
        },
      );
      const rules = made.plan.steps.map((s) => s.operation.type);
      expect(rules.includes('authorize-rules') && rules.includes('resize-prefix-list')).toBe(fits);
      const reasons = made.plan.left.map((l) => l.because).join(' ');
      expect(reasons.includes('its quota is 60') || reasons.includes('its quota of 60')).toBe(!fits);
    },
  );

  it('a resource can have 50 tags, without those of AWS', () => {
    const tags = (count: number, word: string) =>
      Array.from({ length: count }, (_, i) => ({ Key: `${word}${i}`, Value: 'x' }));
    const side = (id: string, ...Tags: { Key: string; Value: string }[]): Estate => ({
      vpcs: [VPC],
      securityGroups: [group('web', [], { GroupId: id, Tags })],
    });
    const plan = (there: number) =>
      planned(
        side('sg-1', ...tags(2, 'here')),
        side('sg-2', ...tags(there, 'there'), { Key: 'aws:x', Value: '1' }),
        // What only the target has is not compared.
        {
          config: {
            ignore: tags(there, 'there').map(({ Key }) => ({
              kind: 'security-group' as const,
              attribute: `tags.${Key}`,
            })),
          },
        },
      );
    expect(doing(plan(48))).toEqual(['Set 2 tags of "web"']);
    expect(doing(plan(49))).toEqual([]);
    expect(becauseOf(plan(49), 'security-group/tags-differ')).toEqual([
      '"web" would have 51 tags, and a resource can have 50. A plan removes no tags.',
    ]);
  });

  it('five images of a region can be public, unless the config says more', () => {
    const open = (i: number) => ({
      ...IMAGE,
      ImageId: `ami-${i}`,
      Name: `golden-${i}`,
      Public: true,
      LaunchPermissions: [{ Group: 'all' }],
    });
    const source = { images: [1, 2].map(open) };
    const target = { images: [13, 14, 15, 16].map(open) };
    const made = planned(source, target, EVERYTHING);
    expect(doing(made).filter((d) => d.startsWith('Copy'))).toHaveLength(1);
    expect(becauseOf(made, 'image/missing-copy')).toEqual([
      expect.stringContaining('The target has 4 of the 5 that its quota "Public AMIs" allows'),
    ]);
    const raised = planned(source, target, { ...EVERYTHING, config: { quotas: { publicImages: 6 } } });
    expect(doing(raised).filter((d) => d.startsWith('Copy'))).toHaveLength(2);
  });

  it('an image can be shared with 1,000 accounts', () => {
    const shared = (count: number): Estate => ({
      images: [
        {
          ...IMAGE,
          LaunchPermissions: Array.from({ length: count }, (_, i) => ({ UserId: String(300000000000 + i) })),
        },
      ],
    });
    const plan = (count: number) => planned(shared(count), { account: '222233334444' });
    expect(doing(plan(999))).toContain('Share the image ami-1 with account 222233334444');
    expect(doing(plan(1000))).toEqual([]);
    expect(becauseOf(plan(1000), 'image/missing-copy')).toEqual([
      expect.stringContaining('"AMI sharing" is 1000'),
    ]);
  });

  it('a launch template can have 10,000 versions', () => {
    const template = (id: string, latest: number, KeyName: string) => ({
      LaunchTemplateId: id,
      LaunchTemplateName: 'app',
      DefaultVersionNumber: latest,
      LatestVersionNumber: latest,
      Versions: [
        { VersionNumber: latest, LaunchTemplateData: { InstanceType: 't3.micro' as const, KeyName } },
      ],
    });
    const plan = (latest: number) =>
      planned(
        { keyPairs: keys('a'), launchTemplates: [template('lt-1', 1, 'a')] },
        { keyPairs: keys('a', 'b'), launchTemplates: [template('lt-2', latest, 'b')] },
      );
    expect(doing(plan(9999))).toHaveLength(2);
    expect(doing(plan(10_000))).toEqual([]);
    expect(becauseOf(plan(10_000), 'workload/differs')).toEqual([
      expect.stringContaining('are numbered up to 10000'),
    ]);
  });
});

describe('names on the target', () => {
  it('two groups that get into one VPC under one name are not both made', () => {
    const vpc = (VpcId: string) => ({ VpcId, CidrBlock: '10.0.0.0/16', IsDefault: false });
    const of = (VpcId: string, GroupName: string) => group(GroupName, [], { VpcId, GroupId: `sg-${VpcId}` });
    const made = planned(
      { vpcs: [vpc('vpc-a'), vpc('vpc-b')], securityGroups: [of('vpc-a', 'web'), of('vpc-b', 'Web')] },
      { vpcs: [vpc('vpc-c')] },
      { config: { vpcs: { 'vpc-a': 'vpc-c', 'vpc-b': 'vpc-c' } } },
    );
    const creates = made.plan.steps.filter((s) => s.operation.type === 'create-security-group');
    expect(creates.length).toBeLessThan(2);
  });

  it.each<readonly [string, Estate, object, RegExp]>([
    [
      'a security group',
      { vpcs: [VPC], securityGroups: [group('web', [])] },
      { securityGroups: { web: 'sg-web' } },
      /security group name "sg-web"/,
    ],
    [
      'a prefix list',
      { prefixLists: [list('office')] },
      { prefixLists: { office: 'com.amazonaws.office' } },
      /begin with "com.amazonaws"/,
    ],
    ['a key pair', { keyPairs: keys('deploy') }, { keyPairs: { deploy: 'größe' } }, /255 ASCII characters/],
    ['an image', { images: [IMAGE] }, { images: { golden: 'ab' } }, /3 to 128 letters/],
  ])('a name of the config that EC2 does not accept makes no step: %s', (_, source, names, because) => {
    const made = planned(source, { vpcs: [VPC] }, { config: { names } });
    expect(doing(made)).toEqual([]);
    expect(made.plan.left.map((l) => l.because).join(' ')).toMatch(because);
  });

  it('of images that get one name on the target one is copied', () => {
    const images = [
      { ...IMAGE, Name: 'golden-1' },
      { ...IMAGE, ImageId: 'ami-9', Name: 'golden-2', CreationDate: '2026-03-01T00:00:00.000Z' },
    ];
    const made = planned({ images }, {}, { config: { names: { images: { 'golden-.*': 'golden' } } } });
    expect(doing(made).filter((d) => d.startsWith('Copy')).length).toBeLessThan(2);
  });

  it('a copy gets a name that the target does not have', () => {
    const made = (ImageId: string, Name: string, day: string) => ({
      ...IMAGE,
      ImageId,
      Name,
      CreationDate: `${day}T00:00:00.000Z`,
      BlockDeviceMappings: [
        { DeviceName: '/dev/sda1', Ebs: { SnapshotId: `snap-${ImageId}`, VolumeSize: 8 } },
      ],
    });
    const source = {
      images: [made('ami-1', 'golden-1', '2026-01-01'), made('ami-9', 'golden-2', '2026-03-01')],
    };
    const there = [made('ami-5', 'golden', '2026-04-01'), made('ami-6', 'golden-2026-03-01', '2026-05-01')];
    const config = { names: { images: { 'golden-\\d': 'golden' } } };
    const names = (target: Estate) =>
      planned(source, target, { config }).plan.steps.flatMap(({ operation: o }) =>
        o.type === 'copy-image' ? [o.name] : [],
      );
    expect(names({ images: there.slice(0, 1) })).toEqual(['golden-2026-03-01']);
    expect(names({ images: there })).toEqual(['golden-ami-9']);
  });
});

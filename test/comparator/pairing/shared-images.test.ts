import { describe, expect, it } from 'vitest';
import type { AwsLaunchPermission } from '../../../src/inventory/image.ts';
import { noNamesake, noOtherImage, otherImageFrom } from '../../../src/inventory/other-image.ts';
import { audit, type Estate, finding } from '../../kit/estate.ts';
import { copyOf, image, images, pairing, type Row } from '../images/kit.ts';

const [OLD, NEW, THIRD] = ['111122223333', '444455556666', '777788889999'];
const ORGANIZATION = `arn:aws:organizations::${OLD}:organization/o-abc`;

/** Two accounts of us-east-1: an image of the first, of which the second has nothing of its own. */
const twoAccounts = (
  LaunchPermissions: readonly AwsLaunchPermission[],
  { row = {}, ...more }: Parameters<typeof images>[2] & { row?: Partial<Row> } = {},
) =>
  images([image('app', 'ami-1', { LaunchPermissions, ...row })], [], {
    regions: ['us-east-1', 'us-east-1'],
    ...more,
    source: { account: OLD, ...more.source },
    target: { account: NEW, ...more.target },
  });

/** As DescribeImages shows an image to another account than its owner's. */
const shown = (row: Row, owner: string) => otherImageFrom({ ...row, OwnerId: owner });

describe('an image that the account of the target may launch as it is', () => {
  it.each<[string, Parameters<typeof twoAccounts>, string]>([
    ['shared with the account', [[{ UserId: NEW }]], 'ami-1 by shared (strong)'],
    ['shared with everyone', [[{ Group: 'all' }]], 'ami-1 by shared (strong)'],
    ['public by its own record', [[], { row: { Public: true } }], 'ami-1 by shared (strong)'],
    [
      'shown to the account, whoever shares it',
      [[{ OrganizationArn: ORGANIZATION }], { target: { otherImages: [shown(image('app', 'ami-1'), OLD)] } }],
      'ami-1 by shared (strong)',
    ],
    ['shared with another account', [[{ UserId: THIRD }]], 'missing-in-target'],
    ['shared with nobody', [[]], 'missing-in-target'],
    ['shared with an organization', [[{ OrganizationArn: ORGANIZATION }]], 'undetermined'],
    [
      'shared with an organizational unit',
      [[{ OrganizationalUnitArn: ORGANIZATION.replace('organization/', 'ou/') }]],
      'undetermined',
    ],
    [
      'shared with an organization, and the account was asked and does not see it',
      [[{ OrganizationArn: ORGANIZATION }], { target: { otherImages: [noOtherImage('ami-1')] } }],
      'missing-in-target',
    ],
    [
      'shared with the account, which was asked and does not see it',
      [[{ UserId: NEW }], { target: { otherImages: [noOtherImage('ami-1')] } }],
      'undetermined',
    ],
    [
      'disabled, which takes all permissions',
      [[{ UserId: NEW }], { row: { State: 'disabled' } }],
      'missing-in-target',
    ],
    [
      'shared with an account whose Allowed AMIs may hide it',
      [[{ UserId: NEW }], { target: { imageSettings: { allowedImages: 'enabled' } } }],
      'undetermined',
    ],
    ['of permissions that were not read', [[], { source: { permissionsUnread: true } }], 'undetermined'],
  ])('%s', (_, asked, outcome) => {
    expect(pairing(twoAccounts(...asked), 'app')).toBe(outcome);
  });

  it('is the same image on both sides, and not another of the target', () => {
    const { pairs } = twoAccounts([{ UserId: NEW }]);
    expect(pairs).toMatchObject([{ state: 'same', source: { id: 'ami-1' }, target: { id: 'ami-1' } }]);
  });

  it('gives way to a copy that the target owns', () => {
    const own = image('app', 'ami-9', { ...copyOf('ami-1'), OwnerId: NEW });
    const report = images([image('app', 'ami-1', { LaunchPermissions: [{ UserId: NEW }] })], [own], {
      regions: ['us-east-1', 'us-east-1'],
      source: { account: OLD },
      target: { account: NEW },
    });
    expect(pairing(report, 'app')).toBe('ami-9 by lineage (strong)');
  });

  it('comes before one that only has its name', () => {
    const namesake = image('app', 'ami-9', { OwnerId: NEW });
    const report = images([image('app', 'ami-1', { LaunchPermissions: [{ UserId: NEW }] })], [namesake], {
      regions: ['us-east-1', 'us-east-1'],
      source: { account: OLD },
      target: { account: NEW },
    });
    expect(pairing(report, 'app')).toBe('ami-1 by shared (strong)');
  });

  it('is of no use in another region, nor to a side that is the same account', () => {
    const granted = [image('app', 'ami-1', { LaunchPermissions: [{ UserId: NEW }] })];
    const accounts = { source: { account: OLD }, target: { account: NEW } };
    expect(pairing(images(granted, [], accounts), 'app')).toBe('missing-in-target');
    const one = { regions: ['us-east-1', 'us-east-1'] as const, source: { account: OLD } };
    expect(pairing(images(granted, [], { ...one, target: { account: OLD } }), 'app')).toBe(
      'missing-in-target',
    );
  });

  it('makes the run incomplete where the permissions that decide were not read, and only there', () => {
    const unread = { source: { permissionsUnread: true } };
    expect(twoAccounts([], unread)).toMatchObject({
      complete: false,
      gaps: [{ side: 'source', blocking: true }],
    });
    const seen = { ...unread, target: { otherImages: [shown(image('app', 'ami-1'), OLD)] } };
    expect(twoAccounts([], seen).gaps).toMatchObject([{ blocking: false }]);
  });
});

describe('an image of another account that the target sees in its own region', () => {
  const across = (source: Row[], ...otherImages: ReturnType<typeof shown>[]) =>
    images(source, [], { source: { account: OLD }, target: { account: NEW, otherImages } });

  it.each([
    ['the source', OLD],
    ['a third', THIRD],
  ])('is the counterpart where it is the copy that %s account shares', (_, owner) => {
    const report = across([image('app', 'ami-1')], shown(image('app-eu', 'ami-9', copyOf('ami-1')), owner));
    expect(pairing(report, 'app')).toBe('ami-9 by lineage (strong)');
    expect(report.pairs).toHaveLength(1);
  });

  it('is no counterpart by its name alone, unless the source account owns it', () => {
    const [own, other] = [OLD, THIRD].map((owner) => shown(image('app', 'ami-9'), owner));
    expect(pairing(across([image('app', 'ami-1')], own as never), 'app')).toBe('ami-9 by name (weak)');
    expect(pairing(across([image('app', 'ami-1')], other as never), 'app')).toBe('missing-in-target');
  });

  it('is fixed by its owner: what the owner alone sees or sets is no difference, and a remedy names the account', () => {
    const report = across(
      [
        image('app', 'ami-1', {
          Tags: [{ Key: 'team', Value: 'web' }],
          LaunchPermissions: [{ UserId: THIRD }],
        }),
      ],
      shown(image('app', 'ami-9', { ...copyOf('ami-1'), DeprecationTime: '2026-07-01T00:00:00.000Z' }), OLD),
    );
    expect(report.findings.map((f) => f.rule)).toEqual([
      'image/unusable-copy',
      'image/owned-by-another-account',
    ]);
    expect(report.findings[0]?.remedy).toContain(`Account ${OLD} owns the image`);
  });

  it('needs its KMS key where it is encrypted, which nobody read', () => {
    const volume = {
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, Encrypted: true } }],
    };
    const report = across(
      [image('app', 'ami-1', volume)],
      shown(image('app', 'ami-9', { ...copyOf('ami-1'), ...volume }), OLD),
    );
    expect(report.findings.map((f) => f.message)).toEqual([expect.stringContaining('KMS key')]);
  });

  it('is not among the images of the target where nothing of the source is like it', () => {
    expect(across([], shown(image('other', 'ami-9'), THIRD)).pairs).toEqual([]);
  });

  it('is no counterpart while it is not available', () => {
    const pending = shown(image('app', 'ami-9', { ...copyOf('ami-1'), State: 'pending' }), OLD);
    expect(pairing(across([image('app', 'ami-1')], pending), 'app')).toBe('missing-in-target');
  });
});

describe('an image without a copy among those of the target, of another account in another region', () => {
  const web: Estate = {
    images: [image('app', 'ami-1')],
    launchTemplates: [
      {
        LaunchTemplateId: 'lt-1',
        LaunchTemplateName: 'web',
        DefaultVersionNumber: 1,
        LatestVersionNumber: 1,
        Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId: 'ami-1' } }],
      },
    ],
  };
  const SHARED_COPIES = /^copies of images that other accounts share/;
  const report = (target: Estate, regions: readonly [string, string] = ['us-east-1', 'eu-west-1']) =>
    audit({ account: OLD, ...web }, { account: NEW, ...target }, { regions });

  it('is missing among those of its account where nobody asked what others share, and the report says so', () => {
    const unasked = report({ otherImages: [shown(image('other', 'ami-9'), THIRD)] });
    expect(finding(unasked, 'image/missing-copy').message).toBe(
      `Image "app" (ami-1) has no copy among the images of account ${NEW} in eu-west-1; whether another account shares a copy with it was not looked up.`,
    );
    expect(unasked.workloads.flatMap((w) => w.chains ?? []).map(({ steps }) => steps.at(-1))).toEqual([
      `account ${NEW} has no copy in eu-west-1`,
    ]);
    expect(unasked.notLookedAt.filter(({ what }) => SHARED_COPIES.test(what))).toMatchObject([
      { side: 'target' },
    ]);
  });

  it.each<[string, Estate, readonly [string, string]]>([
    [
      'that was asked for copies, as a live one is',
      { otherImages: [noNamesake(OLD, 'app')] },
      ['us-east-1', 'eu-west-1'],
    ],
    ['of another partition, where no copy can be', {}, ['us-east-1', 'us-gov-west-1']],
    ['of the same account', { account: OLD }, ['us-east-1', 'eu-west-1']],
  ])('is missing without a word on a target %s', (_, target, regions) => {
    const asked = report(target, regions);
    expect(finding(asked, 'image/missing-copy').message).toContain(`has no copy in ${regions[1]}.`);
    expect(asked.notLookedAt.filter(({ what }) => SHARED_COPIES.test(what))).toEqual([]);
  });
});

describe('a launch from an image of another account that the target may launch', () => {
  const template = {
    LaunchTemplateId: 'lt-1',
    LaunchTemplateName: 'web',
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId: 'ami-1' } }],
  };
  const encrypted = {
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, Encrypted: true } }],
  };
  const of = (row: Partial<Row>, account = NEW) =>
    audit(
      {
        account: OLD,
        launchTemplates: [template],
        images: [image('app', 'ami-1', { LaunchPermissions: [{ UserId: NEW }], ...row })],
      },
      { account, images: account === NEW ? [] : [image('app', 'ami-1', row)] },
      { regions: ['us-east-1', account === NEW ? 'us-east-1' : 'eu-west-1'] },
    );
  const unread = (row: Partial<Row>, account = NEW) =>
    of(row, account).notLookedAt.flatMap(
      ({ what }) => /^(subscriptions|policies of KMS keys)/.exec(what)?.[1] ?? [],
    );

  it.each<[string, Partial<Row>, string[]]>([
    [
      'with a product code needs a subscription',
      { ProductCodes: [{ ProductCodeId: 'abc' }] },
      ['subscriptions'],
    ],
    ['that is encrypted needs the KMS key', encrypted, ['policies of KMS keys']],
    ['that is neither needs nothing more', {}, []],
  ])('%s, which the report says it did not look at', (_, row, words) => {
    expect(unread(row)).toEqual(words);
    expect(of(row).workloads).toMatchObject([{ verdict: 'launchable' }]);
  });

  it('is not asked about in one account', () => {
    expect(unread({ ProductCodes: [{ ProductCodeId: 'abc' }], ...encrypted }, OLD)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { AwsLaunchPermission } from '../../../src/inventory/image.ts';
import { noOtherImage, otherImageFrom } from '../../../src/inventory/other-image.ts';
import { audit, type Estate } from '../../kit/estate.ts';
import { copyOf, image, images, pairing } from './kit.ts';

const [OLD, NEW, THIRD] = ['111122223333', '444455556666', '777788889999'];
const DENIED: Estate = { unread: ['otherImages'] };
const COPIES_DENIED: Estate = {
  gaps: [
    { kind: 'image', code: 'access-denied', message: 'copies denied', hint: 'allow it', explains: 'copies' },
  ],
};
const shared = otherImageFrom({ ...image('web-eu', 'ami-9', copyOf('ami-1')), OwnerId: THIRD });
const rules = (report: ReturnType<typeof audit>) => report.findings.map((f) => f.rule);

describe('an image without a counterpart, where images of other owners were looked up on the target', () => {
  it.each<[string, Estate, string, boolean]>([
    ['and none is its copy', {}, 'missing-in-target', true],
    ['and its copy is shared', { otherImages: [shared] }, 'ami-9 by lineage (strong)', true],
    ['and the look-up was denied', DENIED, 'undetermined', false],
    ['and the look-up of copies was denied', COPIES_DENIED, 'undetermined', false],
    ['by choice not at all', { leftOut: ['otherImages'] }, 'missing-in-target', true],
  ])('%s', (_, target, outcome, complete) => {
    for (const account of [OLD, NEW]) {
      const report = images([image('web', 'ami-1')], [], {
        source: { account: OLD },
        target: { account, ...target },
      });
      expect([pairing(report, 'web'), report.complete]).toEqual([outcome, complete]);
      expect(rules(report).includes('image/missing-copy')).toBe(outcome === 'missing-in-target');
    }
  });

  it('names the right that a denied look-up of copies lacks', () => {
    const [finding] = images([image('web', 'ami-1')], [], { target: COPIES_DENIED }).findings;
    expect(finding).toMatchObject({ rule: 'image/undetermined' });
    expect(finding?.message).toContain('which copies of it other accounts share');
    expect(finding?.remedy).toContain('ec2:DescribeImages on the target');
  });

  it.each([DENIED, COPIES_DENIED])(
    'what launches from it is unknown, and the other images are paired',
    (target) => {
      const launchTemplates = [
        {
          LaunchTemplateId: 'lt-1',
          LaunchTemplateName: 'web',
          Versions: [
            {
              VersionNumber: 1,
              DefaultVersion: true,
              LaunchTemplateData: { ImageId: 'ami-1', InstanceType: 't3.micro' },
            },
          ],
        },
      ];
      const source = { images: [image('web', 'ami-1'), image('db', 'ami-2')], launchTemplates };
      const report = audit(source, { images: [image('db', 'ami-8', copyOf('ami-2'))], ...target });
      expect(pairing(report, 'db')).toBe('ami-8 by lineage (strong)');
      expect(report.workloads.map((w) => [w.name, w.verdict])).toEqual([['web', 'unknown']]);
      expect(report.complete).toBe(false);
    },
  );

  it('is missing in another partition, to which no image is copied', () => {
    const report = images([image('web', 'ami-1')], [], {
      regions: ['us-east-1', 'us-gov-west-1'],
      target: DENIED,
    });
    expect(pairing(report, 'web')).toBe('missing-in-target');
  });
});

describe('within one region, where the target could not look up the image of the other account', () => {
  it.each<[string, AwsLaunchPermission[], boolean, string]>([
    ['shared with the account', [{ UserId: NEW }], false, 'ami-1 by shared (strong)'],
    ['public', [], true, 'ami-1 by shared (strong)'],
    [
      'shared with an organization',
      [{ OrganizationArn: `arn:aws:organizations::${OLD}:organization/o-a` }],
      false,
      'undetermined',
    ],
    ['shared with nobody', [], false, 'undetermined'],
  ])('%s', (_, LaunchPermissions, Public, outcome) => {
    const report = images([image('web', 'ami-1', { LaunchPermissions, Public })], [], {
      regions: ['us-east-1', 'us-east-1'],
      source: { account: OLD },
      target: { account: NEW, ...DENIED },
    });
    expect([pairing(report, 'web'), report.complete]).toEqual([outcome, false]);
    expect(rules(report)).not.toContain('image/missing-copy');
  });
});

describe('a copy on the target of an image that the source does not own', () => {
  const vendor = otherImageFrom({
    ...image('al2023', 'ami-v'),
    OwnerId: '137112412989',
    ImageOwnerAlias: 'amazon',
  });
  it.each<[string, Estate, string[]]>([
    ['the source sees it', { otherImages: [vendor] }, ['image/extra']],
    ['the source does not see it', { otherImages: [noOtherImage('ami-v')] }, ['image/source-gone']],
    ['the look-up was denied on the source: neither is said', DENIED, []],
  ])('%s', (_, source, found) => {
    const report = images([], [image('base', 'ami-8', copyOf('ami-v'))], { source });
    expect(rules(report)).toEqual(found);
    expect(report.complete).toBe(found.length > 0);
  });

  it('is no finding about the images of the source that have a copy or none', () => {
    const report = images([image('web', 'ami-1')], [], { source: DENIED });
    expect(pairing(report, 'web')).toBe('missing-in-target');
  });
});

import { describe, expect, it } from 'vitest';
import { finding, found, pairOf, stateOf } from '../../kit/estate.ts';
import { builtOn, copyOf, image, images, pairing, type Row } from './kit.ts';

/**
 * What others got wrong about images, one test each. Unpaged listings, and unread lists taken for empty ones, are held over
 * the wire in test/collectors.
 */
describe('SourceImageId taken for "copied from"', () => {
  it('two images that were built on the same base are no copies of each other', () => {
    const base = builtOn('ami-base', 'us-east-1');
    const report = images(
      [image('base', 'ami-base'), image('app', 'ami-1', base)],
      [image('other', 'ami-9', { ...builtOn('ami-base', 'us-east-1') })],
    );
    expect(report.pairs.map((p) => p.state)).toEqual([
      'missing-in-target',
      'missing-in-target',
      'extra-in-target',
    ]);
  });

  it('nor is what the target built on its copy of the base a copy of what the source built on it', () => {
    const report = images(
      [image('base', 'ami-base'), image('app', 'ami-1', builtOn('ami-base', 'us-east-1'))],
      [image('base', 'ami-e0', copyOf('ami-base')), image('app', 'ami-e1', builtOn('ami-e0', 'eu-west-1'))],
    );
    expect(pairing(report, 'base')).toBe('ami-e0 by lineage (strong)');
    expect(finding(report, 'image/not-a-copy')).toMatchObject({
      subject: { name: 'app' },
      facts: { because: 'it was created from the instance i-1 in eu-west-1', strength: 'strong' },
    });
  });
});

describe('a name that is used again', () => {
  const rebuilt = image('web', 'ami-2', { CreationDate: '2026-08-01T00:00:00.000Z' });
  it('name and tags agree, but the copy is of the former image', () => {
    const report = images([rebuilt], [image('web', 'ami-9', copyOf('ami-1'))]);
    expect(finding(report, 'image/stale-copy')).toMatchObject({
      facts: { reason: 'rebuilt', former: 'ami-1', strength: 'strong', daysBehind: 60 },
    });
  });
  it('without any record, the copy is older than what it should be a copy of', () => {
    const report = images([rebuilt], [image('web', 'ami-9')]);
    expect(finding(report, 'image/not-a-copy').message).toContain('before the source');
  });
});

describe('missing, or only hidden', () => {
  it.each([
    ['disabled', 'Enable it'],
    ['pending', 'Wait until the copy is available'],
    ['failed', 'Copy it again'],
  ])('a copy that is %s is there, and cannot be used', (State, remedy) => {
    const report = images([image('web', 'ami-1')], [image('web', 'ami-9', { ...copyOf('ami-1'), State })]);
    expect(found(report)).toEqual(['image/unusable-copy high']);
    expect(finding(report, 'image/unusable-copy').remedy).toContain(remedy);
    expect(stateOf(report, 'image', 'web')).toBe('different');
  });

  it('a copy under way says since when', () => {
    const report = images(
      [image('web', 'ami-1')],
      [image('web', 'ami-9', { ...copyOf('ami-1'), State: 'pending' })],
    );
    expect(finding(report, 'image/unusable-copy').message).toBe(
      'The copy of "web" in eu-west-1 is in progress since 2026-06-02T00:00:00.000Z.',
    );
  });

  it('a source that is disabled is not gone', () => {
    const report = images(
      [image('web', 'ami-1', { State: 'disabled' })],
      [image('web', 'ami-9', copyOf('ami-1'))],
    );
    expect(found(report)).toEqual([]);
  });

  it('Allowed AMIs may hide the source of a copy, and is named', () => {
    const hidden = (allowedImages: 'enabled' | 'audit-mode') =>
      finding(
        images([], [image('web', 'ami-9', copyOf('ami-1'))], {
          source: { imageSettings: { allowedImages } },
        }),
        'image/source-gone',
      ).message;
    expect(hidden('enabled')).toContain('Allowed AMIs is enabled in us-east-1');
    expect(hidden('audit-mode')).not.toContain('Allowed AMIs');
  });

  it('Allowed AMIs may keep a copy from being launched, but only where it is enabled', () => {
    const report = (allowedImages: 'enabled' | 'audit-mode' | 'disabled') =>
      images([image('web', 'ami-1')], [image('web', 'ami-9', { ...copyOf('ami-1'), ImageAllowed: false })], {
        target: { imageSettings: { allowedImages } },
      });
    expect(finding(report('enabled'), 'image/unusable-copy').message).toContain('Allowed AMIs');
    expect(found(report('audit-mode'))).toEqual([]);
    expect(found(report('disabled'))).toEqual([]);
  });
});

describe('what CopyImage changes by design', () => {
  const disk = (Encrypted: boolean, SnapshotId = 'snap-1') => ({
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8, Encrypted, SnapshotId } }],
  });
  const gained = (encryptionByDefault: boolean | null) =>
    finding(
      images(
        [image('web', 'ami-1', disk(false))],
        [image('web', 'ami-9', { ...copyOf('ami-1'), ...disk(true) })],
        { target: { imageSettings: { encryptionByDefault } } },
      ),
      'image/encryption-differs',
    );

  it('encryption that the target forces is by design', () => {
    expect(gained(true)).toMatchObject({
      severity: 'info',
      message:
        'Volumes of "web" are encrypted on the target only, by design: encryption by default is on in eu-west-1, which encrypts every copy.',
    });
    expect(gained(false)).toMatchObject({ severity: 'low' });
    expect(gained(false).message).toContain('the copy was encrypted on request');
    expect(gained(null)).toMatchObject({ severity: 'low' });
  });

  it('encryption by default is no excuse for a copy that lost its encryption', () => {
    const report = images(
      [image('web', 'ami-1', disk(true))],
      [image('web', 'ami-9', { ...copyOf('ami-1'), ...disk(false) })],
      { target: { imageSettings: { encryptionByDefault: true } } },
    );
    expect(found(report)).toEqual(['image/encryption-differs medium']);
  });

  it('another KMS key is no difference', () => {
    const key = (SnapshotId: string, region: string) => ({
      SnapshotId,
      KmsKeyId: `arn:aws:kms:${region}:111122223333:key/1`,
    });
    const report = images(
      [image('web', 'ami-1', disk(true, 'snap-1'))],
      [image('web', 'ami-9', { ...copyOf('ami-1'), ...disk(true, 'snap-9') })],
      {
        source: { snapshots: [key('snap-1', 'us-east-1')] },
        target: { snapshots: [key('snap-9', 'eu-west-1')] },
      },
    );
    expect(found(report)).toEqual([]);
  });

  it('a deprecation date that was not carried over is a note, tags and permissions that got lost are more', () => {
    const report = images(
      [
        image('web', 'ami-1', {
          DeprecationTime: '2027-06-01T00:00:00.000Z',
          Tags: [{ Key: 'team', Value: 'web' }],
          LaunchPermissions: [{ UserId: '999988887777' }],
        }),
      ],
      [image('web', 'ami-9', copyOf('ami-1'))],
    );
    expect(found(report)).toEqual([
      'image/launch-permissions-differ medium',
      'image/tags-differ low',
      'image/lifecycle-differs info',
    ]);
  });
});

it('an image of AWS has the same name everywhere, another id, and is no copy', () => {
  // A dump without --owners self holds them; what the account does not own is left out at the door (dumps/images.test.ts).
  const al2023 = (id: string): Row => image('al2023-ami-2023.5.20240701', id, { OwnerId: '137112412989' });
  const report = images([al2023('ami-1')], [al2023('ami-9')]);
  expect(pairOf(report, 'image', 'al2023-ami-2023.5.20240701')).toMatchObject({
    state: 'undetermined',
    matchedBy: 'name',
    matchStrength: 'weak',
  });
});

it('the date of a copy is that of the copying, so a late copy of an old version is still behind', () => {
  const at = (month: number) => ({ CreationDate: `2026-0${month}-01T00:00:00.000Z` });
  const report = images(
    [image('web-1.0.0', 'ami-1', at(1)), image('web-1.1.0', 'ami-2', at(2))],
    [image('web-1.0.0', 'ami-9', { ...copyOf('ami-1'), ...at(6) })],
  );
  expect(finding(report, 'image/stale-copy')).toMatchObject({ facts: { versionsBehind: 1, daysBehind: 31 } });
});

describe('a namesake that is older than the source, while the copy has another name', () => {
  const old = { CreationDate: '2026-05-01T00:00:00.000Z' };
  it('is reported, though the copy is there: whoever looks the image up by name gets something else', () => {
    const report = images(
      [image('web', 'ami-1')],
      [image('web', 'ami-8', old), image('web-eu', 'ami-9', copyOf('ami-1'))],
    );
    expect(found(report)).toEqual(['image/not-a-copy high', 'image/extra info', 'image/renamed-copy info']);
    expect(finding(report, 'image/not-a-copy')).toMatchObject({
      facts: { strength: 'strong', copy: 'web-eu', bears: 'web' },
      message:
        'The image "web" (ami-8) in eu-west-1 is not a copy of the source\'s: it was created on 2026-05-01T00:00:00.000Z, before the source image (2026-06-01T00:00:00.000Z). The copy is called "web-eu" there.',
    });
    expect(finding(report, 'image/not-a-copy').remedy).toContain('"web-eu"');
  });

  it('is reported too where it is a copy of the former image', () => {
    const report = images(
      [image('web', 'ami-2', { CreationDate: '2026-06-01T12:00:00.000Z' })],
      [image('web', 'ami-8', copyOf('ami-1')), image('web-eu', 'ami-9', copyOf('ami-2'))],
    );
    expect(finding(report, 'image/not-a-copy').message).toContain(
      'a copy of ami-1, which us-east-1 does not have',
    );
  });

  it('is not reported where nothing speaks against it, or where it is one more copy', () => {
    for (const more of [{}, copyOf('ami-1')]) {
      const report = images(
        [image('web', 'ami-1')],
        [image('web', 'ami-8', more), image('web-eu', 'ami-9', copyOf('ami-1'))],
      );
      expect(found(report).join()).not.toContain('image/not-a-copy');
    }
  });
});

describe('images on an instance store', () => {
  const stored = (more: Partial<Row> = {}): Partial<Row> => ({
    RootDeviceType: 'instance-store',
    VirtualizationType: 'paravirtual',
    BlockDeviceMappings: [
      { DeviceName: '/dev/sda1', VirtualName: 'ephemeral0' },
      { DeviceName: '/dev/sdb', VirtualName: 'ephemeral1' },
    ],
    ...more,
  });
  const pair = (source: Partial<Row>, target: Partial<Row>) =>
    images([image('old', 'ami-1', source)], [image('old', 'ami-9', { ...copyOf('ami-1'), ...target })]);

  it('are compared as those on EBS are', () => {
    expect(found(pair(stored(), stored()))).toEqual([]);
    const lost = pair(
      stored(),
      stored({ BlockDeviceMappings: [{ DeviceName: '/dev/sda1', VirtualName: 'ephemeral0' }] }),
    );
    expect(finding(lost, 'image/attributes-differ').facts).toMatchObject({ attributes: ['/dev/sdb volume'] });
  });

  it('differ from one on EBS in the root device, not in encryption', () => {
    const other = pair(stored(), { RootDeviceType: 'ebs', VirtualizationType: 'hvm' });
    expect(found(other)).toEqual(['image/attributes-differ medium']);
    expect(finding(other, 'image/attributes-differ').facts.attributes).toEqual([
      'virtualization',
      'root device type',
      '/dev/sda1 volume',
      '/dev/sdb volume',
      '/dev/xvda volume',
    ]);
  });
});

describe('deprecation date and deregistration protection', () => {
  const pair = (source: Partial<Row>, target: Partial<Row>) =>
    found(
      images([image('web', 'ami-1', source)], [image('web', 'ami-9', { ...copyOf('ami-1'), ...target })]),
    );
  const until = (DeprecationTime: string) => ({ DeprecationTime });
  const guard = (DeregistrationProtection: string) => ({ DeregistrationProtection });

  it.each<[string, Partial<Row>, Partial<Row>, string[]]>([
    [
      'other dates',
      until('2027-01-01T00:00:00Z'),
      until('2027-02-01T00:00:00Z'),
      ['image/lifecycle-differs low'],
    ],
    ['the same day', until('2027-01-01T00:00:00Z'), until('2027-01-01T09:00:00Z'), []],
    ['no date on the copy', until('2027-01-01T00:00:00Z'), {}, ['image/lifecycle-differs info']],
    ['no date on the source', {}, until('2027-01-01T00:00:00Z'), ['image/lifecycle-differs info']],
    ['a date that is past on the copy', {}, until('2026-01-01T00:00:00Z'), ['image/unusable-copy high']],
    ['protection that got lost', guard('enabled'), guard('disabled'), ['image/lifecycle-differs low']],
    ['protection with a cooldown', guard('enabled'), guard('enabled-with-cooldown'), []],
    [
      'a copy that is better protected',
      guard('disabled'),
      guard('enabled'),
      ['image/lifecycle-differs info'],
    ],
    ['protection that one side does not tell', guard('enabled'), {}, []],
  ])('%s', (_, source, target, expected) => {
    expect(pair(source, target)).toEqual(expected);
  });
});

it('snapshots that hold different amounts of data hint at another content', () => {
  const of = (FullSnapshotSizeInBytes: number | undefined, there: number | undefined) =>
    images([image('web', 'ami-1')], [image('web', 'ami-9', copyOf('ami-1'))], {
      source: { snapshots: [{ SnapshotId: 'snap-ami-1', FullSnapshotSizeInBytes }] },
      target: { snapshots: [{ SnapshotId: 'snap-ami-9', FullSnapshotSizeInBytes: there }] },
    });
  expect(found(of(1024, 2048))).toEqual(['image/written-size-differs info']);
  expect(stateOf(of(1024, 2048), 'image', 'web')).toBe('same');
  expect(found(of(1024, 1024))).toEqual([]);
  expect(found(of(1024, undefined))).toEqual([]);
});

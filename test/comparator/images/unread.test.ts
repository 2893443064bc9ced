import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../src/inventory/collected.ts';
import type { DetailGap } from '../../../src/inventory/snapshot.ts';
import { builtOn, copyOf, image, images, pairing, type Row } from './kit.ts';

type Explains = NonNullable<DetailGap['explains']>;

const gap = (explains: Explains, code: FailureCode = 'access-denied'): DetailGap => ({
  kind: 'image',
  code,
  message: `${explains}: ${code}`,
  hint: 'look',
  explains,
});
const told = (report: ReturnType<typeof images>) => report.gaps.map((g) => [g.message, g.blocking]);

const volume = (VolumeSize: number, Encrypted = false) => ({
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize, SnapshotId: 'snap-1', Encrypted } }],
});
const LATER = { CreationDate: '2026-07-01T00:00:00.000Z' };
const EARLIER = { CreationDate: '2026-05-01T00:00:00.000Z' };
/** A copy of something in a third region, whose ancestors only GetImageAncestry tells. */
const ELSEWHERE = copyOf('ami-mid', 'ap-south-1');

describe('an image of the same name whose record names an image of a third region', () => {
  const web = (gaps: DetailGap[]) =>
    images([image('web', 'ami-1')], [image('web', 'ami-9', { ...LATER, ...ELSEWHERE })], {
      target: { gaps },
    });

  it('is not a copy where its ancestry was read, and undetermined where it was not', () => {
    expect(web([]).findings.map((f) => f.rule)).toContain('image/not-a-copy');
    const unread = web([gap('ancestry')]);
    expect(unread.findings.map((f) => f.rule)).toEqual(['image/undetermined']);
    expect(unread.pairs.map((p) => p.state)).toEqual(['undetermined']);
    expect(unread.complete).toBe(false);
  });
});

describe('an image without a counterpart, where what could tie it to one was not read', () => {
  it.each<[Explains, Partial<Row>]>([
    ['snapshots', {}],
    ['ancestry', ELSEWHERE],
    ['ancestry', copyOf('ami-mid', 'eu-west-1')],
  ])('%s: is undetermined, its possible copy too, and the run is incomplete', (explains, of) => {
    const codes = ['access-denied', 'throttled', 'service-error', 'unsupported', 'not-read'] as const;
    for (const code of codes) {
      const report = images([image('web', 'ami-1')], [image('other', 'ami-9', of)], {
        target: { gaps: [gap(explains, code)] },
      });
      expect(report.pairs.map((p) => [p.name, p.state])).toEqual([
        ['other', 'undetermined'],
        ['web', 'undetermined'],
      ]);
      expect(told(report)).toEqual([[`${explains}: ${code}`, true]]);
      expect(report.complete).toBe(false);
    }
  });

  it('is undetermined too where it may itself be the copy', () => {
    const report = images([image('web', 'ami-1', LATER)], [image('other', 'ami-9')], {
      source: { gaps: [gap('snapshots')] },
    });
    expect(pairing(report, 'web')).toBe('undetermined');
    expect(report.complete).toBe(false);
  });

  const windows = { Platform: 'windows', PlatformDetails: 'Windows' };
  it.each<[string, Explains, Partial<Row>, Partial<Row>]>([
    ['another architecture', 'snapshots', {}, { Architecture: 'arm64' }],
    ['a volume of another size', 'snapshots', {}, volume(20)],
    ['another number of volumes', 'snapshots', {}, { BlockDeviceMappings: [] }],
    ['another platform', 'snapshots', {}, windows],
    [
      'another virtualization',
      'snapshots',
      { VirtualizationType: 'hvm' },
      { VirtualizationType: 'paravirtual' },
    ],
    ['a date before the source image', 'snapshots', {}, EARLIER],
    ['a date before the source image', 'ancestry', {}, { ...ELSEWHERE, ...EARLIER }],
    ['no encryption, where the source has it', 'snapshots', volume(8, true), volume(8)],
    ['an instance that it was made from', 'snapshots', {}, builtOn('ami-base', 'eu-west-1')],
    ['an instance that it was made from', 'ancestry', {}, builtOn('ami-base', 'eu-west-1')],
    ['a record of its origin, and a read that says no more', 'snapshots', {}, ELSEWHERE],
    ['an origin in the source region that the source no longer has', 'ancestry', {}, copyOf('ami-gone')],
  ])('is missing where what was read rules it out: %s (%s unread)', (_, explains, source, target) => {
    const report = images([image('web', 'ami-1', source)], [image('other', 'ami-9', target)], {
      target: { gaps: [gap(explains)] },
    });
    expect(pairing(report, 'web')).toBe('missing-in-target');
    expect(told(report)).toEqual([[`${explains}: access-denied`, false]]);
  });

  it('is missing where nothing of that side is left that could be its copy', () => {
    const report = images([image('web', 'ami-1')], [], { target: { gaps: [gap('snapshots')] } });
    expect(pairing(report, 'web')).toBe('missing-in-target');
    expect(report.complete).toBe(true);
  });

  it('is missing in another partition, to which nothing is copied', () => {
    const report = images([image('web', 'ami-1')], [image('other', 'ami-9')], {
      target: { gaps: [gap('snapshots')] },
      regions: ['us-east-1', 'us-gov-west-1'],
    });
    expect(pairing(report, 'web')).toBe('missing-in-target');
  });
});

describe('what only explains or strengthens, left unread', () => {
  it.each(['ancestry', 'snapshots'] as const)('%s: is a note where nothing depends on it', (explains) => {
    const of = (code: FailureCode) =>
      images([image('web', 'ami-1')], [image('web', 'ami-9', copyOf('ami-1'))], {
        target: { gaps: [gap(explains, code)] },
      });
    expect(told(of('throttled'))).toEqual([[`${explains}: throttled`, false]]);
    expect(told(of('unsupported'))).toEqual([]);
    expect(told(of('not-read'))).toEqual([]);
  });

  it('the ancestry of a namesake could show that it is a copy after all', () => {
    const report = images([image('web', 'ami-1')], [image('web', 'ami-9', ELSEWHERE)], {
      target: { gaps: [gap('ancestry', 'throttled')] },
    });
    expect(told(report)).toEqual([['ancestry: throttled', true]]);
  });

  it('settings that decide nothing do not make a run incomplete', () => {
    const report = images([image('web', 'ami-1')], [image('web', 'ami-9', ELSEWHERE)], {
      target: { gaps: [gap('settings')] },
    });
    expect(told(report)).toEqual([['settings: access-denied', false]]);
    expect(report.complete).toBe(true);
  });

  it('settings decide whether an image of another account can be launched', () => {
    const shared = image('web', 'ami-1', { LaunchPermissions: [{ UserId: '444455556666' }] });
    const report = images([shared], [], {
      regions: ['us-east-1', 'us-east-1'],
      target: { account: '444455556666', gaps: [gap('settings')] },
    });
    expect(pairing(report, 'web')).toBe('undetermined');
    expect(told(report)).toEqual([['settings: access-denied', true]]);
  });
});

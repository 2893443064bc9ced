import { describe, expect, it } from 'vitest';
import { type Config, configSchema } from '../../../src/comparator/config.ts';
import type { Context } from '../../../src/comparator/context.ts';
import { imageFamilies } from '../../../src/comparator/families/family.ts';
import { compareVersions } from '../../../src/comparator/families/versions.ts';
import { lagOf } from '../../../src/comparator/images/lag.ts';
import { complete } from '../../../src/inventory/collected.ts';
import { imageFrom } from '../../../src/inventory/image.ts';
import { audit, type Estate, finding, found } from '../../kit/estate.ts';

type Row = NonNullable<Estate['images']>[number];
const on = (day: string) => `2026-${day}T00:00:00.000Z`;
const image = (Name: string, CreationDate: string | undefined, more: Partial<Row> = {}): Row => ({
  Name,
  ImageId: `ami-${Name}`,
  State: 'available',
  Architecture: 'x86_64',
  CreationDate,
  ...more,
});
/** Copies all bear one date, and a late one: when a copy was made says nothing of what is in it. */
const copy = (Name: string, more: Partial<Row> = {}): Row =>
  image(Name, on('12-31'), {
    ImageId: `ami-eu-${Name}`,
    SourceImageId: `ami-${Name}`,
    SourceImageRegion: 'us-east-1',
    ...more,
  });
const stale = (source: Row[], target: Row[], families: Config['families'] = []) => {
  const report = audit({ images: source }, { images: target }, { scopes: ['images'], config: { families } });
  return found(report).includes('image/stale-copy high') ? finding(report, 'image/stale-copy') : null;
};
const PATTERN = [{ pattern: '(?<family>web)-(?<version>.+)' }];

describe('a family by the config', () => {
  it('comes from a pattern, which the finding then rests on', () => {
    const { facts, message } =
      stale([image('web-9', on('01-01')), image('web-10', on('02-01'))], [copy('web-9')], PATTERN) ?? {};
    expect(facts).toMatchObject({
      family: 'web',
      strength: 'strong',
      by: 'the pattern families.0 of the config',
      orderedBy: 'version',
      versionsBehind: 1,
      daysBehind: 31,
    });
    expect(message).toBe(
      'The newest copy in eu-west-1 is "web-9", 1 version and 31 days behind: "web-10" has no copy. They are versions of one family, "web", by the pattern families.0 of the config.',
    );
  });

  it('comes from a tag, whatever the names are', () => {
    const tagged = (name: string, day: string, Value: string) =>
      image(name, on(day), { Tags: [{ Key: 'Line', Value }] });
    const source = [
      tagged('anna', '01-01', 'web'),
      tagged('berta', '02-01', 'web'),
      tagged('carla', '03-01', 'db'),
    ];
    expect(stale(source, [copy('anna')], [{ tag: 'Line' }])?.facts).toMatchObject({
      family: 'web',
      by: 'the tag "Line" (families.0 in the config)',
      newer: ['berta'],
      orderedBy: 'creation date',
    });
    expect(stale(source, [copy('anna')], [{ tag: 'toString' }])).toBeNull();
  });

  it('is that of the first entry that fits; entries may name one family', () => {
    const families = [{ pattern: '(?<family>web)_\\d+' }, { pattern: '(?<family>web)-new-\\d+' }];
    expect(
      stale([image('web_1', on('01-01')), image('web-new-1', on('02-01'))], [copy('web_1')], families)?.facts,
    ).toMatchObject({ newer: ['web-new-1'] });
  });

  it('is for whole names: "web" does not swallow "webhooks-2"', () => {
    expect(
      stale(
        [image('web-1', on('01-01')), image('webhooks-2', on('02-01'))],
        [copy('web-1')],
        [{ pattern: '(?<family>web).\\d' }],
      ),
    ).toBeNull();
  });

  it('leaves what no entry fits to the guess, and says so', () => {
    expect(
      stale([image('db-1.0.0', on('01-01')), image('db-1.1.0', on('02-01'))], [copy('db-1.0.0')], PATTERN),
    ).toMatchObject({
      facts: { strength: 'weak', by: 'the family guessed from the name' },
      message: expect.stringContaining('is a guess from the names'),
    });
  });

  it.each([
    ['(?<family>web', 'is not a regular expression'],
    ['web-(.*)', 'has no group (?<family>…)'],
  ])('is refused where the pattern is %s', (pattern, why) => {
    expect(() => stale([], [], [{ tag: 'Line' }, { pattern }])).toThrow(
      `config families.1.pattern: "${pattern}" ${why}`,
    );
    const issue = configSchema.safeParse({ families: [{ tag: 'Line' }, { pattern }] }).error?.issues[0];
    expect(issue).toMatchObject({ path: ['families', 1, 'pattern'], message: expect.stringContaining(why) });
  });

  it.each([[{}], [{ tag: 'a', pattern: '(?<family>a)' }], [{ tags: 'a' }]])('is refused as %j', (entry) => {
    expect(configSchema.safeParse({ families: [entry] }).error?.issues[0]).toMatchObject({
      path: ['families', 0],
      message: 'give either "pattern", with a group (?<family>…), or "tag"',
    });
  });
});

describe('newer', () => {
  it('is the higher version where the config reads one, whatever was built last', () => {
    const source = [
      image('web-1.10', on('01-01')),
      image('web-1.9', on('03-01')),
      image('web-1.11', on('02-01')),
    ];
    expect(stale(source, [copy('web-1.10')], PATTERN)?.facts).toMatchObject({
      newer: ['web-1.11'],
      daysBehind: 31,
    });
  });

  it('counts two builds of one version as one', () => {
    const families = [{ pattern: '(?<family>web)-(?<version>\\d+)(-.*)?' }];
    const source = [
      image('web-1', on('01-01')),
      image('web-2', on('02-01')),
      image('web-2-enc', on('02-02')),
    ];
    expect(stale(source, [copy('web-1')], families)?.facts).toMatchObject({
      versionsBehind: 1,
      newer: ['web-2-enc', 'web-2'],
    });
    expect(stale(source, [copy('web-1'), copy('web-2')], families)).toBeNull();
  });

  it.each([
    ['a commit', 'web-3f9c2ab', 'web-1a2b3c4'],
    ['no version for one of them', 'web-9', 'web-final'],
  ])('goes by date where the pattern reads %s', (_, old, young) => {
    expect(
      stale([image(old, on('01-01')), image(young, on('02-01'))], [copy(old)], PATTERN)?.facts,
    ).toMatchObject({ orderedBy: 'creation date' });
    expect(stale([image(old, on('02-01')), image(young, on('01-01'))], [copy(old)], PATTERN)).toBeNull();
  });

  it('goes by the date of the source images, never by that of the copies', () => {
    const source = [image('web-3f9c2ab', on('01-01')), image('web-1a2b3c4', on('02-01'))];
    expect(stale(source, [copy('web-3f9c2ab')])?.facts).toMatchObject({ daysBehind: 31 });
    const late = [copy('web-3f9c2ab'), copy('web-1a2b3c4', { CreationDate: on('11-01') })];
    expect(stale(source, late)).toBeNull();
  });

  it('goes by the original where the source image is itself a copy', () => {
    const copied = { SourceImageId: 'ami-origin', SourceImageRegion: 'us-east-1' };
    const source = [
      image('origin', on('01-01')),
      image('web-3f9c2ab', on('02-01')),
      image('web-1a2b3c4', on('03-01'), copied),
    ];
    expect(stale(source, [copy('web-3f9c2ab')])).toBeNull();
  });

  it('is not what a guessed name says is older: a fix of the line before', () => {
    const source = [image('web-1.3.0', on('01-01')), image('web-1.2.9', on('02-01'))];
    expect(stale(source, [copy('web-1.3.0')])).toBeNull();
  });

  it.each([
    ['of another architecture', { Architecture: 'arm64' }],
    ['pending', { State: 'pending' }],
    ['disabled', { State: 'disabled' }],
    ['past its deprecation', { DeprecationTime: on('10-01') }],
    ['without a date', { CreationDate: undefined }],
    ['of the same instant', { CreationDate: on('01-01') }],
  ])('is no image %s', (_, more) => {
    expect(
      stale([image('web-1.0.0', on('01-01')), image('web-1.1.0', on('02-01'), more)], [copy('web-1.0.0')]),
    ).toBeNull();
  });

  it('is one whose deprecation is yet to come', () => {
    const later = { DeprecationTime: '2027-01-01T00:00:00.000Z' };
    expect(
      stale([image('web-1.0.0', on('01-01')), image('web-1.1.0', on('02-01'), later)], [copy('web-1.0.0')]),
    ).not.toBeNull();
  });
});

describe('how far behind', () => {
  it.each([
    ['on one day', '2026-01-01T08:00:00.000Z', '1 version and less than a day behind'],
    ['a day later', '2026-01-02T08:00:00.000Z', '1 version and 1 day behind'],
    ['at an unknown time', undefined, '1 version behind'],
    ['before', '2025-12-01T00:00:00.000Z', '1 version behind'],
  ])('is said of a higher version made %s', (_, made, words) => {
    expect(
      stale([image('web-1', on('01-01')), image('web-2', made)], [copy('web-1')], PATTERN)?.message,
    ).toContain(words);
  });

  it('is the same in whatever order the images come', () => {
    const source = ['1.0.0', '1.1.0', '1.2.0', '1.3.0'].map((v, i) => image(`web-${v}`, on(`0${i + 1}-01`)));
    const target = [copy('web-1.0.0'), copy('web-1.1.0')];
    expect(stale([...source].reverse(), [...target].reverse())).toEqual(stale(source, target));
    expect(stale(source, target)?.facts).toMatchObject({
      versionsBehind: 2,
      newer: ['web-1.3.0', 'web-1.2.0'],
    });
  });
});

it('versions are in the order that people mean', () => {
  const sorted = [
    '1.2.0-dev.3',
    '1.2.0-alpha',
    '1.2.0-beta.2',
    '1.2.0-rc.1',
    '1.2.0-rc.10',
    'v1.2',
    '1.2.0-1',
    '1.9',
    '1.10',
  ];
  expect([...sorted].reverse().sort(compareVersions)).toEqual(sorted);
  expect(compareVersions('v1.2', '1.2.0+build.7')).toBe(0);
  expect(compareVersions('20261101103000123456', '20261101103000123457')).toBeLessThan(0);
});

it('50,000 images of one region are put into families, and placed in one, without a quadratic step', () => {
  const scheme = (i: number) =>
    `team-${i % 500}-web-1.${i % 7}.${i}-2026-11-01T10-30-00Z-${(i + 0x3f9c2ab).toString(16)}`;
  const rows = Array.from({ length: 50_000 }, (_, i) => imageFrom(image(scheme(i), on('01-01')), null));
  const began = process.cpuUsage();
  for (const families of [
    imageFamilies(),
    imageFamilies([{ pattern: 'team-\\d+-(?<family>web)-(?<version>.+)' }]),
  ]) {
    const images = rows.map((source, i) => ({
      source,
      target: null,
      standing: i < 100 ? 'paired' : 'alone',
    }));
    const side = { region: 'us-east-1', takenAt: on('12-31'), images: complete(rows) };
    const context = {
      families,
      source: side,
      target: { ...side, images: complete([]) },
      counterparts: { image: images },
    };
    for (const row of rows) lagOf(row, context as unknown as Context);
  }
  // Some two seconds on a slow machine; one quadratic step would take minutes.
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(20_000);
}, 240_000);

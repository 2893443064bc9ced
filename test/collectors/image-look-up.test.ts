import { describe, expect, it } from 'vitest';
import { lookUpAll, lookupsOf } from '../../src/audit/lookups.ts';
import { openSide } from '../../src/collectors/live.ts';
import { compare } from '../../src/comparator/compare.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import type { RegionModel } from '../endpoint/endpoint.ts';
import { ACCOUNT, closingEndpoints, endpoint, HERE, image, itemsIn, NOON, withKeys } from './kit.ts';

withKeys();
closingEndpoints();

const AWAY = 'us-east-1';
const shared = { LaunchPermissions: [{ UserId: '999999999999' }] };
const id = (n: number) => `ami-0000000${n}`;
const copy = (of: string, region: string) => ({ SourceImageId: of, SourceImageRegion: region });

/** On the source: one image with a copy, one that a template launches, one that is neither, and a copy from a third region. */
const SOURCE: RegionModel = {
  account: ACCOUNT,
  images: [
    { ...image(id(1), { Name: 'copied' }), ...shared },
    { ...image(id(2), { Name: 'launched' }), ...shared },
    { ...image(id(3), { Name: 'neither' }), ...shared },
    { ...image(id(4), { Name: 'from afar', ...copy('ami-0000aaaa', 'ap-south-1') }), ...shared },
  ],
  launchTemplates: [
    {
      LaunchTemplateId: 'lt-1',
      LaunchTemplateName: 'web',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId: id(2) } }],
    },
  ],
};
/** Its copy, and two copies from the third region. */
const TARGET: RegionModel = {
  account: ACCOUNT,
  images: [
    image(id(5), { Name: 'copied', ...copy(id(1), AWAY) }),
    image(id(6), { Name: 'x', ...copy('ami-0000bbbb', 'ap-south-1') }),
    image(id(7), { Name: 'y', ...copy('ami-0000cccc', 'ap-south-1') }),
  ],
};

async function bothSides(detailLimit: number, target: RegionModel = TARGET) {
  const ec2 = await endpoint({ [AWAY]: SOURCE, [HERE]: target });
  const sides = await Promise.all(
    [AWAY, HERE].map((region) => openSide({ region, endpointUrl: ec2.url }, { maxAttempts: 2 })),
  );
  const scopes = ['key-pairs', 'security-groups', 'images', 'workloads'] as const;
  const pace = { pause: () => 0, maxAttempts: 2 };
  const listed = await Promise.all(
    sides.map((side) => side.collect({ scopes, now: NOON, detailLimit, ...pace })),
  );
  const read = await lookUpAll(
    sides,
    listed,
    (index, taken) => lookupsOf(taken[index] as Snapshot, taken, []),
    () => pace,
  );
  for (const side of sides) side.close();
  const [source, target_] = read as [Snapshot, Snapshot];
  return { ec2, source, target: target_ };
}
const idsOf = (calls: readonly { params: { ImageId?: string } }[]) =>
  calls.map(({ params }) => params.ImageId).sort();
const report = (source: Snapshot, target: Snapshot) =>
  compare({
    source,
    target,
    config: {},
    phase: 'readiness',
    scopes: ['images', 'workloads'],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });

describe('in a region of more images than the limit', () => {
  it('launch permissions are read of the images that have a counterpart or are launched, and of no others', async () => {
    const { ec2, source } = await bothSides(1);
    expect(idsOf(ec2.calls('DescribeImageAttribute', AWAY))).toEqual([id(1), id(2)]);
    expect(idsOf(ec2.calls('DescribeImageAttribute', HERE))).toEqual([id(5)]);
    const read = itemsIn(source.images).filter((i) => i.launchPermissions?.accounts[0] === '999999999999');
    expect(read.map((i) => i.id)).toEqual([id(1), id(2)]);
    expect(source.gaps).toMatchObject([
      { explains: 'permissions', message: expect.stringContaining('of 2 images were not read') },
    ]);
  });

  it('the ancestry is read of the copies whose original neither side lists', async () => {
    const { ec2, target } = await bothSides(1);
    expect(idsOf(ec2.calls('GetImageAncestry', HERE))).toEqual([id(6), id(7)]);
    expect(target.gaps).toMatchObject([
      { explains: 'ancestry', message: expect.stringContaining('of 1 copy was not read') },
      { explains: 'permissions', message: expect.stringContaining('of 2 images were not read') },
    ]);
  });

  it('the findings are the same, and the run is as complete', async () => {
    const [some, all] = await Promise.all([bothSides(1), bothSides(100)]);
    const [few, every] = [report(some.source, some.target), report(all.source, all.target)];
    expect(every.findings.map((f) => f.rule)).toContain('image/launch-permissions-differ');
    expect(few.findings.map((f) => f.content)).toEqual(every.findings.map((f) => f.content));
    expect([few.complete, few.gaps]).toEqual([every.complete, every.gaps]);
  });

  it('launch permissions that AWS denies are a gap that names the images', async () => {
    const { target } = await bothSides(1, { ...TARGET, faults: { DescribeImageAttribute: { deny: true } } });
    expect(target.gaps).toContainEqual(
      expect.objectContaining({ code: 'access-denied', message: expect.stringContaining(id(5)) }),
    );
  });

  it('an ancestry that AWS denies is a gap', async () => {
    const { target } = await bothSides(1, {
      ...TARGET,
      faults: { GetImageAncestry: { deny: true, times: 1 } },
    });
    expect(target.gaps).toContainEqual(
      expect.objectContaining({ code: 'access-denied', explains: 'ancestry' }),
    );
  });
});

it('in a region of at most that many images, all are read with the listing', async () => {
  const { ec2, source } = await bothSides(4);
  expect(idsOf(ec2.calls('DescribeImageAttribute', AWAY))).toEqual([1, 2, 3, 4].map(id));
  expect(source.gaps).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { unreadParts } from '../../src/audit/unread.ts';
import { busyRegion, closingEndpoints, endpoint, HERE, image, itemsIn, snapshotOf, withKeys } from './kit.ts';

withKeys();
closingEndpoints();

const ONLY_IMAGES = { scopes: ['images' as const] };
const copy = (id: string, SourceImageId: string) =>
  image(id, { SourceImageId, SourceImageRegion: 'ap-south-1' });
const onDisk = (id: string, SnapshotId: string) =>
  image(id, { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId } }] });

describe('what tells where an image comes from', () => {
  it('is read with it: ancestors, snapshots, settings', async () => {
    const snapshot = await snapshotOf(await endpoint({ [HERE]: busyRegion }), {}, ONLY_IMAGES);
    expect(snapshot).toMatchObject({
      gaps: [],
      imageSettings: { allowedImages: 'audit-mode', encryptionByDefault: true },
    });
    const [one] = itemsIn(snapshot.images);
    expect(one?.ancestry).toEqual([
      { imageId: 'ami-0', region: 'ap-south-1', createdAt: '2025-01-02T03:04:05.000Z', ownerAlias: null },
    ]);
    expect(one?.blockDevices[0]?.ebs).toMatchObject({
      description: 'Copied for …',
      fullSnapshotBytes: 4096,
      kmsKeyId: 'arn:kms',
    });
  });

  it('watermarks and protection come with the image itself', async () => {
    const marked = image('ami-1', {
      DeregistrationProtection: 'enabled',
      ImageAllowed: true,
      ImageWatermarks: [
        {
          WatermarkKey: '111122223333:golden',
          SourceImageId: 'ami-0',
          SourceImageRegion: 'us-east-1',
          SourceImageCreationTime: new Date('2025-01-02T03:04:05Z'),
        },
      ],
    });
    const [one] = itemsIn(
      (await snapshotOf(await endpoint({ [HERE]: { images: [marked] } }), {}, ONLY_IMAGES)).images,
    );
    expect(one).toMatchObject({
      deregistrationProtection: 'enabled',
      imageAllowed: true,
      watermarks: [
        {
          key: '111122223333:golden',
          sourceImageId: 'ami-0',
          sourceImageRegion: 'us-east-1',
          sourceCreatedAt: '2025-01-02T03:04:05.000Z',
        },
      ],
      ancestry: null,
    });
  });

  it('is asked for only where the listing does not tell: not of builds, nor of copies of what is listed', async () => {
    const images = [
      image('ami-0'),
      copy('ami-1', 'ami-0'),
      image('ami-2', { SourceImageId: 'ami-x', SourceImageRegion: HERE, SourceInstanceId: 'i-1' }),
      copy('ami-3', 'ami-y'),
    ];
    const ec2 = await endpoint({ [HERE]: { images } });
    await snapshotOf(ec2, {}, ONLY_IMAGES);
    expect(ec2.calls('GetImageAncestry').map(({ params }) => params.ImageId)).toEqual(['ami-3']);
    expect(ec2.calls('DescribeSnapshots')).toEqual([]);
  });

  it('is left to the second look where there are more than the limit, which is stated', async () => {
    const ec2 = await endpoint({ [HERE]: { images: [copy('ami-1', 'ami-x'), copy('ami-2', 'ami-y')] } });
    const snapshot = await snapshotOf(ec2, {}, { ...ONLY_IMAGES, detailLimit: 1 });
    expect(ec2.calls('GetImageAncestry')).toEqual([]);
    expect(snapshot.gaps).toMatchObject([
      { kind: 'image', code: 'not-read', explains: 'ancestry' },
      { kind: 'image', code: 'not-read', explains: 'permissions' },
    ]);
    expect(unreadParts(snapshot)).toEqual([]);
  });

  it('of snapshots is asked 200 at a time, in pages, and an image may have lost its snapshot', async () => {
    const images = Array.from({ length: 401 }, (_, i) => onDisk(`ami-${i}`, `snap-${i}`));
    const snapshots = images
      .slice(1)
      .map((_, i) => ({ SnapshotId: `snap-${i + 1}`, Description: `of ${i + 1}` }));
    const ec2 = await endpoint({ [HERE]: { images, snapshots } });
    const snapshot = await snapshotOf(ec2, {}, { ...ONLY_IMAGES, pageSize: 50, detailLimit: 0 });
    const asked = ec2.calls('DescribeSnapshots').map(({ params }) => params.Filters[0].Values.length);
    expect(new Set(asked)).toEqual(new Set([200, 1]));
    expect(ec2.calls('DescribeSnapshots')).toHaveLength(9);
    const described = itemsIn(snapshot.images).map((i) => [i.id, i.blockDevices[0]?.ebs?.description]);
    expect(described).toContainEqual(['ami-0', null]);
    expect(described).toContainEqual(['ami-400', 'of 400']);
    expect(snapshot.gaps).toMatchObject([{ code: 'not-read' }]);
  });
});

describe('where it cannot be read', () => {
  const two = { images: [copy('ami-1', 'ami-x'), copy('ami-2', 'ami-y'), onDisk('ami-3', 'snap-3')] };
  const calls = [
    'GetImageAncestry',
    'DescribeSnapshots',
    'GetAllowedImagesSettings',
    'GetEbsEncryptionByDefault',
  ];
  const all = (fault: object) => Object.fromEntries(calls.map((call) => [call, fault]));
  const snapshotWith = async (fault: object) => {
    const ec2 = await endpoint({ [HERE]: { ...two, faults: all(fault) } });
    return { ec2, snapshot: await snapshotOf(ec2, {}, ONLY_IMAGES) };
  };

  it('the images are read all the same, and each part that was refused is stated', async () => {
    const { snapshot } = await snapshotWith({ deny: true });
    expect(itemsIn(snapshot.images)).toHaveLength(3);
    expect(snapshot.gaps.map(({ kind, code, explains }) => [kind, code, explains])).toEqual([
      ['image', 'access-denied', 'snapshots'],
      ['image', 'access-denied', 'settings'],
      ['image', 'access-denied', 'settings'],
      ['image', 'access-denied', 'ancestry'],
    ]);
    expect(snapshot.imageSettings).toEqual({ allowedImages: null, encryptionByDefault: null });
    expect(unreadParts(snapshot).map(({ failure }) => failure.message)).toEqual([
      expect.stringMatching(/^Descriptions and written sizes of snap-3 could not be read: DescribeSnapshots/),
      expect.stringMatching(/^The ancestry of ami-1 .* and ami-2|^The ancestry of ami-1/),
    ]);
  });

  it.each<[string, object]>([
    ['InvalidAction, as AWS answers', { unsupported: true }],
    ['a page of a web framework, as emulators answer', { html: 500 }],
    ['a page with status 200', { html: 200 }],
  ])('a call that does not exist is no gap that anyone could mend: %s', async (_, fault) => {
    const { ec2, snapshot } = await snapshotWith(fault);
    expect(snapshot.gaps.map(({ code, explains }) => [code, explains])).toEqual([
      ['unsupported', 'snapshots'],
      ['unsupported', 'ancestry'],
    ]);
    expect(unreadParts(snapshot)).toEqual([]);
    // One image shows that the call does not exist; the other is not asked about.
    expect(new Set(ec2.calls('GetImageAncestry').map(({ params }) => params.ImageId)).size).toBe(1);
  });
});

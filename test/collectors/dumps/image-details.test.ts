import { describe, expect, it } from 'vitest';
import { unreadParts } from '../../../src/audit/unread.ts';
import { gapsOf, image, notesOf, read } from './kit.ts';

const disk = { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1' } }] };
const shared = { ImageId: 'ami-1', LaunchPermissions: [] };
const copy = { SourceImageId: 'ami-0', SourceImageRegion: 'eu-west-1' };

describe('what tells where the images of a dump come from', () => {
  it('is in files of its own, whatever they are called', async () => {
    const found = await read({
      'i.json': { Images: [image('ami-1', { ...disk, ...copy })] },
      'p.json': shared,
      's.json': {
        Snapshots: [
          { SnapshotId: 'snap-1', Description: 'web', FullSnapshotSizeInBytes: 4096, KmsKeyId: 'arn:kms' },
        ],
      },
      'a.json': {
        ImageAncestryEntries: [
          { CreationDate: '2026-01-01T00:00:00+00:00', ImageId: 'ami-0', ImageOwnerAlias: 'amazon' },
          { ImageId: 'ami-1', SourceImageId: 'ami-0', SourceImageRegion: 'eu-west-1' },
        ],
      },
      'allowed.json': { State: 'enabled', ImageCriteria: [], ManagedBy: 'account' },
      'encryption.json': { EbsEncryptionByDefault: true, SseType: 'sse-ebs' },
    });
    expect([gapsOf(found), notesOf(found)]).toEqual([[], []]);
    expect(found.snapshot).toMatchObject({
      imageSettings: { allowedImages: 'enabled', encryptionByDefault: true },
      images: {
        items: [
          {
            ancestry: [
              {
                imageId: 'ami-0',
                region: 'eu-west-1',
                createdAt: '2026-01-01T00:00:00.000Z',
                ownerAlias: 'amazon',
              },
            ],
            blockDevices: [{ ebs: { description: 'web', fullSnapshotBytes: 4096, kmsKeyId: 'arn:kms' } }],
          },
        ],
      },
    });
  });

  it('may be absent: a stated limit where an image could be explained by it, with the command', async () => {
    const files = { 'p.json': shared };
    const registered = await read({ ...files, 'i.json': { Images: [image('ami-1', disk)] } });
    expect(gapsOf(registered)).toEqual([
      'image not-read: DIR contains no snapshots: their descriptions, which show what an image is a copy of, are not used. To use them, save the snapshots. $ aws ec2 describe-snapshots --owner-ids self --region us-east-1 --output json > DIR/Snapshots.json',
    ]);
    const copied = await read({ ...files, 'i.json': { Images: [image('ami-1', { ...disk, ...copy })] } });
    expect(gapsOf(copied)).toEqual([
      'image not-read: DIR contains no ancestry of 1 of 1 images that are copies from another region or account. If a copy of a copy is not recognised, save the ancestry of each such image. $ aws ec2 get-image-ancestry --image-id ami-1 --region us-east-1 --output json > DIR/ancestry-ami-1.json',
    ]);
    expect(unreadParts(copied.snapshot).filter(({ kind }) => kind === 'image')).toEqual([]);
    expect(copied.snapshot.imageSettings).toEqual({ allowedImages: null, encryptionByDefault: null });
  });

  it('is no matter for images that were built here, or copied from what is listed', async () => {
    const built = { ...disk, SourceImageId: 'ami-x', SourceInstanceId: 'i-1' };
    const found = await read({
      'p.json': `${JSON.stringify(shared)}${JSON.stringify({ ...shared, ImageId: 'ami-0' })}`,
      'i.json': { Images: [image('ami-0', built), image('ami-1', { ...disk, ...copy })] },
    });
    expect(gapsOf(found)).toEqual([]);
  });

  it('that is broken is a gap', async () => {
    const found = await read({
      'p.json': shared,
      'i.json': { Images: [image('ami-1', { ...disk, ...copy })] },
      's.json': '{"Snapshots": [{',
      'a.json': { ImageAncestryEntries: [{ CreationDate: 'x' }] },
      't.json': { Snapshots: [], NextToken: 'more' },
    });
    expect(gapsOf(found).map((gap) => gap.slice(0, 60))).toEqual([
      expect.stringMatching(/^image malformed: DIR\/a\.json, ImageAncestryEntries/),
      expect.stringMatching(/^image malformed: DIR\/s\.json cannot be read/),
      expect.stringMatching(/^image truncated: DIR\/t\.json/),
    ]);
  });

  it('is not mistaken for another answer with a state', async () => {
    const found = await read({
      'i.json': { Images: [] },
      'block.json': { State: 'block-all-sharing', ManagedBy: 'account' },
    });
    expect(found.snapshot.imageSettings.allowedImages).toBeNull();
  });
});

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { itemsOf } from '../../src/inventory/collected.ts';
import { imageFrom } from '../../src/inventory/image.ts';
import { snapshotJsonSchema } from '../../src/inventory/json-schema.ts';
import { checkSnapshot } from '../../src/inventory/snapshot-check.ts';

const old = {
  schemaVersion: 1,
  region: 'us-east-1',
  account: null,
  takenAt: '2026-11-01T00:00:00.000Z',
  origin: 'live',
  vpcs: { status: 'complete', items: [] },
  keyPairs: { status: 'complete', items: [] },
  prefixLists: { status: 'complete', items: [] },
  securityGroups: { status: 'complete', items: [] },
  images: { status: 'complete', items: [imageOfBefore()] },
  gaps: [],
};

/** As the first version of the tool wrote it. */
function imageOfBefore(): object {
  const now = imageFrom(
    { ImageId: 'ami-1', BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1' } }] },
    null,
  );
  const { watermarks, deregistrationProtection, imageAllowed, ancestry, ...image } = now;
  expect([watermarks, deregistrationProtection, imageAllowed, ancestry]).toEqual([[], null, null, null]);
  const blockDevices = image.blockDevices.map(({ ebs, ...device }) => {
    const { description, fullSnapshotBytes, kmsKeyId, ...volume } = ebs ?? {};
    expect([description, fullSnapshotBytes, kmsKeyId]).toEqual([null, null, null]);
    return { ...device, ebs: volume };
  });
  return { ...image, blockDevices };
}

describe('a snapshot of before origins were read', () => {
  it('is one still: what it does not tell is not known', () => {
    const { images, imageSettings } = checkSnapshot(old);
    expect(itemsOf(images)).toMatchObject([
      { watermarks: [], ancestry: null, blockDevices: [{ ebs: { fullSnapshotBytes: null } }] },
    ]);
    expect(imageSettings).toEqual({ allowedImages: null, encryptionByDefault: null });
  });

  it('satisfies the JSON Schema', () => {
    const validate = new Ajv2020({ strict: true }).compile(snapshotJsonSchema());
    expect(validate(old), JSON.stringify(validate.errors)).toBe(true);
  });

  it('may not hold a time that no clock shows', () => {
    const [image] = old.images.items as [object];
    const withAncestor = (createdAt: string) => ({
      ...old,
      images: {
        status: 'complete',
        items: [{ ...image, ancestry: [{ imageId: 'ami-0', region: null, createdAt, ownerAlias: null }] }],
      },
    });
    expect(() => checkSnapshot(withAncestor('yesterday'))).toThrow(
      'images.items[0].ancestry[0].createdAt "yesterday" is not a time',
    );
  });
});

describe('the ancestry of an image', () => {
  const of = (...rows: [string, string?, string?][]) =>
    imageFrom({ ImageId: 'ami-1' }, null, {
      ancestry: rows.map(([ImageId, SourceImageId, SourceImageRegion]) => ({
        ImageId,
        SourceImageId,
        SourceImageRegion,
      })),
    }).ancestry?.map(({ imageId, region }) => `${imageId} ${region}`);

  it('is nearest first and without the image itself, whatever order AWS answers in', () => {
    const rows: [string, string?, string?][] = [
      ['ami-1', 'ami-2', 'eu-west-1'],
      ['ami-2', 'ami-3', 'us-east-1'],
      ['ami-3'],
    ];
    expect(of(...rows)).toEqual(['ami-2 eu-west-1', 'ami-3 us-east-1']);
    expect(of(...rows.reverse())).toEqual(['ami-2 eu-west-1', 'ami-3 us-east-1']);
  });

  it('names what the last of them was made from, and ends where it goes in a circle', () => {
    expect(of(['ami-1', 'ami-2', 'eu-west-1'])).toEqual(['ami-2 eu-west-1']);
    expect(of(['ami-1', 'ami-2', 'x'], ['ami-2', 'ami-1', 'y'])).toEqual(['ami-2 x']);
    expect(of()).toEqual([]);
  });
});

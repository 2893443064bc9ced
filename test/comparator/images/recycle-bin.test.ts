import { describe, expect, it } from 'vitest';
import { recycledImageFrom } from '../../../src/inventory/recycled-image.ts';
import { audit, finding, linesOf } from '../../kit/estate.ts';

const RECYCLED = {
  ImageId: 'ami-9',
  Name: 'web',
  RecycleBinEnterTime: '2026-05-01T00:00:00Z',
  RecycleBinExitTime: '2026-06-01T00:00:00Z',
};
const source = { images: [{ ImageId: 'ami-1', Name: 'web', State: 'available' as const }] };
const missing = (...rows: object[]) =>
  finding(
    audit(source, { recycledImages: rows.map((row) => recycledImageFrom({ ...RECYCLED, ...row })) }),
    'image/missing-copy',
  );
const remedy = (...rows: object[]) => missing(...rows).remedy;

describe('an image in the Recycle Bin of the target', () => {
  it('is no copy: the image is missing, and the remedy says how to restore it', () => {
    expect(remedy({})).toBe(
      'The Recycle Bin of eu-west-1 holds an image of this name (ami-9) until 2026-06-01T00:00:00.000Z. If it is the copy, restore it. If it is not: Copy it to eu-west-1.',
    );
    expect(linesOf(missing({}))).toEqual([
      'aws ec2 restore-image-from-recycle-bin --region eu-west-1 --image-id ami-9',
    ]);
  });

  it('is the one that entered last where several have the name', () => {
    expect(remedy({}, { ImageId: 'ami-8', RecycleBinEnterTime: '2026-05-02T00:00:00Z' })).toContain(
      '(ami-8)',
    );
  });

  it.each([[{ Name: 'other' }], [{ Name: undefined }]])(
    'is not named where its name is another: %j',
    (row) => {
      expect(remedy(row)).not.toContain('Recycle Bin');
    },
  );
});

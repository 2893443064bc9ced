import { describe, expect, it } from 'vitest';
import { runAudit } from '../../src/audit/run.ts';
import { unreadParts } from '../../src/audit/unread.ts';
import { finding } from '../kit/estate.ts';
import { endpoint, HERE, image, snapshotOf, withKeys } from './kit.ts';

withKeys();

const ONLY_IMAGES = { scopes: ['images'] as const };

const bin = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    ImageId: `ami-${i}`,
    Name: `old-${i}`,
    RecycleBinEnterTime: new Date('2026-11-01T00:00:00Z'),
    RecycleBinExitTime: new Date('2026-12-01T00:00:00Z'),
  }));

describe('the Recycle Bin', () => {
  it('is read in pages', async () => {
    const ec2 = await endpoint({ [HERE]: { recycleBin: bin(7) } });
    const { recycledImages } = await snapshotOf(ec2, {}, { ...ONLY_IMAGES, pageSize: 3 });
    expect(recycledImages?.map(({ id }) => id)).toEqual(bin(7).map(({ ImageId }) => ImageId));
    expect(recycledImages?.[0]).toEqual({
      id: 'ami-0',
      name: 'old-0',
      enteredAt: '2026-11-01T00:00:00.000Z',
      exitsAt: '2026-12-01T00:00:00.000Z',
    });
    expect(ec2.calls('ListImagesInRecycleBin')).toHaveLength(3);
  });

  it('that may not be read leaves the images whole, and says which right is lacking', async () => {
    const faults = { ListImagesInRecycleBin: { deny: true } };
    const ec2 = await endpoint({ [HERE]: { images: [image('ami-1')], faults } });
    const snapshot = await snapshotOf(ec2, {}, ONLY_IMAGES);
    expect(snapshot.recycledImages).toBeNull();
    expect(snapshot.gaps).toMatchObject([
      {
        kind: 'image',
        code: 'access-denied',
        explains: 'recycle-bin',
        hint: expect.stringContaining('ec2:ListImagesInRecycleBin'),
      },
    ]);
    expect(unreadParts(snapshot)).toEqual([]);
  });

  it('that a region does not have is no gap', async () => {
    const ec2 = await endpoint({ [HERE]: { faults: { ListImagesInRecycleBin: { unsupported: true } } } });
    expect((await snapshotOf(ec2, {}, ONLY_IMAGES)).gaps).toEqual([]);
  });

  const audited = async (target: object) => {
    const ec2 = await endpoint({
      'us-east-1': { images: [image('ami-1', { Name: 'web', State: 'available' })] },
      'eu-west-1': target,
    });
    const side = (region: string) => ({
      side: { form: 'live', text: region, region } as const,
      regionFlag: '--region',
      endpointUrl: ec2.url,
    });
    return runAudit({
      source: side('us-east-1'),
      target: side('eu-west-1'),
      phase: 'readiness',
      config: {},
      scopes: ['images'],
      signal: new AbortController().signal,
      note: () => undefined,
      startProgress: async () => ({ of: () => () => undefined, stop: () => undefined }),
    });
  };

  it('holds the copy that is missing on a live target: the remedy restores it', async () => {
    const report = await audited({ recycleBin: [{ ImageId: 'ami-9', Name: 'web' }] });
    const missing = finding(report, 'image/missing-copy');
    expect(missing.facts.recycled).toEqual({ imageId: 'ami-9', until: null });
    expect(missing.commands?.map((c) => c.shell)).toEqual([
      'aws ec2 restore-image-from-recycle-bin --region eu-west-1 --image-id ami-9',
    ]);
  });

  it('that may not be read on the target is a gap that leaves the run complete', async () => {
    const report = await audited({ faults: { ListImagesInRecycleBin: { deny: true } } });
    expect(report.gaps).toMatchObject([
      { side: 'target', kind: 'image', code: 'access-denied', blocking: false },
    ]);
    expect(report.complete).toBe(true);
    expect(finding(report, 'image/missing-copy').facts.recycled).toBeNull();
  });
});

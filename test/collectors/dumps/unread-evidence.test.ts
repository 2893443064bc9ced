import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/comparator/compare.ts';
import type { Report } from '../../../src/report/model.ts';
import { type Files, read } from './kit.ts';

const ME = '111122223333';
const picture = (id: string, name: string, made: string, more: object = {}) => ({
  ImageId: id,
  Name: name,
  OwnerId: ME,
  State: 'available',
  Architecture: 'x86_64',
  RootDeviceType: 'ebs',
  CreationDate: made,
  BlockDeviceMappings: [
    { DeviceName: '/dev/xvda', Ebs: { SnapshotId: `snap-${id}`, VolumeSize: 8, Encrypted: false } },
  ],
  ...more,
});
const SOURCE = { Images: [picture('ami-1', 'golden', '2026-01-01T00:00:00.000Z')] };
const other = (more: object = {}) => ({
  Images: [picture('ami-9', 'other name', '2026-01-02T00:00:00.000Z', more)],
});
const described = (id: string, Description: string) => ({
  Snapshots: [{ SnapshotId: `snap-${id}`, VolumeId: 'vol-1', VolumeSize: 8, OwnerId: ME, Description }],
});
const COPIED =
  'Copied for DestinationAmi ami-9 from SourceAmi ami-1 for SourceSnapshot snap-ami-1. Task created on 1,767,312,000,000.';

async function audited(source: Files, target: Files): Promise<Report> {
  const [a, b] = [await read(source, { name: 'us-east-1' }), await read(target, { name: 'eu-west-1' })];
  return compare({
    source: a.snapshot,
    target: b.snapshot,
    config: {},
    phase: 'readiness',
    scopes: ['images'],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
}

const imageOf = (report: Report) =>
  report.pairs.filter((p) => p.kind === 'image' && p.source).map((p) => p.state);
const missing = (report: Report) => report.findings.filter((f) => f.rule === 'image/missing-copy').length;

describe('dumps without the files that could show that two images are an image and its copy', () => {
  it.each<[string, object]>([
    ['nothing of it is known but its own row', {}],
    [
      'it was copied from an image of a third region',
      { SourceImageId: 'ami-mid', SourceImageRegion: 'ap-south-1' },
    ],
  ])('the image is undetermined and the run incomplete where %s', async (_, more) => {
    const report = await audited({ 'i.json': SOURCE }, { 'i.json': other(more) });
    expect(imageOf(report)).toEqual(['undetermined']);
    expect(missing(report)).toBe(0);
    expect(report.complete).toBe(false);
    expect(report.gaps.filter((g) => g.blocking && g.side === 'target').length).toBeGreaterThan(0);
  });

  it('it is paired where the snapshots were saved and name it', async () => {
    const report = await audited(
      { 'i.json': SOURCE, 's.json': described('ami-1', 'Created by CreateImage(i-1) for ami-1') },
      { 'i.json': other(), 's.json': described('ami-9', COPIED) },
    );
    expect(report.pairs.find((p) => p.kind === 'image')).toMatchObject({
      source: { id: 'ami-1' },
      target: { id: 'ami-9' },
    });
    expect(missing(report)).toBe(0);
  });

  it('it is missing where the snapshots were saved and say something else', async () => {
    const report = await audited(
      { 'i.json': SOURCE, 's.json': described('ami-1', 'Created by CreateImage(i-1) for ami-1') },
      { 'i.json': other(), 's.json': described('ami-9', 'Created by CreateImage(i-9) for ami-9') },
    );
    expect([imageOf(report), missing(report)]).toEqual([['missing-in-target'], 1]);
  });

  it('an earlier image of the target is ruled out only where the snapshots of the source were saved: it could be the original', async () => {
    const earlier = { 'i.json': other({ CreationDate: '2025-01-01T00:00:00.000Z' }) };
    const saved = described('ami-1', 'Created by CreateImage(i-1) for ami-1');
    expect(imageOf(await audited({ 'i.json': SOURCE }, earlier))).toEqual(['undetermined']);
    expect(imageOf(await audited({ 'i.json': SOURCE, 's.json': saved }, earlier))).toEqual([
      'missing-in-target',
    ]);
  });

  it.each<[string, object]>([
    ['another architecture', { Architecture: 'arm64' }],
    ['another platform', { Platform: 'windows', PlatformDetails: 'Windows' }],
    [
      'EC2’s own record that it is a copy of an image of the source that is gone',
      { SourceImageId: 'ami-gone', SourceImageRegion: 'us-east-1' },
    ],
  ])('it is missing where the row of the target itself rules it out: %s', async (_, more) => {
    const report = await audited({ 'i.json': SOURCE }, { 'i.json': other(more) });
    expect([imageOf(report), missing(report)]).toEqual([['missing-in-target'], 1]);
  });

  it('it is missing where the target has no image at all', async () => {
    const report = await audited({ 'i.json': SOURCE }, { 'i.json': { Images: [] } });
    expect([imageOf(report), missing(report)]).toEqual([['missing-in-target'], 1]);
  });
});

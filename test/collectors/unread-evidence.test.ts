import { describe, expect, it } from 'vitest';
import { compare } from '../../src/comparator/compare.ts';
import type { Report } from '../../src/report/model.ts';
import type { Fault, RegionModel } from '../endpoint/endpoint.ts';
import {
  ACCOUNT,
  busyRegion,
  closingEndpoints,
  endpoint,
  groups,
  HERE,
  image,
  snapshotOf,
  withKeys,
} from './kit.ts';

withKeys();
closingEndpoints();

const AWAY = 'us-east-1';
const volume = (SnapshotId: string) => ({
  RootDeviceType: 'ebs' as const,
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId, VolumeSize: 8, Encrypted: false } }],
});
/** A copy that EC2 wrote no record of: only the description of its snapshot, or its ancestry, names the original. */
const regionOf = (own: ReturnType<typeof image>, SnapshotId: string, Description: string): RegionModel => ({
  account: ACCOUNT,
  vpcs: busyRegion.vpcs ?? [],
  securityGroups: groups(1),
  keyPairs: busyRegion.keyPairs ?? [],
  images: [own],
  snapshots: [{ SnapshotId, Description }],
  launchTemplates: [
    {
      LaunchTemplateId: 'lt-1',
      LaunchTemplateName: 'web',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId: own.ImageId ?? '', KeyName: 'deploy' } }],
    },
  ],
});
const SOURCE = regionOf(
  image('ami-00000001', { Name: 'golden', CreationDate: '2026-01-01T00:00:00.000Z', ...volume('snap-1') }),
  'snap-1',
  'Created by CreateImage(i-1) for ami-00000001',
);
const TARGET = regionOf(
  image('ami-00000009', {
    Name: 'other name',
    CreationDate: '2026-01-02T00:00:00.000Z',
    ...volume('snap-9'),
  }),
  'snap-9',
  `Copied for DestinationAmi ami-00000009 from SourceAmi ami-00000001 for SourceSnapshot snap-1. Task created on 1,767,312,000,000.`,
);

async function auditWith(
  faults: Readonly<Record<string, Fault>>,
  target: RegionModel = TARGET,
): Promise<Report> {
  const ec2 = await endpoint({ [AWAY]: SOURCE, [HERE]: { ...target, faults } });
  const options = { scopes: ['key-pairs', 'security-groups', 'images', 'workloads'] as const };
  const [a, b] = await Promise.all([
    snapshotOf(ec2, { region: AWAY }, options),
    snapshotOf(ec2, { region: HERE }, options),
  ]);
  return compare({
    source: a,
    target: b,
    config: {},
    phase: 'readiness',
    scopes: options.scopes,
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
}
const stateOf = (report: Report, kind: string) =>
  report.pairs.filter((p) => p.kind === kind && p.source).map((p) => p.state);
const rulesOf = (report: Report) => report.findings.map((f) => f.rule);
const verdictsOf = (report: Report) => report.workloads.map((w) => w.verdict);

describe('an image whose copy only its snapshots show', () => {
  it('is paired with it where they were read', async () => {
    const report = await auditWith({});
    expect(report.pairs.find((p) => p.kind === 'image')).toMatchObject({
      source: { id: 'ami-00000001' },
      target: { id: 'ami-00000009' },
    });
    expect(rulesOf(report)).not.toContain('image/missing-copy');
  });

  it.each<[string, Fault]>([
    ['denied', { deny: true }],
    ['answered with an internal error', { error: { status: 500, code: 'InternalError', message: 'broken' } }],
    ['unavailable', { error: { status: 503, code: 'Unavailable', message: 'later' } }],
    ['throttled', { throttle: true }],
    [
      'answered with nonsense',
      { body: '<DescribeSnapshotsResponse><snapshotSet>x</snapshotSet></DescribeSnapshotsResponse>' },
    ],
    ['cut off', { dropHalfway: true }],
  ])(
    'is undetermined, its workloads unknown and the run incomplete where DescribeSnapshots is %s',
    async (_, fault) => {
      const report = await auditWith({ DescribeSnapshots: fault });
      expect(stateOf(report, 'image')).toEqual(['undetermined']);
      expect(rulesOf(report)).not.toContain('image/missing-copy');
      expect(verdictsOf(report)).not.toContain('blocked');
      expect(verdictsOf(report)).toContain('unknown');
      expect(report.complete).toBe(false);
      expect(report.verdict).not.toBe('parity');
      expect(report.gaps.filter((g) => g.blocking && g.message.includes('DescribeSnapshots'))).toHaveLength(
        1,
      );
    },
  );

  it('names the right that is lacking', async () => {
    const report = await auditWith({ DescribeSnapshots: { deny: true } });
    const gap = report.gaps.find((g) => g.message.includes('DescribeSnapshots'));
    expect(gap?.hint).toContain('ec2:DescribeSnapshots');
    expect(gap?.side).toBe('target');
  });

  it.each<[string, Partial<ReturnType<typeof image>>]>([
    ['another architecture', { Architecture: 'arm64' }],
    [
      'a volume of another size',
      { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-9', VolumeSize: 9 } }] },
    ],
    ['an earlier date', { CreationDate: '2025-01-01T00:00:00.000Z' }],
  ])('is missing where every image of the target is ruled out by its own record: %s', async (_, more) => {
    const [own] = TARGET.images ?? [];
    const report = await auditWith(
      { DescribeSnapshots: { deny: true } },
      { ...TARGET, images: [{ ...own, ...more }] },
    );
    expect(stateOf(report, 'image')).toEqual(['missing-in-target']);
    expect(rulesOf(report)).toContain('image/missing-copy');
  });

  it.each(['GetAllowedImagesSettings', 'GetEbsEncryptionByDefault', 'ListImagesInRecycleBin'])(
    'is paired, and the run complete, where only %s was denied',
    async (action) => {
      const report = await auditWith({ [action]: { deny: true } });
      expect(stateOf(report, 'image')).not.toContain('undetermined');
      expect(rulesOf(report)).not.toContain('image/missing-copy');
    },
  );
});

describe('a kind of the target that could not be read', () => {
  const ANSWERS: readonly (readonly [string, string, string])[] = [
    [
      'key-pair',
      'DescribeKeyPairs',
      '<DescribeKeyPairsResponse><keySet>garbage</keySet></DescribeKeyPairsResponse>',
    ],
    [
      'image',
      'DescribeImages',
      '<DescribeImagesResponse><imagesSet>garbage</imagesSet></DescribeImagesResponse>',
    ],
    [
      'security-group',
      'DescribeSecurityGroups',
      '<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>sg-0000</groupId><groupName>group-0</groupName><vpcId>vpc-1</vpcId></item></securityGroupInfo></DescribeSecurityGroupsResponse>',
    ],
    [
      'launch-template',
      'DescribeLaunchTemplates',
      '<DescribeLaunchTemplatesResponse><launchTemplates>garbage</launchTemplates></DescribeLaunchTemplatesResponse>',
    ],
  ];
  it.each(
    ANSWERS.flatMap(([kind, action, body]) => [
      [kind, action, 'says nothing', { body }] as const,
      [kind, action, 'is denied', { deny: true }] as const,
    ]),
  )('is never missing: %s (%s %s)', async (kind, action, _, fault) => {
    const report = await auditWith({ [action]: fault });
    expect(report.findings.filter((f) => f.kind === kind && /missing/.test(f.rule))).toEqual([]);
    expect(stateOf(report, kind)).not.toContain('missing-in-target');
    expect(verdictsOf(report)).not.toContain('blocked');
    expect(report.complete).toBe(false);
    expect(report.verdict).not.toBe('parity');
    expect(report.gaps.some((g) => g.blocking && g.side === 'target' && g.message.includes(action))).toBe(
      true,
    );
  });
});

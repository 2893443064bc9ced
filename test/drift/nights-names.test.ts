import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, type Estate, group } from '../kit/estate.ts';
import { Job, outcomeOf } from './nights-kit.ts';

const HTTPS = allow('tcp', 443, 443, '10.0.0.0/8');
const SSH = allow('tcp', 22, 22, '203.0.113.0/24');
const vpc = (Name: string) => ({
  VpcId: 'vpc-1',
  CidrBlock: '10.1.0.0/16',
  OwnerId: ACCOUNT,
  Tags: [{ Key: 'Name', Value: Name }],
});
const side = (name: string, ...rows: (typeof HTTPS)[]): Estate => ({
  vpcs: [vpc(name)],
  securityGroups: [
    group('web', rows, { IpPermissionsEgress: rows }),
    group('job', rows.length === 0 ? [] : [HTTPS]),
  ],
});

describe('a VPC that is given another name on both sides', () => {
  const first = () => {
    const job = new Job();
    job.run({ source: side('prod'), target: side('prod', HTTPS) });
    return job;
  };

  it('makes nothing new of what was known of its groups, and resolves nothing', () => {
    const job = first();
    const known = job.last?.findings.map((f) => f.firstSeen);
    const report = job.run({ source: side('production'), target: side('production', HTTPS) });
    expect(outcomeOf(report)).toMatchObject({
      new: [],
      worsened: [],
      resolved: [],
      unchecked: 0,
      headline: 'no drift: 0 new, 0 worsened, 3 persisting, 0 resolved, 0 unchecked',
    });
    expect(report.findings.map((f) => f.subject.scope)).toEqual(['production', 'production', 'production']);
    expect(report.findings.map((f) => f.firstSeen)).toEqual(known);
    const next = job.run({ source: side('production'), target: side('production', HTTPS) });
    expect(outcomeOf(next).headline).toBe(
      'no drift: 0 new, 0 worsened, 3 persisting, 0 resolved, 0 unchecked',
    );
  });

  it('hides nothing of what changes in the same night', () => {
    const report = first().run({ source: side('production'), target: side('production', HTTPS, SSH) });
    expect(outcomeOf(report)).toMatchObject({
      new: [],
      worsened: ['security-group/allows-more web', 'security-group/allows-more web'],
      exit: 1,
    });
  });

  it('is another finding where the group is another one', () => {
    const other = (name: string): Estate => ({
      ...side(name, HTTPS),
      securityGroups: [group('web', [HTTPS], { GroupId: 'sg-again' }), group('job', [HTTPS])],
    });
    const report = first().run({ source: side('production'), target: other('production') });
    expect(outcomeOf(report).new).toEqual(['security-group/allows-more web']);
  });
});

describe('a date that is reached', () => {
  const image = (more: object) => ({
    Name: 'app',
    State: 'available',
    Architecture: 'x86_64',
    OwnerId: ACCOUNT,
    CreationDate: '2026-10-01T00:00:00.000Z',
    ...more,
  });
  const source: Estate = { images: [image({ ImageId: 'ami-s' })] };
  const target: Estate = {
    images: [
      image({
        ImageId: 'ami-t',
        SourceImageId: 'ami-s',
        SourceImageRegion: 'us-east-1',
        DeprecationTime: '2026-11-03T00:00:00.000Z',
      }),
    ],
  };

  it('makes a finding new, and neither a side nor the config is said to have changed', () => {
    const job = new Job();
    job.run({ source, target });
    expect(outcomeOf(job.run({ source, target })).new).toEqual([]);
    const report = job.run({ source, target });
    const [deprecated] = report.findings.filter((f) => f.status === 'new');
    expect([deprecated?.rule, deprecated?.moved, deprecated?.since]).toEqual([
      'image/unusable-copy',
      null,
      'time',
    ]);
  });
});

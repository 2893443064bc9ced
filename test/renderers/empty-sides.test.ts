import { describe, expect, it } from 'vitest';
import { FORMATS, type FormatOptions, renderAs } from '../../src/audit/formats.ts';
import { exitCode } from '../../src/report/gate.ts';
import { headlineLine } from '../../src/report/headline.ts';
import type { Report } from '../../src/report/model.ts';
import { type AuditOptions, audit, type Estate, group, VPC } from '../kit/estate.ts';

const OPTIONS: FormatOptions = { columns: 300, color: false, full: false, failOn: 'high', written: [] };
const WARNING =
  'There are no key pairs, images or workloads on either side. Is it the right account and region?';
/** What every region of an account has: a default VPC and its default group. */
const EMPTY: Estate = { vpcs: [VPC], securityGroups: [group('default', [])] };
const ofAccount = (account: string): Estate => ({
  account,
  vpcs: [{ ...VPC, OwnerId: account }],
  securityGroups: [group('default', [], { OwnerId: account })],
});
const key = { KeyName: 'deploy', KeyFingerprint: 'aa:bb' };

describe('two empty sides', () => {
  const cases: readonly (readonly [string, Estate, AuditOptions])[] = [
    ['an account with its default VPC', EMPTY, {}],
    ['nothing at all', {}, {}],
    ['two accounts of one region', EMPTY, { regions: ['us-east-1', 'us-east-1'] }],
    ['phase verification', EMPTY, { phase: 'verification' }],
  ];
  it.each(cases)(
    '%s: parity, complete, exit code 0, with the warning and every row of the matrix',
    (_, estate, options) => {
      const other = options.regions ? ofAccount('444455556666') : estate;
      const report = audit(estate, other, options);
      expect(report).toMatchObject({ verdict: 'parity', complete: true, warnings: [WARNING], findings: [] });
      expect(exitCode(report, 'high')).toBe(0);
      for (const kind of ['key-pair', 'security-group', 'image', 'instance', 'launch-template'] as const)
        expect(report.summary.byKind[kind], kind).toMatchObject({ 'missing-in-target': 0 });
    },
  );

  it.each(FORMATS)('%s has the warning', async (format) => {
    const text = await renderAs(audit(EMPTY, EMPTY), format, OPTIONS);
    expect(text.replace(/\s+/g, ' ')).toContain('no key pairs, images or workloads on either side');
    const filled: Estate = { ...EMPTY, keyPairs: [key] };
    expect(await renderAs(audit(filled, filled), format, OPTIONS)).not.toContain('workloads on either side');
  });

  it.each<[string, Estate, string]>([
    [
      'only default groups',
      EMPTY,
      '! nothing to compare: both sides have only what AWS creates in every account; check account and region',
    ],
    ['nothing', {}, '! nothing to compare: both sides are empty; check account and region'],
    [
      'groups of their own',
      { vpcs: [VPC], securityGroups: [group('default', []), group('web', [])] },
      '! no workloads to launch; 2 of 2 pairs are the same',
    ],
    ['a key pair', { ...EMPTY, keyPairs: [key] }, '! no workloads to launch; 1 of 2 pairs is the same'],
  ])('with %s have a headline that is no more than that', (_, estate, says) => {
    for (const phase of ['readiness', 'verification'] as const)
      expect(headlineLine(audit(estate, estate, { phase }), 'high')).toContain(says);
  });

  it.each(['terminal', 'html', 'md'] as const)('%s keeps the rows of the matrix', async (format) => {
    const text = await renderAs(audit(EMPTY, EMPTY), format, { ...OPTIONS, full: true });
    for (const row of ['key pairs', 'images', 'instances']) expect(text.toLowerCase()).toContain(row);
  });

  it.each<[string, Estate, Estate]>([
    ['a key pair on the source', { ...EMPTY, keyPairs: [key] }, EMPTY],
    ['a key pair on the target', EMPTY, { ...EMPTY, keyPairs: [key] }],
    ['an image', { ...EMPTY, images: [{ ImageId: 'ami-1', Name: 'a' }] }, EMPTY],
    ['an instance', { ...EMPTY, instances: [{ InstanceId: 'i-1', State: { Name: 'running' } }] }, EMPTY],
    ['a kind that was denied', EMPTY, { ...EMPTY, unread: ['keyPairs'] }],
  ])('are not empty with %s', (_, source, target) => {
    expect(audit(source, target).warnings).toEqual([]);
  });
});

describe('a verdict of parity', () => {
  const at = (report: Report) => report.findings.filter((f) => f.severity !== 'info');
  const instance = (more: object) => ({
    InstanceId: 'i-1',
    State: { Name: 'running' },
    Tags: [{ Key: 'Name', Value: 'web' }],
    ...more,
  });
  const template = (data: object) => ({
    LaunchTemplateId: 'lt-1',
    LaunchTemplateName: 'web',
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Versions: [{ VersionNumber: 1, LaunchTemplateData: data }],
  });
  const described = (Description: string) => ({
    ...EMPTY,
    securityGroups: [group('a', [], { Description })],
  });

  it.each<[string, Estate, Estate, AuditOptions]>([
    [
      'an instance whose key is gone on both sides',
      { instances: [instance({ KeyName: 'gone' })] },
      { instances: [instance({ KeyName: 'gone' })] },
      {},
    ],
    [
      'a template whose key is gone on both sides',
      { launchTemplates: [template({ KeyName: 'gone' })] },
      { launchTemplates: [template({ KeyName: 'gone' })] },
      {},
    ],
    [
      'a group that both lack',
      { launchTemplates: [template({ SecurityGroupIds: ['sg-gone'] })] },
      { launchTemplates: [template({ SecurityGroupIds: ['sg-gone'] })] },
      {},
    ],
    [
      'the same, where nothing but workloads is reported',
      { instances: [instance({ KeyName: 'gone' })] },
      {},
      { scopes: ['workloads'] },
    ],
    [
      'a group that names a group that is gone on both sides',
      {
        ...EMPTY,
        securityGroups: [group('a', [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-gone' }] }])],
      },
      {
        ...EMPTY,
        securityGroups: [group('a', [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-gone' }] }])],
      },
      {},
    ],
  ])('is never given beside %s', (_, source, target, options) => {
    const report = audit(source, target, options);
    const bad = report.workloads.filter((w) => w.verdict === 'blocked' || w.verdict === 'degraded');
    expect(at(report).length + bad.length).toBeGreaterThan(0);
    expect(report.verdict).not.toBe('parity');
  });

  it('is given beside findings that are only info', () => {
    const report = audit(described('a'), described('b'));
    expect(report.findings.map((f) => f.severity)).toEqual(['info']);
    expect(report.verdict).toBe('parity');
  });
});

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runAudit } from '../../src/audit/run.ts';
import { writeSnapshot } from '../../src/inventory/store.ts';
import { closingEndpoints, endpoint, image, withKeys } from '../collectors/kit.ts';
import type { Fault, RegionModel } from '../endpoint/model.ts';
import { type Estate, snapshotOf } from '../kit/estate.ts';

withKeys();
closingEndpoints();

const [OLD, NEW, THIRD] = ['111122223333', '444455556666', '777788889999'];
const GOLDEN = image('ami-0000000a', { Name: 'golden', OwnerId: OLD, State: 'available' });
const web = (ImageId: string) => ({
  LaunchTemplateId: 'lt-1',
  LaunchTemplateName: 'web',
  DefaultVersionNumber: 1,
  LatestVersionNumber: 1,
  Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId } }],
});

/** A stored account against a live one, in one region or in two. */
async function audited(source: Estate, target: RegionModel, region = 'us-east-1') {
  const file = join(await mkdtemp(join(tmpdir(), 'shared-')), 'us-east-1.json');
  await writeSnapshot(file, snapshotOf('us-east-1', source));
  const ec2 = await endpoint({ [region]: { account: NEW, ...target } });
  const report = await runAudit({
    source: { side: { form: 'snapshot', text: file }, regionFlag: '--source-region' },
    target: {
      side: { form: 'live', text: region, region },
      regionFlag: '--target-region',
      endpointUrl: ec2.url,
    },
    phase: 'readiness',
    config: { launch: { skip: [] } },
    signal: new AbortController().signal,
    note: () => undefined,
    startProgress: async () => ({ of: () => () => undefined, stop: () => undefined }),
  });
  const about = report.findings.filter((f) => f.kind === 'image' || f.rule === 'reference/hard-coded-image');
  return {
    ec2,
    report,
    rules: about.map((f) => `${f.rule} ${f.severity}`),
    verdict: report.workloads.find((w) => w.name === 'web')?.verdict,
  };
}

describe('an image of the source that a live target of the same region sees', () => {
  const organization = [{ OrganizationArn: `arn:aws:organizations::${OLD}:organization/o-1` }];

  it.each<[string, NonNullable<Estate['images']>[number]]>([
    ['is shared with its account', { ...GOLDEN, LaunchPermissions: [{ UserId: NEW }] }],
    ['is public', { ...GOLDEN, Public: true, LaunchPermissions: [{ Group: 'all' }] }],
    [
      'is shared with its organization, which only the target can tell',
      { ...GOLDEN, LaunchPermissions: organization },
    ],
  ])('%s', async (_, shared) => {
    const { ec2, rules, verdict } = await audited(
      { images: [shared], launchTemplates: [web('ami-0000000a')] },
      { images: [GOLDEN] },
    );
    expect(rules).toEqual(['image/owned-by-another-account info']);
    expect(verdict).toBe('launchable');
    const asked = ec2.calls('DescribeImages').flatMap(({ params }) => params.Filters ?? []);
    expect(asked).toContainEqual({ Name: 'image-id', Values: ['ami-0000000a'] });
  });

  it('is missing where it does not see it, whatever the organization', async () => {
    const { rules, verdict } = await audited(
      { images: [{ ...GOLDEN, LaunchPermissions: organization }], launchTemplates: [web('ami-0000000a')] },
      {},
    );
    expect(rules).toEqual(['image/missing-copy critical']);
    expect(verdict).toBe('blocked');
  });

  it('is not known to be there where the look-up is denied', async () => {
    const { rules, verdict } = await audited(
      { images: [{ ...GOLDEN, LaunchPermissions: organization }], launchTemplates: [web('ami-0000000a')] },
      { faults: { DescribeImages: { deny: true } } },
    );
    expect(rules).not.toContain('image/missing-copy critical');
    expect(verdict).toBe('unknown');
  });
});

describe('a copy that another account owns in the target region', () => {
  const copy = (OwnerId: string) =>
    image('ami-0000000b', {
      Name: 'golden',
      OwnerId,
      State: 'available',
      SourceImageId: 'ami-0000000a',
      SourceImageRegion: 'us-east-1',
      CreationDate: '2026-06-01T00:00:00.000Z',
    });

  it.each([
    ['the account of the source', OLD],
    ['the account of the target', NEW],
  ])('of %s is the copy', async (_, owner) => {
    const { rules, verdict } = await audited(
      { images: [GOLDEN], launchTemplates: [web('ami-0000000a')] },
      { images: [copy(owner)] },
      'eu-west-1',
    );
    expect(rules.filter((rule) => rule.startsWith('image/missing'))).toEqual([]);
    expect(verdict).toBe('launchable');
  });

  const copies = (fault: Fault) => ({ faults: { DescribeImages: { naming: 'source-image-id', ...fault } } });

  it.each<[string, Fault, string]>([
    ['denied', { deny: true }, 'access-denied'],
    ['refused', { error: { status: 400, code: 'Unexpected', message: 'no' } }, 'service-error'],
  ])('is not known to exist where the look-up of copies is %s', async (_, fault, code) => {
    const { rules, verdict, report } = await audited(
      { images: [GOLDEN], launchTemplates: [web('ami-0000000a')] },
      copies(fault),
      'eu-west-1',
    );
    expect(rules).toEqual(['image/undetermined medium']);
    expect(verdict).toBe('unknown');
    expect(report.complete).toBe(false);
    expect(report.gaps.filter((gap) => gap.blocking)).toMatchObject([
      { side: 'target', kind: 'image', code, message: expect.stringContaining('DescribeImages') },
    ]);
  });

  it('is found by name, or among the own images, where the look-up of copies was denied', async () => {
    const { rules, report } = await audited(
      { images: [GOLDEN], launchTemplates: [web('ami-0000000a')] },
      { images: [copy(NEW)], ...copies({ deny: true }) },
      'eu-west-1',
    );
    expect(rules.filter((rule) => /missing|undetermined/.test(rule))).toEqual([]);
    expect(report.complete).toBe(true);
  });

  it('is missing where the endpoint has no such filter, as an emulator', async () => {
    const { rules, report } = await audited(
      { images: [GOLDEN], launchTemplates: [web('ami-0000000a')] },
      copies({ unsupported: true }),
      'eu-west-1',
    );
    expect(rules).toEqual(['image/missing-copy critical']);
    expect(report.complete).toBe(true);
  });

  it('of a third account, by name, is no copy of an own image', async () => {
    const { rules } = await audited(
      { images: [GOLDEN], launchTemplates: [web('ami-0000000a')] },
      { images: [image('ami-0000000c', { Name: 'golden', OwnerId: THIRD, State: 'available' })] },
      'eu-west-1',
    );
    expect(rules).toEqual(['image/missing-copy critical']);
  });
});

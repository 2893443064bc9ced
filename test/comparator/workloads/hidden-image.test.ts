import { describe, expect, it } from 'vitest';
import { noOtherImage, type OtherImage, otherImageFrom } from '../../../src/inventory/other-image.ts';
import { audit, type Estate, finding, found } from '../../kit/estate.ts';
import { image } from '../images/kit.ts';

const [OLD, NEW, THIRD] = ['111122223333', '444455556666', '777788889999'];
const ID = 'ami-0000000000000007';

const launches = (ImageId: string): Estate => ({
  launchTemplates: [
    {
      LaunchTemplateId: 'lt-1',
      LaunchTemplateName: 'web',
      DefaultVersionNumber: 1,
      LatestVersionNumber: 1,
      Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId } }],
    },
  ],
});
const shown = (more: object = {}): OtherImage =>
  otherImageFrom({ ...image('golden', ID), OwnerId: THIRD, ...more });

const ONE_REGION = { regions: ['us-east-1', 'us-east-1'] } as const;

/** Two accounts of one region: both look the image up, and only the source sees it. */
const run = (source: Estate, regions: readonly [string, string] = ['us-east-1', 'us-east-1']) =>
  audit(
    { account: OLD, ...source },
    { account: NEW, ...launches(ID), otherImages: [noOtherImage(ID)] },
    { regions, phase: 'verification' },
  );

describe('an image that a template of the target names and its account does not see', () => {
  it.each<[string, Estate, RegExp, RegExp]>([
    [
      'of a third account, which the source sees',
      { otherImages: [shown()] },
      /refers to image ami-0+7 of account 777788889999, which may not be launched in us-east-1 of account 444455556666/,
      /^Ask account 777788889999 to share the image with the account of the target/,
    ],
    [
      'of the account of the source',
      { images: [image('golden', ID)] },
      /of account 111122223333, which may not be launched/,
      /^Ask account 111122223333/,
    ],
    [
      'of AWS, which only a setting of the account can hide',
      { otherImages: [shown({ ImageOwnerAlias: 'amazon', Public: true })] },
      /of amazon, which may not be launched/,
      /Allowed AMIs/,
    ],
    [
      'that neither side sees',
      { otherImages: [noOtherImage(ID)] },
      /refers to image "ami-0+7", which EC2 does not return to the account in us-east-1 .*: it is deregistered, of another region, or not shared/,
      /^Refer to an image that the account can launch. If another account owns this one, ask it to share/,
    ],
    [
      'that the source did not look up',
      {},
      /which EC2 does not return to the account/,
      /^Refer to an image that the account can launch/,
    ],
  ])('%s', (_, source, says, remedy) => {
    const report = run(source);
    const one = finding(report, 'reference/dangling');
    expect(one.message).toMatch(says);
    expect(one.remedy).toMatch(remedy);
    expect(report.workloads).toMatchObject([{ name: 'web', verdict: 'blocked', because: [one.fingerprint] }]);
    const reason = (report.workloads[0]?.chains ?? []).map(({ steps }) => steps.join(' ')).join();
    expect(/may not be launched by account 444455556666/.test(reason)).toBe(
      !says.source.includes('not return'),
    );
  });

  it('is an id of the other region where that region has it', () => {
    const report = run({ otherImages: [shown()] }, ['us-east-1', 'eu-west-1']);
    expect(finding(report, 'reference/dangling').message).toContain(
      'does not exist in eu-west-1: it is an id of us-east-1',
    );
  });

  it('has one identity whether the owner is known or not', () => {
    const prints = [{ otherImages: [shown()] }, {}].map(
      (s) => finding(run(s), 'reference/dangling').fingerprint,
    );
    expect(prints[0]).toBe(prints[1]);
  });

  it('is no finding where it is shared', () => {
    const both = { otherImages: [shown()] };
    const report = audit({ account: OLD, ...both }, { account: NEW, ...launches(ID), ...both }, ONE_REGION);
    expect(found(report).join()).not.toContain('dangling');
  });
});

describe('an image that a template of the target names through an SSM parameter', () => {
  const COPY = 'ami-000000000000000c';
  const through = (value: string | null, more: Estate = {}, source: Estate = {}) =>
    audit(
      { account: OLD, ...source },
      { account: NEW, ...launches('resolve:ssm:/golden'), parameters: { '/golden': value }, ...more },
      { phase: 'verification' },
    );

  it.each<[string, string | null, Estate, Estate, RegExp, RegExp]>([
    [
      'and that EC2 does not return',
      ID,
      { otherImages: [noOtherImage(ID)] },
      {},
      /^"web" takes its image from the SSM parameter "\/golden" \(.*\); in eu-west-1 it names ami-0+7, which EC2 does not return to the account: it is deregistered, of another region, or not shared with the account\.$/,
      /^Put the id of the image of eu-west-1 into it/,
    ],
    [
      'and that is of the source region',
      ID,
      {},
      { images: [image('golden', ID)] },
      /in eu-west-1 it names ami-0+7, an id of us-east-1\.$/,
      /^Put the id/,
    ],
    [
      'whose value is no image id',
      'none',
      {},
      {},
      /in eu-west-1 its value is not the id of an image\.$/,
      /^Put the id/,
    ],
    ['that does not exist', null, {}, {}, /, which eu-west-1 does not have\.$/, /^Create it in eu-west-1/],
  ])('%s', (_, value, more, source, says, remedy) => {
    const report = through(value, more, source);
    const one = finding(report, 'reference/dangling');
    expect(one.message).toMatch(says);
    expect(one.message).not.toContain('does not exist');
    expect(one.remedy).toMatch(remedy);
    expect(report.workloads).toMatchObject([{ name: 'web', verdict: 'blocked', because: [one.fingerprint] }]);
    expect(report.causes?.[0]?.title ?? '').not.toContain('does not exist');
  });

  it('is an id of the source region through a parameter that both sides have', () => {
    const both = { ...launches('resolve:ssm:/golden'), parameters: { '/golden': ID } };
    const report = audit({ images: [image('golden', ID)], ...both }, both);
    expect(finding(report, 'reference/missing-parameter').message).toContain(
      `in eu-west-1 it names ${ID}, an id of us-east-1 (`,
    );
    const reasons = report.workloads.flatMap((w) => w.chains ?? []).map(({ steps }) => steps.at(-1));
    expect(reasons).toContain(`in eu-west-1 it names ${ID}, an id of us-east-1`);
  });

  it('is put into it where the source has an image with a copy', () => {
    const copy = { ...image('golden', COPY), SourceImageId: ID, SourceImageRegion: 'us-east-1' };
    const report = through(ID, { images: [copy] }, { images: [image('golden', ID)] });
    expect(finding(report, 'reference/dangling').commands?.map(({ shell }) => shell)).toEqual([
      `aws ssm put-parameter --region eu-west-1 --name /golden --overwrite --value ${COPY}`,
    ]);
  });

  it('is unknown where nobody looked it up, as in a folder of dumps', () => {
    const report = through(ID);
    expect(report.workloads).toMatchObject([{ name: 'web', verdict: 'unknown' }]);
    expect(found(report).join()).not.toContain('dangling');
    expect(report.complete).toBe(false);
  });
});

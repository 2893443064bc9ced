import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/model.ts';
import { audit, type Estate, finding, found, linesOf } from '../../kit/estate.ts';
import { copyOf, image, type Row } from '../images/kit.ts';

/** A launch template "web" that launches with the image, or with the parameter. */
const web = (ImageId: string): NonNullable<Estate['launchTemplates']> => [
  {
    LaunchTemplateId: 'lt-web',
    LaunchTemplateName: 'web',
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Versions: [{ VersionNumber: 1, LaunchTemplateData: { ImageId } }],
  },
];
const GOLD = '/golden/web';
const through = web(`resolve:ssm:${GOLD}`);
const [S1, S2, T1, T2] = [
  'ami-0aaaaaaaaaaaaaaa1',
  'ami-0aaaaaaaaaaaaaaa2',
  'ami-0bbbbbbbbbbbbbbb1',
  'ami-0bbbbbbbbbbbbbbb2',
];
const later = { CreationDate: '2026-07-01T00:00:00.000Z' };

const launching = (images: Row[], launchTemplates = through, value?: string): Estate => ({
  images,
  launchTemplates,
  ...(value === undefined ? {} : { parameters: { [GOLD]: value } }),
});
const about = (report: Report) =>
  found(report).filter((text) => text.startsWith('reference/unsuitable-image'));
/** Each verdict with whether a finding says why. */
const verdicts = (report: Report) =>
  report.workloads.map((w) => `${w.verdict}${w.because.length > 0 ? ', with a finding' : ''}`);

describe('an image of the target that cannot be launched and is no counterpart', () => {
  it.each(['failed', 'pending', 'disabled', 'error'])(
    'is reported where the target launches it: %s',
    (State) => {
      const report = audit(
        launching([image('g', S1)], web(S1)),
        launching([image('g', T1, copyOf(S1)), image('g-2', T2, { ...copyOf(S1), State })], web(T2)),
      );
      const one = finding(report, 'reference/unsuitable-image');
      expect(one).toMatchObject({
        severity: 'high',
        facts: { state: State, parameter: null, image: { id: T2 } },
      });
      expect(one.message).toBe(
        `"web" launches image "g-2" (${T2}) in eu-west-1, which is ${State} (v1 ($Default, $Latest)).`,
      );
      expect(verdicts(report)).toEqual(['blocked, with a finding']);
    },
  );

  it('is not reported twice where it is the counterpart: image/unusable-copy says it', () => {
    const report = audit(
      launching([image('g', S1)], web(S1)),
      launching([image('g', T1, { ...copyOf(S1), State: 'failed' })], web(T1)),
    );
    expect(about(report)).toEqual([]);
    expect(found(report)).toContain('image/unusable-copy high');
    expect(verdicts(report)).toEqual(['blocked, with a finding']);
  });

  it.each([
    ['the target launches it', web(T1)],
    ['nothing on the target launches it yet', []],
  ])('is reported where both sides have it in the same state, and %s', (_case, launchTemplates) => {
    const State = 'disabled';
    const report = audit(
      launching([image('g', S1, { State })], web(S1)),
      launching([image('g', T1, { ...copyOf(S1), State })], launchTemplates),
    );
    expect(about(report)).toEqual(['reference/unsuitable-image high']);
    expect(verdicts(report)).toEqual(['blocked, with a finding']);
  });

  it('is not reported where nothing launches it', () => {
    const report = audit(
      launching([image('g', S1)], web(S1)),
      launching([image('g', T1, copyOf(S1)), image('g-2', T2, { State: 'failed' })], web(T1)),
    );
    expect(about(report)).toEqual([]);
    expect(report.workloads.map((w) => w.verdict)).toEqual(['launchable']);
  });
});

describe('a parameter that gives another image on the target', () => {
  const two = [image('gold-1', S1), image('gold-2', S2, later)];
  const former = image('gold-1', T1, copyOf(S1));
  const current = image('gold-2', T2, { ...copyOf(S2), CreationDate: '2026-07-02T00:00:00.000Z' });

  it.each([
    ['which has no copy', [former], through],
    ['whose copy exists', [former, current], through],
    ['and nothing on the target launches yet', [former, current], []],
  ])('is high where it gives the copy of a former image in place of one %s', (_case, images, templates) => {
    const report = audit(launching(two, through, S2), launching(images, templates, T1));
    const one = finding(report, 'reference/unsuitable-image');
    expect(one).toMatchObject({
      severity: 'high',
      facts: { parameter: GOLD, state: null, copyOf: 'gold-1', image: { id: T1 }, wanted: { id: S2 } },
    });
    expect(one.message).toContain(
      `gives image "gold-1" (${T1}) in eu-west-1 and image "gold-2" (${S2}) on the source. The image in eu-west-1 is a copy of "gold-1".`,
    );
    expect(verdicts(report)).toEqual(['degraded, with a finding']);
  });

  it('has the command that puts the copy into the parameter', () => {
    const report = audit(launching(two, through, S2), launching([former, current], through, T1));
    const lines = linesOf(finding(report, 'reference/unsuitable-image')).join('\n');
    expect(lines).toContain('ssm put-parameter');
    expect(lines).toContain(T2);
  });

  it('is medium where nothing shows what the image is a copy of', () => {
    const report = audit(launching([image('a', S1)], through, S1), launching([image('b', T1)], through, T1));
    expect(about(report)).toEqual(['reference/unsuitable-image medium']);
    expect(finding(report, 'reference/unsuitable-image').message).toContain(
      'Nothing shows that one is a copy',
    );
    expect(verdicts(report)).toEqual(['degraded, with a finding']);
  });

  it('is high where the image that it gives cannot be launched', () => {
    const report = audit(
      launching([image('a', S1)], through, S1),
      launching([image('a', T1, copyOf(S1)), image('b', T2, { State: 'pending' })], through, T2),
    );
    expect(about(report)).toEqual(['reference/unsuitable-image high']);
    expect(finding(report, 'reference/unsuitable-image').message).toContain('That image is pending.');
    expect(verdicts(report)).toEqual(['blocked, with a finding']);
  });

  it.each([
    ['the copy', [image('gold-1', T1, copyOf(S1))], T1],
    ['a second copy', [image('gold-1', T1, copyOf(S1)), image('gold-1-b', T2, copyOf(S1))], T2],
  ])('has no finding where it gives %s', (_case, images, value) => {
    const report = audit(launching([image('gold-1', S1)], through, S1), launching(images, through, value));
    expect(about(report)).toEqual([]);
    expect(report.workloads.map((w) => w.verdict)).toEqual(['launchable']);
  });

  it('has a finding in the phase after the migration too, where the workload of the target is judged', () => {
    const report = audit(launching(two, through, S2), launching([former, current], through, T1), {
      phase: 'verification',
    });
    expect(about(report)).toEqual(['reference/unsuitable-image high']);
    expect(verdicts(report)).toEqual(['degraded, with a finding']);
  });
});

it.each(['disabled', 'failed', 'pending'])(
  'an image that the source launches and that has no copy is not info where it is %s on the source',
  (State) => {
    const report = audit(launching([image('g', S1, { State })], web(S1)), launching([], []));
    expect(finding(report, 'image/missing-copy').severity).toBe('critical');
    expect(verdicts(report)).toEqual(['blocked, with a finding']);
  },
);

it('has worsened when the image gets a state in which it cannot be launched', () => {
  const at = (State: string) =>
    finding(
      audit(
        launching([image('g', S1)], web(S1)),
        launching([image('g', T1, copyOf(S1)), image('g-2', T2, { ...copyOf(S1), State })], web(T2)),
      ),
      'reference/unsuitable-image',
    );
  expect(at('pending').fingerprint).toBe(at('failed').fingerprint);
  expect(at('pending').content).not.toBe(at('failed').content);
});

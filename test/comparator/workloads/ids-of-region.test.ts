import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/model.ts';
import { PHASES, type Phase } from '../../../src/report/vocabulary.ts';
import { audit, type Estate, finding, group, VPC } from '../../kit/estate.ts';

type Data = NonNullable<
  NonNullable<NonNullable<Estate['launchTemplates']>[number]['Versions']>[number]['LaunchTemplateData']
>;
const template = (LaunchTemplateData: Data): NonNullable<Estate['launchTemplates']> => [
  {
    LaunchTemplateId: 'lt-1',
    LaunchTemplateName: 'web',
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Versions: [{ VersionNumber: 1, LaunchTemplateData }],
  },
];
const image = (ImageId: string, more: object = {}) => ({
  ImageId,
  Name: 'web',
  State: 'available',
  CreationDate: '2026-01-01T00:00:00.000Z',
  ...more,
});
const side = (own: 's' | 't', launch: Data): Estate => ({
  vpcs: [VPC],
  securityGroups: [group('web', [], { GroupId: `sg-0${own}` })],
  images: [
    own === 's'
      ? image('ami-0000000a')
      : image('ami-0000000b', { SourceImageId: 'ami-0000000a', SourceImageRegion: 'us-east-1' }),
  ],
  launchTemplates: template(launch),
});
const good = (own: 's' | 't'): Data => ({
  ImageId: own === 's' ? 'ami-0000000a' : 'ami-0000000b',
  SecurityGroupIds: [`sg-0${own}`],
});
const run = (launch: Partial<Data>, phase: Phase, more: Partial<Estate> = {}) =>
  audit(side('s', good('s')), { ...side('t', { ...good('t'), ...launch }), ...more }, { phase });
const verdicts = (report: Report) => report.workloads.map((w) => `${w.name} ${w.verdict}`);

describe.each(PHASES)('an object of the target that names an id of the source region, phase %s', (phase) => {
  it.each<[string, Partial<Data>, string, Partial<Estate>]>([
    ['an image', { ImageId: 'ami-0000000a' }, 'ami-0000000a', {}],
    ['a group', { SecurityGroupIds: ['sg-0s'] }, 'sg-0s', {}],
    [
      'an image, where the images of the target could not be read',
      { ImageId: 'ami-0000000a' },
      'ami-0000000a',
      { unread: ['images'] },
    ],
    [
      'a group, where the groups of the target could not be read',
      { SecurityGroupIds: ['sg-0s'] },
      'sg-0s',
      { unread: ['securityGroups'] },
    ],
  ])('%s: the workload is blocked, and a finding says whose id it is', (_what, launch, id, more) => {
    const report = run(launch, phase, more);
    const dangling = finding(report, 'reference/dangling');
    expect(dangling?.facts).toMatchObject({ reference: id, side: 'target', ofRegion: 'us-east-1' });
    expect(dangling?.message).toContain(
      `"${id}", which does not exist in eu-west-1: it is an id of us-east-1`,
    );
    const [web] = report.workloads;
    expect(web?.verdict).toBe('blocked');
    expect(web?.because).toContain(dangling?.fingerprint);
    expect(report.gaps.filter((g) => g.message.includes('not looked up'))).toEqual([]);
  });

  it.each<[string, Partial<Data>, Partial<Estate>, string]>([
    ['the copy of the image', { ImageId: 'ami-0000000a' }, {}, 'corresponds to it: ami-0000000b.'],
    ['the group of the name', { SecurityGroupIds: ['sg-0s'] }, {}, 'corresponds to it: sg-0t.'],
    [
      'no image that has but the name',
      { ImageId: 'ami-0000000a' },
      { images: [image('ami-0000000b')] },
      'that corresponds to it.',
    ],
    [
      'no image where the copy does not exist',
      { ImageId: 'ami-0000000a' },
      { images: [] },
      'that corresponds to it.',
    ],
  ])('the remedy names %s', (_what, launch, more, remedy) => {
    expect(finding(run(launch, phase, more), 'reference/dangling').remedy).toMatch(
      new RegExp(`${remedy.replaceAll('.', '\\.')}$`),
    );
  });

  it('an Auto Scaling group that puts such an image in place of that of its template', () => {
    const group = (imageId: string) => [
      {
        AutoScalingGroupName: 'web',
        MinSize: 1,
        MaxSize: 1,
        DesiredCapacity: 1,
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: '$Default' },
            Overrides: [{ ImageId: imageId }],
          },
        },
      },
    ];
    const report = audit(
      { ...side('s', good('s')), autoScalingGroups: group('ami-0000000a') },
      { ...side('t', good('t')), autoScalingGroups: group('ami-0000000a') },
      { phase },
    );
    expect(finding(report, 'reference/dangling')?.subject.name).toBe('web');
    expect(report.workloads.find((w) => w.kind === 'auto-scaling-group')?.verdict).toBe('blocked');
  });

  it('a launch configuration', () => {
    const configuration = (ImageId: string) => [{ LaunchConfigurationName: 'old', ImageId }];
    const report = audit(
      { ...side('s', good('s')), launchConfigurations: configuration('ami-0000000a') },
      { ...side('t', good('t')), launchConfigurations: configuration('ami-0000000a') },
      { phase },
    );
    expect(report.workloads.find((w) => w.kind === 'launch-configuration')?.verdict).toBe('blocked');
  });

  it('names its own: nothing is wrong', () => {
    expect(verdicts(run({}, phase))).toEqual(['web launchable']);
  });

  it('an id that neither side is known to have was not looked up', () => {
    const report = run({ ImageId: 'ami-0000000c' }, phase);
    expect([report.findings.map((f) => f.rule).includes('reference/dangling'), report.complete]).toEqual([
      false,
      false,
    ]);
    expect(verdicts(report)).toEqual(['web unknown']);
  });
});

it('what an instance of the target runs is of its own region, whatever the source lists', () => {
  const report = run({ ImageId: 'ami-0000000a' }, 'verification', {
    instances: [{ InstanceId: 'i-1', ImageId: 'ami-0000000a', State: { Name: 'running' } }],
  });
  expect(report.findings.map((f) => f.rule)).not.toContain('reference/dangling');
});

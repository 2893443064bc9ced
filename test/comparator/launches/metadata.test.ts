import { describe, expect, it, test } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import { complete } from '../../../src/inventory/collected.ts';
import type { AwsMetadataDefaults } from '../../../src/inventory/launch-facts/account.ts';
import { metadataDefaultsFrom } from '../../../src/inventory/launch-facts/account.ts';
import { otherImageFrom } from '../../../src/inventory/other-image.ts';
import type { Report } from '../../../src/report/model.ts';
import { type Estate, snapshotOf, VPC } from '../../kit/estate.ts';
import { audited, plan } from '../../terraform/kit.ts';
import { idOf, judged, type SideOf, SOURCE, side, TARGET } from './kit.ts';

const ENFORCED: AwsMetadataDefaults = { HttpTokensEnforced: 'enabled' };
const options = (MetadataOptions: object) => ({ launch: { MetadataOptions } });
const V2 = { image: { ImdsSupport: 'v2.0' } };

/** The verdict of the launch template, and why. */
function outcome(target: SideOf, source: SideOf = {}) {
  const { report, template, group, messages, notLookedAt } = judged(source, target);
  return { report, template, group, messages, notLookedAt };
}
const why = ({ report }: { report: Report }) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));

describe('an account that enforces IMDSv2', () => {
  const offer = (metadata: AwsMetadataDefaults) => ({ offer: { metadata } });
  test.each<[string, SideOf, string]>([
    ['nothing sets HttpTokens', offer(ENFORCED), 'blocked'],
    ['the account has no preference', offer({ ...ENFORCED, HttpTokens: 'no-preference' }), 'blocked'],
    ['the image requires IMDSv2', { ...offer(ENFORCED), ...V2 }, 'launchable'],
    ['the account requires it by default', offer({ ...ENFORCED, HttpTokens: 'required' }), 'launchable'],
    [
      'the default of the account admits IMDSv1, and comes before the image',
      { ...offer({ ...ENFORCED, HttpTokens: 'optional' }), ...V2 },
      'blocked',
    ],
    ['the launch requires it', { ...offer(ENFORCED), ...options({ HttpTokens: 'required' }) }, 'launchable'],
    [
      'the launch admits IMDSv1, and comes before account and image',
      {
        ...offer({ ...ENFORCED, HttpTokens: 'required' }),
        ...V2,
        ...options({ HttpTokens: 'optional' }),
      },
      'blocked',
    ],
    [
      'the launch sets other options only',
      { ...offer(ENFORCED), ...options({ HttpEndpoint: 'enabled' }) },
      'blocked',
    ],
    [
      'the launch disables the endpoint',
      { ...offer(ENFORCED), ...options({ HttpEndpoint: 'disabled' }) },
      'unknown',
    ],
    ['the account disables the endpoint', offer({ ...ENFORCED, HttpEndpoint: 'disabled' }), 'unknown'],
    [
      'the launch enables what the account disables',
      { ...offer({ ...ENFORCED, HttpEndpoint: 'disabled' }), ...options({ HttpEndpoint: 'enabled' }) },
      'blocked',
    ],
    ['IMDSv2 is not enforced', offer({ HttpTokensEnforced: 'disabled' }), 'launchable'],
    ['the account says nothing', offer({}), 'launchable'],
  ])('%s', (_, target, verdict) => {
    const found = outcome(target, V2.image === target.image ? V2 : {});
    expect([found.template, found.group]).toEqual([verdict, verdict]);
    if (verdict !== 'blocked') return;
    expect(found.messages.filter((m) => m.includes("You can't launch instances with IMDSv1"))).toHaveLength(
      1,
    );
  });

  it('says which of launch, account and image it looked at', () => {
    const { messages } = outcome(offer(ENFORCED));
    expect(messages[0]).toContain(
      'does not set HttpTokens, nor is it required by default of the account or by the image',
    );
  });

  it('refuses what has no counterpart yet, by the image that it would start with there', () => {
    const made = (imds: object) => outcome({ made: false, ...offer(ENFORCED), ...imds }, imds);
    expect([made({}).template, made(V2).template]).toEqual(['blocked', 'launchable']);
    const there = (imds: object) => outcome({ made: false, ...offer(ENFORCED), ...imds });
    expect(there({ image: { ImdsSupport: 'v2.0' } }).template).not.toBe('blocked');
  });

  it('refuses a launch configuration and a Spot launch alike', () => {
    const name = 'old';
    const region = (r: string): SideOf => ({
      made: false,
      more: {
        launchConfigurations: [
          { LaunchConfigurationName: name, ImageId: idOf('ami', r), InstanceType: 'm5.large' },
        ],
      },
    });
    const { report } = judged(region(SOURCE), { ...region(TARGET), ...offer(ENFORCED) });
    expect(report.workloads.map((w) => [w.kind, w.verdict])).toEqual([['launch-configuration', 'blocked']]);
    const spot = { launch: { InstanceMarketOptions: { MarketType: 'spot' } } };
    expect(judged(spot, { ...spot, ...offer(ENFORCED) }).group).toBe('blocked');
  });

  it('does not know it of an image of which a snapshot of before holds no attributes', () => {
    const ami = 'ami-0ddddddddddddddd1';
    const read = otherImageFrom({ ImageId: ami, Name: 'al', OwnerId: '137112412989', State: 'available' });
    const withImage = (details: typeof read.details): SideOf => ({
      launch: { ImageId: ami } as object,
      more: { otherImages: [{ ...read, details }] },
    });
    const verdicts = [null, read.details, read.details && { ...read.details, imds: 'v2.0' }].map(
      (details) =>
        outcome(
          { ...withImage(details), ...offer(ENFORCED) },
          { ...withImage(details), more: { otherImages: [{ ...read, details }] } },
        ).template,
    );
    expect(verdicts).toEqual(['unknown', 'blocked', 'launchable']);
  });

  it('leaves a group degraded where the image of one override requires IMDSv2', () => {
    const group = (r: string): SideOf => ({
      group: {
        LaunchTemplate: undefined,
        MixedInstancesPolicy: {
          LaunchTemplate: {
            LaunchTemplateSpecification: { LaunchTemplateId: idOf('lt', r) },
            Overrides: [
              { InstanceType: 'm5.large' },
              {
                InstanceType: 'm7g.large',
                LaunchTemplateSpecification: { LaunchTemplateId: `${idOf('lt', r)}2` },
              },
            ],
          },
        },
      },
      more: {},
    });
    const estate = (r: string, more: SideOf): Estate => {
      const own = side(r, { ...group(r), ...more });
      const arm = `${idOf('ami', r)}2`;
      return {
        ...own,
        images: [
          ...(own.images ?? []),
          {
            ...(own.images?.[0] ?? {}),
            ImageId: arm,
            Name: 'web-arm',
            Architecture: 'arm64',
            ImdsSupport: 'v2.0',
            ...(r === TARGET ? { SourceImageId: `${idOf('ami', SOURCE)}2` } : {}),
          },
        ],
        launchTemplates: [
          ...(own.launchTemplates ?? []),
          {
            LaunchTemplateId: `${idOf('lt', r)}2`,
            LaunchTemplateName: 'web-arm',
            DefaultVersionNumber: 1,
            LatestVersionNumber: 1,
            Versions: [
              {
                VersionNumber: 1,
                LaunchTemplateData: {
                  ImageId: arm,
                  InstanceType: 'm7g.large',
                  SecurityGroupIds: [idOf('sg', r)],
                },
              },
            ],
          },
        ],
      };
    };
    const report = compare({
      source: snapshotOf(SOURCE, estate(SOURCE, {})),
      target: snapshotOf(TARGET, estate(TARGET, offer(ENFORCED))),
      ...RUN,
    });
    expect(report.workloads.map((w) => `${w.kind} ${w.name} ${w.verdict}`)).toEqual([
      'launch-template web blocked',
      'launch-template web-arm launchable',
      'auto-scaling-group web degraded',
    ]);
  });

  it('judges an instance by what EC2 says of it, and not by what an image would give a new one', () => {
    const instance = (MetadataOptions?: object): SideOf => ({
      made: false,
      more: {
        instances: [
          {
            InstanceId: 'i-0aaaaaaaaaaaaaaa1',
            ImageId: idOf('ami', SOURCE),
            InstanceType: 'm5.large',
            State: { Name: 'stopped' },
            ...(MetadataOptions ? { MetadataOptions } : {}),
          },
        ],
      },
    });
    const verdicts = [{ HttpTokens: 'required' }, { HttpTokens: 'optional' }, undefined].map((given) => {
      const { report } = judged(instance(given), { made: false, ...offer(ENFORCED) });
      return report.workloads.map((w) => w.verdict).join();
    });
    expect(verdicts).toEqual(['launchable', 'blocked', 'unknown']);
  });

  it('lists the images of launches that name none', () => {
    const silent = { launch: { ImageId: undefined }, group: null };
    const { template, notLookedAt } = outcome({ ...silent, ...offer(ENFORCED) } as SideOf, silent as never);
    expect(template).toBe('launchable');
    expect(notLookedAt).toContain('target images that are chosen when an instance is launched');
  });
});

describe('metadata defaults that were not read', () => {
  it('make the verdict of a launch that sets no HttpTokens unknown where they were denied', () => {
    const denied = outcome({ offer: { denied: ['metadataDefaults'] } });
    expect([denied.template, denied.report.complete]).toEqual(['unknown', false]);
    const required = options({ HttpTokens: 'required' });
    const explicit = outcome({ ...required, offer: { denied: ['metadataDefaults'] } }, required);
    expect([explicit.template, explicit.report.complete]).toEqual(['launchable', true]);
  });

  it('are listed where a folder or a snapshot of before does not hold them', () => {
    const { template, notLookedAt } = outcome({ offer: { imdsV2Enforced: undefined } as never });
    expect(template).toBe('launchable');
    expect(notLookedAt).toContain('target instance metadata defaults of the account');
  });
});

const RUN = {
  config: {},
  phase: 'readiness',
  scopes: ['key-pairs', 'security-groups', 'images', 'workloads'],
  startedAt: '2026-11-22T00:00:00.000Z',
  finishedAt: '2026-11-22T00:00:01.000Z',
  tool: { name: 'ec2-parity', version: '0.0.0' },
} as const;

describe('what a template starts where the account enforces IMDSv2', () => {
  const image = (ImageId: string, more: object = {}) => ({
    ImageId,
    Name: ImageId,
    State: 'available',
    Architecture: 'x86_64',
    ...more,
  });
  const target = (defaults: AwsMetadataDefaults = ENFORCED): Estate => ({
    vpcs: [VPC],
    images: [image('ami-0bbbbbbbbbbbbbbb1'), image('ami-0bbbbbbbbbbbbbbb2', { ImdsSupport: 'v2.0' })],
    launchFacts: { metadataDefaults: complete([metadataDefaultsFrom(defaults)]) },
  });
  const [V1_IMAGE, V2_IMAGE] = ['ami-0bbbbbbbbbbbbbbb1', 'ami-0bbbbbbbbbbbbbbb2'];
  const verdictOf = (Resources: object, more: object = {}, there: Estate = target()) => {
    const text = JSON.stringify({ Resources, ...more });
    const report = compare({
      ...RUN,
      source: snapshotOf(SOURCE, { vpcs: [VPC] }),
      target: snapshotOf(TARGET, there),
      scopes: ['workloads'],
      templates: [{ file: 'web.json', template: readTemplate(text) }],
    });
    const refused = report.findings.filter((f) => f.message.includes('IMDSv1'));
    return { verdict: report.workloads.map((w) => w.verdict).join(), refused: refused.map((f) => f.facts) };
  };
  const isRefused = (...given: Parameters<typeof verdictOf>) => verdictOf(...given).refused.length;
  const instance = (more: object = {}) => ({
    R: { Type: 'AWS::EC2::Instance', Properties: { ImageId: V1_IMAGE, ...more } },
  });
  const template = (data: object = {}) => ({
    L: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: data } },
  });
  const REF = { LaunchTemplateId: { Ref: 'L' }, Version: { 'Fn::GetAtt': ['L', 'LatestVersionNumber'] } };
  const REQUIRED = { MetadataOptions: { HttpTokens: 'required' } };
  const group = {
    G: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { LaunchTemplate: REF, MinSize: '1', MaxSize: '1' },
    },
  };

  test.each<[string, object, number]>([
    ['an instance that sets nothing', instance(), 1],
    ['an instance of an image that requires IMDSv2', instance({ ImageId: V2_IMAGE }), 0],
    ['an instance that requires it', instance(REQUIRED), 0],
    ['an instance that admits IMDSv1', instance({ MetadataOptions: { HttpTokens: 'optional' } }), 1],
    ['a launch template that sets nothing', template({ ImageId: V1_IMAGE }), 1],
    ['a group of a launch template that sets nothing', { ...template({ ImageId: V1_IMAGE }), ...group }, 1],
    [
      'a group of a launch template that requires it',
      { ...template({ ImageId: V1_IMAGE, ...REQUIRED }), ...group },
      0,
    ],
    [
      'an instance whose launch template requires it',
      { ...template(REQUIRED), ...instance({ LaunchTemplate: REF }) },
      0,
    ],
    [
      'an instance that requires it, of a launch template that sets nothing',
      {
        ...template({ ImageId: V1_IMAGE }),
        R: { Type: 'AWS::EC2::Instance', Properties: { LaunchTemplate: REF, ...REQUIRED } },
      },
      0,
    ],
    [
      'an instance whose image and launch template set nothing',
      { ...template({ InstanceType: 'm5.large' }), ...instance({ LaunchTemplate: REF }) },
      1,
    ],
    [
      'a launch configuration that sets nothing',
      { C: { Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: { ImageId: V1_IMAGE } } },
      1,
    ],
    [
      'a group that shows nothing but its launch template',
      {
        ...template({ ImageId: V1_IMAGE }),
        G: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: REF } },
      },
      1,
    ],
    [
      'a node group, whose service sets what its launch template does not',
      {
        ...template({ ImageId: V1_IMAGE }),
        N: { Type: 'AWS::EKS::Nodegroup', Properties: { LaunchTemplate: { Id: { Ref: 'L' } } } },
      },
      0,
    ],
    [
      'a Spot Fleet whose specification sets nothing',
      {
        F: {
          Type: 'AWS::EC2::SpotFleet',
          Properties: { SpotFleetRequestConfigData: { LaunchSpecifications: [{ ImageId: V1_IMAGE }] } },
        },
      },
      1,
    ],
  ])('%s', (_, resources, refused) => {
    const found = verdictOf(resources);
    expect(found.refused).toHaveLength(refused);
    if (refused > 0) expect(found.verdict).toBe('blocked');
  });

  it('is not known where the metadata endpoint is disabled', () => {
    const disabled = { MetadataOptions: { HttpEndpoint: 'disabled' } };
    expect(verdictOf(instance(disabled))).toEqual({ verdict: 'unknown', refused: [] });
    expect(verdictOf({ ...template({ ImageId: V1_IMAGE, ...disabled }), ...group })).toEqual({
      verdict: 'unknown',
      refused: [],
    });
  });

  it('is not refused for a value that is known only at deployment', () => {
    const Parameters = { Tokens: { Type: 'String' } };
    const resources = instance({ MetadataOptions: { HttpTokens: { Ref: 'Tokens' } } });
    expect(isRefused(resources, { Parameters })).toBe(0);
  });

  it('is not refused where the account requires it by default', () => {
    expect(isRefused(instance(), {}, target({ ...ENFORCED, HttpTokens: 'required' }))).toBe(0);
  });

  it('is the same in Terraform, where the provider computes the block that is not written', () => {
    const resource = (ami: string, metadata_options?: object[]) => {
      const values = { ami, instance_type: 'm5.large', ...(metadata_options ? { metadata_options } : {}) };
      const unknown = metadata_options ? {} : { metadata_options: true };
      const resources = [{ type: 'aws_instance', values, written: values, unknown }];
      return audited(plan({ resources }), target(), { vpcs: [VPC] }).findings.filter((f) =>
        f.message.includes('IMDSv1'),
      ).length;
    };
    expect([
      resource(V1_IMAGE),
      resource(V2_IMAGE),
      resource(V1_IMAGE, [{ http_tokens: 'required' }]),
      resource(V2_IMAGE, [{ http_tokens: 'optional' }]),
    ]).toEqual([1, 0, 0, 1]);
  });
});

it('asks what the account says wherever a launch does not require IMDSv2', () => {
  expect(why(outcome({ offer: { metadata: ENFORCED } })).join('\n')).toContain(
    'the account enforces IMDSv2 in eu-west-1',
  );
});

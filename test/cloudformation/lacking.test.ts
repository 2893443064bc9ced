import { describe, expect, it, test } from 'vitest';
import { readTemplate } from '../../src/cloudformation/index.ts';
import { requiredOf } from '../../src/cloudformation/lacking.ts';
import { STARTING } from '../../src/cloudformation/starting.ts';
import { compare } from '../../src/comparator/compare.ts';
import type { Stack } from '../../src/inventory/stack.ts';
import type { Report } from '../../src/report/model.ts';
import { audit, type Estate, finding, found, snapshotOf, VPC } from '../kit/estate.ts';
import { completed, IMAGE_YAML, LATEST_YAML } from './completed.ts';

const file = (text: string, target: Estate = {}): Report =>
  compare({
    source: snapshotOf('us-east-1', { vpcs: [VPC] }),
    target: snapshotOf('eu-west-1', { vpcs: [VPC], ...target }),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [{ file: 'web.yaml', template: readTemplate(text) }],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const verdict = (report: Report) =>
  report.workloads.flatMap((w) => (w.kind === 'stack' ? [w.verdict] : [])).join();
const why = (report: Report) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));
const resources = (text: string, head = '') => `${head}Resources:\n${LATEST_YAML}${text}`;
const instance = (properties: string, head = '') =>
  resources(`  Web: {Type: AWS::EC2::Instance, Properties: {${properties}}}\n`, head);

const OPEN = "Parameters: {Own: {Type: String}}\nConditions: {IsOwn: !Equals [!Ref Own, 'yes']}\n";
const HERE = 'Conditions: {IsEast: !Equals [!Ref AWS::Region, us-east-1]}\n';

describe('an instance without an image', () => {
  it.each([
    ['no image', 'InstanceType: t3.micro'],
    ['AWS::NoValue', 'ImageId: !Ref AWS::NoValue'],
  ])('is refused in every region: %s', (_, properties) => {
    const report = file(instance(properties));
    expect(verdict(report)).toBe('blocked');
    expect(finding(report, 'workload/refused')).toMatchObject({
      severity: 'critical',
      facts: { because: 'no-image', at: 'Web Properties.ImageId', file: 'web.yaml', line: 3 },
      message: expect.stringContaining('in every region: "The request must contain the parameter ImageId"'),
    });
    expect(why(report)).toContain('Web -> its image -> no image is named, which EC2 refuses in every region');
  });

  it('is refused where only another region has one', () => {
    const report = file(instance('ImageId: !If [IsEast, !GetAtt Latest.ImageId, !Ref AWS::NoValue]', HERE));
    expect(verdict(report)).toBe('blocked');
    expect(finding(report, 'workload/refused').message).toContain('names no image in eu-west-1');
  });

  it.each([
    ['an image', IMAGE_YAML, ''],
    ['a parameter without a default', 'ImageId: !Ref Image', 'Parameters: {Image: {Type: String}}\n'],
    ['one where it is deployed', 'ImageId: !If [IsEast, !Ref AWS::NoValue, !GetAtt Latest.ImageId]', HERE],
    ['what a macro writes', 'Fn::Transform: {Name: Fill}', ''],
    ['what a macro of the whole template writes', 'InstanceType: t3.micro', 'Transform: Fill\n'],
  ])('is none with %s', (_, properties, head) => {
    expect(found(file(instance(properties, head)))).not.toContain('workload/refused critical');
  });

  it('is unknown where a condition that nothing decides leaves it out', () => {
    const report = file(instance('ImageId: !If [IsOwn, !GetAtt Latest.ImageId, !Ref AWS::NoValue]', OPEN));
    expect(verdict(report)).toBe('unknown');
    expect(why(report).join()).toContain('whether it has ImageId depends on a condition that is not known');
  });

  it('counts only where it is created', () => {
    const made = (condition: string) =>
      resources(
        `  Web: {Type: AWS::EC2::Instance, Condition: ${condition}, Properties: {EbsOptimized: true}}\n`,
        HERE,
      );
    expect(found(file(made('IsEast')))).toEqual([]);
  });
});

describe('the image of a launch template', () => {
  const own = (data: string, launch: string) =>
    resources(
      `  Base: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {${data}}}}\n${launch}`,
    );
  const OF = '{LaunchTemplateId: !Ref Base, Version: !GetAtt Base.LatestVersionNumber}';
  const LAUNCHES: readonly (readonly [string, string])[] = [
    ['an instance', `  Web: {Type: AWS::EC2::Instance, Properties: {LaunchTemplate: ${OF}}}\n`],
    [
      'an Auto Scaling group',
      `  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 1, LaunchTemplate: ${OF}}}\n`,
    ],
    [
      'a group of several types',
      `  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 1, MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: ${OF}, Overrides: [{InstanceType: t3.micro}]}}}}\n`,
    ],
    [
      'an EC2 Fleet',
      `  Web: {Type: AWS::EC2::EC2Fleet, Properties: {TargetCapacitySpecification: {TotalTargetCapacity: 1}, LaunchTemplateConfigs: [{LaunchTemplateSpecification: ${OF}}]}}\n`,
    ],
    [
      'a Spot Fleet',
      `  Web: {Type: AWS::EC2::SpotFleet, Properties: {SpotFleetRequestConfigData: {LaunchTemplateConfigs: [{LaunchTemplateSpecification: ${OF}}]}}}\n`,
    ],
  ];

  it.each(LAUNCHES)('is the one of %s', (_, launch) => {
    expect(found(file(own(IMAGE_YAML, launch)))).not.toContain('workload/refused critical');
    const report = file(own('EbsOptimized: true', launch));
    expect(verdict(report)).toBe('blocked');
    expect(finding(report, 'workload/refused').facts).toMatchObject({ because: 'no-image' });
  });

  it('is not needed by a launch template that nothing launches, nor by a node group', () => {
    expect(verdict(file(own('EbsOptimized: true', '')))).toBe('launchable');
    const nodes = `  Nodes: {Type: AWS::EKS::Nodegroup, Properties: {ClusterName: c, NodeRole: r, Subnets: [!Ref Net], LaunchTemplate: {Id: !Ref Base}}}\n  Net: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}\n  Vpc: {Type: AWS::EC2::VPC}\n`;
    expect(found(file(own('EbsOptimized: true', nodes)))).toEqual([]);
  });

  it('is overridden by the group', () => {
    const overrides = '[{InstanceType: t3.micro, ImageId: !GetAtt Latest.ImageId}]';
    const group = `  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 1, MaxSize: 1, MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: ${OF}, Overrides: ${overrides}}}}}\n`;
    expect(found(file(own('EbsOptimized: true', group)))).toEqual([]);
  });

  it('is that of the launch template that the target has', () => {
    const text = resources(
      '  Web: {Type: AWS::EC2::Instance, Properties: {LaunchTemplate: {LaunchTemplateName: base, Version: $Latest}}}\n',
    );
    const base = (...versions: object[]): Estate => ({
      launchTemplates: [
        {
          LaunchTemplateId: 'lt-0bbbbbbbbbbbbbbbb',
          LaunchTemplateName: 'base',
          DefaultVersionNumber: 1,
          LatestVersionNumber: versions.length,
          Versions: versions.map((LaunchTemplateData, i) => ({ VersionNumber: i + 1, LaunchTemplateData })),
        },
      ],
      images: [{ ImageId: 'ami-0bbbbbbbbbbbbbbbb', Name: 'web', State: 'available' }],
    });
    const ImageId = 'ami-0bbbbbbbbbbbbbbbb';
    expect(found(file(text, base({}, { ImageId })))).not.toContain('workload/refused critical');
    const lacking = file(text, base({ ImageId }, { InstanceType: 't3.micro' }));
    expect(finding(lacking, 'workload/refused').facts).toMatchObject({ because: 'no-image-there' });
    expect(verdict(lacking)).toBe('blocked');
  });
});

test('each launch specification of a Spot Fleet has an image of its own', () => {
  const fleet = (specifications: string) =>
    resources(
      `  Fleet: {Type: AWS::EC2::SpotFleet, Properties: {SpotFleetRequestConfigData: {LaunchSpecifications: [${specifications}]}}}\n`,
    );
  expect(found(file(fleet(`{${IMAGE_YAML}}`)))).toEqual([]);
  expect(found(file(fleet(`{${IMAGE_YAML}}, {InstanceType: t3.micro}`)))).toContain(
    'workload/refused critical',
  );
});

describe('a property that the type of a resource requires', () => {
  const types = [...STARTING].filter((type) => requiredOf(type).length > 0);
  it('is known of many types', () => expect(types.length).toBeGreaterThan(30));

  it.each(types)('%s is refused without each of them', (type) => {
    const text = (properties: object) =>
      JSON.stringify({ Resources: { R: { Type: type, Properties: properties } } });
    const whole = completed(type, {}) as Readonly<Record<string, unknown>>;
    expect(readTemplate(text(whole)).faults.filter(({ is }) => is === 'no-property')).toEqual([]);
    for (const property of requiredOf(type)) {
      const { [property]: _, ...rest } = whole;
      const report = file(text(rest));
      expect(verdict(report)).toBe('blocked');
      expect(finding(report, 'workload/refused')).toMatchObject({
        facts: { because: 'no-property', what: property },
        message: expect.stringContaining(
          `does not give ${property}, which is required: CloudFormation refuses the template in every region`,
        ),
      });
    }
  });

  it('is one of several for an Auto Scaling group', () => {
    const group = (more: string) =>
      file(
        resources(
          `  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 0, MaxSize: 0${more}}}\n`,
        ),
      );
    expect(finding(group(''), 'workload/refused').message).toContain(
      'does not give LaunchTemplate, LaunchConfigurationName, MixedInstancesPolicy or InstanceId',
    );
    expect(found(group(', LaunchConfigurationName: !Ref Latest'))).toEqual([]);
  });

  it('of a launch configuration is taken from the instance that it is made of', () => {
    const made = (property: string) =>
      found(
        file(resources(`  Web: {Type: AWS::AutoScaling::LaunchConfiguration, Properties: {${property}}}\n`)),
      );
    expect(made('InstanceId: !Ref Latest')).toEqual([]);
    expect(made('InstanceType: t3.micro')).toEqual(['workload/refused critical']);
  });

  it('may be left out by a condition', () => {
    const size = (head: string, value: string) =>
      file(
        resources(
          `  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: 0, MaxSize: ${value}, LaunchConfigurationName: !Ref Latest}}\n`,
          head,
        ),
      );
    const there = size(HERE, '!If [IsEast, 3, !Ref AWS::NoValue]');
    expect(finding(there, 'workload/refused').message).toContain('does not give MaxSize in eu-west-1');
    expect(found(size(HERE, '!If [IsEast, !Ref AWS::NoValue, 3]'))).toEqual([]);
    expect(verdict(size(OPEN, '!If [IsOwn, 3, !Ref AWS::NoValue]'))).toBe('unknown');
  });
});

describe('a deployed stack', () => {
  const stack = (text: string): Stack => ({
    id: 'arn:web',
    name: 'web',
    status: 'CREATE_COMPLETE',
    template: readTemplate(text),
    tags: {},
  });
  const deployed = (text: string) =>
    audit({ vpcs: [VPC], stacks: [stack(text)] }, { vpcs: [VPC], stacks: [] });

  it('has shown that it has an image where it is deployed, and may lack it elsewhere', () => {
    expect(found(deployed(instance('InstanceType: t3.micro')))).toEqual([]);
    const elsewhere = deployed(
      instance('ImageId: !If [IsEast, !GetAtt Latest.ImageId, !Ref AWS::NoValue]', HERE),
    );
    expect(finding(elsewhere, 'workload/refused').facts).toMatchObject({ because: 'no-image-there' });
  });
});

describe('an Auto Scaling group that exists', () => {
  const side = (data: object, launches: object = {}): Estate => ({
    vpcs: [VPC],
    images: [{ ImageId: 'ami-0aaaaaaaaaaaaaaaa', Name: 'web', State: 'available' }],
    launchTemplates: [
      {
        LaunchTemplateId: 'lt-0aaaaaaaaaaaaaaaa',
        LaunchTemplateName: 'web',
        DefaultVersionNumber: 1,
        LatestVersionNumber: 1,
        Versions: [{ VersionNumber: 1, LaunchTemplateData: data }],
      },
    ],
    autoScalingGroups: [
      {
        AutoScalingGroupName: 'web',
        MinSize: 1,
        MaxSize: 1,
        DesiredCapacity: 1,
        LaunchTemplate: { LaunchTemplateId: 'lt-0aaaaaaaaaaaaaaaa', Version: '$Latest' },
        ...launches,
      },
    ],
  });
  const report = (data: object, launches: object = {}) =>
    audit(side(data, launches), { vpcs: [VPC], autoScalingGroups: [] });

  it('is blocked where its launch template has no image; the launch template starts nothing', () => {
    const lacking = report({ InstanceType: 't3.micro' });
    const of = (kind: string) => lacking.workloads.find((w) => w.kind === kind)?.verdict;
    expect([of('launch-template'), of('auto-scaling-group')]).toEqual(['launchable', 'blocked']);
    expect(finding(lacking, 'workload/refused')).toMatchObject({
      kind: 'auto-scaling-group',
      facts: { because: 'no-image' },
    });
  });

  it('is not where the launch template or an override names one', () => {
    const ImageId = 'ami-0aaaaaaaaaaaaaaaa';
    expect(found(report({ ImageId }))).not.toContain('workload/refused critical');
    const override = {
      LaunchTemplate: undefined,
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateId: 'lt-0aaaaaaaaaaaaaaaa', Version: '$Latest' },
          Overrides: [{ InstanceType: 't3.micro', ImageId }],
        },
      },
    };
    expect(found(report({}, override))).not.toContain('workload/refused critical');
  });
});

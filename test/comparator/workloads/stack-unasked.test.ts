// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it, test } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import { lookupsFor } from '../../../src/comparator/workloads/lookups.ts';
import { complete } from '../../../src/inventory/collected.ts';
import type { LaunchFacts } from '../../../src/inventory/launch-facts/index.ts';
import type { Report } from '../../../src/report/model.ts';
import { IMAGE_YAML, LATEST_YAML } from '../../cloudformation/completed.ts';
import { finding, found, snapshotOf, VPC } from '../../kit/estate.ts';

const SOURCE = snapshotOf('us-east-1', {});
const target = (launchFacts: Partial<LaunchFacts> = {}) =>
  snapshotOf('eu-west-1', { vpcs: [VPC], launchFacts });

const file = (text: string, launchFacts: Partial<LaunchFacts> = {}): Report =>
  compare({
    source: SOURCE,
    target: target(launchFacts),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [{ file: 'web.yaml', template: readTemplate(text) }],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const verdict = (report: Report) => report.workloads.map((w) => w.verdict).join();
const listed = (report: Report) => report.notLookedAt.map(({ what }) => what).join('\n');

const group = (names: string, more = '') => `
Parameters: {Names: {Type: CommaDelimitedList}, Old: {Type: String, Default: old}}
Resources:
${LATEST_YAML}  Launch: {Type: AWS::AutoScaling::LaunchConfiguration, Properties: {InstanceType: t3.micro, ${IMAGE_YAML}}}
  Net: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-0, CidrBlock: 10.0.0.0/24}}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 1, MaxSize: 1, LaunchConfigurationName: !Ref Launch, VPCZoneIdentifier: [!Ref Net], LoadBalancerNames: ${names}}
${more}`;
const balancer = (exists: boolean) => ({
  classicLoadBalancers: complete([{ id: 'old', vpcId: exists ? (VPC.VpcId ?? null) : null, exists }]),
});
const BALANCERS = 'Classic Load Balancers';

describe('a Classic Load Balancer that a group of a template names', () => {
  test.each(['[old]', '[!Ref Old]'])('%s has to exist on the target', (names) => {
    const report = file(group(names), balancer(false));
    expect(verdict(report)).toBe('blocked');
    expect(found(report)).toContain('workload/refused critical');
    expect(finding(report, 'workload/refused').message).toContain(
      'attaches its instances to Classic Load Balancer old, which does not exist in eu-west-1',
    );
    const there = file(group(names), balancer(true));
    expect(found(there)).not.toContain('workload/refused critical');
    expect(listed(there)).not.toContain(BALANCERS);
  });

  test.each([
    ['was not read', group('[old]'), {}],
    ['is known only at deployment', group('!Ref Names'), balancer(false)],
    [
      'may be one of the template',
      group('[old]', '  Old1: {Type: AWS::ElasticLoadBalancing::LoadBalancer, Properties: {}}'),
      balancer(false),
    ],
  ])('is listed as not looked at where it %s', (_, text, facts) => {
    const report = file(text, facts);
    expect(found(report)).not.toContain('workload/refused critical');
    expect(listed(report)).toContain(BALANCERS);
  });

  it('is nothing to look up where the template refers to its own', () => {
    const own = '  Own: {Type: AWS::ElasticLoadBalancing::LoadBalancer, Properties: {}}';
    expect(listed(file(group('[!Ref Own]', own)))).not.toContain(BALANCERS);
    expect(listed(file(group('!Ref AWS::NoValue')))).not.toContain(BALANCERS);
  });

  it('is asked of the target alone', () => {
    const asked = (of: typeof SOURCE, to: typeof SOURCE) =>
      lookupsFor(of, [SOURCE, to], [readTemplate(group('[old]'))]).facts.map(({ kind, name }) => [
        kind,
        name,
      ]);
    const there = target();
    expect(asked(there, there)).toContainEqual(['classicLoadBalancers', 'old']);
    expect(asked(SOURCE, there)).not.toContainEqual(['classicLoadBalancers', 'old']);
  });
});

describe('the platform of an environment of Elastic Beanstalk', () => {
  const PLATFORMS = 'platforms of Elastic Beanstalk';
  const environment = (type: string, properties: string) =>
    file(
      `Resources: {Shop: {Type: 'AWS::ElasticBeanstalk::${type}', Properties: {ApplicationName: shop, ${properties}}}}`,
    );

  test.each([
    ['Environment', 'SolutionStackName: 64bit Amazon Linux 2023 v4.3.0 running Node.js 20'],
    ['Environment', "PlatformArn: !Sub 'arn:aws:elasticbeanstalk:${AWS::Region}::platform/Node.js 20'"],
    ['ConfigurationTemplate', 'SolutionStackName: 64bit Amazon Linux 2023 v4.3.0 running Node.js 20'],
  ])('of %s by %s is listed as not looked at', (type, properties) => {
    const report = environment(type, properties);
    expect(listed(report)).toContain(PLATFORMS);
    expect(found(report)).toEqual([]);
  });

  it('is not listed where none is named', () => {
    expect(listed(environment('Environment', 'CNAMEPrefix: shop'))).not.toContain(PLATFORMS);
  });
});

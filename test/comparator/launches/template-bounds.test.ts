// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it, test } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import { complete, failed } from '../../../src/inventory/collected.ts';
import type { Report } from '../../../src/report/model.ts';
import { IMAGE_YAML, LATEST_YAML } from '../../cloudformation/completed.ts';
import { type Estate, finding, found, snapshotOf, VPC } from '../../kit/estate.ts';

const HERE = { ...VPC, VpcId: 'vpc-0aaaaaaaaaaaaaaaa' };
const THERE = { ...VPC, VpcId: 'vpc-0bbbbbbbbbbbbbbbb' };
const tables = (letter: string) =>
  complete([{ id: `rtb-0${letter.repeat(16)}`, vpcId: null, main: true, subnets: [], routes: [] }]);
const source: Estate = { vpcs: [HERE], launchFacts: { routeTables: tables('a') } };
const target: Estate = { vpcs: [THERE], launchFacts: { routeTables: tables('b') } };

const file = (resources: string, there: Estate = target, head = ''): Report =>
  compare({
    source: snapshotOf('us-east-1', source),
    target: snapshotOf('eu-west-1', there),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [
      {
        file: 'web.yaml',
        template: readTemplate(`${head}
Resources:
  Web: {Type: AWS::EC2::Instance, Properties: {EbsOptimized: true, ${IMAGE_YAML}}}
${LATEST_YAML}${resources}`),
      },
    ],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const verdict = (report: Report) => report.workloads.map((w) => w.verdict).join();
const why = (report: Report) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));
const group = (vpc: string) =>
  `  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, VpcId: ${vpc}}}`;
const route = (table: string) =>
  `  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: ${table}, DestinationCidrBlock: 0.0.0.0/0}}`;

describe('an id of one region that a template writes beside its launches', () => {
  test.each([
    ['a VPC of the target', group('vpc-0bbbbbbbbbbbbbbbb'), 'launchable', []],
    [
      'a VPC of the source',
      group('vpc-0aaaaaaaaaaaaaaaa'),
      'blocked',
      ['Group -> VPC vpc-0aaaaaaaaaaaaaaaa -> is of us-east-1 and cannot be used in eu-west-1'],
    ],
    [
      'a VPC of neither',
      group('vpc-0cccccccccccccccc'),
      'blocked',
      ['Group -> VPC vpc-0cccccccccccccccc -> does not exist in eu-west-1'],
    ],
    [
      'a route table of the source',
      route('rtb-0aaaaaaaaaaaaaaaa'),
      'blocked',
      ['Out -> route table rtb-0aaaaaaaaaaaaaaaa -> is of us-east-1 and cannot be used in eu-west-1'],
    ],
    ['a route table of the target', route('rtb-0bbbbbbbbbbbbbbbb'), 'launchable', []],
  ])('%s', (_, resources, expected, reasons) => {
    const report = file(resources);
    expect(verdict(report)).toBe(expected);
    expect(why(report)).toEqual(reasons);
  });

  it('has a finding that names where it is written', () => {
    const report = file(group('vpc-0aaaaaaaaaaaaaaaa'));
    expect(found(report)).toEqual(['reference/of-another-region high']);
    expect(finding(report, 'reference/of-another-region').message).toContain(
      'VPC vpc-0aaaaaaaaaaaaaaaa (Group Properties.VpcId)',
    );
    expect(finding(file(group('vpc-0cccccccccccccccc')), 'workload/refused').message).toContain(
      'names VPC vpc-0cccccccccccccccc, which does not exist in eu-west-1',
    );
  });

  it('is what the template chooses for the target', () => {
    const head =
      'Mappings: {Vpcs: {us-east-1: {id: vpc-0aaaaaaaaaaaaaaaa}, eu-west-1: {id: vpc-0bbbbbbbbbbbbbbbb}}}';
    const chosen = '!FindInMap [Vpcs, !Ref AWS::Region, id]';
    expect(verdict(file(group(chosen), target, head))).toBe('launchable');
    const given = 'Parameters: {Vpc: {Type: AWS::EC2::VPC::Id, Default: vpc-0aaaaaaaaaaaaaaaa}}';
    expect(verdict(file(group('!Ref Vpc'), target, given))).toBe('blocked');
  });

  it('leaves the stack unknown where a condition that nothing decides is before it', () => {
    const head = 'Parameters: {Own: {Type: String}}\nConditions: {Own: !Equals [!Ref Own, yes]}';
    const report = file(group('!If [Own, vpc-0bbbbbbbbbbbbbbbb, vpc-0aaaaaaaaaaaaaaaa]'), target, head);
    expect(verdict(report)).toBe('unknown');
  });

  it('is listed as not looked at where it was not read, and is unknown where reading failed', () => {
    const address =
      '  At: {Type: AWS::EC2::EIPAssociation, Properties: {AllocationId: eipalloc-0aaaaaaaaaaaaaaaa}}';
    const what = (report: Report) => report.notLookedAt.map((n) => n.what).join();
    expect(what(file(address))).toContain('Elastic IP address ids of templates (whether each exists)');
    const skipped = file(route('rtb-0cccccccccccccccc'), {
      ...target,
      launchFacts: { routeTables: failed({ code: 'access-denied', message: 'no', hint: 'ask' }) },
    });
    expect(verdict(skipped)).toBe('unknown');
  });

  it('is data and no reference in a tag, in a parameter and in a zone of Route 53', () => {
    const report =
      file(`  A: {Type: AWS::EC2::EIP, Properties: {Tags: [{Key: VpcId, VpcId: vpc-0aaaaaaaaaaaaaaaa}]}}
  B: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {VpcId: vpc-0aaaaaaaaaaaaaaaa}}}}
  C: {Type: AWS::Route53::HostedZone, Properties: {VPCs: [{VPCId: vpc-0aaaaaaaaaaaaaaaa, VPCRegion: us-east-1}]}}
  D: {Type: Custom::Thing, Properties: {VpcId: vpc-0aaaaaaaaaaaaaaaa}}`);
    expect(why(report)).toEqual([]);
  });
});

describe('an ARN of another region that something that starts instances names', () => {
  test.each([
    [
      'a target group',
      'AWS::AutoScaling::AutoScalingGroup',
      "TargetGroupARNs: ['arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/0123456789abcdef']",
      'target group',
    ],
    [
      'a platform',
      'AWS::ElasticBeanstalk::Environment',
      "PlatformArn: 'arn:aws:elasticbeanstalk:us-east-1::platform/Docker/4.0.0'",
      'resource',
    ],
    [
      'an image of Image Builder',
      'AWS::ImageBuilder::ImageRecipe',
      "ParentImage: 'arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x'",
      'resource',
    ],
  ])('%s', (_, type, property, word) => {
    const required: Readonly<Record<string, string>> = {
      'AWS::AutoScaling::AutoScalingGroup': 'MinSize: 1, MaxSize: 1, LaunchConfigurationName: !Ref Latest',
      'AWS::ElasticBeanstalk::Environment': 'ApplicationName: shop',
      'AWS::ImageBuilder::ImageRecipe': 'Name: web, Version: 1.0.0',
    };
    const resourceOf = (of: string, written: string) =>
      `  R: {Type: '${of}', Properties: {${required[of]}, ${written}}}`;
    const report = file(resourceOf(type, property));
    expect(verdict(report)).toBe('blocked');
    expect(why(report).join()).toMatch(new RegExp(`^R -> ${word} arn:aws:\\S+ -> is of us-east-1`));
    const own = property.replace("'arn", "!Sub 'arn").replace('us-east-1', '${AWS::Region}');
    expect(why(file(resourceOf(type, own))).join()).not.toContain('is of');
  });
});

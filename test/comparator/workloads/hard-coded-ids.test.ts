import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import type { Config } from '../../../src/comparator/config.ts';
import { noOtherImage, otherImageFrom } from '../../../src/inventory/other-image.ts';
import { IMAGE_YAML, LATEST_YAML } from '../../cloudformation/completed.ts';
import { audit, type Estate, finding, found, group, snapshotOf, VPC } from '../../kit/estate.ts';
import { image } from '../images/kit.ts';

const AMI = 'ami-0000000000000007';
const SG = 'sg-0000000000000007';

const fileOf = (text: string, source: Estate, target: Estate, region?: string, config: Config = {}) =>
  compare({
    source: snapshotOf('us-east-1', source),
    target: snapshotOf('eu-west-1', { vpcs: [VPC], ...target }),
    config,
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [{ file: 'web.yaml', template: readTemplate(text), region }],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const template = (value: string, mappings = '') => `${mappings}Resources:
  Web: {Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: ${value}}}
`;
const IMAGE = template(`{ImageId: ${AMI}}`);
const GROUP = template(`{SecurityGroupIds: [${SG}]}`);

describe('an image id that is written into a template file', () => {
  const seen = otherImageFrom({ ...image('golden', AMI), OwnerId: '777788889999' });
  const rows = `Mappings: {Images: {us-west-2: {Web: ${AMI}}}}\n`;

  it.each<[string, string, Estate, Estate, RegExp, string, string]>([
    [
      'that the source has is an id of the source region',
      IMAGE,
      { images: [image('golden', AMI)] },
      {},
      /names image ami-0+7 \("golden"\), an id of us-east-1 that eu-west-1 does not have/,
      'high',
      'blocked',
    ],
    [
      'of another owner that the source looked up is one too',
      IMAGE,
      { otherImages: [seen] },
      {},
      /, an id of us-east-1 that eu-west-1 does not have/,
      'high',
      'blocked',
    ],
    [
      'that neither side looked up may be one of the target',
      IMAGE,
      {},
      {},
      /by its id: an image id is of one region, and whether it is one of eu-west-1 was not read/,
      'medium',
      'unknown',
    ],
    [
      'that neither side has is of no region that was read',
      IMAGE,
      { otherImages: [noOtherImage(AMI)] },
      { otherImages: [noOtherImage(AMI)] },
      /by its id, which was not found in eu-west-1: an image id is of one region/,
      'high',
      'blocked',
    ],
    [
      'in the row of a mapping for another region is of that region',
      template('{ImageId: !FindInMap [Images, us-west-2, Web]}', rows),
      {},
      {},
      /, an id of us-west-2 that eu-west-1 does not have/,
      'high',
      'blocked',
    ],
  ])('%s', (_, text, source, target, says, severity, verdict) => {
    const report = fileOf(text, source, target);
    expect(finding(report, 'reference/hard-coded-image')).toMatchObject({
      message: expect.stringMatching(says),
      severity,
    });
    expect(report.workloads).toMatchObject([{ verdict }]);
  });

  it('that nobody looked up is a gap which names the command that looks it up', () => {
    const { gaps, complete } = fileOf(IMAGE, {}, {});
    expect(gaps).toMatchObject([{ side: 'target', kind: 'image', code: 'not-read' }]);
    expect(gaps[0]?.message).toContain(AMI);
    expect(complete).toBe(false);
  });

  it('of a template that is written for the source region is one of that region', () => {
    const report = fileOf(IMAGE, {}, {}, 'us-east-1');
    expect(report.workloads).toMatchObject([{ verdict: 'blocked' }]);
  });

  it('of a deployed stack is one of its region, though the image is not listed any more', () => {
    const stack = {
      id: 'web',
      name: 'web',
      status: 'CREATE_COMPLETE',
      template: readTemplate(IMAGE),
      tags: {},
    };
    const report = audit({ stacks: [stack] }, {}, { scopes: ['workloads'] });
    expect(found(report)).toContain('reference/hard-coded-image high');
    expect(report.workloads).toMatchObject([{ verdict: 'blocked' }]);
  });
});

describe('a group id that is written into a template file', () => {
  it.each<[string, Estate, Estate, RegExp, string]>([
    [
      'is of the source region where the source has it',
      { securityGroups: [{ ...group('web', []), GroupId: SG }] },
      {},
      /names security group sg-0+7 \("web"\), an id of us-east-1 that eu-west-1 does not have/,
      'blocked',
    ],
    [
      'is of no region that was read where neither side has it',
      {},
      {},
      /names security group sg-0+7 by its id, which was not found in eu-west-1: a group id is of one region/,
      'blocked',
    ],
    [
      'may be one of the target where its groups were not read',
      {},
      { unread: ['securityGroups'] },
      /by its id: a group id is of one region, and whether it is one of eu-west-1 was not read/,
      'unknown',
    ],
  ])('%s', (_, source, target, says, verdict) => {
    const report = fileOf(GROUP, source, target);
    expect(finding(report, 'reference/hard-coded-group').message).toMatch(says);
    expect(report.workloads).toMatchObject([{ verdict }]);
  });
});

describe('a name that is written into a template file', () => {
  const KEY = template('{KeyName: deploy}');
  const NAMED = `Resources:
  Web: {Type: 'AWS::EC2::Instance', Properties: {SecurityGroups: [web], ${IMAGE_YAML}}}
${LATEST_YAML}`;
  const own = [{ ...VPC, IsDefault: true }];
  const there = { ...group('web', []), VpcId: VPC.VpcId };

  it.each<[string, string, Estate, RegExp | null]>([
    ['a key pair that only the target has', KEY, { keyPairs: [{ KeyName: 'deploy' }] }, null],
    ['a key pair that neither side has', KEY, {}, /key pair "deploy", which does not exist in eu-west-1/],
    ['a group that only the target has', NAMED, { vpcs: own, securityGroups: [there] }, null],
    [
      'a group that neither side has',
      NAMED,
      { vpcs: own },
      /security group "web", which was not found in eu-west-1/,
    ],
  ])('is one of the target where the source has none: %s', (_, text, target, says) => {
    const report = fileOf(text, { vpcs: own }, target);
    const dangling = report.findings.filter((f) => f.rule === 'reference/dangling');
    expect(dangling.map((f) => f.message)).toEqual(says === null ? [] : [expect.stringMatching(says)]);
    const steps = report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' ')));
    expect(steps.some((step) => step.includes('us-east-1'))).toBe(false);
    expect(report.workloads.some((w) => w.verdict === 'blocked')).toBe(says !== null);
  });

  it('has another name on the target where the config says so', () => {
    const target = { keyPairs: [{ KeyName: 'deploy-eu' }] };
    const report = fileOf(KEY, {}, target, undefined, { names: { keyPairs: { deploy: 'deploy-eu' } } });
    expect(report.findings.filter((f) => f.rule === 'reference/dangling')).toEqual([]);
  });
});

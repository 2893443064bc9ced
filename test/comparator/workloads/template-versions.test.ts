import { describe, expect, test } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import type { Report } from '../../../src/report/model.ts';
import { finding, snapshotOf, VPC } from '../../kit/estate.ts';

const base = (LaunchTemplateId: string) => ({
  LaunchTemplateId,
  LaunchTemplateName: 'web',
  DefaultVersionNumber: 1,
  LatestVersionNumber: 3,
});
const file = (version: string, head = ''): Report =>
  compare({
    source: snapshotOf('us-east-1', { launchTemplates: [base('lt-0aaaaaaaaaaaaaaaa')] }),
    target: snapshotOf('eu-west-1', { vpcs: [VPC], launchTemplates: [base('lt-0bbbbbbbbbbbbbbbb')] }),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [
      {
        file: 'web.yaml',
        template: readTemplate(`${head}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties: {LaunchTemplate: {LaunchTemplateName: web, Version: ${version}}}
`),
      },
    ],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const verdict = (report: Report) =>
  report.workloads
    .filter(({ kind }) => kind === 'stack')
    .map((w) => w.verdict)
    .join();

describe('the version of a launch template that a template names', () => {
  test.each([
    ["'3'", 'launchable'],
    ["'2'", 'launchable'],
    ['$Latest', 'launchable'],
    ["'4'", 'blocked'],
    ['!FindInMap [Versions, !Ref AWS::Region, web]', 'blocked'],
  ])('%s is %s', (version, expected) => {
    const head = "Mappings: {Versions: {us-east-1: {web: '3'}, eu-west-1: {web: '7'}}}";
    expect(verdict(file(version, head))).toBe(expected);
  });

  test('is named where it does not exist', () => {
    expect(finding(file("'4'"), 'reference/dangling').message).toContain('web version 4');
  });
});

import { describe, expect, test } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import type { Report } from '../../../src/report/model.ts';
import { IMAGE_YAML, LATEST_YAML } from '../../cloudformation/completed.ts';
import { finding, snapshotOf, VPC } from '../../kit/estate.ts';

const base = (LaunchTemplateId: string) => ({
  LaunchTemplateId,
  LaunchTemplateName: 'web',
  DefaultVersionNumber: 1,
  LatestVersionNumber: 3,
  Versions: [1, 2, 3].map((VersionNumber) => ({ VersionNumber, LaunchTemplateData: {} })),
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
    Properties: {LaunchTemplate: {LaunchTemplateName: web, Version: ${version}}, ${IMAGE_YAML}}
${LATEST_YAML}`),
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

describe('a launch template that a stack names and does not create', () => {
  const of = (data: object, target: object = data, own = '') =>
    compare({
      source: snapshotOf('us-east-1', {
        vpcs: [VPC],
        launchTemplates: [template('lt-0aaaaaaaaaaaaaaaa', data)],
        keyPairs: [KEY, OWN],
      }),
      target: snapshotOf('eu-west-1', {
        vpcs: [VPC],
        keyPairs: [OWN],
        launchTemplates: [template('lt-0bbbbbbbbbbbbbbbb', target)],
      }),
      config: {},
      phase: 'readiness',
      scopes: ['workloads'],
      templates: [
        {
          file: 'web.yaml',
          template: readTemplate(`
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties: {LaunchTemplate: {LaunchTemplateName: web, Version: $Latest}, ${IMAGE_YAML}${own}}
${LATEST_YAML}`),
        },
      ],
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      tool: { name: 'ec2-parity', version: '0.0.0' },
    });
  const KEY = { KeyPairId: 'key-1', KeyName: 'deploy' };
  const OWN = {
    KeyPairId: 'key-2',
    KeyName: 'own',
    KeyType: 'ed25519' as const,
    PublicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f own',
  };
  const template = (LaunchTemplateId: string, LaunchTemplateData: object) => ({
    LaunchTemplateId,
    LaunchTemplateName: 'web',
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Versions: [{ VersionNumber: 1, LaunchTemplateData }],
  });

  test('stops the stack where it would not launch on the target, with its reason', () => {
    const report = of({ KeyName: 'deploy' });
    expect(report.workloads.find(({ kind }) => kind === 'launch-template')?.verdict).toBe('blocked');
    expect(verdict(report)).toBe('blocked');
    const chains = report.workloads.find(({ kind }) => kind === 'stack')?.chains ?? [];
    expect(chains[0]?.steps.slice(0, 2)).toEqual(['Web', 'launch template web']);
    expect(chains[0]?.steps.join(' ')).toContain('no such key pair in eu-west-1');
    expect(chains[0]?.findings.length).toBeGreaterThan(0);
  });

  test('does not stop a resource that names a value of its own in place of what stops the template', () => {
    expect(verdict(of({ KeyName: 'deploy' }, undefined, ', KeyName: own'))).toBe('launchable');
    expect(verdict(of({ KeyName: 'deploy' }, undefined, ', InstanceType: t3.micro'))).toBe('blocked');
  });

  test('is judged by what the target has under the name', () => {
    expect(verdict(of({}, { KeyName: 'gone' }))).toBe('blocked');
    expect(verdict(of({}))).toBe('launchable');
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it, test } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import { complete } from '../../../src/inventory/collected.ts';
import type { Report } from '../../../src/report/model.ts';
import { completed, IMAGE_YAML, LATEST_YAML } from '../../cloudformation/completed.ts';
import { type Estate, snapshotOf, VPC } from '../../kit/estate.ts';

/** A file named to --template, on a target whose exports were read. */
const file = (text: string, target: Estate = {}): Report =>
  compare({
    source: snapshotOf('us-east-1', {}),
    target: snapshotOf('eu-west-1', { vpcs: [VPC], launchFacts: { exports: complete([]) }, ...target }),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [{ file: 'web.yaml', template: readTemplate(text) }],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const verdict = (report: Report) => report.workloads.map((w) => w.verdict).join();
const why = (report: Report) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));

const instance = (properties: string, head = '') => `${head}
Resources:
  Web: {Type: AWS::EC2::Instance, Properties: {${IMAGE_YAML}, ${properties}}}
${LATEST_YAML}`;

describe('a parameter with an empty default is given by who deploys', () => {
  const keyed = (key: string, more = '') =>
    file(instance(`KeyName: ${key}`, `Parameters: {Key: {Type: String, Default: ''}}\n${more}`));

  it('leaves the launch unknown where its value is used as it is', () => {
    expect(verdict(keyed('!Ref Key'))).toBe('unknown');
    expect(why(keyed('!Ref Key'))).toEqual([
      'Web -> key pair -> unresolved: the parameter "Key", whose default is empty',
    ]);
  });
  it('names nothing where the template leaves the property out then', () => {
    const conditions = "Conditions: {Has: !Not [!Equals [!Ref Key, '']]}";
    expect(verdict(keyed('!If [Has, !Ref Key, !Ref AWS::NoValue]', conditions))).toBe('launchable');
  });
  it('is a part of a longer name like any text', () => {
    const report = file(
      instance("KeyName: !Sub '${Prefix}deploy'", "Parameters: {Prefix: {Type: String, Default: ''}}"),
      { keyPairs: [{ KeyName: 'deploy' }] },
    );
    expect(why(report).join()).not.toContain('unresolved');
  });
});

describe('a parameter or export of which not even the name is known', () => {
  const named = 'Parameters: {Stage: {Type: String}}';
  test.each([
    ['an export', instance("Tags: [{Key: a, Value: !ImportValue {'Fn::Sub': '${Stage}-vpc'}}]", named)],
    ['a parameter', instance("Tags: [{Key: a, Value: !Sub '{{resolve:ssm:/app/${Stage}/x}}'}]", named)],
    [
      'a template parameter of type SSM',
      instance('EbsOptimized: true', "Parameters: {Stage: {Type: 'AWS::SSM::Parameter::Value<String>'}}"),
    ],
  ])('%s leaves the stack unknown', (_, text) => {
    const report = file(text);
    expect(verdict(report)).toBe('unknown');
    expect(why(report).join()).toContain(
      'a parameter or export that it looks up -> unresolved: the parameter "Stage", which has no default',
    );
  });
});

it('looks up a parameter whose name the template puts together', () => {
  const report = file(instance("Tags: [{Key: a, Value: !Sub '{{resolve:ssm:/app/${AWS::Region}/x}}'}]"), {
    parameters: { '/app/eu-west-1/x': null },
  });
  expect(verdict(report)).toBe('blocked');
  expect(why(report)).toEqual(['Web -> parameter /app/eu-west-1/x -> no such parameter in eu-west-1']);
});

it('looks up each parameter that is part of a longer text', () => {
  const text = 'a {{resolve:ssm:/one}} b ${AWS::Region} {{resolve:ssm:/two/${AWS::Region}}} ${AWS::StackId}';
  const parameters = { '/one': 'x', '/two/eu-west-1': null };
  expect(why(file(instance(`UserData: !Base64 {'Fn::Sub': '${text}'}`), { parameters }))).toEqual([
    'Web -> parameter /two/eu-west-1 -> no such parameter in eu-west-1',
  ]);
});

describe('what a launch takes of another service and nobody looks up', () => {
  const resource = (type: string, properties: object) =>
    file(JSON.stringify({ Resources: { R: { Type: type, Properties: completed(type, properties) } } }));
  test.each([
    ['AWS::WorkSpaces::Workspace', { BundleId: 'wsb-1a2b3c4d5' }, 'WorkSpaces bundle "wsb-1a2b3c4d5"'],
    ['AWS::WorkSpaces::Workspace', { DirectoryId: 'd-90670a1b2c' }, 'directory "d-90670a1b2c"'],
    ['AWS::AppStream::Fleet', { ImageName: 'cad-2026' }, 'AppStream image "cad-2026"'],
    ['AWS::ElasticBeanstalk::Environment', { TemplateName: 'saved' }, 'configuration template "saved"'],
    ['AWS::GameLift::Fleet', { BuildId: 'build-1' }, 'GameLift build "build-1"'],
  ])('%s with %j is unknown', (type, properties, what) => {
    const report = resource(type, properties);
    expect(verdict(report)).toBe('unknown');
    expect(why(report)).toContain(`R -> ${type} -> whether the region has the ${what} was not looked up`);
  });
  it('is known where the template creates it', () => {
    const report = file(`Resources:
  Saved: {Type: AWS::ElasticBeanstalk::ConfigurationTemplate, Properties: {ApplicationName: shop}}
  Shop: {Type: AWS::ElasticBeanstalk::Environment, Properties: {ApplicationName: shop, TemplateName: !Ref Saved}}
`);
    expect(why(report).join()).not.toContain('was not looked up');
  });
});

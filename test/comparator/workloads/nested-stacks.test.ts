import { describe, expect, it } from 'vitest';
import { type AwsStack, stackFrom, stacksFrom } from '../../../src/cloudformation/index.ts';
import type { Stack } from '../../../src/inventory/stack.ts';
import { RSA } from '../../inventory/vectors.ts';
import { audit, type Estate, found, VPC } from '../../kit/estate.ts';

const id = (name: string) => `arn:aws:cloudformation:us-east-1:111122223333:stack/${name}/1`;
const row = (name: string, more: Partial<AwsStack> = {}): AwsStack => ({
  StackId: id(name),
  StackName: name,
  StackStatus: 'CREATE_COMPLETE',
  ...more,
});
const value = (ParameterKey: string, ParameterValue: string) => ({ ParameterKey, ParameterValue });
const CHILD = 'web-Servers-1ABCDEFGHIJKL';
const ROOT = `Resources:
  Servers:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://bucket.s3.amazonaws.com/servers.yaml
      Parameters:
        Key: !Sub 'deploy-\${AWS::Region}'
  Queue: {Type: 'AWS::SQS::Queue'}
`;
const SERVERS = `Parameters:
  Key: {Type: 'AWS::EC2::KeyPair::KeyName'}
Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties: {KeyName: !Ref Key, Tags: [{Key: stack, Value: !Ref 'AWS::StackName'}]}
`;
const given = { ParentId: id('web'), Parameters: [value('Key', 'deploy-us-east-1')] };

const stacks = (child: Partial<AwsStack> | null, body: string | undefined = SERVERS, name = CHILD): Stack[] =>
  stacksFrom([stackFrom(row('web'), ROOT), ...(child ? [stackFrom(row(name, child), body)] : [])]);
const key = (KeyName: string) => ({ KeyName, KeyType: 'rsa', PublicKey: RSA.line });
const judged = (own: readonly Stack[], keys: readonly string[] = []) => {
  const source: Estate = { vpcs: [VPC], keyPairs: [key('deploy-us-east-1')], stacks: own };
  const target: Estate = { vpcs: [VPC], keyPairs: keys.map(key) };
  return audit(source, target);
};
const verdicts = (report: ReturnType<typeof judged>) =>
  report.workloads.map((w) => `${w.name} ${w.verdict}: ${(w.chains ?? []).map((c) => c.steps.join(' -> '))}`);

describe('a nested stack that is deployed', () => {
  it('is judged as part of its parent, with the values that its parent gives on the target', () => {
    expect(verdicts(judged(stacks(given), ['deploy-eu-west-1']))).toEqual(['web launchable: ']);
    const missing = judged(stacks(given));
    expect(verdicts(missing)).toEqual([
      'web blocked: Servers.Server -> key pair deploy-eu-west-1 -> does not exist in eu-west-1',
    ]);
    expect(found(missing).filter((f) => f.startsWith('reference'))).toEqual(['reference/dangling high']);
    expect(missing.pairs.filter(({ kind }) => kind === 'stack').map(({ name }) => name)).toEqual([
      'web',
      CHILD,
    ]);
  });

  it('stays a stack of the list, and says whose part it is', () => {
    expect(stacks(given).map(({ name, partOf }) => [name, partOf])).toEqual([
      ['web', undefined],
      [CHILD, id('web')],
    ]);
  });

  it.each([
    ['by its parent id and a name that was cut', { ...given }, 'a-name-that-was-cut'],
    ['by its name, where no parent is shown', { Parameters: given.Parameters }, CHILD],
  ])('is known %s', (_, more, name) => {
    expect(stacks(more, SERVERS, name)[1]?.partOf).toBe(id('web'));
  });

  it.each([
    ['is not in the list', null, SERVERS, CHILD],
    ['has a template that was not read', given, undefined, CHILD],
    ['is of another parent', { ...given, ParentId: id('other') }, SERVERS, CHILD],
    ['is another stack of a like name', { Parameters: given.Parameters }, SERVERS, 'web-Servers-blue'],
  ])('that %s leaves its parent unknown', (_, more, body, name) => {
    const own =
      more === null
        ? stacks(null)
        : stacksFrom([stackFrom(row('web'), ROOT), stackFrom(row(name, more), body)]);
    expect(verdicts(judged(own, ['deploy-eu-west-1']))).toContain(
      'web unknown: Servers -> AWS::CloudFormation::Stack -> the template of the nested stack was not read',
    );
    expect(own.every(({ partOf }) => partOf === undefined)).toBe(true);
  });

  it('that nests stacks, nests them in its parent', () => {
    const middle = ROOT.replaceAll('Servers', 'Inner').replace('https://', 'https://middle.');
    const own = stacksFrom([
      stackFrom(row('web'), ROOT),
      stackFrom(row(CHILD, { ParentId: id('web') }), middle),
      stackFrom(row(`${CHILD}-Inner-1MNOPQRSTUVWX`, { ...given, ParentId: id(CHILD) }), SERVERS),
    ]);
    expect(verdicts(judged(own))).toEqual([
      'web blocked: Servers.Inner.Server -> key pair deploy-eu-west-1 -> does not exist in eu-west-1',
    ]);
  });

  it('that names itself its parent ends', () => {
    const loop = stacksFrom([
      stackFrom(row('web', { ParentId: id('web-Servers-1AAAAAAAAAAAA') }), ROOT),
      stackFrom(row('web-Servers-1AAAAAAAAAAAA', { ParentId: id('web') }), ROOT.replaceAll('Servers', 'web')),
    ]);
    expect(loop.map(({ partOf }) => partOf)).toEqual([undefined, undefined]);
  });
});

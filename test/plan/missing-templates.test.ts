import * as sdk from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { complete } from '../../src/inventory/collected.ts';
import type { LaunchFacts } from '../../src/inventory/launch-facts/index.ts';
import { subnetFrom } from '../../src/inventory/launch-facts/network.ts';
import type { Operation } from '../../src/plan/model.ts';
import { simulate } from '../../src/plan/simulate/index.ts';
import { shapeOf } from '../endpoint/wire.ts';
import { ED25519 } from '../inventory/vectors.ts';
import { ACCOUNT, type Estate, group, VPC } from '../kit/estate.ts';
import { leavesOf } from '../kit/leaves.ts';
import { becauseOf, complaints, doing, dryRuns, inputOf, operations, planned, resolvedRules } from './kit.ts';

const IMAGE = {
  ImageId: 'ami-1',
  Name: 'golden',
  OwnerId: ACCOUNT,
  State: 'available',
  CreationDate: '2026-01-01T00:00:00.000Z',
  RootDeviceType: 'ebs',
  BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8 } }],
};
const COPY = {
  ...IMAGE,
  ImageId: 'ami-2',
  SourceImageId: 'ami-1',
  SourceImageRegion: 'us-east-1',
  BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId: 'snap-2', VolumeSize: 8 } }],
};

function subnets(...all: readonly { SubnetId: string; name: string; isPublic?: boolean }[]) {
  return {
    subnets: complete(
      all.map(({ name, isPublic = false, ...rest }) =>
        subnetFrom({
          ...rest,
          VpcId: VPC.VpcId,
          CidrBlock: '10.0.1.0/24',
          MapPublicIpOnLaunch: isPublic,
          Tags: [{ Key: 'Name', Value: name }],
        }),
      ),
    ),
  } satisfies Partial<LaunchFacts>;
}

const SOURCE: Estate = {
  vpcs: [VPC],
  images: [IMAGE],
  securityGroups: [group('web', []), group('db', [])],
  keyPairs: [{ KeyName: 'ops', PublicKey: ED25519.line }],
  launchFacts: subnets(
    { SubnetId: 'subnet-1', name: 'private' },
    { SubnetId: 'subnet-2', name: 'app-us-east-1' },
    { SubnetId: 'subnet-3', name: 'public' },
  ),
};
const TARGET: Estate = {
  vpcs: [VPC],
  images: [COPY],
  securityGroups: [group('web', [], { GroupId: 'sg-web-there' })],
  launchFacts: subnets(
    { SubnetId: 'subnet-11', name: 'private' },
    { SubnetId: 'subnet-12', name: 'app-eu-west-1' },
    { SubnetId: 'subnet-13', name: 'public', isPublic: true },
  ),
};

const template = (data: object, more: object = {}) => ({
  LaunchTemplateId: 'lt-1',
  LaunchTemplateName: 'app',
  DefaultVersionNumber: 1,
  LatestVersionNumber: 1,
  Tags: [{ Key: 'team', Value: 'a' }],
  Versions: [{ VersionNumber: 1, LaunchTemplateData: { InstanceType: 't3.micro', ...data } }],
  ...more,
});
const withTemplate = (data: object): Estate => ({ ...SOURCE, launchTemplates: [template(data)] });

type Created = Extract<Operation, { readonly type: 'create-launch-template' }>;
const created = (data: object, target: Estate = TARGET): Created | undefined =>
  operations(planned(withTemplate(data), target)).find(
    (o): o is Created => o.type === 'create-launch-template',
  );

describe('a launch template that the target does not have', () => {
  it.each<readonly [string, object, object]>([
    ['an image that is copied', { ImageId: 'ami-1' }, { field: 'image', from: 'ami-1', to: { id: 'ami-2' } }],
    [
      'a group of the target',
      { SecurityGroupIds: ['sg-web'] },
      { field: 'security-group', from: 'sg-web', to: { id: 'sg-web-there' } },
    ],
    [
      'a group that the plan creates',
      { NetworkInterfaces: [{ Groups: ['sg-db'] }] },
      { field: 'security-group', from: 'sg-db', to: { madeBy: 'create-security-group:sg-db' } },
    ],
    [
      'the subnet of its name',
      { NetworkInterfaces: [{ SubnetId: 'subnet-1' }] },
      { field: 'subnet', from: 'subnet-1', to: { id: 'subnet-11' } },
    ],
    [
      'the subnet whose name has the other region',
      { NetworkInterfaces: [{ SubnetId: 'subnet-2' }] },
      { field: 'subnet', from: 'subnet-2', to: { id: 'subnet-12' } },
    ],
    [
      'the snapshot of the copy',
      { BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { SnapshotId: 'snap-1' } }] },
      { field: 'snapshot', from: 'snap-1', to: { id: 'snap-2' } },
    ],
  ])('is created with %s', (_, data, replacement) => {
    expect(created(data)?.copy.replace).toEqual([replacement]);
  });

  it('is created after the copy of its image is available and its key is imported, with its tags', () => {
    const made = planned(withTemplate({ ImageId: 'ami-1', KeyName: 'ops' }), { ...TARGET, images: [] });
    const step = made.plan.steps.find((s) => s.operation.type === 'create-launch-template');
    expect(step?.needs).toEqual(['copy-image:ami-1', 'wait-for-image:ami-1', 'import-key-pair:ops']);
    expect(step?.operation).toMatchObject({
      tags: { team: 'a' },
      copy: {
        templateId: 'lt-1',
        version: 1,
        replace: [{ field: 'image', from: 'ami-1', to: { madeBy: 'copy-image:ami-1' } }],
      },
    });
    expect(resolvedRules(made)).toContain('workload/missing');
    expect(complaints(made)).toEqual([]);
    for (const text of dryRuns(made)) expect(text).toContain("'create-launch-template'");
  });

  it('is left to a person where the image of its name on the target has other content', () => {
    const other = { ...COPY, SourceImageId: 'ami-0' };
    const made = planned(withTemplate({ ImageId: 'ami-1' }), { ...TARGET, images: [other] });
    expect(doing(made).filter((text) => text.includes('launch template'))).toEqual([]);
    expect(becauseOf(made, 'workload/missing')).toEqual([expect.stringContaining('other content')]);
  });

  it.each<readonly [string, object, RegExp]>([
    ['an image without a counterpart', { ImageId: 'ami-00000009' }, /not.*launch|ami-00000009/],
    ['a key that nobody has', { KeyName: 'gone' }, /gone/],
    ['a group that nobody has', { SecurityGroupIds: ['sg-9'] }, /sg-9/],
    ['a group by a name that nobody has', { SecurityGroups: ['nobody'] }, /nobody/],
    [
      'a subnet with another setting',
      { NetworkInterfaces: [{ SubnetId: 'subnet-3' }] },
      /subnet-13 on the target has its name but not its setting for public addresses/,
    ],
    ['a subnet that was not read', { NetworkInterfaces: [{ SubnetId: 'subnet-9' }] }, /subnet-9/],
    [
      'a private address',
      { NetworkInterfaces: [{ SubnetId: 'subnet-1', PrivateIpAddress: '10.0.1.9' }] },
      /private address 10\.0\.1\.9/,
    ],
    [
      'IPv6 addresses',
      { NetworkInterfaces: [{ Ipv6Addresses: [{ Ipv6Address: '2001:db8::1' }] }] },
      /NetworkInterfaces\.Ipv6Addresses/,
    ],
    ['a kernel', { KernelId: 'aki-1' }, /KernelId/],
    ['a host', { Placement: { HostId: 'h-1' } }, /dedicated host h-1/],
    ['a zone', { Placement: { AvailabilityZone: 'us-east-1a' } }, /Availability Zone us-east-1a/],
    [
      'a KMS key',
      {
        BlockDeviceMappings: [
          { DeviceName: '/dev/sdb', Ebs: { KmsKeyId: '11111111-2222-3333-4444-555555555555' } },
        ],
      },
      /KMS key 11111111/,
    ],
    [
      'a service that manages it',
      { Operator: { Managed: true, Principal: 'eks.amazonaws.com' } },
      /eks\.amazonaws\.com creates it/,
    ],
    [
      'user data with the region of the source',
      { UserData: Buffer.from('aws s3 cp s3://x y --region us-east-1').toString('base64') },
      /us-east-1/,
    ],
  ])('is left to a person where it names %s', (_, data, because) => {
    const made = planned(withTemplate(data), TARGET);
    expect(operations(made).filter((o) => o.type === 'create-launch-template')).toEqual([]);
    expect(becauseOf(made, 'workload/missing')).toEqual([expect.stringMatching(because)]);
  });

  // Fails where AWS adds a member to its answers that no request takes: the script has to drop it.
  it('has nothing of what EC2 only answers', () => {
    const paths = (schema: unknown) => leavesOf(shapeOf(schema)).map(({ path }) => path);
    const request = new Set(paths(sdk.RequestLaunchTemplateData$));
    expect(paths(sdk.ResponseLaunchTemplateData$).filter((path) => !request.has(path))).toEqual([
      // A template with IPv6 addresses is left to a person.
      'NetworkInterfaces.Ipv6Addresses.IsPrimaryIpv6',
      'MetadataOptions.State',
      'Operator.Managed',
      'Operator.HiddenByDefault',
    ]);
    const made = planned(
      withTemplate({ MetadataOptions: { State: 'applied' }, Operator: { Managed: false } }),
      TARGET,
    );
    const script = made.plan.steps.flatMap((s) => s.commands.map(({ shell }) => shell)).join('\n');
    expect(script).toContain('MetadataOptions && {MetadataOptions: MetadataOptions.merge(');
    expect(script).toContain('Operator && {Operator: Operator.merge(');
  });

  it('has the versions in use, the former numbers in a note, and its default version last', () => {
    const version = (VersionNumber: number, InstanceType: string) => ({
      VersionNumber,
      LaunchTemplateData: { ImageId: 'ami-1', InstanceType, SecurityGroupIds: ['sg-web'] },
    });
    const launchTemplates = [
      template(
        {},
        {
          DefaultVersionNumber: 5,
          LatestVersionNumber: 7,
          Versions: [version(2, 't3.nano'), version(5, 't3.micro'), version(7, 't3.small')],
        },
      ),
    ];
    const autoScalingGroups = [
      {
        AutoScalingGroupName: 'app',
        LaunchTemplate: { LaunchTemplateName: 'app', Version: '2' },
        MinSize: 0,
        MaxSize: 1,
        DesiredCapacity: 0,
      },
    ];
    const source = { ...SOURCE, launchTemplates, autoScalingGroups };
    const made = planned(source, TARGET);
    expect(doing(made).filter((text) => text.includes('launch template'))).toEqual([
      'Create the launch template "app" from version 2 of the source',
      'Create a version of the launch template "app" from version 5 of the source',
      'Create a version of the launch template "app" from version 7 of the source',
      'Make the default version of the launch template "app" the one that corresponds to version 5 of the source',
    ]);
    const input = inputOf(source, TARGET);
    const { world } = simulate(
      made.plan.steps.map((s) => ({ ...s, aims: [] })),
      input,
    );
    const [there] = [...world.target.templates.values()];
    expect(there).toMatchObject({ defaultVersion: 2, latestVersion: 3 });
    expect(there?.versions?.map((v) => [v.number, v.launch.details?.instanceType])).toEqual([
      [1, 't3.nano'],
      [2, 't3.micro'],
      [3, 't3.small'],
    ]);
    expect(made.plan.steps.flatMap((s) => s.notes ?? [])).toContainEqual(
      expect.stringContaining(
        '2 of the source becomes 1, 5 of the source becomes 2, 7 of the source becomes 3',
      ),
    );
    expect(complaints(made)).toEqual([]);
  });

  it('is left where the target has another one of its name, or a stack creates it', () => {
    const stack = [
      { Key: 'aws:cloudformation:stack-name', Value: 'shop' },
      { Key: 'aws:cloudformation:logical-id', Value: 'Template' },
      { Key: 'aws:cloudformation:stack-id', Value: 'arn:aws:cloudformation:us-east-1:1:stack/shop/1' },
    ];
    const made = planned({ ...SOURCE, launchTemplates: [template({}, { Tags: stack })] }, TARGET);
    expect(becauseOf(made, 'workload/missing')).toEqual([
      'The CloudFormation stack "shop" creates it (logical id Template): deploy the stack on the target.',
    ]);
  });
});

describe('what was not read', () => {
  const OTHER_VPC = { VpcId: 'vpc-9', CidrBlock: '10.9.0.0/16', Tags: [{ Key: 'Name', Value: 'prod' }] };
  const made = (launchFacts: Partial<LaunchFacts>) =>
    planned(
      {
        vpcs: [OTHER_VPC],
        images: [IMAGE],
        securityGroups: [group('app', [], { VpcId: 'vpc-9' })],
        launchTemplates: [template({ ImageId: 'ami-1', SecurityGroupIds: ['sg-app'] })],
      },
      { vpcs: [OTHER_VPC], launchFacts },
    );
  const SUBNETS = expect.stringMatching(/^subnets /);

  it('of the target decides whether the template that the plan creates can be used, and the plan says so', () => {
    const unread = made({});
    // Without the group, the audit has no reason to look at subnets.
    expect(unread.report.notLookedAt.map((n) => n.what)).not.toContainEqual(SUBNETS);
    expect(unread.plan.simulated.notLookedAt.map((n) => n.what)).toContainEqual(SUBNETS);
    const step = unread.plan.steps.find((s) => s.operation.type === 'create-launch-template');
    expect(step?.notes?.at(-1)).toMatch(/judged without what was not read of the target: .*subnets/);
  });

  it('and where it was read, no template is created whose groups are in a VPC without a subnet', () => {
    const read = made({ subnets: complete([]) });
    expect(operations(read).map((o) => o.type)).not.toContain('create-launch-template');
    expect(becauseOf(read, 'workload/missing')).toEqual([expect.stringContaining('workload/no-subnet')]);
  });
});

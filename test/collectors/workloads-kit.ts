import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { LaunchTemplate, LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import { type CollectOptions, openSide } from '../../src/collectors/live.ts';
import type { FactWanted } from '../../src/inventory/launch-needs.ts';
import { type Lookups, NO_LOOKUPS } from '../../src/inventory/lookups.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import type { Endpoint, RegionModel } from '../endpoint/endpoint.ts';
import { busyRegion, HERE, image, NOON, snapshotOf } from './kit.ts';

/** A region's workloads over the wire. */
export function workloadsOf(ec2: Endpoint, options: Partial<CollectOptions> = {}): Promise<Snapshot> {
  return snapshotOf(ec2, {}, { scopes: ['workloads'], ...options });
}

/** Everything that a launch may need of a region, wanted by name where it is read so. */
export const EVERY_FACT: readonly FactWanted[] = [
  ...(
    [
      'subnets',
      'routeTables',
      'networkAcls',
      'internetGateways',
      'natGateways',
      'networkInterfaces',
      'placementGroups',
      'capacityReservations',
      'groupVpcs',
      'metadataDefaults',
      'exports',
      'ebsDefaultKey',
    ] as const
  ).map((kind) => ({ kind, name: null })),
  { kind: 'activities', name: 'web' },
  { kind: 'lifecycleHooks', name: 'web' },
  { kind: 'targetGroups', name: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1' },
  { kind: 'classicLoadBalancers', name: 'old' },
  { kind: 'instanceTypeOfferings', name: 'm5.large' },
  { kind: 'instanceTypeOfferings', name: 'p4de.24xlarge' },
  { kind: 'instanceTypes', name: 'm5.large' },
  { kind: 'volumeSnapshots', name: 'snap-1' },
  { kind: 'volumeSnapshots', name: 'snap-gone' },
  { kind: 'instanceProfiles', name: 'web-role' },
  { kind: 'instanceProfiles', name: 'gone' },
  { kind: 'kmsKeys', name: 'key-1' },
  { kind: 'kmsKeys', name: 'alias/gone' },
  { kind: 'quotas', name: 'L-1216C47A' },
  { kind: 'quotas', name: 'L-2AFB9258' },
];

/** Both looks at a region. */
export async function lookedUp(
  ec2: Endpoint,
  wanted: Partial<Lookups>,
  before: (snapshot: Snapshot) => Snapshot = (snapshot) => snapshot,
): Promise<Snapshot> {
  const side = await openSide({ endpointUrl: ec2.url, region: HERE }, { maxAttempts: 2 });
  try {
    const pace = { pause: () => 0 };
    const snapshot = await side.collect({ scopes: ['workloads'], now: NOON, ...pace });
    const all = { ...NO_LOOKUPS, ...wanted };
    return await side.lookUp(before(snapshot), all, pace);
  } finally {
    side.close();
  }
}

/** A template whose version n launches ami-n. */
export function template(
  id: string,
  { versions = [1], byDefault = 1 }: { versions?: number[]; byDefault?: number } = {},
): LaunchTemplate & { Versions: LaunchTemplateVersion[] } {
  return {
    LaunchTemplateId: id,
    LaunchTemplateName: `name-of-${id}`,
    DefaultVersionNumber: byDefault,
    LatestVersionNumber: versions.at(-1) ?? 1,
    Versions: versions.map((number) => ({
      VersionNumber: number,
      LaunchTemplateData: { ImageId: `ami-${number}`, KeyName: 'deploy', SecurityGroupIds: ['sg-0001'] },
    })),
  };
}

/** A group that launches by this version of a template. */
export function groupBy(name: string, LaunchTemplateId: string, Version: string): Partial<AutoScalingGroup> {
  return {
    AutoScalingGroupName: name,
    AutoScalingGroupARN: `arn:aws:autoscaling:${name}`,
    LaunchTemplate: { LaunchTemplateId, Version },
    DesiredCapacity: 2,
    Instances: [],
  };
}

export const YAML = `
Parameters:
  Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /golden/image }
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: !Ref Image
      KeyName: deploy
`;

/** A region where something of every kind starts instances. */
export const runningRegion: RegionModel = {
  ...busyRegion,
  images: [
    ...(busyRegion.images ?? []),
    image('ami-0000000a', { OwnerId: '137112412989', ImageOwnerAlias: 'amazon' }),
  ],
  instances: [
    {
      InstanceId: 'i-1',
      ImageId: 'ami-1',
      KeyName: 'deploy',
      State: { Name: 'running' },
      VpcId: 'vpc-1',
      SecurityGroups: [{ GroupId: 'sg-0001', GroupName: 'group-1' }],
      NetworkInterfaces: [{ Groups: [{ GroupId: 'sg-0001', GroupName: 'group-1' }] }],
      Tags: [
        { Key: 'Name', Value: 'web' },
        { Key: 'aws:ec2launchtemplate:id', Value: 'lt-1' },
        { Key: 'aws:ec2launchtemplate:version', Value: '2' },
      ],
    },
    { InstanceId: 'i-2', State: { Name: 'terminated' } },
    { InstanceId: 'i-3', State: { Name: 'shutting-down' } },
  ],
  launchTemplates: [template('lt-1', { versions: [1, 2, 3, 4], byDefault: 3 })],
  launchConfigurations: [
    {
      LaunchConfigurationName: 'old',
      LaunchConfigurationARN: 'arn:aws:autoscaling:old',
      ImageId: 'ami-1',
      KeyName: 'deploy',
      SecurityGroups: ['sg-0001'],
    },
  ],
  autoScalingGroups: [groupBy('web', 'lt-1', '1')],
  stacks: [
    {
      StackId: 'arn:aws:cloudformation:stack/app/1',
      StackName: 'app',
      StackStatus: 'UPDATE_COMPLETE',
      Parameters: [{ ParameterKey: 'Image', ParameterValue: '/golden/image', ResolvedValue: 'ami-1' }],
      Tags: [{ Key: 'team', Value: 'platform' }],
      TemplateBody: YAML,
    },
  ],
  parameters: [{ Name: '/golden/image', Type: 'String', Value: 'ami-0000000a', Version: 1 }],
};

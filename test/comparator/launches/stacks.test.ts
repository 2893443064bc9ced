// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is spelt so.
import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/cloudformation/index.ts';
import { compare } from '../../../src/comparator/compare.ts';
import { complete, failed } from '../../../src/inventory/collected.ts';
import { offeringsFrom, volumeSnapshotFrom } from '../../../src/inventory/launch-facts/compute.ts';
import { instanceTypeFrom } from '../../../src/inventory/launch-facts/instance-type.ts';
import { subnetFrom } from '../../../src/inventory/launch-facts/network.ts';
import type { Report } from '../../../src/report/model.ts';
import { completed, LATEST, LATEST_IMAGE } from '../../cloudformation/completed.ts';
import { type Estate, finding, found, snapshotOf, VPC } from '../../kit/estate.ts';

const subnet = (SubnetId: string, zone: string, more = {}) =>
  subnetFrom({ SubnetId, VpcId: VPC.VpcId, AvailabilityZone: zone, CidrBlock: '10.0.0.0/24', ...more });
const FACTS = {
  subnets: complete([subnet('subnet-0bbbbbbbbbbbbbbbb', 'eu-west-1a')]),
  instanceTypeOfferings: complete(
    offeringsFrom([
      { InstanceType: 'm5.large', LocationType: 'availability-zone', Location: 'eu-west-1a' },
      { InstanceType: 't4g.small', LocationType: 'availability-zone', Location: 'eu-west-1a' },
    ]),
  ),
  instanceTypes: complete([
    instanceTypeFrom({ InstanceType: 'm5.large', ProcessorInfo: { SupportedArchitectures: ['x86_64'] } }),
    instanceTypeFrom({ InstanceType: 't4g.small', ProcessorInfo: { SupportedArchitectures: ['arm64'] } }),
  ]),
  instanceProfiles: complete([{ id: 'web', arn: null, exists: true }]),
  volumeSnapshots: complete([volumeSnapshotFrom({ SnapshotId: 'snap-0bbbbbbbbbbbbbbbb', VolumeSize: 20 })]),
  kmsKeys: complete([
    { id: 'key-1', arn: null, state: 'Enabled', exists: true, askedAs: [], unread: null, manager: null },
  ]),
  placementGroups: complete([{ id: 'cluster', groupId: 'pg-1', state: 'available', strategy: 'cluster' }]),
  groupVpcs: complete([]),
  metadataDefaults: complete([]),
};
const source: Estate = {
  vpcs: [VPC],
  launchFacts: { subnets: complete([subnet('subnet-0aaaaaaaaaaaaaaaa', 'us-east-1a')]) },
};
const file = (text: string, more: Estate = {}): Report =>
  compare({
    source: snapshotOf('us-east-1', source),
    target: snapshotOf('eu-west-1', { vpcs: [VPC], launchFacts: FACTS as never, ...more }),
    config: {},
    phase: 'readiness',
    scopes: ['workloads'],
    templates: [{ file: 'web.json', template: readTemplate(text) }],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:01.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
const verdicts = (report: Report) => report.workloads.map((w) => w.verdict);
const why = (report: Report) =>
  report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')));
const resource = (Type: string, Properties: object, more: object = {}) =>
  JSON.stringify({ Resources: { R: { Type, Properties: completed(Type, Properties) } }, ...more });

/** Each type with how it writes a launch of these fields. */
const TYPES: readonly [string, (launch: Record<string, unknown>) => object][] = [
  [
    'AWS::EC2::Instance',
    ({ type, subnet, zone, profile, devices, group }) => ({
      InstanceType: type,
      SubnetId: subnet,
      AvailabilityZone: zone,
      IamInstanceProfile: profile,
      BlockDeviceMappings: devices,
      PlacementGroupName: group,
    }),
  ],
  [
    'AWS::EC2::LaunchTemplate',
    ({ type, subnet, zone, profile, devices, group }) => ({
      LaunchTemplateData: {
        InstanceType: type,
        ...(subnet ? { NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: subnet }] } : {}),
        Placement: { AvailabilityZone: zone, GroupName: group },
        ...(profile ? { IamInstanceProfile: { Name: profile } } : {}),
        BlockDeviceMappings: devices,
      },
    }),
  ],
];
const WRONG: readonly [string, Record<string, unknown>, string][] = [
  ['a type that is not offered', { type: 'p5.48xlarge' }, 'workload/type-not-offered critical'],
  ['a subnet of the source', { subnet: 'subnet-0aaaaaaaaaaaaaaaa' }, 'reference/of-another-region high'],
  ['a subnet of nowhere', { subnet: 'subnet-0cccccccccccccccc' }, 'workload/no-subnet critical'],
  ['a zone of the source', { zone: 'us-east-1a' }, 'reference/of-another-region high'],
  ['a profile that does not exist', { profile: 'gone' }, 'workload/missing-profile critical'],
  ['a placement group that does not exist', { group: 'gone' }, 'workload/missing-placement critical'],
  [
    'a KMS key of the source',
    { devices: [{ DeviceName: '/dev/sda1', Ebs: { KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/x' } }] },
    'reference/of-another-region high',
  ],
  [
    'a volume smaller than its snapshot',
    { devices: [{ DeviceName: '/dev/sdb', Ebs: { SnapshotId: 'snap-0bbbbbbbbbbbbbbbb', VolumeSize: 8 } }] },
    'workload/volume-too-small high',
  ],
];

describe('what the launch of a template names', () => {
  for (const [type, write] of TYPES) {
    it.each(WRONG)(`${type}: %s stops it`, (_, launch, rule) => {
      const report = file(resource(type, write(launch)));
      expect(found(report)).toEqual([rule]);
      expect(report.findings[0]).toMatchObject({ kind: 'stack', facts: { at: 'R', judged: 'source' } });
      expect(verdicts(report)).toEqual(['blocked']);
      expect(report.workloads[0]?.because).toEqual([report.findings[0]?.fingerprint]);
    });

    it(`${type}: what the target has is launchable, and said to be looked at`, () => {
      const launch = {
        type: 'm5.large',
        subnet: 'subnet-0bbbbbbbbbbbbbbbb',
        profile: 'web',
        group: 'cluster',
        devices: [
          { DeviceName: '/dev/sdb', Ebs: { SnapshotId: 'snap-0bbbbbbbbbbbbbbbb', KmsKeyId: 'key-1' } },
        ],
      };
      const report = file(resource(type, write(launch)));
      expect(found(report)).toEqual([]);
      expect(verdicts(report)).toEqual(['launchable']);
      expect(report.workloads[0]?.lookedAt).toMatchObject({
        type: { state: 'fine' },
        network: { state: 'fine' },
        profile: { state: 'fine' },
        storage: { state: 'fine' },
      });
    });
  }

  it('a type of another architecture than the image', () => {
    const images = [
      { ImageId: 'ami-0bbbbbbbbbbbbbbbb', Name: 'web', State: 'available', Architecture: 'x86_64' },
    ];
    const text = resource('AWS::EC2::Instance', {
      InstanceType: 't4g.small',
      ImageId: 'ami-0bbbbbbbbbbbbbbbb',
    });
    expect(found(file(text, { images }))).toContain('workload/type-unfit-for-image critical');
  });

  it('what the stack itself makes, and a zone that Fn::GetAZs gives, is right', () => {
    const text = JSON.stringify({
      Resources: {
        ...LATEST,
        Net: { Type: 'AWS::EC2::Subnet' },
        Role: { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'own' } },
        R: {
          Type: 'AWS::EC2::Instance',
          Properties: {
            ImageId: LATEST_IMAGE,
            InstanceType: 'm5.large',
            SubnetId: { Ref: 'Net' },
            IamInstanceProfile: 'own',
            AvailabilityZone: { 'Fn::Select': ['0', { 'Fn::GetAZs': '' }] },
          },
        },
      },
    });
    expect(verdicts(file(text))).toEqual(['launchable']);
  });

  it('a type by a mapping row or a default of the target', () => {
    const text = (type: string) =>
      resource(
        'AWS::EC2::Instance',
        { InstanceType: { 'Fn::FindInMap': ['Type', { Ref: 'AWS::Region' }, 'web'] } },
        { Mappings: { Type: { 'us-east-1': { web: 'p5.48xlarge' }, 'eu-west-1': { web: type } } } },
      );
    expect(verdicts(file(text('m5.large')))).toEqual(['launchable']);
    expect(verdicts(file(text('p5.48xlarge')))).toEqual(['blocked']);
  });

  it('a parameter without a value is unknown; a condition that nothing decides is too', () => {
    const Parameters = { Subnet: { Type: 'AWS::EC2::Subnet::Id' }, Env: { Type: 'String' } };
    const open = file(resource('AWS::EC2::Instance', { SubnetId: { Ref: 'Subnet' } }, { Parameters }));
    expect(verdicts(open)).toEqual(['unknown']);
    expect(why(open)).toEqual(['R -> subnet -> unresolved: the parameter "Subnet", which has no default']);
    const Conditions = { Big: { 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] } };
    const conditional = (yes: string, no: string) =>
      file(
        resource(
          'AWS::EC2::Instance',
          { InstanceType: { 'Fn::If': ['Big', yes, no] } },
          { Parameters, Conditions },
        ),
      );
    expect(verdicts(conditional('m5.large', 't4g.small'))).toEqual(['launchable']);
    const maybe = conditional('p5.48xlarge', 'm5.large');
    expect(verdicts(maybe)).toEqual(['unknown']);
    expect(finding(maybe, 'workload/type-not-offered').severity).toBe('medium');
  });

  it('each subnet has to exist, since a group is refused for one that does not; a fleet uses the others', () => {
    const subnets = ['subnet-0bbbbbbbbbbbbbbbb', 'subnet-0cccccccccccccccc'];
    const list = file(resource('AWS::AutoScaling::AutoScalingGroup', { VPCZoneIdentifier: subnets }));
    expect([verdicts(list), found(list)]).toEqual([['blocked'], ['workload/no-subnet critical']]);
    const SpotFleetRequestConfigData = { LaunchSpecifications: [{ SubnetId: subnets.join(', ') }] };
    const fleet = file(resource('AWS::EC2::SpotFleet', { SpotFleetRequestConfigData }));
    expect([verdicts(fleet), found(fleet)]).toEqual([['degraded'], ['workload/no-subnet high']]);
    const NetworkInterfaces = subnets.map((SubnetId, DeviceIndex) => ({ DeviceIndex, SubnetId }));
    const one = file(resource('AWS::EC2::Instance', { InstanceType: 'm5.large', NetworkInterfaces }));
    expect([verdicts(one), found(one)]).toEqual([['blocked'], ['workload/no-subnet critical']]);
  });

  it('of several types that will do the others are left', () => {
    const types = (...InstanceTypes: string[]) =>
      file(resource('AWS::EKS::Nodegroup', { InstanceTypes, Subnets: ['subnet-0bbbbbbbbbbbbbbbb'] }));
    expect(verdicts(types('m5.large', 'p5.48xlarge'))).toEqual(['degraded']);
    expect(verdicts(types('p5.48xlarge'))).toEqual(['blocked']);
  });

  it.each([
    ['AWS::AutoScaling::AutoScalingGroup', { VPCZoneIdentifier: ['subnet-0aaaaaaaaaaaaaaaa'] }],
    ['AWS::AutoScaling::AutoScalingGroup', { AvailabilityZones: ['us-east-1a', 'us-east-1b'] }],
    ['AWS::AutoScaling::LaunchConfiguration', { InstanceType: 'p5.48xlarge' }],
    ['AWS::Batch::ComputeEnvironment', { ComputeResources: { Subnets: ['subnet-0aaaaaaaaaaaaaaaa'] } }],
    ['AWS::EMR::Cluster', { Instances: { MasterInstanceGroup: { InstanceType: 'p5.48xlarge' } } }],
    ['AWS::Cloud9::EnvironmentEC2', { InstanceType: 'p5.48xlarge' }],
    ['AWS::ImageBuilder::InfrastructureConfiguration', { InstanceProfileName: 'gone' }],
    [
      'AWS::ElasticBeanstalk::Environment',
      {
        OptionSettings: [
          {
            Namespace: 'aws:autoscaling:launchconfiguration',
            OptionName: 'InstanceType',
            Value: 'p5.48xlarge',
          },
        ],
      },
    ],
    [
      'AWS::ElasticBeanstalk::Environment',
      {
        OptionSettings: [
          { Namespace: 'aws:ec2:vpc', OptionName: 'Subnets', Value: 'subnet-0aaaaaaaaaaaaaaaa, ' },
        ],
      },
    ],
    [
      'AWS::EC2::SpotFleet',
      { SpotFleetRequestConfigData: { LaunchSpecifications: [{ InstanceType: 'p5.48xlarge' }] } },
    ],
  ])('%s: %j is blocked', (type, properties) => {
    expect(verdicts(file(resource(type, properties)))).toEqual(['blocked']);
  });

  it('each snapshot in the block devices of Elastic Beanstalk counts', () => {
    const devices = (Value: string) =>
      file(
        resource('AWS::ElasticBeanstalk::Environment', {
          OptionSettings: [
            {
              Namespace: 'aws:autoscaling:launchconfiguration',
              OptionName: 'BlockDeviceMappings',
              Value,
            },
          ],
        }),
      );
    const here = '/dev/sdb=snap-0bbbbbbbbbbbbbbbb';
    expect(verdicts(devices(`/dev/sdj=:100,${here}:30,/dev/sdc=ephemeral0`))).toEqual(['launchable']);
    const report = devices(`${here}, /dev/sdc=snap-0cccccccccccccccc:20:true:gp3`);
    expect(verdicts(report)).toEqual(['unknown']);
    expect(why(report)).toEqual([expect.stringContaining('snap-0cccccccccccccccc')]);
  });

  it('that nobody read is listed as not looked at; that was denied is unknown, with a gap', () => {
    const text = resource('AWS::EC2::Instance', { InstanceType: 'm5.large' });
    const unread = file(text, { launchFacts: {} });
    expect(verdicts(unread)).toEqual(['launchable']);
    expect(unread.notLookedAt?.map(({ what }) => what).join()).toContain('instance type offerings');
    const denied = file(text, {
      launchFacts: {
        ...(FACTS as object),
        instanceTypeOfferings: failed({ code: 'access-denied', message: 'denied', hint: 'Allow it.' }),
      },
    });
    expect(verdicts(denied)).toEqual(['unknown']);
    expect(denied.gaps).toMatchObject([{ side: 'target', code: 'access-denied', blocking: true }]);
  });
});

describe('what launches of templates name in one region or account', () => {
  const arn = (service: string, region: string, rest: string, account = '111122223333') =>
    `arn:aws:${service}:${region}:${account}:${rest}`;
  const launchTemplate = (data: object) =>
    file(resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: data }));
  const group = (more: object) =>
    file(resource('AWS::AutoScaling::AutoScalingGroup', { MinSize: '1', MaxSize: '1', ...more }));
  const subnets = { VPCZoneIdentifier: ['subnet-0bbbbbbbbbbbbbbbb'] };
  const web = (region: string) => arn('elasticloadbalancing', region, 'targetgroup/web/0123456789abcdef');

  it.each([
    [
      'a licence',
      () =>
        launchTemplate({
          LicenseSpecifications: [
            { LicenseConfigurationArn: arn('license-manager', 'us-east-1', 'license-configuration:lic-1') },
          ],
        }),
    ],
    [
      'a host resource group',
      () =>
        launchTemplate({
          Placement: { HostResourceGroupArn: arn('resource-groups', 'us-east-1', 'group/hosts') },
        }),
    ],
    [
      'a group of reservations',
      () =>
        launchTemplate({
          CapacityReservationSpecification: {
            CapacityReservationTarget: {
              CapacityReservationResourceGroupArn: arn('resource-groups', 'us-east-1', 'group/cr'),
            },
          },
        }),
    ],
    ['a target group', () => group({ ...subnets, TargetGroupARNs: [web('us-east-1')] })],
    [
      'a traffic source',
      () => group({ ...subnets, TrafficSources: [{ Identifier: web('us-east-1'), Type: 'elbv2' }] }),
    ],
  ])('%s of the source region is found', (_, report) => {
    expect(found(report())).toEqual(['reference/of-another-region high']);
    expect(verdicts(report())).toEqual(['blocked']);
  });

  it('a service-linked role of another account is found', () => {
    const role = arn(
      'iam',
      '',
      'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
      '444455556666',
    );
    const report = group({ ...subnets, ServiceLinkedRoleARN: role });
    expect(found(report)).toEqual(['reference/of-another-account high']);
  });

  it('lists target groups of VPC Lattice and roles with a suffix, which are not read', () => {
    const lattice = arn('vpc-lattice', 'eu-west-1', 'targetgroup/tg-1');
    const role = arn(
      'iam',
      '',
      'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_key',
    );
    const text = resource('AWS::AutoScaling::AutoScalingGroup', {
      MinSize: '1',
      MaxSize: '1',
      ...subnets,
      TrafficSources: [{ Identifier: lattice, Type: 'vpc-lattice' }],
      ServiceLinkedRoleARN: role,
    });
    // Where all target groups of Elastic Load Balancing are known to be these.
    const report = file(text, { launchFacts: { ...FACTS, targetGroups: complete([]) } as never });
    expect([verdicts(report), found(report)]).toEqual([['launchable'], []]);
    expect(report.notLookedAt.map((n) => n.what)).toEqual(
      expect.arrayContaining([
        'target groups of VPC Lattice of Auto Scaling groups (whether each exists)',
        'service-linked roles with a suffix of Auto Scaling groups (whether each exists)',
      ]),
    );
  });

  it('a target group of the target region has to exist there', () => {
    const text = resource('AWS::AutoScaling::AutoScalingGroup', {
      MinSize: '1',
      MaxSize: '1',
      ...subnets,
      TargetGroupARNs: [web('eu-west-1')],
    });
    const facts = (items: object[]) => ({
      launchFacts: { ...FACTS, targetGroups: complete(items) } as never,
    });
    expect(verdicts(file(text, facts([])))).toEqual(['blocked']);
    const exists = { id: web('eu-west-1'), name: 'web', vpcId: VPC.VpcId, exists: true };
    expect(verdicts(file(text, facts([exists])))).toEqual(['launchable']);
    expect(why(file(text, facts([{ ...exists, vpcId: 'vpc-9' }])))).toEqual([
      'R -> target group web -> belongs to another VPC than its subnets',
    ]);
  });
});

describe('the network interfaces of a launch of a template', () => {
  const SUBNET = 'subnet-0bbbbbbbbbbbbbbbb';
  const instance = (NetworkInterfaces: object[], more: object = {}) =>
    file(resource('AWS::EC2::Instance', { InstanceType: 'm5.large', NetworkInterfaces, ...more }), {
      launchFacts: {
        ...FACTS,
        instanceTypes: complete([
          instanceTypeFrom({ InstanceType: 'm5.large', NetworkInfo: { MaximumNetworkInterfaces: 3 } }),
        ]),
      } as never,
    });
  const groups = (n: number) => Array.from({ length: n }, (_, i) => `sg-0aaaaaaaaaaaaaa${10 + i}`);
  const refusals = (report: Report) =>
    report.findings
      .filter((f) => f.rule === 'workload/refused')
      .map((f) => (f.facts as { because: string }).because);

  it.each([
    [
      'an address outside of the subnet',
      [{ DeviceIndex: '0', SubnetId: SUBNET, PrivateIpAddress: '10.9.0.9' }],
      {},
      ['address-outside-subnet'],
    ],
    [
      'an address that AWS reserves',
      [
        {
          DeviceIndex: '0',
          SubnetId: SUBNET,
          PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.2', Primary: true }],
        },
      ],
      {},
      ['address-reserved'],
    ],
    [
      'an address of the subnet',
      [{ DeviceIndex: '0', SubnetId: SUBNET, PrivateIpAddress: '10.0.0.9' }],
      {},
      [],
    ],
    [
      'groups beside them',
      [{ DeviceIndex: '0', SubnetId: SUBNET }],
      { SecurityGroupIds: groups(1) },
      ['groups-beside-interfaces'],
    ],
    [
      'more groups than one takes',
      [{ DeviceIndex: '0', SubnetId: SUBNET, GroupSet: groups(17) }],
      {},
      ['groups-per-interface'],
    ],
    [
      'groups of two that are together more',
      [0, 1].map((i) => ({ DeviceIndex: `${i}`, SubnetId: SUBNET, GroupSet: groups(4) })),
      {},
      [],
    ],
    [
      'more of them than the type takes',
      [0, 1, 2, 3].map((i) => ({ DeviceIndex: `${i}`, SubnetId: SUBNET })),
      {},
      ['too-many-interfaces'],
    ],
  ])('%s', (_, interfaces, more, because) => {
    expect(refusals(instance(interfaces, more))).toEqual(because);
  });

  it('are not the subnets that a service chooses among', () => {
    const Subnets = [1, 2, 3, 4].map((i) => `subnet-0bbbbbbbbbbbbbb${10 + i}`);
    const all = Subnets.map((id) => subnet(id, 'eu-west-1a'));
    const report = file(
      resource('AWS::EKS::Nodegroup', {
        InstanceTypes: ['m5.large'],
        Subnets,
        NodeRole: 'r',
        ClusterName: 'c',
      }),
      {
        launchFacts: {
          ...FACTS,
          subnets: complete(all),
          instanceTypes: complete([
            instanceTypeFrom({ InstanceType: 'm5.large', NetworkInfo: { MaximumNetworkInterfaces: 3 } }),
          ]),
        } as never,
      },
    );
    expect(refusals(report)).toEqual([]);
  });
});

describe('a launch of a template that names no subnet', () => {
  const at = (target: boolean, text: string) =>
    compare({
      source: snapshotOf('us-east-1', { ...source, vpcs: [{ ...VPC, IsDefault: true }] }),
      target: snapshotOf('eu-west-1', { vpcs: [{ ...VPC, IsDefault: target }], launchFacts: FACTS as never }),
      config: {},
      phase: 'readiness',
      scopes: ['workloads'],
      templates: [{ file: 'web.json', template: readTemplate(text) }],
      startedAt: '2026-11-22T00:00:00.000Z',
      finishedAt: '2026-11-22T00:00:01.000Z',
      tool: { name: 'ec2-parity', version: '0.0.0' },
    });
  const zones = { MinSize: '1', MaxSize: '1', AvailabilityZones: { 'Fn::GetAZs': '' } };

  it.each([
    ['an instance', resource('AWS::EC2::Instance', { InstanceType: 'm5.large' })],
    ['a group that names zones', resource('AWS::AutoScaling::AutoScalingGroup', zones)],
    [
      'a group whose subnets are not given',
      resource('AWS::AutoScaling::AutoScalingGroup', {
        ...zones,
        VPCZoneIdentifier: { Ref: 'AWS::NoValue' },
      }),
    ],
  ])('needs a default VPC: %s', (_, text) => {
    const report = at(false, text);
    expect(found(report)).toContain('workload/no-subnet critical');
    expect(verdicts(report)).toEqual(['blocked']);
    expect(found(at(true, text))).not.toContain('workload/no-subnet critical');
  });

  it.each([
    [
      'an instance of a launch template of another file',
      resource('AWS::EC2::Instance', {
        LaunchTemplate: { LaunchTemplateId: 'lt-0bbbbbbbbbbbbbbbb', Version: '1' },
      }),
    ],
    [
      'a launch template: an Auto Scaling group gives the subnet',
      resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { InstanceType: 'm5.large' } }),
    ],
    [
      'an instance with a network interface',
      resource('AWS::EC2::Instance', {
        NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: 'subnet-0bbbbbbbbbbbbbbbb' }],
      }),
    ],
  ])('may do without: %s', (_, text) => {
    expect(found(at(false, text))).not.toContain('workload/no-subnet critical');
  });
});

describe('a launch template of a stack and the group that launches it', () => {
  const stack = (
    zones: readonly string[],
    Version: object = { 'Fn::GetAtt': ['T', 'LatestVersionNumber'] },
  ) => {
    const ids = zones.map((_, i) => `subnet-0bbbbbbbbbbbbbbb${i}`);
    return file(
      JSON.stringify({
        Resources: {
          T: {
            Type: 'AWS::EC2::LaunchTemplate',
            Properties: { LaunchTemplateData: { InstanceType: 'm5.large', ImageId: LATEST_IMAGE } },
          },
          ...LATEST,
          G: {
            Type: 'AWS::AutoScaling::AutoScalingGroup',
            Properties: {
              MinSize: '1',
              MaxSize: '1',
              VPCZoneIdentifier: ids,
              LaunchTemplate: { LaunchTemplateId: { Ref: 'T' }, Version },
            },
          },
        },
      }),
      {
        launchFacts: { ...FACTS, subnets: complete(ids.map((id, i) => subnet(id, zones[i] ?? ''))) } as never,
      },
    );
  };

  it.each([
    ['every zone offers the type', ['eu-west-1a'], []],
    ['one of two zones offers it', ['eu-west-1a', 'eu-west-1b'], ['workload/type-not-offered high']],
    ['no zone of its subnets offers it', ['eu-west-1b'], ['workload/type-not-offered critical']],
  ])('%s', (_, zones, rules) => {
    expect(found(stack(zones))).toEqual(rules);
  });
});

describe('attributes that a template gives in place of an instance type', () => {
  const type = (InstanceType: string, vCpus: number, architecture = 'x86_64') =>
    instanceTypeFrom({
      InstanceType,
      CurrentGeneration: true,
      BareMetal: false,
      BurstablePerformanceSupported: false,
      VCpuInfo: { DefaultVCpus: vCpus },
      MemoryInfo: { SizeInMiB: vCpus * 4096 },
      ProcessorInfo: { SupportedArchitectures: [architecture], Manufacturer: 'Intel' },
    });
  const types = [type('m5.large', 2), type('t4g.small', 2, 'arm64')];
  const facts = { launchFacts: { ...FACTS, instanceTypes: complete(types) } as never };
  const cpus = (Min: unknown, more: object = {}) => ({
    VCpuCount: { Min },
    MemoryMiB: { Min: 1024 },
    ...more,
  });
  const launchTemplate = (InstanceRequirements: object, more: object = {}) =>
    file(resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { InstanceRequirements } }, more), facts);

  it.each([
    ['that a type has', cpus(2), [], ['launchable']],
    ['that no type has', cpus(64), ['workload/type-not-offered critical'], ['blocked']],
    ['as texts', cpus('64'), ['workload/type-not-offered critical'], ['blocked']],
    [
      'that leave out what is offered',
      cpus(2, { ExcludedInstanceTypes: ['m5*', 't4g*'] }),
      ['workload/type-not-offered critical'],
      ['blocked'],
    ],
    ['that allow what is offered', cpus(2, { AllowedInstanceTypes: ['c5*', 'm5*'] }), [], ['launchable']],
    [
      'from another maker',
      cpus(2, { CpuManufacturers: ['amd'] }),
      ['workload/type-not-offered critical'],
      ['blocked'],
    ],
  ])('are judged: %s', (_, requirements, rules, verdict) => {
    const report = launchTemplate(requirements);
    expect(found(report)).toEqual(rules);
    expect(verdicts(report)).toEqual(verdict);
  });

  it('count as far as their values are known', () => {
    const report = launchTemplate(cpus({ Ref: 'Cpus' }), { Parameters: { Cpus: { Type: 'Number' } } });
    expect(found(report)).toEqual([]);
    const byDefault = { Parameters: { Cpus: { Type: 'Number', Default: 64 } } };
    expect(found(launchTemplate(cpus({ Ref: 'Cpus' }), byDefault))).toEqual([
      'workload/type-not-offered critical',
    ]);
  });

  it('of which a group has several are alternatives', () => {
    const group = (...sets: object[]) =>
      file(
        resource('AWS::AutoScaling::AutoScalingGroup', {
          MinSize: '1',
          MaxSize: '1',
          VPCZoneIdentifier: ['subnet-0bbbbbbbbbbbbbbbb'],
          MixedInstancesPolicy: {
            LaunchTemplate: { Overrides: sets.map((InstanceRequirements) => ({ InstanceRequirements })) },
          },
        }),
        facts,
      );
    expect(verdicts(group(cpus(2), cpus(64)))).toEqual(['degraded']);
    expect(verdicts(group(cpus(64), cpus(96)))).toEqual(['blocked']);
  });
});

describe('Spot Instances of a template', () => {
  const types = [
    instanceTypeFrom({
      InstanceType: 'm5.large',
      VCpuInfo: { DefaultVCpus: 2 },
      ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
    }),
  ];
  const quotas = (onDemand: number, spot: number) => ({
    launchFacts: {
      ...FACTS,
      instanceTypes: complete(types),
      quotas: complete([
        { id: 'L-1216C47A', name: null, value: onDemand },
        { id: 'L-34B43A08', name: null, value: spot },
      ]),
    } as never,
  });
  const spec = { InstanceType: 'm5.large' };
  const percent = (OnDemandPercentageAboveBaseCapacity: number, more: object = {}) => ({
    MinSize: '1',
    MaxSize: '1',
    VPCZoneIdentifier: ['subnet-0bbbbbbbbbbbbbbbb'],
    MixedInstancesPolicy: {
      InstancesDistribution: { OnDemandPercentageAboveBaseCapacity, ...more },
      LaunchTemplate: { Overrides: [spec] },
    },
  });
  const spotLaunches: [string, string][] = [
    [
      'a launch template',
      resource('AWS::EC2::LaunchTemplate', {
        LaunchTemplateData: { ...spec, InstanceMarketOptions: { MarketType: 'spot' } },
      }),
    ],
    [
      'a launch configuration with a price',
      resource('AWS::AutoScaling::LaunchConfiguration', {
        ...spec,
        ImageId: 'ami-0bbbbbbbbbbbbbbbb',
        SpotPrice: '0.05',
      }),
    ],
    [
      'a Spot Fleet',
      resource('AWS::EC2::SpotFleet', {
        SpotFleetRequestConfigData: {
          IamFleetRole: 'r',
          TargetCapacity: 1,
          LaunchSpecifications: [{ ...spec, ImageId: 'ami-0bbbbbbbbbbbbbbbb' }],
        },
      }),
    ],
    ['a group without On-Demand Instances', resource('AWS::AutoScaling::AutoScalingGroup', percent(0))],
  ];

  it.each(spotLaunches)('count against their own quota: %s', (_, text) => {
    expect(found(file(text, quotas(0, 64)))).not.toContain('workload/over-quota high');
    expect(found(file(text, quotas(64, 0)))).toContain('workload/over-quota high');
  });

  it('are not all of a group with a part On-Demand', () => {
    const half = resource('AWS::AutoScaling::AutoScalingGroup', percent(50));
    const base = resource('AWS::AutoScaling::AutoScalingGroup', percent(0, { OnDemandBaseCapacity: 1 }));
    for (const text of [half, base])
      expect(found(file(text, quotas(0, 64)))).toContain('workload/over-quota high');
  });
});

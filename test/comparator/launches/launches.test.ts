import { describe, expect, it } from 'vitest';
import { complete } from '../../../src/inventory/collected.ts';
import { kmsKeyFrom } from '../../../src/inventory/launch-facts/account.ts';
import { audit } from '../../kit/estate.ts';
import { ARM, idOf, judged, OTHER_ACCOUNT, type SideOf, SOURCE, side, subnet, TARGET, X86 } from './kit.ts';

const [SG_T, ENI] = [idOf('sg', TARGET), 'eni-0aaaaaaaaaaaaaaaa'];
const SUBNET_S = idOf('subnet', SOURCE);
const inSubnet = (SubnetId: string, more = {}) => ({
  NetworkInterfaces: [{ DeviceIndex: 0, SubnetId, Groups: [SG_T], ...more }],
});
const key = (region: string, account = '111122223333') =>
  `arn:aws:kms:${region}:${account}:key/12ee9c11-3476-492c-b5cc-ed4a4d636337`;
const device = (Ebs: object) => ({ BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs }] });

/** These estates have no routes: that nobody looked at them is for the tests of reachability. */
const besidesReach = (notLookedAt: readonly string[]) =>
  notLookedAt.filter(
    (what) => !/ (route tables|network ACLs|transit gateways|internet gateways|NAT gateways)/.test(what),
  );

describe('a launch of the target that EC2 would accept', () => {
  const accepted: [string, SideOf, SideOf?][] = [
    ['as it is', {}],
    ['with an instance profile of its own account', { launch: { IamInstanceProfile: { Name: 'web-role' } } }],
    ['with a subnet of its own', { launch: inSubnet(idOf('subnet', TARGET)) }],
    [
      'whose group is associated with the VPC of the subnet',
      {
        launch: inSubnet('subnet-9'),
        offer: {
          subnets: [
            subnet(TARGET, 1),
            subnet(TARGET, 2),
            subnet(TARGET, 1, { SubnetId: 'subnet-9', VpcId: 'vpc-9' }),
          ],
          associations: [{ GroupId: SG_T, VpcId: 'vpc-9' }],
        },
      },
    ],
    [
      'into a subnet that another account shares',
      {
        offer: { subnets: [subnet(TARGET, 1, { OwnerId: OTHER_ACCOUNT }), subnet(TARGET, 2)] },
      },
    ],
    [
      'with the multi-Region key of the source',
      {
        launch: device({ Encrypted: true, KmsKeyId: 'mrk-1' }),
        offer: { keys: { 'mrk-1': 'Enabled' } },
      },
      { launch: device({ Encrypted: true, KmsKeyId: 'mrk-1' }) },
    ],
    [
      'whose zones have the letters of other zones in the other account',
      {
        account: OTHER_ACCOUNT,
        offer: {
          subnets: [
            subnet(TARGET, 1, { AvailabilityZoneId: 'euw1-az3' }),
            subnet(TARGET, 2, { AvailabilityZoneId: 'euw1-az1' }),
          ],
          offered: { 'm5.large': ['euw1-az1', 'euw1-az3'] },
        },
      },
    ],
    [
      'with a volume as large as its snapshot',
      { launch: device({ SnapshotId: idOf('snap', TARGET), VolumeSize: 20 }) },
    ],
    [
      'that admits IMDSv1 where the account does',
      { launch: { MetadataOptions: { HttpTokens: 'optional' } } },
    ],
    [
      'with an image that boots either way',
      { image: { BootMode: undefined } },
      { image: { BootMode: undefined } },
    ],
    [
      'of an image and a type that are both arm64',
      {
        launch: { InstanceType: 'm7g.large' },
        image: { Architecture: 'arm64' },
      },
      { launch: { InstanceType: 'm7g.large' }, image: { Architecture: 'arm64' } },
    ],
    [
      'into a placement group that exists',
      {
        launch: { Placement: { GroupName: 'cg1' } },
        offer: { placementGroups: ['cg1'] },
      },
    ],
    [
      'into the default VPC where the group names zones',
      {
        group: { VPCZoneIdentifier: '' },
        vpcs: [
          {
            VpcId: idOf('vpc', TARGET),
            IsDefault: true,
            CidrBlock: '10.2.0.0/16',
            Tags: [{ Key: 'Name', Value: 'prod' }],
          },
        ],
        offer: {
          subnets: [subnet(TARGET, 1, { DefaultForAz: true }), subnet(TARGET, 2, { DefaultForAz: true })],
        },
      },
    ],
  ];
  it.each(accepted)('is launchable %s', (_, target, source = {}) => {
    const found = judged(source, target);
    expect([found.template, found.group]).toEqual(['launchable', 'launchable']);
    expect(found.rules).toEqual([]);
    expect(besidesReach(found.notLookedAt)).toEqual([]);
  });
});

describe('a launch of the target that EC2 would refuse', () => {
  // Template, group, and the one finding.
  const refused: [string, SideOf, string, SideOf?][] = [
    [
      'a type that the region does not offer',
      { launch: { InstanceType: 'p4de.24xlarge' } },
      'critical workload/type-not-offered',
    ],
    [
      'a type of another architecture than the image',
      { launch: { InstanceType: 'm7g.large' } },
      'critical workload/type-unfit-for-image',
    ],
    [
      'an image of another architecture than the type',
      { image: { Architecture: 'arm64' } },
      'critical workload/type-unfit-for-image',
      { image: { Architecture: 'arm64' } },
    ],
    [
      'an image without ENA for a type that requires it',
      { image: { EnaSupport: false } },
      'critical workload/type-unfit-for-image',
      { image: { EnaSupport: false } },
    ],
    [
      'a paravirtual image',
      { image: { VirtualizationType: 'paravirtual' } },
      'critical workload/type-unfit-for-image',
      { image: { VirtualizationType: 'paravirtual' } },
    ],
    [
      'an image that needs NitroTPM',
      { image: { TpmSupport: 'v2.0' } },
      'critical workload/type-unfit-for-image',
      { image: { TpmSupport: 'v2.0' } },
    ],
    [
      'an image that boots in UEFI only on a type that does not',
      {
        image: { BootMode: 'uefi' },
        offer: { types: [{ ...X86, SupportedBootModes: ['legacy-bios'] }] },
      },
      'critical workload/type-unfit-for-image',
      { image: { BootMode: 'uefi' }, offer: { types: [] } },
    ],
    [
      'a subnet that exists in the source',
      { launch: inSubnet(SUBNET_S) },
      'high reference/of-another-region',
    ],
    [
      'a subnet that does not exist',
      { launch: inSubnet('subnet-0123456789abcdef0') },
      'critical workload/no-subnet',
    ],

    [
      'a network interface that the source names too',
      {
        launch: { NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: ENI }] },
      },
      'high reference/of-another-region',
      { launch: { NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: ENI }] } },
    ],
    [
      'a network interface that does not exist',
      {
        launch: { NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: ENI }] },
      },
      'critical workload/refused',
      { launch: { NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: 'eni-1' }] } },
    ],
    [
      'a zone of the source region',
      { launch: { Placement: { AvailabilityZone: 'us-east-1a' } } },
      'high reference/of-another-region',
    ],
    [
      'a Local Zone of another region',
      { launch: { Placement: { AvailabilityZone: 'us-west-2-lax-1a' } } },
      'high reference/of-another-region',
    ],
    [
      'a KMS key of the source region',
      { launch: device({ Encrypted: true, KmsKeyId: key(SOURCE) }) },
      'high reference/of-another-region',
    ],
    [
      'the ARN of a multi-Region key in the source region',
      {
        launch: device({ Encrypted: true, KmsKeyId: `arn:aws:kms:${SOURCE}:111122223333:key/mrk-1` }),
      },
      'high reference/of-another-region',
    ],
    [
      'a KMS key that is to be deleted',
      {
        launch: device({ Encrypted: true, KmsKeyId: key(TARGET) }),
        offer: { keys: { '12ee9c11-3476-492c-b5cc-ed4a4d636337': 'PendingDeletion' } },
      },
      'critical workload/missing-kms-key',
    ],
    [
      'a snapshot of the source',
      { launch: device({ SnapshotId: idOf('snap', SOURCE) }) },
      'high reference/of-another-region',
    ],
    [
      'a volume smaller than its snapshot',
      { launch: device({ SnapshotId: idOf('snap', TARGET), VolumeSize: 8 }) },
      'high workload/volume-too-small',
    ],
    [
      'a root volume smaller than the image',
      {
        launch: { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } }] },
      },
      'high workload/volume-too-small',
    ],
    [
      'an instance profile that does not exist',
      { launch: { IamInstanceProfile: { Name: 'gone' } } },
      'critical workload/missing-profile',
    ],
    [
      'a placement group that does not exist',
      { launch: { Placement: { GroupName: 'cg1' } } },
      'critical workload/missing-placement',
    ],
    [
      'a capacity reservation of the source',
      {
        launch: {
          CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: 'cr-1' } },
        },
      },
      'high reference/of-another-region',
      {
        launch: {
          CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: 'cr-1' } },
        },
      },
    ],
    [
      'groups beside network interfaces',
      {
        launch: { ...inSubnet(idOf('subnet', TARGET)), SecurityGroupIds: [SG_T] },
      },
      'critical workload/refused',
    ],
    [
      'IMDSv1 where the account enforces IMDSv2',
      {
        launch: { MetadataOptions: { HttpTokens: 'optional' } },
        offer: { imdsV2Enforced: true },
      },
      'critical workload/refused',
    ],
    [
      'a private address outside its subnet',
      {
        launch: inSubnet(idOf('subnet', TARGET), { PrivateIpAddress: '10.1.0.10' }),
      },
      'critical workload/refused',
    ],
    [
      'a zone other than that of its subnet',
      {
        launch: { ...inSubnet(idOf('subnet', TARGET)), Placement: { AvailabilityZone: 'eu-west-1b' } },
      },
      'critical workload/refused',
    ],
    [
      'a KMS key and no encryption',
      {
        launch: device({ Encrypted: false, KmsKeyId: 'alias/web' }),
        offer: { keys: { 'alias/web': 'Enabled' } },
      },
      'critical workload/refused',
    ],
    [
      'IMDSv1 by the default of an account that enforces IMDSv2',
      { offer: { metadata: { HttpTokens: 'optional', HttpTokensEnforced: 'enabled' } } },
      'critical workload/refused',
    ],
    [
      'a subnet without a free address',
      {
        launch: inSubnet(idOf('subnet', TARGET)),
        group: null,
        offer: { subnets: [subnet(TARGET, 1, { AvailableIpAddressCount: 0 })] },
      },
      'high workload/no-subnet',
      { group: null },
    ],
  ];
  it.each(refused)('is blocked: %s', (_, target, rule, source = {}) => {
    const found = judged(source, target);
    expect(found.rules).toEqual([`${rule} launch-template`]);
    expect(found.template).toBe('blocked');
    if (target.group !== null) expect(found.group).toBe('blocked');
    expect(found.report.verdict).toBe('differences');
    const [workload] = found.report.workloads.filter((w) => w.kind === 'launch-template');
    expect(workload?.because).toEqual([found.report.findings[0]?.fingerprint]);
    expect(found.messages[0]).toMatch(/^In eu-west-1 "web" .*\.$/);
  });

  const twoInterfaces = (second: string) => ({
    NetworkInterfaces: [idOf('subnet', TARGET), second].map((SubnetId, DeviceIndex) => ({
      DeviceIndex,
      SubnetId,
      Groups: [SG_T],
    })),
  });
  const farSubnet = subnet(TARGET, 1, { SubnetId: 'subnet-9', VpcId: 'vpc-9' });
  it.each([
    ['does not exist', 'subnet-0cccccccccccccccc', []],
    ['is of another VPC', 'subnet-9', [farSubnet]],
  ] as const)('is a launch with two network interfaces where the subnet of one %s', (_, second, more) => {
    const offer = { subnets: [subnet(TARGET, 1), subnet(TARGET, 2), ...more] };
    const found = judged({ group: null }, { group: null, launch: twoInterfaces(second), offer });
    expect(found.rules).toEqual(['critical workload/no-subnet launch-template']);
    expect(found.template).toBe('blocked');
    const fine = judged({ group: null }, { group: null, launch: twoInterfaces(idOf('subnet', TARGET)) });
    expect([fine.template, fine.rules]).toEqual(['launchable', []]);
  });

  it('is a launch with two network interfaces in two zones', () => {
    const found = judged({ group: null }, { group: null, launch: twoInterfaces(idOf('subnet', TARGET, 2)) });
    expect(found.rules).toEqual(['critical workload/refused launch-template']);
    expect(found.messages[0]).toContain(
      'has network interfaces in eu-west-1a and eu-west-1b, and those of one instance have to be in one',
    );
    expect(found.template).toBe('blocked');
    const sameZone = { subnets: [subnet(TARGET, 1), subnet(TARGET, 2, { AvailabilityZone: 'eu-west-1a' })] };
    const launch = twoInterfaces(idOf('subnet', TARGET, 2));
    expect(judged({ group: null }, { group: null, launch, offer: sameZone }).rules).toEqual([]);
  });

  it('is not a launch whose other subnets nobody read', () => {
    const offer = { denied: ['subnets'] as const };
    const launch = twoInterfaces(idOf('subnet', TARGET, 2));
    expect(judged({ group: null }, { group: null, launch, offer }).template).toBe('unknown');
  });

  it('is not known where the KMS key of one volume may not be read, and the others are judged', () => {
    const denied = { code: 'access-denied', message: 'DescribeKey: denied', hint: 'allow it' } as const;
    const ebs = (name: string) => ({ Ebs: { VolumeSize: 30, Encrypted: true, KmsKeyId: name } });
    const launch = {
      BlockDeviceMappings: [
        { DeviceName: '/dev/sdf', ...ebs('alias/shared') },
        { DeviceName: '/dev/sdg', ...ebs('alias/own') },
      ],
    };
    const keysOf = (own: string) => {
      const estate = side(TARGET, { launch, offer: { keys: { 'alias/own': own } } });
      const kmsKeys = estate.launchFacts?.kmsKeys;
      if (kmsKeys?.status !== 'complete') throw new Error('keys');
      const shared = { ...kmsKeyFrom({ KeyId: 'alias/shared' }), askedAs: ['alias/shared'], unread: denied };
      return {
        ...estate,
        launchFacts: { ...estate.launchFacts, kmsKeys: complete([...kmsKeys.items, shared]) },
      };
    };
    const unknown = audit(side(SOURCE, { launch }), keysOf('Enabled'));
    expect(unknown.workloads.map((w) => w.verdict)).toEqual(['unknown', 'unknown']);
    expect(unknown.gaps).toMatchObject([{ side: 'target', code: 'access-denied', message: denied.message }]);
    expect(unknown.findings).toEqual([]);
    const disabled = audit(side(SOURCE, { launch }), keysOf('Disabled'));
    expect(disabled.findings.map((f) => f.rule)).toEqual(['workload/missing-kms-key']);
    expect(disabled.workloads.map((w) => w.verdict)).toEqual(['blocked', 'blocked']);
  });

  it('is not an Auto Scaling group of which one subnet of two does not exist: the other can be used', () => {
    const group = { VPCZoneIdentifier: `${idOf('subnet', TARGET)},subnet-0cccccccccccccccc` };
    const found = judged({}, { group });
    expect(found.rules).toEqual(['high workload/no-subnet auto-scaling-group']);
    expect(found.group).toBe('degraded');
  });

  it('is a template whose subnet is of another VPC than its groups; its group launches into subnets of its own', () => {
    const other = subnet(TARGET, 1, { SubnetId: 'subnet-9', VpcId: 'vpc-9' });
    const offer = { subnets: [subnet(TARGET, 1), subnet(TARGET, 2), other] };
    const found = judged({}, { launch: inSubnet('subnet-9'), offer });
    expect(found.rules).toEqual(['critical workload/no-subnet launch-template']);
    expect([found.template, found.group]).toEqual(['blocked', 'launchable']);
    const group = { VPCZoneIdentifier: 'subnet-9' };
    expect(judged({}, { group, offer }).group).toBe('blocked');
  });

  it('says once of an ARN of another account that the account lacks the profile', () => {
    const profile = {
      IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/team/web-role' },
    };
    const found = judged(
      { launch: profile },
      { account: OTHER_ACCOUNT, launch: profile, offer: { profiles: [] } },
    );
    expect(found.rules).toEqual(['critical workload/missing-profile launch-template']);
    expect(found.messages).toEqual([
      'In eu-west-1 "web" launches with instance profile web-role of account 111122223333 ($Default, $Latest), which account 444455556666 does not have.',
    ]);
    expect(found.template).toBe('blocked');
    const named = judged({ launch: profile }, { account: OTHER_ACCOUNT, launch: profile });
    expect(named.rules).toEqual(['high reference/of-another-account launch-template']);
  });

  it('takes what the source says of profiles where both sides are one account', () => {
    const launch = { IamInstanceProfile: { Name: 'web-role' } };
    const found = judged({ launch }, { launch, offer: { profiles: [] } });
    expect([found.template, found.rules]).toEqual(['launchable', []]);
  });
});

describe('a snapshot that no answer of a folder contains', () => {
  it('was deleted, or another account shares it: the verdict is not known', () => {
    const launch = device({ SnapshotId: 'snap-0ccccccccccccccc9' });
    const found = judged({ group: null }, { group: null, launch });
    expect([found.template, found.rules, found.report.verdict]).toEqual(['unknown', [], 'inconclusive']);
    expect(found.report.workloads[0]?.chains?.[0]?.steps.join(' ')).toContain(
      'snapshot snap-0ccccccccccccccc9 is not among the snapshots that were read of eu-west-1',
    );
    const unread = judged({ group: null }, { group: null, launch, more: { launchFacts: {} } });
    expect(unread.template).toBe('launchable');
    expect(unread.notLookedAt).toContain('target snapshots of block devices');
  });
});

describe('a snapshot that was asked for in both regions', () => {
  const absent = 'snap-0123456789abcdef0';
  const named = device({ SnapshotId: absent, VolumeSize: 20 });

  it('and exists in neither is not called one of the source region', () => {
    const offer = { absentSnapshots: [absent] };
    const { rules, template } = judged({ offer }, { launch: named, offer });
    expect(rules).toEqual(['critical workload/refused launch-template']);
    expect(template).toBe('blocked');
  });

  it('and exists in the source alone is', () => {
    const there = { snapshots: { [absent]: 20, [idOf('snap', SOURCE)]: 20 } };
    const { rules } = judged({ offer: there }, { launch: named, offer: { absentSnapshots: [absent] } });
    expect(rules).toEqual(['high reference/of-another-region launch-template']);
  });
});

describe('an override', () => {
  /** Two templates; the one with the lower id launches into a placement group that does not exist. */
  const two = (region: string): SideOf => {
    const base = side(region);
    const [web] = base.launchTemplates ?? [];
    const second = {
      ...web,
      LaunchTemplateId: 'lt-00',
      LaunchTemplateName: 'web2',
      Versions: (web?.Versions ?? []).map((v) => ({
        ...v,
        LaunchTemplateId: 'lt-00',
        LaunchTemplateData: { ...v.LaunchTemplateData, Placement: { GroupName: 'gone' } },
      })),
    };
    const chosen = (LaunchTemplateName: string) => ({
      LaunchTemplateSpecification: { LaunchTemplateName, Version: '$Default' },
    });
    return {
      group: {
        LaunchTemplate: undefined,
        MixedInstancesPolicy: {
          LaunchTemplate: {
            ...chosen('web'),
            Overrides: [{ InstanceType: 'm5.large' }, { InstanceType: 'm5.large', ...chosen('web2') }],
          },
        },
      },
      more: { launchTemplates: [...(base.launchTemplates ?? []), second] },
    };
  };
  it('without a template of its own launches by that of the policy, whatever ids the templates have', () => {
    const found = judged(two(SOURCE), two(TARGET));
    expect(found.group).toBe('degraded');
    // Said once: of the template.
    expect(found.rules).toEqual(['critical workload/missing-placement launch-template']);
  });
});

describe('an Auto Scaling group', () => {
  const mixed = (...types: string[]) => ({
    LaunchTemplate: undefined,
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateName: 'web', Version: '$Default' },
        Overrides: types.map((InstanceType) => ({ InstanceType })),
      },
    },
  });

  it.each([
    ['every override', ['p4de.24xlarge', 'p5.48xlarge'], 'blocked', 'critical'],
    ['one of two overrides', ['m5.large', 'p4de.24xlarge'], 'degraded', 'high'],
  ])('whose target does not offer %s is %s', (_, types, verdict, severity) => {
    const found = judged({ group: mixed(...types) }, { group: mixed(...types) });
    expect([found.template, found.group]).toEqual(['launchable', verdict]);
    expect([...new Set(found.rules)]).toEqual([`${severity} workload/type-not-offered auto-scaling-group`]);
  });

  it.each([
    ['no zone', [], 'blocked', 'critical workload/type-not-offered launch-template'],
    [
      'another zone than its own',
      ['eu-west-1c'],
      'blocked',
      'critical workload/type-not-offered auto-scaling-group',
    ],
    ['one of its zones', ['eu-west-1a'], 'degraded', 'high workload/type-not-offered auto-scaling-group'],
  ])('whose type is offered in %s is %s', (_, zones, verdict, rule) => {
    const found = judged({}, { offer: { offered: zones.length > 0 ? { 'm5.large': zones } : {} } });
    expect(found.group).toBe(verdict);
    expect(found.rules).toEqual([rule]);
  });

  it.each([
    [
      'a standby group by the desired capacity of the source',
      { DesiredCapacity: 60 },
      { DesiredCapacity: 0 },
      'blocked',
      ['high workload/over-quota auto-scaling-group'],
    ],
    ['a group that fits', { DesiredCapacity: 2 }, { DesiredCapacity: 2 }, 'launchable', []],
    [
      'a maximum that does not fit, which starts nothing today',
      {},
      { MaxSize: 60 },
      'launchable',
      ['medium workload/over-quota auto-scaling-group'],
    ],
  ])('is judged against the vCPU quota: %s', (_, source, target, verdict, rules) => {
    const found = judged({ group: source }, { group: target, offer: { quotas: { 'L-1216C47A': 10 } } });
    expect([found.group, found.rules]).toEqual([verdict, rules]);
  });

  it('is not judged against a quota that Service Quotas shows no value of: that is listed', () => {
    const { group, notLookedAt } = judged({}, { offer: { quotas: {} } });
    expect([group, besidesReach(notLookedAt)]).toEqual(['launchable', ['target service quotas of EC2']]);
  });

  it('does not count Spot Instances against the On-Demand quota', () => {
    const policy = mixed('m5.large');
    const spot = {
      ...policy,
      MixedInstancesPolicy: {
        ...policy.MixedInstancesPolicy,
        InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 },
      },
      DesiredCapacity: 60,
      MaxSize: 60,
    };
    const found = judged({ group: spot }, { group: spot, offer: { quotas: { 'L-1216C47A': 10 } } });
    expect([found.group, found.rules]).toEqual(['launchable', []]);
  });

  it.each([
    ['no default VPC', { vpcs: [{ VpcId: idOf('vpc', TARGET), Tags: [{ Key: 'Name', Value: 'prod' }] }] }],
    [
      'no default subnet in its zones',
      {
        vpcs: [{ VpcId: idOf('vpc', TARGET), IsDefault: true, Tags: [{ Key: 'Name', Value: 'prod' }] }],
      },
    ],
  ])('without subnets is blocked where there is %s', (_, target) => {
    const found = judged({}, { group: { VPCZoneIdentifier: '' }, ...target });
    expect([found.template, found.group]).toEqual(['launchable', 'blocked']);
    expect(found.rules).toEqual(['critical workload/no-subnet auto-scaling-group']);
  });

  it('is not called blocked where no group that was read names a subnet and no region has a default VPC', () => {
    const group = { VPCZoneIdentifier: '' };
    const found = judged({ group }, { group });
    expect([found.group, found.rules]).toEqual(['launchable', []]);
    expect(found.notLookedAt).toEqual(['target subnets of Auto Scaling groups that name none']);
  });

  it('names target groups, subnets and its role of its own region and account', () => {
    const found = judged(
      {},
      {
        account: OTHER_ACCOUNT,
        group: {
          VPCZoneIdentifier: `${SUBNET_S},${idOf('subnet', TARGET)}`,
          TargetGroupARNs: [`arn:aws:elasticloadbalancing:${SOURCE}:111122223333:targetgroup/web/1`],
          ServiceLinkedRoleARN:
            'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        },
      },
    );
    expect(found.facts.map((f) => ('to' in f ? f.to : null)).sort()).toEqual([
      'service-linked-role',
      'subnet',
      'target-group',
    ]);
    expect(found.group).toBe('blocked');
  });

  it('is degraded where its subnets have room for some of its instances, blocked where for none', () => {
    const free = (n: number) => ({
      group: { DesiredCapacity: 0 },
      offer: { subnets: [1, 2].map((i) => subnet(TARGET, i, { AvailableIpAddressCount: n })) },
    });
    expect(judged({ group: { DesiredCapacity: 5 } }, free(2)).group).toBe('degraded');
    expect(judged({ group: { DesiredCapacity: 5 } }, free(0)).group).toBe('blocked');
    expect(judged({ group: { DesiredCapacity: 4 } }, free(2)).group).toBe('launchable');
  });

  it('is degraded where one of its zones has too few addresses for its part of the instances', () => {
    const one = (n: number, more = {}) =>
      judged(
        {},
        {
          group: more,
          offer: { subnets: [subnet(TARGET, 1, { AvailableIpAddressCount: n }), subnet(TARGET, 2)] },
        },
      );
    const found = one(0, { Instances: [] });
    expect([found.group, found.rules]).toEqual(['degraded', ['high workload/no-subnet auto-scaling-group']]);
    expect(found.messages).toEqual([
      'In eu-west-1 "web" has 0 free addresses in its subnets in eu-west-1a for 1 instance.',
    ]);
    expect(one(1, { Instances: [] }).group).toBe('launchable');
    // The instance that it runs may be the one of that zone.
    expect(one(0, { Instances: [{}] }).group).toBe('launchable');
  });

  it('needs addresses for the instances that it does not have yet, and for no others', () => {
    const full = { subnets: [1, 2].map((i) => subnet(TARGET, i, { AvailableIpAddressCount: 0 })) };
    const running = (n: number) => judged({}, { group: { Instances: Array(n).fill({}) }, offer: full }).group;
    expect(running(0)).toBe('blocked');
    expect(running(1)).toBe('blocked');
    expect(running(2)).toBe('launchable');
  });
});

describe('a launch that has no counterpart on the target yet', () => {
  const bound = {
    Placement: { AvailabilityZone: 'us-east-1a' },
    NetworkInterfaces: [
      { DeviceIndex: 0, SubnetId: SUBNET_S, Groups: [idOf('sg', SOURCE)], PrivateIpAddress: '10.1.1.9' },
    ],
    ...device({ SnapshotId: idOf('snap', SOURCE), Encrypted: true, KmsKeyId: key(SOURCE) }),
  };

  it('is not blocked by what is bound to the source region: whoever makes it replaces that', () => {
    const found = judged({ launch: bound }, { made: false });
    expect([found.template, found.group]).toEqual(['launchable', 'launchable']);
    expect(found.rules.every((r) => r.startsWith('medium workload/missing'))).toBe(true);
    expect(found.facts.map((f) => ('toBeReplaced' in f ? f.toBeReplaced : null))).toEqual([
      [
        { to: 'image', text: idOf('ami', SOURCE) },
        { to: 'security-group', text: idOf('sg', SOURCE) },
        { to: 'subnet', text: SUBNET_S },
        { to: 'zone', text: 'us-east-1a' },
        { to: 'snapshot', text: idOf('snap', SOURCE) },
        { to: 'kms-key', text: key(SOURCE) },
      ],
      [
        { to: 'subnet', text: SUBNET_S },
        { to: 'subnet', text: idOf('subnet', SOURCE, 2) },
      ],
    ]);
    expect(found.messages[0]).toContain(
      `To be replaced, because it exists in the source region or account only: image ${idOf('ami', SOURCE)}, security group ${idOf('sg', SOURCE)}, subnet ${SUBNET_S}`,
    );
  });

  it.each([
    ['Default', '$Default'],
    ['pinned', '1'],
  ])('has no finding about ids of the source region, by its %s version', (_, Version) => {
    const group = { LaunchTemplate: { LaunchTemplateId: idOf('lt', SOURCE), Version } };
    const found = judged({ group }, { made: false });
    expect(found.rules).toEqual([
      'medium workload/missing launch-template',
      'medium workload/missing auto-scaling-group',
    ]);
  });

  it.each([
    ['the name of a profile', { IamInstanceProfile: { Name: 'web-role' } }],
    ['an alias of a key', device({ Encrypted: true, KmsKeyId: 'alias/web' })],
    ['the id of a multi-Region key', device({ Encrypted: true, KmsKeyId: 'mrk-1' })],
    ['the name of a placement group', { Placement: { GroupName: 'cg1' } }],
  ])('need not have %s replaced, which means the same in both regions', (_, launch) => {
    const [facts] = judged({ launch }, { made: false, offer: { placementGroups: ['cg1'] } }).facts;
    expect(facts && 'toBeReplaced' in facts && facts.toBeReplaced.map(({ to }) => to)).toEqual([
      'image',
      'security-group',
    ]);
  });

  it('has the ARN of a profile replaced where the target is another account', () => {
    const launch = { IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/web-role' } };
    const kinds = (account?: string) => {
      const [facts] = judged({ launch }, { made: false, ...(account ? { account } : {}) }).facts;
      return facts && 'toBeReplaced' in facts ? facts.toBeReplaced.map(({ to }) => to as string) : [];
    };
    expect([kinds().includes('instance-profile'), kinds(OTHER_ACCOUNT).includes('instance-profile')]).toEqual(
      [false, true],
    );
  });

  it('names nothing to be replaced where both sides are one region', () => {
    const report = audit(side(SOURCE, { launch: bound }), side(SOURCE, { made: false }), {
      regions: [SOURCE, SOURCE],
    });
    expect(report.findings.flatMap((f) => ('toBeReplaced' in f.facts ? f.facts.toBeReplaced : []))).toEqual(
      [],
    );
  });

  it.each([
    [
      'its type is not offered',
      { launch: { InstanceType: 'p4de.24xlarge' } },
      {},
      'workload/type-not-offered',
    ],
    [
      'its type is not for its image',
      { launch: { InstanceType: 'm7g.large' } },
      {},
      'workload/type-unfit-for-image',
    ],
    [
      'its profile does not exist',
      { launch: { IamInstanceProfile: { Name: 'gone' } } },
      {},
      'workload/missing-profile',
    ],
    [
      'its placement group does not exist',
      { launch: { Placement: { GroupName: 'cg1' } } },
      {},
      'workload/missing-placement',
    ],
    [
      'IMDSv2 is enforced',
      { launch: { MetadataOptions: { HttpTokens: 'optional' } } },
      { offer: { imdsV2Enforced: true } },
      'workload/refused',
    ],
    ['its VPC has no subnet there', { launch: bound }, { offer: { subnets: [] } }, 'workload/no-subnet'],
  ] as const)('is blocked where %s', (_, source, target, rule) => {
    const found = judged(source as SideOf, { made: false, ...target } as SideOf);
    expect(found.template).toBe('blocked');
    expect(found.rules.join()).toContain(rule);
    expect(found.messages.join()).toContain('"web", made in eu-west-1 as it is,');
  });
});

describe('a workload of which it could not be read whether the target has a counterpart', () => {
  it.each([
    ['launchTemplates', 'template'],
    ['autoScalingGroups', 'group'],
  ] as const)('has an unknown verdict: %s', (kind, of) => {
    const found = judged({}, { more: { unread: [kind] } });
    expect(found[of]).toBe('unknown');
    expect(found.report.complete).toBe(false);
    const steps = found.report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' ')));
    expect(steps).toContain('whether eu-west-1 has a counterpart of it could not be read');
  });
});

describe('what nobody looked at', () => {
  it('is whether an image is enabled for ENA where the answer does not say so and the type requires it', () => {
    const of = (image: object, type: object = {}) =>
      judged({ image }, { image, offer: { types: [{ ...X86, ...type }, ARM] } });
    const silent = { EnaSupport: undefined };
    expect(of(silent)).toMatchObject({ template: 'launchable', rules: [] });
    expect(of(silent).notLookedAt).toContain('target ENA support of images');
    expect(of({}).notLookedAt).not.toContain('target ENA support of images');
    const supported = { NetworkInfo: { EnaSupport: 'supported' } };
    expect(of(silent, supported).notLookedAt).not.toContain('target ENA support of images');
  });

  it('is listed, and the verdict does not count it', () => {
    const launch = { IamInstanceProfile: { Name: 'gone' }, Placement: { GroupName: 'cg1' } };
    const found = judged(
      { launch, more: { launchFacts: {} } },
      { account: OTHER_ACCOUNT, launch, more: { launchFacts: {} } },
    );
    expect([found.template, found.group, found.rules]).toEqual(['launchable', 'launchable', []]);
    expect(besidesReach(found.notLookedAt)).toEqual([
      'source lifecycle hooks of Auto Scaling groups',
      'target instance metadata defaults of the account',
      'target instance profiles',
      'target instance type offerings',
      'target instance types',
      'target lifecycle hooks of Auto Scaling groups',
      'target placement groups',
      'target subnets',
    ]);
  });

  it('is nothing where no launch needs it', () => {
    const of = (more: object) => {
      const launch = { InstanceType: undefined, MetadataOptions: { HttpTokens: 'required' }, ...more };
      const side = { launch: launch as never, group: null, more: { launchFacts: {} } };
      return besidesReach(judged(side, side).notLookedAt);
    };
    expect(of({ SecurityGroupIds: undefined })).toEqual([]);
    // Its groups are of a VPC, which has to have a subnet.
    expect(of({})).toEqual(['target subnets']);
  });

  it('is what types cost, where the group chooses them by attributes', () => {
    const group = {
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateName: 'web' },
          Overrides: [{ InstanceRequirements: { VCpuCount: { Min: 2 } } }],
        },
      },
    };
    const found = judged({ group }, { group });
    expect(found.group).toBe('launchable');
    expect(besidesReach(found.notLookedAt)).toEqual(['target prices']);
  });

  it('is an unknown verdict where it was asked for and could not be read', () => {
    const found = judged({}, { offer: { denied: ['instanceTypeOfferings'] } });
    expect([found.template, found.group]).toEqual(['unknown', 'unknown']);
    expect(besidesReach(found.notLookedAt)).toEqual([]);
    expect(found.report.complete).toBe(false);
    expect(found.report.gaps).toMatchObject([
      { side: 'target', kind: 'workload', code: 'access-denied', message: 'denied', blocking: true },
    ]);
    const [workload] = found.report.workloads;
    expect(workload?.chains?.[0]?.steps.at(-1)).toBe(
      'the instance type offerings of eu-west-1 could not be read',
    );
  });

  it('is what the config leaves out, whether or not it was read', () => {
    const report = audit(side(SOURCE), side(TARGET, { offer: { offered: {}, denied: ['subnets'] } }), {
      config: { launch: { skip: ['instanceTypeOfferings', 'subnets'] } },
    });
    expect(report.workloads.map((w) => w.verdict)).toEqual(['launchable', 'launchable']);
    const left = report.notLookedAt.filter((n) => n.because.includes('launch.skip'));
    expect([report.complete, left.map((n) => n.because)]).toEqual([
      true,
      ['Left out by the config (launch.skip).', 'Left out by the config (launch.skip).'],
    ]);
  });

  it('does not hide what is proven: a blocked launch is blocked, whatever else could not be read', () => {
    const found = judged(
      {},
      { launch: { InstanceType: 'm7g.large' }, offer: { denied: ['instanceTypeOfferings', 'subnets'] } },
    );
    expect(found.template).toBe('blocked');
  });
});

describe('user data that names the source region', () => {
  const launch = { UserData: Buffer.from('aws s3 ls --region us-east-1 # hunter2').toString('base64') };

  it('is a finding that shows no text of it, and stops no launch', () => {
    const found = judged({ launch }, { launch });
    expect(found.rules).toEqual(['medium workload/user-data-names-source launch-template']);
    expect(found.template).toBe('launchable');
    expect(JSON.stringify(found.report)).not.toContain('hunter2');
  });

  it('is a finding where that of the target names an id that exists on the source', () => {
    const naming = (...ids: string[]) => ({
      UserData: Buffer.from(`attach ${ids.join(' ')}`).toString('base64'),
    });
    const found = judged(
      { more: { vpcs: [{ VpcId: `vpc-0${'a'.repeat(16)}`, CidrBlock: '10.1.0.0/16' }] } },
      {
        launch: naming(`vpc-0${'a'.repeat(16)}`, `vpc-0${'b'.repeat(16)}`),
      },
    );
    expect(found.facts).toContainEqual({
      at: '$Default, $Latest',
      judged: 'target',
      names: [`vpc-0${'a'.repeat(16)}`],
    });
  });

  it('is none where the target has its own', () => {
    const own = { UserData: Buffer.from('aws s3 ls --region eu-west-1').toString('base64') };
    expect(judged({ launch }, { launch: own }).rules).toEqual([]);
  });
});

describe('after the migration', () => {
  it('the workloads of the target are judged by their own values', () => {
    const found = judged({ made: false }, { launch: { InstanceType: 'p4de.24xlarge' } }, 'verification');
    expect(found.template).toBe('blocked');
    expect(found.rules.join()).toContain('critical workload/type-not-offered launch-template');
  });
});

describe('findings about launches', () => {
  it('keep their fingerprint whatever ids the regions have', () => {
    const fingerprints = (n: string) =>
      judged({}, { launch: inSubnet(`subnet-0123456789abcdef${n}`) }).report.findings.map(
        (f) => f.fingerprint,
      );
    expect(fingerprints('0')).toEqual(fingerprints('1'));
  });

  it('are the template’s own, and the group that launches it leads to them', () => {
    const found = judged({}, { launch: { InstanceType: 'm7g.large' }, offer: { types: [X86, ARM] } });
    const [finding] = found.report.findings;
    const because = found.report.workloads.map((w) => w.because);
    expect(because).toEqual([[finding?.fingerprint], [finding?.fingerprint]]);
  });
});

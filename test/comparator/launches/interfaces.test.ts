import { describe, expect, it } from 'vitest';
import type { AwsLaunchInterface } from '../../../src/inventory/launch-details.ts';
import { audit } from '../../kit/estate.ts';
import { ARM, idOf, judged, SOURCE, side, subnet, TARGET, X86 } from './kit.ts';

const [VPC, SG, SUBNET] = [idOf('vpc', TARGET), idOf('sg', TARGET), idOf('subnet', TARGET)];
const alone = (NetworkInterfaces: AwsLaunchInterface[]) => ({ group: null, launch: { NetworkInterfaces } });

describe('a private address that a launch names', () => {
  const at = (PrivateIpAddress: string) =>
    judged({ group: null }, alone([{ DeviceIndex: 0, SubnetId: SUBNET, Groups: [SG], PrivateIpAddress }]));

  it.each([
    ['10.2.1.0', 'the network address'],
    ['10.2.1.1', 'the router'],
    ['10.2.1.2', 'DNS'],
    ['10.2.1.3', 'a future use'],
    ['10.2.1.255', 'the broadcast address'],
  ])('is refused where AWS reserves it: %s, %s', (address) => {
    const found = at(address);
    expect([found.template, found.rules]).toEqual(['blocked', ['critical workload/refused launch-template']]);
    expect(found.messages[0]).toContain(`names private address ${address}, which AWS reserves`);
  });

  it.each(['10.2.1.4', '10.2.1.100', '10.2.1.254'])('is accepted where it does not: %s', (address) => {
    expect([at(address).template, at(address).rules]).toEqual(['launchable', []]);
  });
});

describe('the network interfaces of a launch', () => {
  const several = (n: number) =>
    Array.from({ length: n }, (_, DeviceIndex) => ({ DeviceIndex, SubnetId: SUBNET, Groups: [SG] }));
  const types = [{ ...X86, NetworkInfo: { EnaSupport: 'required', MaximumNetworkInterfaces: 3 } }, ARM];

  it('are refused where they are more than the instance type takes', () => {
    const found = judged({ group: null }, { ...alone(several(4)), offer: { types } });
    expect([found.template, found.rules]).toEqual(['blocked', ['critical workload/refused launch-template']]);
    expect(found.messages[0]).toContain('has 4 network interfaces, and its instance type takes 3');
  });

  it.each([
    ['as many as it takes', 3, types],
    ['of a type of which that was not read', 9, [X86, ARM]],
  ])('are accepted: %s', (_, n, known) => {
    const found = judged({ group: null }, { ...alone(several(n)), offer: { types: known } });
    expect([found.template, found.rules]).toEqual(['launchable', []]);
  });
});

describe('the security groups of one network interface', () => {
  const other = {
    GroupId: 'sg-9',
    GroupName: 'db',
    VpcId: 'vpc-9',
    IpPermissions: [],
    IpPermissionsEgress: [],
  };
  const vpcs = (region: string) => [
    { VpcId: idOf('vpc', region), CidrBlock: '10.2.0.0/16', Tags: [{ Key: 'Name', Value: 'prod' }] },
    { VpcId: 'vpc-9', CidrBlock: '10.9.0.0/16', Tags: [{ Key: 'Name', Value: 'data' }] },
  ];
  const twoVpcs = (
    launch: object,
    offer: object = {},
  ): { verdict: string | undefined; rules: string[]; messages: string[] } => {
    const target = side(TARGET, { launch, group: null, vpcs: vpcs(TARGET), offer });
    const source = side(SOURCE, { group: null });
    const report = audit(source, { ...target, securityGroups: [...(target.securityGroups ?? []), other] });
    return {
      verdict: report.workloads.find((w) => w.kind === 'launch-template')?.verdict,
      rules: report.findings.map((f) => f.rule).filter((rule) => rule.startsWith('workload/')),
      messages: report.findings.filter((f) => f.rule === 'workload/refused').map((f) => f.message),
    };
  };

  it('are refused where they are of two VPCs', () => {
    const found = twoVpcs({ SecurityGroupIds: [SG, 'sg-9'] });
    expect(found.verdict).toBe('blocked');
    expect(found.messages).toEqual([
      `In eu-west-1 "web" names security groups of several VPCs for one network interface (web of ${VPC}, db of vpc-9): "You have specified two resources that belong to different networks" ($Default, $Latest).`,
    ]);
  });

  it('are distinguished by their VPC from groups of the same names', () => {
    const target = side(TARGET, {
      launch: { SecurityGroupIds: [SG, 'sg-9'] },
      group: null,
      vpcs: vpcs(TARGET),
    });
    const source = side(SOURCE, { group: null, launch: { SecurityGroupIds: [idOf('sg', SOURCE), 'sg-8'] } });
    const own = { ...other, GroupId: 'sg-8', VpcId: idOf('vpc', SOURCE) };
    const report = audit(
      { ...source, securityGroups: [...(source.securityGroups ?? []), own] },
      { ...target, securityGroups: [...(target.securityGroups ?? []), other] },
    );
    expect(report.findings.filter((f) => f.rule === 'workload/differs').map((f) => f.message)).toEqual([
      'In eu-west-1 "web" refers to other security groups: db of VPC data, web of VPC prod; on the source: db of VPC prod, web of VPC prod.',
    ]);
  });

  it('are accepted where one is associated with the VPC of the other', () => {
    const associations = [{ GroupId: 'sg-9', VpcId: VPC }];
    expect(twoVpcs({ SecurityGroupIds: [SG, 'sg-9'] }, { associations }).rules).not.toContain(
      'workload/refused',
    );
  });

  it('leave the verdict open where the associations could not be read', () => {
    const found = twoVpcs({ SecurityGroupIds: [SG, 'sg-9'] }, { denied: ['groupVpcs'] });
    expect(found.messages).toEqual([]);
    expect(found.verdict).not.toBe('launchable');
  });

  it('may differ from those of another interface', () => {
    const subnets = [subnet(TARGET, 1), subnet(TARGET, 2, { SubnetId: 'subnet-9', VpcId: 'vpc-9' })];
    const interfaces = [
      { DeviceIndex: 0, Groups: [SG] },
      { DeviceIndex: 1, Groups: ['sg-9'] },
    ];
    expect(twoVpcs({ NetworkInterfaces: interfaces }, { subnets }).messages).toEqual([]);
  });
});

describe('a launch that names no subnet', () => {
  it('has none to be given where the VPC of its groups has none', () => {
    const made = judged({ group: null }, { group: null, offer: { subnets: [] } });
    expect([made.template, made.rules]).toEqual(['blocked', ['critical workload/no-subnet launch-template']]);
    const missing = judged({ group: null }, { made: false, offer: { subnets: [] } });
    expect(missing.template).toBe('blocked');
    expect(missing.messages.join()).toContain('needs a subnet of VPC prod, which has none in eu-west-1');
  });

  it('has those of the VPC that its groups are associated with', () => {
    const offer = {
      subnets: [subnet(TARGET, 1, { VpcId: 'vpc-9' })],
      associations: [{ GroupId: SG, VpcId: 'vpc-9' }],
    };
    expect(judged({ group: null }, { group: null, offer }).template).toBe('launchable');
  });
});

describe('a launch template that names no subnet, and no group by id', () => {
  const vpc = (region: string, IsDefault: boolean) => ({
    vpcs: [
      {
        VpcId: idOf('vpc', region),
        IsDefault,
        CidrBlock: '10.0.0.0/16',
        Tags: [{ Key: 'Name', Value: 'prod' }],
      },
    ],
  });
  const bare = { launch: { SecurityGroupIds: [] }, group: null };
  const at = (target: object, source: object = {}) =>
    judged({ ...bare, ...vpc(SOURCE, true), ...source }, { ...bare, ...vpc(TARGET, false), ...target });

  it.each([
    ['with a counterpart', {}],
    ['without one', { made: false }],
  ])('leaves the subnet to who launches it: %s', (_, target) => {
    expect(at(target).template).toBe('launchable');
  });

  it('launches into the default VPC where it names groups by name, and the target has to have one', () => {
    const byName = { launch: { SecurityGroupIds: [], SecurityGroups: ['web'] } };
    const found = at({ made: false }, byName);
    expect(found.template).toBe('blocked');
    expect(found.messages.join()).toContain('names no subnet, and eu-west-1 has no default VPC');
    expect(at({ made: false, ...vpc(TARGET, true) }, byName).template).toBe('launchable');
  });
});

describe('an Auto Scaling group that names zones', () => {
  it('is degraded where one of them has no default subnet', () => {
    const inDefault = (region: string) => ({
      vpcs: [
        {
          VpcId: idOf('vpc', region),
          IsDefault: true,
          CidrBlock: '10.0.0.0/16',
          Tags: [{ Key: 'Name', Value: 'prod' }],
        },
      ],
      group: { VPCZoneIdentifier: '' },
    });
    const at = (n: number) =>
      judged(inDefault(SOURCE), {
        ...inDefault(TARGET),
        offer: { subnets: [1, 2].slice(0, n).map((i) => subnet(TARGET, i, { DefaultForAz: true })) },
      });
    expect([at(2).group, at(2).rules]).toEqual(['launchable', []]);
    expect([at(1).group, at(1).rules]).toEqual(['degraded', ['high workload/no-subnet auto-scaling-group']]);
    expect(at(0).group).toBe('blocked');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsNetworkAcl, AwsRouteTable, AwsSubnet } from '../../../src/inventory/launch-facts/network.ts';
import type { Estate } from '../../kit/estate.ts';
import { idOf, judged, type SideOf, SOURCE, subnet, TARGET } from './kit.ts';

const ANY = { CidrIp: '0.0.0.0/0' };
const SSH = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '198.51.100.0/24' }] };

/** Security group "web" with the rules given. */
function groups(region: string, ingress: object[] = [SSH], egress: object[] = []): Partial<Estate> {
  const group = {
    GroupId: idOf('sg', region),
    GroupName: 'web',
    VpcId: idOf('vpc', region),
    OwnerId: '111122223333',
    IpPermissions: ingress,
    IpPermissionsEgress: egress,
  };
  return { securityGroups: [group] } as Partial<Estate>;
}

const IGW = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' };
const NAT = { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' };

/** The main route table of the VPC, with its local route. */
function table(region: string, routes: object[], more: Partial<AwsRouteTable> = {}): AwsRouteTable {
  const local = {
    DestinationCidrBlock: region === SOURCE ? '10.1.0.0/16' : '10.2.0.0/16',
    GatewayId: 'local',
    State: 'active',
  };
  return {
    RouteTableId: idOf('rtb', region),
    VpcId: idOf('vpc', region),
    Associations: [{ Main: true }],
    Routes: [local, ...routes],
    ...more,
  };
}

const entry = (RuleNumber: number, RuleAction: string, Egress: boolean, more: object = {}) => ({
  RuleNumber,
  RuleAction,
  Egress,
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
  ...more,
});

/** The default network ACL of the VPC: everything allowed but for the entries given. */
function acl(region: string, entries: object[] = []): AwsNetworkAcl {
  return {
    NetworkAclId: idOf('acl', region),
    VpcId: idOf('vpc', region),
    IsDefault: true,
    Associations: [],
    Entries: [
      ...entries,
      ...[true, false].flatMap((egress) => [entry(100, 'allow', egress), entry(32767, 'deny', egress)]),
    ],
  };
}

interface Net {
  readonly routes?: object[];
  readonly tables?: readonly AwsRouteTable[];
  readonly acl?: object[];
  readonly subnet?: AwsSubnet;
  readonly ingress?: object[];
  readonly egress?: object[];
  readonly offer?: SideOf['offer'];
  readonly rest?: SideOf;
}

function end(region: string, net: Net): SideOf {
  const { ingress, egress, subnet: more = { MapPublicIpOnLaunch: true } } = net;
  return {
    more: groups(region, ingress, egress),
    ...net.rest,
    offer: {
      subnets: [subnet(region, 1, more), subnet(region, 2, more)],
      routeTables: net.tables ?? [table(region, net.routes ?? [IGW])],
      networkAcls: [acl(region, net.acl)],
      ...net.offer,
    },
  };
}

function unreachable(source: Net, target: Net, phase?: 'verification') {
  const { report, group, notLookedAt } = judged(end(SOURCE, source), end(TARGET, target), phase);
  const findings = report.findings.filter((f) => f.rule === 'workload/unreachable');
  const all = report.notLookedAt.map((n) => `${n.side} ${n.what.split(' (')[0]}`);
  return { findings, group, notLookedAt, all, messages: findings.map((f) => f.message) };
}

describe('what the security groups admit and the subnets of the target do not carry', () => {
  const lost: [string, Net, Net, string][] = [
    ['no route to an internet gateway', {}, { routes: [] }, 'no-route'],
    ['a route whose gateway was deleted', {}, { routes: [{ ...IGW, State: 'blackhole' }] }, 'no-route'],
    ['no public address', {}, { subnet: { MapPublicIpOnLaunch: false } }, 'no-public-address'],
    ['a NAT gateway, which admits nothing from outside', {}, { routes: [NAT] }, 'outbound-only-route'],
    [
      'a network ACL that denies the port before it allows all',
      {},
      { acl: [entry(90, 'deny', false, { Protocol: '6', PortRange: { From: 22, To: 22 } })] },
      'network-acl',
    ],
    [
      'a network ACL that denies the replies',
      {},
      { acl: [entry(90, 'deny', true, { Protocol: '6', PortRange: { From: 1024, To: 65535 } })] },
      'network-acl',
    ],
    [
      'a route table of its own for one of its subnets',
      {},
      {
        tables: [
          table(TARGET, [IGW]),
          table(TARGET, [], {
            RouteTableId: 'rtb-9',
            Associations: [{ SubnetId: idOf('subnet', TARGET, 2) }],
          }),
        ],
      },
      'no-route',
    ],
  ];
  it.each(lost)('%s', (_, source, target, because) => {
    const { findings, group } = unreachable(source, target);
    expect(findings.map((f) => [f.severity, f.facts.because, f.facts.direction])).toEqual([
      ['high', because, 'ingress'],
    ]);
    expect(findings[0]?.facts.witness).toEqual({ protocol: 'tcp', port: 22, peer: '198.51.100.1' });
    expect(findings[0]?.facts.traffic).toEqual([
      { protocol: 'tcp', ports: '22', peers: ['198.51.100.0/24'] },
    ]);
    expect(group).toBe('degraded');
  });

  it('is said in both directions, each with a packet that shows it', () => {
    const open = { egress: [{ IpProtocol: '-1', IpRanges: [ANY] }] };
    const { messages } = unreachable(open, { ...open, routes: [] });
    expect(messages).toEqual(
      [
        'In eu-west-1 "web" cannot be reached with tcp 22 from 198.51.100.1: each of its 2 subnets has no route to 198.51.100.1. The security groups admit it, and nothing that was read of its subnets in us-east-1 stops it.',
        'In eu-west-1 "web" cannot reach 203.0.113.1 with tcp 22: each of its 2 subnets has no route to 203.0.113.1. The security groups admit it, and nothing that was read of its subnets in us-east-1 stops it.',
      ].sort(),
    );
  });

  it('names only the subnet that does not carry it', () => {
    const own = table(TARGET, [], {
      RouteTableId: 'rtb-9',
      Associations: [{ SubnetId: idOf('subnet', TARGET, 2) }],
    });
    const { findings } = unreachable({}, { tables: [table(TARGET, [IGW]), own] });
    expect(findings[0]?.facts.subnets).toEqual([idOf('subnet', TARGET, 2)]);
  });

  it('is told after the migration too', () => {
    expect(unreachable({}, { routes: [] }, 'verification').findings).toHaveLength(1);
  });
});

describe('no alarm', () => {
  const carried: [string, Net, Net][] = [
    ['where both sides are public', {}, {}],
    ['where the source does not carry it either', { routes: [] }, { routes: [] }],
    [
      'where the source gives no public address either',
      { subnet: { MapPublicIpOnLaunch: false } },
      { routes: [] },
    ],
    [
      'where the security groups of the source do not admit it',
      { ingress: [] },
      { routes: [], ingress: [SSH] },
    ],
    [
      'where the launch asks for a public address itself',
      {},
      {
        subnet: { MapPublicIpOnLaunch: false },
        rest: {
          launch: {
            NetworkInterfaces: [
              { DeviceIndex: 0, AssociatePublicIpAddress: true, Groups: [idOf('sg', TARGET)] },
            ],
          },
        },
      },
    ],
    [
      'behind a peering, which is not followed',
      {},
      { routes: [{ ...IGW, GatewayId: undefined, VpcPeeringConnectionId: 'pcx-1' }] },
    ],
    [
      'where only some ports of the replies are denied',
      {},
      { acl: [entry(90, 'deny', true, { Protocol: '6', PortRange: { From: 1024, To: 32767 } })] },
    ],
    [
      'where nobody read the route tables of the source',
      { offer: { denied: ['routeTables'] } },
      { routes: [] },
    ],
    [
      'about the addresses of the VPCs themselves, which differ by region',
      { ingress: [{ ...SSH, IpRanges: [{ CidrIp: '10.1.0.0/16' }] }] },
      { ingress: [{ ...SSH, IpRanges: [{ CidrIp: '10.1.0.0/16' }] }] },
    ],
  ];
  it.each(carried)('%s', (_, source, target) => {
    expect(unreachable(source, target).messages).toEqual([]);
  });

  it('for an object that is to be made, where one subnet of the VPC carries it', () => {
    const own = table(TARGET, [], {
      RouteTableId: 'rtb-9',
      Associations: [{ SubnetId: idOf('subnet', TARGET, 2) }],
    });
    const absent = { made: false } as const;
    expect(unreachable({}, { tables: [table(TARGET, [IGW]), own], rest: absent }).messages).toEqual([]);
    const { messages } = unreachable({}, { routes: [], rest: absent });
    expect(messages).toEqual([
      expect.stringContaining('"web", made in eu-west-1 as it is, cannot be reached with tcp 22'),
    ]);
  });
});

describe('what was not looked at', () => {
  it('is listed: network ACLs that a folder does not hold, and what no route table tells', () => {
    expect(unreachable({}, {}).all).toEqual([
      'target transit gateways, peerings, VPNs, firewalls, DNS, VPC Block Public Access',
    ]);
  });

  it('leaves a verdict unknown where route tables were denied', () => {
    expect(unreachable({}, { offer: { denied: ['routeTables'] } }).group).toBe('unknown');
  });
});

it('taking routes or allow entries from the target never makes a workload better', () => {
  const rank = ['launchable', 'degraded', 'unknown', 'blocked'];
  const routes = [
    IGW,
    { DestinationCidrBlock: '198.51.100.0/25', GatewayId: 'igw-1' },
    { DestinationCidrBlock: '203.0.113.0/24', NatGatewayId: 'nat-1' },
  ];
  fc.assert(
    fc.property(fc.subarray(routes), fc.nat(2), fc.boolean(), (kept, dropped, open) => {
      const rest = kept.filter((_, i) => i !== dropped);
      const at = (r: object[]) =>
        rank.indexOf(
          unreachable({ routes }, { routes: r, subnet: { MapPublicIpOnLaunch: open } }).group ?? '',
        );
      expect(at(rest)).toBeGreaterThanOrEqual(at(kept));
    }),
    { numRuns: 30 },
  );
});

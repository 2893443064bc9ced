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

/** The IPv6 default route, by gateway. */
const IGW6 = { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1' };
const EIGW = { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' };
const SSH6 = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }] };
const OUT = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
const OUT6 = [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }];
const block = (InternetGatewayBlockMode: string) => ({
  BlockPublicAccessStates: { InternetGatewayBlockMode },
});
const ENTRY6 = { CidrBlock: undefined, Ipv6CidrBlock: '::/0' };
const ACL6 = [entry(101, 'allow', true, ENTRY6), entry(101, 'allow', false, ENTRY6)];
const V6: Net = {
  ingress: [SSH6],
  egress: [],
  acl: ACL6,
  routes: [IGW6],
  subnet: { AssignIpv6AddressOnCreation: true, MapPublicIpOnLaunch: false },
};
/** A public subnet of the target besides those of the launch, with a NAT gateway in it. */
const natIn = (routes: object[], State = 'available', region = TARGET): Net['offer'] => ({
  subnets: [
    subnet(region, 1, { MapPublicIpOnLaunch: false }),
    subnet(region, 2, { MapPublicIpOnLaunch: false }),
    subnet(region, 2, {
      SubnetId: 'subnet-nat',
      CidrBlock: region === TARGET ? '10.2.9.0/24' : '10.1.9.0/24',
    }),
  ],
  natGateways: [{ NatGatewayId: 'nat-1', SubnetId: 'subnet-nat', State, ConnectivityType: 'public' }],
  routeTables: [
    table(region, [NAT]),
    table(region, routes, { RouteTableId: 'rtb-nat', Associations: [{ SubnetId: 'subnet-nat' }] }),
  ],
});
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

/** A group that names its zones and no subnets. */
function inDefaultSubnets(region: string, open: boolean): Net {
  const more = { MapPublicIpOnLaunch: open, DefaultForAz: true };
  return {
    subnet: more,
    rest: {
      group: { VPCZoneIdentifier: '' },
      vpcs: [
        {
          VpcId: idOf('vpc', region),
          IsDefault: true,
          CidrBlock: region === SOURCE ? '10.1.0.0/16' : '10.2.0.0/16',
        },
      ],
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
  const more: [string, Net, Net, string][] = [
    [
      'VPC Block Public Access, which applies to the subnet',
      {},
      { subnet: { MapPublicIpOnLaunch: true, ...block('block-ingress') } },
      'block-public-access',
    ],
    [
      'VPC Block Public Access in both directions',
      { egress: OUT, ingress: [], routes: [NAT] },
      { egress: OUT, ingress: [], routes: [NAT], subnet: block('block-bidirectional') },
      'block-public-access',
    ],
    [
      'an internet gateway of another VPC',
      {},
      { offer: { internetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ VpcId: 'vpc-9' }] }] } },
      'no-route',
    ],
    [
      'no IPv6 address',
      V6,
      { ...V6, subnet: { MapPublicIpOnLaunch: true, AssignIpv6AddressOnCreation: false } },
      'no-public-address',
    ],
    [
      'an egress-only internet gateway, which admits nothing from outside',
      V6,
      { ...V6, routes: [EIGW] },
      'outbound-only-route',
    ],
    ['a network ACL without entries for IPv6', V6, { ...V6, acl: [] }, 'network-acl'],
    [
      'a NAT gateway whose subnet has no route to the internet',
      { egress: OUT, ingress: [], routes: [NAT] },
      { egress: OUT, ingress: [], offer: natIn([]) },
      'cut-off-nat',
    ],
    [
      'no route, where the NAT gateway of the source is in a subnet that has no route to the internet in what was read',
      { egress: OUT, ingress: [], offer: natIn([], 'available', SOURCE) },
      { egress: OUT, ingress: [], routes: [], subnet: { MapPublicIpOnLaunch: false } },
      'no-route',
    ],
    [
      'a NAT gateway that failed',
      { egress: OUT, ingress: [], routes: [NAT] },
      { egress: OUT, ingress: [], offer: natIn([IGW], 'failed') },
      'no-route',
    ],
    [
      'a route for another range than on the source, by a prefix list',
      { ingress: [SSH] },
      {
        ingress: [SSH],
        routes: [{ DestinationPrefixListId: 'pl-1', GatewayId: 'igw-1' }],
        rest: {
          more: {
            ...groups(TARGET),
            prefixLists: [
              {
                PrefixListId: 'pl-1',
                PrefixListName: 'office',
                OwnerId: '111122223333',
                Entries: ['203.0.113.0/24'],
              },
            ],
          },
        },
      },
      'no-route',
    ],
    [
      'default subnets of the zones that are not public',
      inDefaultSubnets(SOURCE, true),
      inDefaultSubnets(TARGET, false),
      'no-public-address',
    ],
  ];
  it.each(more)('%s', (_, source, target, because) => {
    const { findings, group } = unreachable(source, target);
    expect(findings.map((f) => [f.severity, f.facts.because])).toEqual([['high', because]]);
    expect(group).toBe('degraded');
  });

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
    [
      'where the NAT gateways of both sides are in subnets that have no route to the internet in what was read',
      { egress: OUT, ingress: [], offer: natIn([], 'available', SOURCE) },
      { egress: OUT, ingress: [], offer: natIn([]) },
    ],
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
  const more: [string, Net, Net][] = [
    [
      'by a network ACL, where those of the source were not read',
      { offer: { networkAcls: undefined } as never },
      { acl: [entry(90, 'deny', false, { Protocol: '6', PortRange: { From: 22, To: 22 } })] },
    ],
    [
      'by a network ACL, where the read of those of the source was denied',
      { offer: { denied: ['networkAcls'] } },
      { acl: [entry(90, 'deny', false, { Protocol: '6', PortRange: { From: 22, To: 22 } })] },
    ],
    ['where VPC Block Public Access is off', {}, { subnet: { MapPublicIpOnLaunch: true, ...block('off') } }],
    [
      'where it blocks the subnets of the source too',
      { subnet: block('block-bidirectional') },
      { subnet: block('block-bidirectional') },
    ],
    [
      'about outgoing connections through a NAT gateway, which only blocking in both directions stops',
      { egress: OUT, ingress: [], routes: [NAT] },
      { egress: OUT, ingress: [], routes: [NAT], subnet: block('block-ingress') },
    ],
    ['where the subnet is IPv6 only on both sides', V6, V6],
    [
      'where the launch asks for an IPv6 address itself',
      V6,
      {
        ...V6,
        subnet: { MapPublicIpOnLaunch: false },
        rest: {
          launch: {
            NetworkInterfaces: [{ DeviceIndex: 0, Ipv6AddressCount: 1, Groups: [idOf('sg', TARGET)] }],
          },
        },
      },
    ],
    [
      'about outgoing IPv6 through an egress-only internet gateway',
      { ...V6, ingress: [], egress: OUT6 },
      { ...V6, ingress: [], egress: OUT6, routes: [EIGW] },
    ],
    [
      'where the NAT gateway reaches the internet',
      { egress: OUT, ingress: [], routes: [NAT] },
      { egress: OUT, ingress: [], offer: natIn([IGW]) },
    ],
    [
      'where the NAT gateway is behind a firewall endpoint, which is not followed',
      { egress: OUT, ingress: [], routes: [NAT] },
      {
        egress: OUT,
        ingress: [],
        offer: natIn([{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'vpce-1' }]),
      },
    ],
    [
      'where a private NAT gateway leads to another network',
      { egress: OUT, ingress: [], routes: [NAT] },
      {
        egress: OUT,
        ingress: [],
        routes: [NAT],
        offer: { natGateways: [{ NatGatewayId: 'nat-1', ConnectivityType: 'private', State: 'available' }] },
      },
    ],
    [
      'where a route goes by a prefix list whose entries were not read',
      {},
      { routes: [{ DestinationPrefixListId: 'pl-9', TransitGatewayId: 'tgw-1' }] },
    ],
    [
      'where the source reaches a service of AWS by an endpoint and the target does not',
      { egress: OUT, ingress: [], routes: [{ DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-1' }] },
      { egress: OUT, ingress: [], routes: [] },
    ],
    [
      'where the internet gateway is attached to the VPC',
      {},
      {
        offer: {
          internetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ VpcId: idOf('vpc', TARGET) }] }],
        },
      },
    ],
    [
      'where the gateway of a shared VPC is not shown to the account',
      {},
      { offer: { internetGateways: [] } },
    ],
    [
      'where a network ACL is named by the subnet and the default one denies',
      {},
      {
        offer: {
          networkAcls: [
            { ...acl(TARGET), Entries: [] },
            {
              ...acl(TARGET),
              NetworkAclId: 'acl-own',
              IsDefault: false,
              Associations: [1, 2].map((n) => ({ SubnetId: idOf('subnet', TARGET, n) })),
            },
          ],
        },
      },
    ],
  ];
  it.each([...carried, ...more])('%s', (_, source, target) => {
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
    const untold = { MapPublicIpOnLaunch: true, BlockPublicAccessStates: undefined };
    expect(unreachable({}, { subnet: untold }).all.sort()).toEqual(
      [
        'target VPC Block Public Access',
        'target internet gateways',
        'source internet gateways',
        'target transit gateways, peerings, VPNs, firewalls, DNS',
      ].sort(),
    );
  });

  it('does not name VPC Block Public Access where the subnets tell its mode', () => {
    const { all } = unreachable({}, { subnet: { MapPublicIpOnLaunch: true, ...block('off') } });
    expect(all).not.toContain('target VPC Block Public Access');
  });

  it.each(['natGateways', 'internetGateways'] as const)(
    'leaves a verdict unknown where %s were denied and a route leads to one',
    (kind) => {
      const through: Net = { routes: [NAT, { ...IGW, DestinationCidrBlock: '198.51.100.0/24' }] };
      expect(unreachable(through, { ...through, offer: { denied: [kind] } }).group).toBe('unknown');
      const none: Net = { routes: [{ ...IGW, GatewayId: 'vgw-1' }] };
      expect(unreachable(none, { ...none, offer: { denied: [kind] } }).group).toBe('launchable');
    },
  );

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

describe('an internet gateway that is not among those of the region', () => {
  const own = { MapPublicIpOnLaunch: true, OwnerId: '111122223333' };
  const reach = (target: Net) => judged(end(SOURCE, {}), end(TARGET, { subnet: own, ...target }));
  const gateways = (...ids: string[]) => ({
    offer: {
      internetGateways: ids.map((InternetGatewayId) => ({
        InternetGatewayId,
        Attachments: [{ VpcId: idOf('vpc', TARGET) }],
      })),
    },
  });

  it('leaves it unknown whether what the route leads to is reached', () => {
    const { group, rules, report } = reach(gateways());
    expect([group, rules, report.verdict]).toEqual(['unknown', [], 'inconclusive']);
    expect(report.workloads.flatMap((w) => (w.chains ?? []).map((c) => c.steps.join(' -> ')))).toContain(
      'incoming connections that the security groups admit -> the route names igw-1, which is not among the internet gateways of eu-west-1',
    );
  });

  it.each<[string, Net]>([
    ['it is listed', gateways('igw-1')],
    [
      'the subnet is shared by another account, whose gateways are not shown',
      {
        ...gateways(),
        subnet: { ...own, OwnerId: '444455556666' },
      },
    ],
    ['the gateways were not read', {}],
  ])('says nothing where %s', (_, target) => {
    expect(reach(target).group).toBe('launchable');
  });

  it('is no matter where no security group admits anything from there', () => {
    const closed = { ingress: [], egress: [] };
    const both = judged(end(SOURCE, closed), end(TARGET, { ...closed, subnet: own, ...gateways() }));
    expect(both.group).toBe('launchable');
  });
});

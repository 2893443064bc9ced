import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  carried,
  type NetworkPath,
  obstacle,
  type RouteVia,
  routeClass,
} from '../../../src/comparator/network/path.ts';
import {
  admits,
  admittedInOrder,
  answeredBy,
  type OrderedEntry,
  type Packet,
  trafficOf,
} from '../../../src/traffic/index.ts';
import {
  oracleOf,
  type Probe,
  permitOf,
  probesOf,
  type Rule,
  rulesIn,
  UNIVERSES,
  type Universe,
} from '../../traffic/oracle.ts';

/** An entry of a network ACL as the oracle knows it; an ACL has no peers but addresses. */
interface Entry {
  readonly allow: boolean;
  readonly rule: Rule;
}

const probes = new Map(UNIVERSES.map((u) => [u, probesOf(u).filter((p) => p.peer.family !== 0)]));
const entriesIn = (u: Universe): fc.Arbitrary<Entry[]> =>
  rulesIn(u).chain((rules) =>
    fc.tuple(
      ...rules
        .filter((r) => r.peer.family !== 0)
        .map((rule) => fc.record({ allow: fc.boolean(), rule: fc.constant(rule) })),
    ),
  );
const ordered = (entries: readonly Entry[]): OrderedEntry[] =>
  entries.map(({ allow, rule }) => ({ allow, matches: permitOf(rule) }));

/** From the definition: the first entry that matches decides, and what nothing matches is denied. */
function admitsFirst(entries: readonly Entry[]): (probe: Probe) => boolean {
  const matchers = entries.map(({ allow, rule }) => ({ allow, matches: oracleOf([rule]) }));
  return (probe) => matchers.find(({ matches }) => matches(probe))?.allow ?? false;
}

/** ICMP requests with the type of their reply, by protocol. */
const REPLIES: ReadonlyMap<number, ReadonlyMap<number, number>> = new Map([
  [
    1,
    new Map([
      [8, 0],
      [13, 14],
      [15, 16],
      [17, 18],
    ]),
  ],
  [58, new Map([[128, 129]])],
]);

/** Whether the packet can be answered, or needs no answer: replies are tried where an entry begins or ends. */
function answers(back: readonly Entry[]): (probe: Probe) => boolean {
  const admitted = admitsFirst(back);
  const edges = back.flatMap(({ rule }) => [rule.first - 1, rule.first, rule.last, rule.last + 1]);
  const ports = [1024, 65535, ...edges].filter((p) => p >= 1024 && p <= 65535);
  return (probe) => {
    const at = (point: number) => admitted({ ...probe, point });
    if (probe.protocol === 6 || probe.protocol === 17) return ports.some(at);
    const types = REPLIES.get(probe.protocol);
    if (!types) return at(0);
    const reply = types.get(probe.point >> 8);
    return reply === undefined || Array.from({ length: 256 }, (_, code) => reply * 256 + code).some(at);
  };
}

/** The universe's packets, and ICMP requests, which its types leave out. */
function packetsOf(u: Universe): readonly Probe[] {
  const all = probes.get(u) ?? [];
  const echo = all
    .filter((p) => (p.protocol === 1 || p.protocol === 58) && p.point === 0)
    .flatMap((p): Probe[] => {
      const types = [...(REPLIES.get(p.protocol)?.keys() ?? [])];
      return types.map((type) => ({ ...p, point: type * 256, packet: { ...p.packet, type, code: 0 } }));
    });
  return [...all, ...echo];
}

/** A route of the oracle: the longest prefix that holds the address decides. */
interface Route {
  readonly via: RouteVia;
  readonly rule: Rule;
}

const VIAS: readonly RouteVia[] = [
  'local',
  'internet',
  'nat',
  'egress-only',
  'not-followed',
  'cut-off-nat',
  'blackhole',
];

/** No two routes of a table have one destination. */
function routesIn(u: Universe): fc.Arbitrary<Route[]> {
  return rulesIn(u).chain((rules) => {
    const peers = new Map(
      rules.flatMap((rule) =>
        rule.peer.family === 0
          ? []
          : [[`${rule.peer.family} ${rule.peer.start} ${rule.peer.length}`, rule] as const],
      ),
    );
    const all = [...peers.values()].map((rule) => ({ ...rule, protocol: -1, first: 0, last: 65535 }));
    return fc.tuple(
      ...all.map((rule) => fc.record({ via: fc.constantFrom(...VIAS), rule: fc.constant(rule) })),
    );
  });
}

function viaOf(routes: readonly Route[], probe: Probe): RouteVia | null {
  const lengthOf = ({ rule: { peer } }: Route) => (peer.family === 0 ? -1 : peer.length);
  const matching = routes.filter(({ rule: { peer } }) => holds(peer, probe.peer));
  return [...matching].sort((a, b) => lengthOf(b) - lengthOf(a))[0]?.via ?? null;
}

function holds(block: Rule['peer'], address: Rule['peer']): boolean {
  if (block.family === 0 || address.family !== block.family) return false;
  const size = 2n ** BigInt((block.family === 4 ? 32 : 128) - block.length);
  return block.start <= address.start && address.start < block.start + size;
}

interface Case {
  readonly u: Universe;
  readonly inbound: readonly Entry[];
  readonly outbound: readonly Entry[];
  readonly routes: readonly Route[];
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly block: NetworkPath['blockPublicAccess'];
}

const caseArb: fc.Arbitrary<Case> = fc.constantFrom(...UNIVERSES).chain((u) =>
  fc.record({
    u: fc.constant(u),
    inbound: entriesIn(u),
    outbound: entriesIn(u),
    routes: routesIn(u),
    ipv4: fc.boolean(),
    ipv6: fc.boolean(),
    block: fc.constantFrom('off' as const, 'block-ingress' as const, 'block-bidirectional' as const),
  }),
);

function cidrOf(rule: Rule): string {
  const { peer } = permitOf(rule);
  return peer.type === 'cidr' ? peer.cidr : '';
}

function pathOf({ inbound, outbound, routes, ipv4, ipv6, block }: Case): NetworkPath {
  return {
    acl: { inbound: ordered(inbound), outbound: ordered(outbound) },
    routes: routes.map(({ via, rule }) => ({ via, cidr: cidrOf(rule) })),
    subnetCidrs: [],
    publicAddress: { ipv4, ipv6 },
    blockPublicAccess: block,
  };
}

/** From the definitions: what the route carries for the addresses of the instance. */
function routeCarries(
  { routes, ipv4, ipv6, block }: Case,
  direction: 'ingress' | 'egress',
  probe: Probe,
): boolean {
  const address = probe.peer.family === 4 ? ipv4 : ipv6;
  const blocked = block === 'block-bidirectional' || (block === 'block-ingress' && direction === 'ingress');
  switch (viaOf(routes, probe)) {
    case 'local':
    case 'not-followed':
      return true;
    case 'internet':
      return address && !blocked;
    case 'nat':
      return direction === 'egress' && block !== 'block-bidirectional';
    case 'egress-only':
      return direction === 'egress' && probe.peer.family === 6 && ipv6 && block !== 'block-bidirectional';
    case 'cut-off-nat':
    case 'blackhole':
    case null:
      return false;
  }
}

describe('a list whose order decides', () => {
  test('admits what its first matching entry admits, packet by packet', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...UNIVERSES).chain((u) => fc.tuple(fc.constant(u), entriesIn(u))),
        ([u, entries]) => {
          const expected = admitsFirst(entries);
          const set = admittedInOrder(ordered(entries));
          for (const probe of probes.get(u) ?? [])
            if (admits(set, probe.packet) !== expected(probe)) throw new Error(JSON.stringify(probe.packet));
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe('what a path carries', () => {
  test('is what network ACL, replies and routes admit, packet by packet, and every other packet has its obstacle', () => {
    fc.assert(
      fc.property(caseArb, (c) => {
        const path = pathOf(c);
        let nth = 0;
        const filters = { ingress: [c.inbound, c.outbound], egress: [c.outbound, c.inbound] } as const;
        for (const direction of ['ingress', 'egress'] as const) {
          const [there, back] = filters[direction];
          const [passes, answered] = [admitsFirst(there), answers(back)];
          const set = carried(path, direction);
          for (const probe of packetsOf(c.u)) {
            const byRoute = routeCarries(c, direction, probe);
            const expected = byRoute && passes(probe) && answered(probe);
            if (admits(set, probe.packet) !== expected)
              throw new Error(`${direction} ${JSON.stringify(probe.packet)}: ${expected}`);
            // Naming the obstacle works each set out again: some of the packets are enough.
            if (nth++ % 37 !== 0) continue;
            const stops = obstacle(path, direction, probe.packet);
            if ((stops === null) !== expected)
              throw new Error(`${direction} ${JSON.stringify(probe.packet)}: ${expected}, ${stops}`);
            if (!expected && (stops === 'network-acl') !== byRoute)
              throw new Error(`${direction} ${JSON.stringify(probe.packet)} is stopped by ${stops}`);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

const ALL: OrderedEntry = {
  allow: true,
  matches: { protocol: 'all', range: 'all', peer: { type: 'cidr', cidr: '0.0.0.0/0' } },
};
const PUBLIC: NetworkPath = {
  acl: { inbound: [ALL], outbound: [ALL] },
  routes: [
    { cidr: '10.0.0.0/16', via: 'local' },
    { cidr: '0.0.0.0/0', via: 'internet' },
  ],
  subnetCidrs: ['10.0.1.0/24'],
  publicAddress: { ipv4: true, ipv6: false },
  blockPublicAccess: 'off',
};
const SSH: Packet = { protocol: 'tcp', port: 22, peer: '198.51.100.7' };
const deny = (protocol: number, first: number, last: number, cidr: string): OrderedEntry => ({
  allow: false,
  matches: { protocol, range: { first, last }, peer: { type: 'cidr', cidr } },
});

describe('what stops a packet is named', () => {
  test.each<[string, NetworkPath, Packet, string | null]>([
    ['nothing: a public subnet', PUBLIC, SSH, null],
    ['no route to the internet', { ...PUBLIC, routes: PUBLIC.routes.slice(0, 1) }, SSH, 'no-route'],
    [
      'a route whose gateway was deleted',
      { ...PUBLIC, routes: [{ cidr: '0.0.0.0/0', via: 'blackhole' }] },
      SSH,
      'no-route',
    ],
    [
      'no public address',
      { ...PUBLIC, publicAddress: { ipv4: false, ipv6: false } },
      SSH,
      'no-public-address',
    ],
    [
      'a NAT gateway, which lets nothing in',
      { ...PUBLIC, routes: [{ cidr: '0.0.0.0/0', via: 'nat' }] },
      SSH,
      'outbound-only-route',
    ],
    [
      'a NAT gateway that does not reach the internet',
      { ...PUBLIC, routes: [{ cidr: '0.0.0.0/0', via: 'cut-off-nat' }] },
      SSH,
      'cut-off-nat',
    ],
    [
      'VPC Block Public Access',
      { ...PUBLIC, blockPublicAccess: 'block-ingress' },
      SSH,
      'block-public-access',
    ],
    [
      'a deny entry before the allow entry',
      { ...PUBLIC, acl: { inbound: [deny(6, 22, 22, '0.0.0.0/0'), ALL], outbound: [ALL] } },
      SSH,
      'network-acl',
    ],
    [
      'nothing: the deny entry comes too late',
      { ...PUBLIC, acl: { inbound: [ALL, deny(6, 22, 22, '0.0.0.0/0')], outbound: [ALL] } },
      SSH,
      null,
    ],
    [
      'no port for the replies',
      { ...PUBLIC, acl: { inbound: [ALL], outbound: [deny(6, 1024, 65535, '0.0.0.0/0'), ALL] } },
      SSH,
      'network-acl',
    ],
    [
      'nothing: some ports for the replies are open',
      { ...PUBLIC, acl: { inbound: [ALL], outbound: [deny(6, 1024, 32767, '0.0.0.0/0'), ALL] } },
      SSH,
      null,
    ],
    [
      'nothing: a peering is not followed',
      { ...PUBLIC, routes: [{ cidr: '198.51.100.0/24', via: 'not-followed' }] },
      SSH,
      null,
    ],
    [
      'nothing: no network ACL filters traffic within the subnet',
      { ...PUBLIC, acl: { inbound: [], outbound: [] } },
      { ...SSH, peer: '10.0.1.9' },
      null,
    ],
    [
      'an empty network ACL, from another subnet',
      { ...PUBLIC, acl: { inbound: [], outbound: [] } },
      { ...SSH, peer: '10.0.2.9' },
      'network-acl',
    ],
  ])('%s', (_, path, packet, expected) => {
    expect(obstacle(path, 'ingress', packet)).toBe(expected);
    expect(admits(carried(path, 'ingress'), packet)).toBe(expected === null);
  });

  test('what begins inside gets out through NAT, and through an internet gateway with a public address alone', () => {
    const out = { protocol: 'tcp', port: 443, peer: '203.0.113.9' } as const;
    const nat: NetworkPath = {
      ...PUBLIC,
      routes: [{ cidr: '0.0.0.0/0', via: 'nat' }],
      publicAddress: { ipv4: false, ipv6: false },
    };
    expect(obstacle(nat, 'egress', out)).toBeNull();
    expect(obstacle({ ...PUBLIC, publicAddress: { ipv4: false, ipv6: false } }, 'egress', out)).toBe(
      'no-public-address',
    );
    expect(obstacle({ ...nat, blockPublicAccess: 'block-bidirectional' }, 'egress', out)).toBe(
      'block-public-access',
    );
  });

  test.each<[string, NetworkPath['routes'], string]>([
    ['an internet gateway', PUBLIC.routes, 'public'],
    ['a NAT gateway', [{ cidr: '0.0.0.0/0', via: 'nat' }], 'private'],
    ['a transit gateway', [{ cidr: '10.0.0.0/8', via: 'not-followed' }], 'private'],
    ['the VPC alone', PUBLIC.routes.slice(0, 1), 'isolated'],
  ])('a subnet with a route to %s', (_, routes, expected) => {
    expect(routeClass(routes)).toBe(expected);
  });
});

test('an address of the documentation is no part of a set that nobody made', () => {
  expect(admits(answeredBy(trafficOf([])), SSH)).toBe(false);
});

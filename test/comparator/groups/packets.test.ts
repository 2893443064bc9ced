import { BlockList } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AwsPermission, AwsSecurityGroup } from '../../../src/inventory/security-group.ts';
import { isOf, plainFacts } from '../../../src/report/model.ts';
import { allow, auditGroups, group } from '../../kit/estate.ts';

/**
 * The report held against AWS's own rows, packet by packet, by code that shares nothing with the tool: node's
 * BlockList for addresses, plain loops for the rest.
 */
interface Packet {
  readonly protocol: number;
  /** Port, or ICMP type and code. */
  readonly port: number;
  readonly type: number;
  readonly code: number;
  /** An address, or the name of a group. */
  readonly peer: string;
}

const LISTS: Record<string, string[]> = {
  'pl-a': ['10.0.0.0/9', '10.128.0.0/9'],
  'pl-b': ['192.0.2.0/25'],
  'pl-c': [],
};
const NUMBERS: Record<string, number> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };

function inRange(address: string, cidr: string): boolean {
  const [base = '', length = ''] = cidr.split('/');
  const [family, own] = [base, address].map((a) => (a.includes(':') ? 'ipv6' : 'ipv4')) as [
    'ipv4' | 'ipv6',
    'ipv4' | 'ipv6',
  ];
  if (family !== own) return false;
  const list = new BlockList();
  list.addSubnet(base, Number(length), family);
  return list.check(address, family);
}

function rowAdmits(p: AwsPermission, packet: Packet): boolean {
  const protocol = (p.IpProtocol ?? '').toLowerCase();
  const number = NUMBERS[protocol] ?? Number(protocol);
  if (protocol !== '-1' && number !== packet.protocol) return false;
  const [from, to] = [p.FromPort ?? -1, p.ToPort ?? -1];
  if (protocol !== '-1' && (number === 6 || number === 17) && (packet.port < from || packet.port > to))
    return false;
  if (protocol !== '-1' && (number === 1 || number === 58)) {
    if (from !== -1 && from !== packet.type) return false;
    if (from !== -1 && to !== -1 && to !== packet.code) return false;
  }
  if (packet.peer.startsWith('group:')) {
    return (p.UserIdGroupPairs ?? []).some(
      (g) => `group:default/${g.GroupId?.replace(/^sg-/, '')}` === packet.peer,
    );
  }
  const ranges = [
    ...(p.IpRanges ?? []).map((r) => r.CidrIp ?? ''),
    ...(p.Ipv6Ranges ?? []).map((r) => r.CidrIpv6 ?? ''),
    ...(p.PrefixListIds ?? []).flatMap((l) => LISTS[l.PrefixListId ?? ''] ?? []),
  ];
  return ranges.some((cidr) => inRange(packet.peer, cidr));
}

interface Witness {
  protocol: string;
  port?: number;
  type?: number;
  code?: number;
  peer: string;
}

interface Entry {
  protocol: string;
  exceptProtocols?: string[];
  ports?: string;
  icmp?: string;
  exceptIcmp?: string[];
  peers: string[];
  except?: string[];
}

function entryHolds(e: Entry, packet: Packet): boolean {
  const number = (name: string) => NUMBERS[name] ?? Number(name);
  if (
    e.protocol === 'all'
      ? (e.exceptProtocols ?? []).some((p) => number(p) === packet.protocol)
      : number(e.protocol) !== packet.protocol
  )
    return false;
  if (e.ports !== undefined && e.ports !== 'all') {
    const [first = 0, last = first] = e.ports.split('-').map(Number);
    if (packet.port < first || packet.port > last) return false;
  }
  const isOf = (text: string) => {
    const [type, code] = text.split('/').map(Number);
    return type === packet.type && (code === undefined || code === packet.code);
  };
  if (e.icmp !== undefined && e.icmp !== 'all' && !isOf(e.icmp)) return false;
  if ((e.exceptIcmp ?? []).some(isOf)) return false;
  const within = (peers: string[]) =>
    peers.some((p) =>
      p.startsWith('group:') || packet.peer.startsWith('group:')
        ? p === packet.peer
        : inRange(packet.peer, p),
    );
  return within(e.peers) && !within(e.except ?? []);
}

/** ICMP is of IPv4: EC2 accepts such a rule with addresses of IPv6, and no packet matches it. */
function matchesAPacket({ protocol, peers }: Entry): boolean {
  return protocol !== 'icmp' || peers.some((peer) => peer.startsWith('group:') || !peer.includes(':'));
}

const PEERS = [
  '10.0.0.0/8',
  '10.0.0.0/9',
  '10.1.2.0/24',
  '192.0.2.0/24',
  '0.0.0.0/0',
  '2001:db8::/32',
  '2001:db8:1::/48',
  '::/0',
  'pl-a',
  'pl-b',
  'pl-c',
  'sg-web',
  'sg-db',
];
const PROBES = [
  '10.0.0.1',
  '10.1.2.3',
  '10.200.0.1',
  '192.0.2.5',
  '192.0.2.200',
  '203.0.113.9',
  '2001:db8::1',
  '2001:db8:1::1',
  '2001:db9::1',
  'group:default/web',
  'group:default/db',
];

const permission: fc.Arbitrary<AwsPermission> = fc
  .tuple(
    fc.constantFrom('tcp', 'udp', 'icmp', 'icmpv6', '-1', '50'),
    fc.constantFrom([22, 22], [22, 443], [80, 90], [0, 65535]),
    fc.constantFrom([-1, -1], [3, -1], [3, 4], [8, 0]),
    fc.uniqueArray(fc.constantFrom(...PEERS), { minLength: 1, maxLength: 3 }),
  )
  .map(([protocol, ports, icmp, peers]) => {
    const [from, to] = protocol.startsWith('icmp')
      ? icmp
      : protocol === 'tcp' || protocol === 'udp'
        ? ports
        : [undefined, undefined];
    return allow(protocol, from, to, ...peers);
  });
const rules = fc.array(permission, { maxLength: 5 });
// The other side is made by changing the first: near misses are where a comparison goes wrong.
const two = fc.oneof(
  fc.tuple(rules, rules),
  fc
    .tuple(rules, permission, fc.nat(5))
    .map(([base, one, at]): [AwsPermission[], AwsPermission[]] => [
      base,
      [...base.slice(0, at), one, ...base.slice(at + 1)],
    ]),
);
const packets: Packet[] = PROBES.flatMap((peer) =>
  [6, 17, 1, 58, 50, 47].flatMap((protocol) =>
    [
      { port: 22, type: 3, code: 4 },
      { port: 85, type: 8, code: 0 },
      { port: 443, type: 3, code: 1 },
      { port: 65535, type: 255, code: 255 },
    ].map((rest) => ({ protocol, peer, ...rest })),
  ),
);

it('the reported difference is the difference: every packet, both ways, without overlap, and its example is one', () => {
  const lists = {
    prefixLists: Object.entries(LISTS).map(([PrefixListId, Entries]) => ({
      PrefixListId,
      PrefixListName: PrefixListId,
      Entries,
    })),
  };
  const others: AwsSecurityGroup[] = [group('web', []), group('db', [])];
  fc.assert(
    fc.property(two, ([ours, theirs]) => {
      const report = auditGroups([group('app', ours), ...others], [group('app', theirs), ...others], {
        source: lists,
        target: lists,
      });
      const part = (rule: 'security-group/allows-less' | 'security-group/allows-more') =>
        report.findings.flatMap((f) => (isOf(f, rule) ? (f.facts.traffic as unknown as Entry[]) : []));
      const [less, more] = [part('security-group/allows-less'), part('security-group/allows-more')];
      for (const packet of packets) {
        const [here, there] = [ours, theirs].map((all) => all.some((p) => rowAdmits(p, packet)));
        expect(less.filter((e) => entryHolds(e, packet)).length, JSON.stringify(packet)).toBe(
          here && !there ? 1 : 0,
        );
        expect(more.filter((e) => entryHolds(e, packet)).length, JSON.stringify(packet)).toBe(
          there && !here ? 1 : 0,
        );
      }
      for (const f of report.findings.filter((one) => plainFacts(one).witness)) {
        const {
          protocol,
          port = -1,
          type = -1,
          code = -1,
          peer,
        } = plainFacts(f).witness as unknown as Witness;
        const packet = { protocol: NUMBERS[protocol] ?? Number(protocol), port, type, code, peer };
        const admits = (all: AwsPermission[]) => all.some((p) => rowAdmits(p, packet));
        const less = f.rule.endsWith('less');
        expect([admits(ours), admits(theirs)], JSON.stringify(plainFacts(f).witness)).toEqual([less, !less]);
      }
      const [pair] = report.pairs.filter((p) => p.name === 'app');
      expect(pair?.state).toBe([...less, ...more].some(matchesAPacket) ? 'different' : 'same');
    }),
    { numRuns: 250 },
  );
});

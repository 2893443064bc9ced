import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  denoted,
  describe as described,
  difference,
  intersection,
  isEmpty,
  type Permit,
  type TrafficEntry,
  trafficOf,
  union,
} from '../../src/traffic/index.ts';
import { address, permitOf, type Rule, rewrittenArb, rulesArb, sidesArb } from './oracle.ts';

const of = (rules: readonly Rule[]) => trafficOf(rules.map(permitOf));
/** Sets of the kind that reports describe: plain rules and differences. */
const setArb = fc.oneof(
  rulesArb.map(of),
  sidesArb.map(({ a, b }) => difference(of(a), of(b))),
);

/** Of ICMP over IPv4 all but one code, over IPv6 all but the whole type: the type comes before its codes. */
const ONE_TYPE_AND_ONE_CODE_MISSING = {
  ipv4: { starts: [2147483640, 2147483641], services: [[0, 66304, 66305, 16777216], []] },
  ipv6: { starts: [2n ** 127n], services: [[65536, 66304, 66560, 131072]] },
  atoms: [],
};

describe('a description', () => {
  test('denotes the set it describes', () => {
    fc.assert(
      fc.property(setArb, (set) => {
        expect(denoted(described(set))).toStrictEqual(set);
      }),
      { numRuns: 1000 },
    );
  });

  test('has entries that do not overlap', () => {
    fc.assert(
      fc.property(setArb, (set) => {
        let before = trafficOf([]);
        for (const entry of described(set)) {
          const one = denoted([entry]);
          expect(isEmpty(one)).toBe(false);
          expect(isEmpty(intersection(before, one))).toBe(true);
          before = union(before, one);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('is the same however the rules were written', () => {
    fc.assert(
      fc.property(rewrittenArb, ({ a, b }) => {
        expect(JSON.stringify(described(of(b)))).toBe(JSON.stringify(described(of(a))));
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps the form of the contract', () => {
    fc.assert(
      fc.property(setArb, (set) => {
        const entries = described(set);
        for (const entry of entries) expectForm(entry);
        const places = entries.map(placeOf);
        expect(places).toEqual([...places].sort((a, b) => compareLists(a, b)));
        expect(new Set(places.map(String)).size).toBe(places.length);
      }),
      { numRuns: 1000, examples: [[ONE_TYPE_AND_ONE_CODE_MISSING]] },
    );
  });
});

const PROTOCOL_ORDER = ['all', 'tcp', 'udp', 'icmp', 'icmpv6'];

/** Where an entry belongs: numbers to compare one after the other. */
function placeOf({
  protocol,
  exceptProtocols = [],
  ports = '',
  icmp = '',
  exceptIcmp = [],
}: TrafficEntry): number[] {
  const [first = 0, last = first] = (ports === 'all' ? '0-65535' : ports).split('-').map(Number);
  const icmpPlace = (text: string) => {
    const [type = 0, code = -1] = (text === 'all' ? '-1' : text).split('/').map(Number);
    return [type, code];
  };
  const icmpMissing = [exceptIcmp.length, ...exceptIcmp.flatMap(icmpPlace)];
  const missing = exceptProtocols.map(rankOf);
  return [rankOf(protocol), missing.length, ...missing, first, -last, ...icmpPlace(icmp), ...icmpMissing];
}

function rankOf(protocol: string): number {
  const rank = PROTOCOL_ORDER.indexOf(protocol);
  return rank < 0 ? 1000 + Number(protocol) : rank;
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}

function expectForm({
  protocol,
  exceptProtocols,
  ports,
  icmp,
  exceptIcmp,
  peers,
  except,
}: TrafficEntry): void {
  expect(protocol).toMatch(/^(all|tcp|udp|icmp|icmpv6|\d+)$/);
  expect(['1', '6', '17', '58']).not.toContain(protocol);
  if (protocol !== 'all') expect(exceptProtocols).toBeUndefined();
  if (exceptProtocols !== undefined) expect(exceptProtocols.length).toBeGreaterThan(0);
  if (protocol === 'tcp' || protocol === 'udp') expect(ports).toMatch(/^(all|\d+|\d+-\d+)$/);
  else expect(ports).toBeUndefined();
  if (protocol === 'icmp' || protocol === 'icmpv6') expect(icmp).toMatch(/^(all|\d+|\d+\/\d+)$/);
  else expect(icmp).toBeUndefined();
  if (icmp !== 'all') for (const text of exceptIcmp ?? []) expect(text.startsWith(`${icmp}/`)).toBe(true);
  if (exceptIcmp !== undefined) expect(exceptIcmp.length).toBeGreaterThan(0);
  for (const text of exceptIcmp ?? []) expect(text).toMatch(/^\d+(\/\d+)?$/);
  expect(peers.length).toBeGreaterThan(0);
  expect(peers).toEqual([...peers].sort(byPeer));
  if (except === undefined) return;
  expect(except.length).toBeGreaterThan(0);
  expect(except).toEqual([...except].sort(byPeer));
  const all = (list: readonly string[]) => denoted([{ protocol: '50', peers: list }]);
  for (const cidr of except)
    expect(
      peers.some((peer) => isEmpty(difference(all([cidr]), all([peer])))),
      cidr,
    ).toBe(true);
}

/** IPv4 by number, IPv6 by number, atoms by code unit. */
function byPeer(a: string, b: string): number {
  const [x, y] = [peerKey(a), peerKey(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function peerKey(text: string): string {
  const [head = '', length = ''] = text.split('/');
  if (!/^[0-9a-f.:]+$/.test(head) || !/^\d+$/.test(length)) return `c${text}`;
  if (!head.includes(':')) return `a${head.split('.').map((octet) => octet.padStart(3, '0'))}`;
  const [left = '', right = ''] = head
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''));
  const groups = [...left, ...Array(8 - left.length - right.length).fill('0'), ...right] as string[];
  return `b${groups.map((group) => group.padStart(4, '0'))}`;
}

describe('minimal', () => {
  /** `fewest[set]`: the least number of CIDRs for a set of 8 neighbouring addresses (bit i: address i), by trying all. */
  const blocks = [3, 2, 1, 0].flatMap((size) =>
    Array.from({ length: 8 >> size }, (_, i) => ((1 << (1 << size)) - 1) << (i << size)),
  );
  const unions = new Map([[0, 0]]);
  for (const [set, count] of unions)
    for (const block of blocks) if (!unions.has(set | block)) unions.set(set | block, count + 1);
  const fewest = Array.from({ length: 256 }, (_, set) => {
    let least = Number.POSITIVE_INFINITY;
    for (const [peers, count] of unions)
      for (const [except, more] of unions)
        if ((peers & ~except) === set) least = Math.min(least, count + more);
    return least;
  });
  const corners = [
    [4, 0n],
    [4, 0x0a0000f8n],
    [4, 0x7ffffff8n],
    [4, 0x80000000n],
    [4, 2n ** 32n - 8n],
    [6, 0n],
    [6, (0x20010db8n << 96n) + (1n << 64n) - 8n],
    [6, 1n << 127n],
    [6, 2n ** 128n - 8n],
  ] as const;
  const cidrsOf = ({ peers, except = [] }: TrafficEntry) => peers.length + except.length;
  const hosts = (family: 4 | 6, corner: bigint, set: number): string[] =>
    Array.from({ length: 8 }, (_, i) => i)
      .filter((i) => set & (1 << i))
      .map((i) => `${address(family, corner + BigInt(i))}/${family === 4 ? 32 : 128}`);

  test.each(corners)(
    'every set of eight IPv%i addresses around %i takes as few CIDRs as any way does',
    (family, corner) => {
      for (let set = 1; set < 256; set++) {
        const entries = described(denoted([{ protocol: '50', peers: hosts(family, corner, set) }]));
        expect(entries.map(cidrsOf), hosts(family, corner, set).join()).toEqual([fewest[set]]);
      }
    },
  );

  test('exceptions are worth it across great distances, too', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 2, max: 32 })), {
          minLength: 1,
          maxLength: 6,
        }),
        (holes) => {
          const cidrs = holes.map(([start, length]) => `${address(4, BigInt(start))}/${length}`);
          const entries = described(denoted([{ protocol: '50', peers: ['0.0.0.0/0'], except: cidrs }]));
          expect(entries.reduce((sum, entry) => sum + cidrsOf(entry), 0)).toBeLessThanOrEqual(
            1 + cidrs.length,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test('ports and peers are divided at least as well as by equal port sets and as by elementary ranges', () => {
    const ruleArb = fc.record({ first: fc.nat(6), more: fc.nat(4), peers: fc.integer({ min: 1, max: 255 }) });
    let [better, total] = [0, 0];
    fc.assert(
      fc.property(
        fc.array(ruleArb, { minLength: 1, maxLength: 6 }),
        fc.nat(corners.length - 1),
        (rules, at) => {
          const [family, corner] = corners[at] ?? ([4, 0n] as const);
          const entries = described(
            denoted(
              rules.map(({ first, more, peers }) => ({
                protocol: 'tcp',
                ports: `${first}-${first + more}`,
                peers: hosts(family, corner, peers),
              })),
            ),
          );
          /** `admitted[port]`: the peers as a set. */
          const admitted = Array.from({ length: 12 }, (_, port) =>
            rules.reduce(
              (set, { first, more, peers }) => (first <= port && port <= first + more ? set | peers : set),
              0,
            ),
          );
          const cost = entries.reduce((sum, entry) => sum + 1 + cidrsOf(entry), 0);
          const least = Math.min(byElementaryRanges(admitted), byEqualPortSets(admitted));
          expect(cost).toBeLessThanOrEqual(least);
          total++;
          if (cost < least) better++;
        },
      ),
      { numRuns: 1000 },
    );
    expect(total).toBeGreaterThan(0);
    expect(better).toBeGreaterThan(0);
  });

  function byElementaryRanges(admitted: readonly number[]): number {
    return admitted.reduce(
      (sum, set, port) => sum + (set === 0 || set === admitted[port - 1] ? 0 : 1 + (fewest[set] ?? 0)),
      0,
    );
  }

  function byEqualPortSets(admitted: readonly number[]): number {
    const groups = new Map<string, number>();
    for (let i = 0; i < 8; i++) {
      const ports = admitted.map((set) => (set >> i) & 1).join('');
      groups.set(ports, (groups.get(ports) ?? 0) | (1 << i));
    }
    let sum = 0;
    for (const [ports, set] of groups) sum += (ports.match(/1+/g) ?? []).length * (1 + (fewest[set] ?? 0));
    return sum;
  }
});

test('ranges nested thousands deep are described, too', () => {
  const set = trafficOf(
    Array.from({ length: 3000 }, (_, i) => ({
      protocol: 6,
      range: { first: i, last: 65535 - i },
      peer: { type: 'atom', atom: `group:${i}` },
    })),
  );
  expect(described(set)).toHaveLength(3000);
  expect(denoted(described(set))).toStrictEqual(set);
});

test('peers that lack different protocols are described by what they have in common where that is shorter', () => {
  const lacking = ['tcp', 'udp', '50'];
  const set = denoted(
    Array.from({ length: 8 }, (_, i) => ({
      protocol: 'all',
      exceptProtocols: lacking.filter((_, bit) => i & (1 << bit)),
      peers: [`10.0.0.${i}/32`],
    })),
  );
  const even = [0, 2, 4, 6].map((i) => `10.0.0.${i}/32`);
  expect(described(set)).toEqual([
    { protocol: 'all', exceptProtocols: ['tcp', 'udp', '50'], peers: ['10.0.0.0/29'] },
    { protocol: 'tcp', ports: 'all', peers: even },
    { protocol: 'udp', ports: 'all', peers: ['10.0.0.0/31', '10.0.0.4/31'] },
    { protocol: '50', peers: ['10.0.0.0/30'] },
  ]);
});

type Row = [protocol: number | 'all', range: [number, number] | 'all', ...peers: string[]];
const rows = (...list: Row[]) =>
  trafficOf(
    list.flatMap(([protocol, range, ...peers]) =>
      peers.map(
        (peer): Permit => ({
          protocol,
          range: range === 'all' ? range : { first: range[0], last: range[1] },
          peer: /^[0-9a-f.:]+\//i.test(peer) ? { type: 'cidr', cidr: peer } : { type: 'atom', atom: peer },
        }),
      ),
    ),
  );

describe('reads as a person would put it', () => {
  const everywhere = '0.0.0.0/0';
  test.each<[string, ReturnType<typeof rows>, TrafficEntry[]]>([
    ['nothing', rows(), []],
    [
      'halves are the whole',
      rows([6, [80, 80], '10.0.0.0/9'], [6, [81, 81], '10.0.0.0/9'], [6, [80, 81], '10.128.0.0/9']),
      [{ protocol: 'tcp', ports: '80-81', peers: ['10.0.0.0/8'] }],
    ],
    [
      'the world but a network',
      difference(rows([6, [22, 22], everywhere]), rows([6, [22, 22], '10.0.0.0/8'])),
      [{ protocol: 'tcp', ports: '22', peers: [everywhere], except: ['10.0.0.0/8'] }],
    ],
    [
      'a network but its half is the other half',
      difference(rows([6, [22, 22], '10.0.0.0/8']), rows([6, [22, 22], '10.0.0.0/9'])),
      [{ protocol: 'tcp', ports: '22', peers: ['10.128.0.0/9'] }],
    ],
    [
      'no exception where it is no shorter',
      difference(rows([6, [22, 22], '10.0.0.0/8']), rows([6, [22, 22], '10.0.0.0/10'])),
      [{ protocol: 'tcp', ports: '22', peers: ['10.64.0.0/10', '10.128.0.0/9'] }],
    ],
    [
      'no exception where it is just as long',
      rows([50, 'all', '10.0.0.1/32', '10.0.0.3/32', '10.0.0.4/30']),
      [{ protocol: '50', peers: ['10.0.0.1/32', '10.0.0.3/32', '10.0.0.4/30'] }],
    ],
    [
      'both families, each with its exception',
      difference(
        rows(['all', 'all', everywhere, '::/0', 'group:a']),
        rows(['all', 'all', '10.0.0.0/8', '2001:db8::/32', 'group:b']),
      ),
      [{ protocol: 'all', peers: [everywhere, '::/0', 'group:a'], except: ['10.0.0.0/8', '2001:db8::/32'] }],
    ],
    [
      'all but tcp',
      difference(rows(['all', 'all', everywhere]), rows([6, 'all', everywhere])),
      [{ protocol: 'all', exceptProtocols: ['tcp'], peers: [everywhere] }],
    ],
    [
      'all but the named protocols',
      difference(
        rows(['all', 'all', 'group:a']),
        rows(
          [6, 'all', 'group:a'],
          [17, 'all', 'group:a'],
          [1, 'all', 'group:a'],
          [58, 'all', 'group:a'],
          [50, 'all', 'group:a'],
        ),
      ),
      [{ protocol: 'all', exceptProtocols: ['tcp', 'udp', 'icmp', 'icmpv6', '50'], peers: ['group:a'] }],
    ],
    [
      'all but one port',
      difference(rows(['all', 'all', 'group:a']), rows([6, [22, 22], 'group:a'])),
      [
        { protocol: 'all', exceptProtocols: ['tcp'], peers: ['group:a'] },
        { protocol: 'tcp', ports: '0-21', peers: ['group:a'] },
        { protocol: 'tcp', ports: '23-65535', peers: ['group:a'] },
      ],
    ],
    [
      'all, more for some',
      rows(['all', 'all', '10.0.0.0/8'], [6, [443, 443], everywhere]),
      [
        { protocol: 'all', peers: ['10.0.0.0/8'] },
        { protocol: 'tcp', ports: '443', peers: [everywhere], except: ['10.0.0.0/8'] },
      ],
    ],
    [
      'three holes in three protocols',
      difference(
        rows(['all', 'all', everywhere]),
        rows([6, 'all', '10.0.0.0/10'], [17, 'all', '10.64.0.0/10'], [50, 'all', '10.128.0.0/10']),
      ),
      [
        { protocol: 'all', peers: [everywhere], except: ['10.0.0.0/9', '10.128.0.0/10'] },
        { protocol: 'all', exceptProtocols: ['tcp'], peers: ['10.0.0.0/10'] },
        { protocol: 'all', exceptProtocols: ['udp'], peers: ['10.64.0.0/10'] },
        { protocol: 'all', exceptProtocols: ['50'], peers: ['10.128.0.0/10'] },
      ],
    ],
    [
      'all ports keep together though others hold a part of them',
      rows([6, 'all', 'group:admin'], [6, [22, 22], 'group:a', 'group:b'], [6, [80, 80], 'group:b']),
      [
        { protocol: 'tcp', ports: 'all', peers: ['group:admin'] },
        { protocol: 'tcp', ports: '22', peers: ['group:a', 'group:b'] },
        { protocol: 'tcp', ports: '80', peers: ['group:b'] },
      ],
    ],
    [
      'ranges are cut where that takes fewer words',
      rows([6, [80, 80], '10.0.0.0/9'], [6, [81, 81], '10.128.0.0/9'], [6, [80, 81], '192.168.0.0/16']),
      [
        { protocol: 'tcp', ports: '80', peers: ['10.0.0.0/9', '192.168.0.0/16'] },
        { protocol: 'tcp', ports: '81', peers: ['10.128.0.0/9', '192.168.0.0/16'] },
      ],
    ],
    [
      'all ports keep together though ranges inside are cut',
      rows(
        [6, 'all', 'group:admin'],
        [6, [80, 80], '10.0.0.0/9'],
        [6, [81, 81], '10.128.0.0/9'],
        [6, [80, 81], '192.168.0.0/16'],
      ),
      [
        { protocol: 'tcp', ports: 'all', peers: ['group:admin'] },
        { protocol: 'tcp', ports: '80', peers: ['10.0.0.0/9', '192.168.0.0/16'] },
        { protocol: 'tcp', ports: '81', peers: ['10.128.0.0/9', '192.168.0.0/16'] },
      ],
    ],
    [
      'ranges that touch are no reason not to cut the one around them',
      rows(
        [6, [80, 82], '10.0.0.0/9'],
        [6, [80, 80], '10.128.0.0/9'],
        [6, [82, 82], '10.128.0.0/9'],
        [6, [81, 81], '192.168.0.0/16'],
      ),
      [
        { protocol: 'tcp', ports: '80', peers: ['10.0.0.0/8'] },
        { protocol: 'tcp', ports: '81', peers: ['10.0.0.0/9', '192.168.0.0/16'] },
        { protocol: 'tcp', ports: '82', peers: ['10.0.0.0/8'] },
      ],
    ],
    [
      'icmp by type and by type and code',
      rows(
        [1, [8 * 256, 8 * 256 + 255], everywhere],
        [1, [3 * 256 + 4, 3 * 256 + 4], everywhere],
        [58, 'all', '::/0'],
        [1, 'all', 'group:a'],
      ),
      [
        { protocol: 'icmp', icmp: 'all', peers: ['group:a'] },
        { protocol: 'icmp', icmp: '3/4', peers: [everywhere] },
        { protocol: 'icmp', icmp: '8', peers: [everywhere] },
        { protocol: 'icmpv6', icmp: 'all', peers: ['::/0'] },
      ],
    ],
    [
      'icmp: a type without one code, next to the code of another',
      rows(
        [1, [3 * 256, 3 * 256 + 3], 'x'],
        [1, [3 * 256 + 5, 3 * 256 + 255], 'x'],
        [1, [8 * 256 + 1, 8 * 256 + 1], 'x'],
      ),
      [
        { protocol: 'icmp', icmp: '3', exceptIcmp: ['3/4'], peers: ['x'] },
        { protocol: 'icmp', icmp: '8/1', peers: ['x'] },
      ],
    ],
    [
      'icmp: all without two codes of one type and without another type',
      rows(
        [1, [0, 3 * 256 + 3], 'x'],
        [1, [3 * 256 + 5, 3 * 256 + 8], 'x'],
        [1, [3 * 256 + 10, 8 * 256 - 1], 'x'],
        [1, [9 * 256, 65_535], 'x'],
      ),
      [{ protocol: 'icmp', icmp: 'all', exceptIcmp: ['3/4', '3/9', '8'], peers: ['x'] }],
    ],
    [
      'icmp: all without a type but for one code of it',
      rows([1, [0, 3 * 256 - 1], 'x'], [1, [3 * 256 + 4, 3 * 256 + 4], 'x'], [1, [4 * 256, 65_535], 'x']),
      [
        { protocol: 'icmp', icmp: 'all', exceptIcmp: ['3'], peers: ['x'] },
        { protocol: 'icmp', icmp: '3/4', peers: ['x'] },
      ],
    ],
    [
      'tcp, udp, icmp, icmpv6, then the numbers',
      rows(
        [0, 'all', 'x'],
        [255, 'all', 'x'],
        [50, 'all', 'x'],
        [58, 'all', 'x'],
        [1, 'all', 'x'],
        [17, 'all', 'x'],
        [6, 'all', 'x'],
      ),
      [
        { protocol: 'tcp', ports: 'all', peers: ['x'] },
        { protocol: 'udp', ports: 'all', peers: ['x'] },
        { protocol: 'icmp', icmp: 'all', peers: ['x'] },
        { protocol: 'icmpv6', icmp: 'all', peers: ['x'] },
        { protocol: '0', peers: ['x'] },
        { protocol: '50', peers: ['x'] },
        { protocol: '255', peers: ['x'] },
      ],
    ],
    [
      'peers by number, IPv4 first, atoms last by code unit',
      rows([
        6,
        [1, 1],
        'b',
        'a!',
        'a',
        'B',
        'ä',
        '9.0.0.0/8',
        '10.0.0.0/8',
        '200.0.0.0/8',
        'a::/16',
        'fe80::/10',
        '2::/16',
      ]),
      [
        {
          protocol: 'tcp',
          ports: '1',
          peers: [
            '9.0.0.0/8',
            '10.0.0.0/8',
            '200.0.0.0/8',
            '2::/16',
            'a::/16',
            'fe80::/10',
            'B',
            'a',
            'a!',
            'b',
            'ä',
          ],
        },
      ],
    ],
    [
      'IPv6 as RFC 5952 has it',
      rows([
        50,
        'all',
        '2001:DB8:0:0:1:0:0:1/128',
        '0:0:0:0:0:0:0:0/128',
        '1:0:0:2:0:0:0:3/128',
        '::ffff:1.2.3.4/128',
        '1:2:3:0:5:6:7:8/128',
        'ffff::/16',
      ]),
      [
        {
          protocol: '50',
          peers: [
            '::/128',
            '::ffff:102:304/128',
            '1:0:0:2::3/128',
            '1:2:3:0:5:6:7:8/128',
            '2001:db8::1:0:0:1/128',
            'ffff::/16',
          ],
        },
      ],
    ],
  ])('%s', (_, set, entries) => {
    expect(described(set)).toEqual(entries);
  });
});

describe('a description that cannot be read is refused by name', () => {
  test.each<[TrafficEntry, string]>([
    [{ protocol: 'tpc', peers: [] }, 'no protocol: "tpc"'],
    [{ protocol: '256', peers: [] }, 'no protocol: "256"'],
    [{ protocol: 'tcp', peers: [] }, 'not ports: undefined'],
    [{ protocol: 'tcp', ports: '22-', peers: [] }, 'not ports: "22-"'],
    [{ protocol: 'udp', ports: '1-2-3', peers: [] }, 'not ports: "1-2-3"'],
    [{ protocol: 'udp', ports: '65536', peers: [] }, 'not ports: "65536"'],
    [{ protocol: 'udp', ports: '9-8', peers: [] }, 'no range of udp: 9 to 8'],
    [{ protocol: 'icmp', icmp: '256', peers: [] }, 'not an ICMP type: "256"'],
    [{ protocol: 'icmp', icmp: '3/4/5', peers: [] }, 'not an ICMP type: "3/4/5"'],
    [{ protocol: 'tcp', ports: '22', peers: ['0.0.0.0/0'], except: ['group:a'] }, 'not a CIDR: "group:a"'],
    [
      { protocol: 'tcp', ports: '22', peers: ['10.0.0.1'] },
      'an atom must not look like an address: "10.0.0.1"',
    ],
  ])('%j', (entry, message) => {
    expect(() => denoted([entry])).toThrow(new RangeError(message));
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  admits,
  difference,
  equal,
  icmpRange,
  intersection,
  isEmpty,
  NOTHING,
  newlyOpenToWorld,
  type Permit,
  trafficOf,
  union,
  unionOfAll,
} from '../../src/traffic/index.ts';
import {
  oracleOf,
  permitOf,
  probesOf,
  type Rule,
  rewrittenArb,
  rulesArb,
  sidesArb,
  UNIVERSES,
} from './oracle.ts';

const of = (rules: readonly Rule[]) => trafficOf(rules.map(permitOf));
const probes = new Map(UNIVERSES.map((universe) => [universe, probesOf(universe)]));

describe('against every packet of a small universe', () => {
  const operations = {
    union: { of: union, keeps: (inA: boolean, inB: boolean) => inA || inB },
    difference: { of: difference, keeps: (inA: boolean, inB: boolean) => inA && !inB },
    intersection: { of: intersection, keeps: (inA: boolean, inB: boolean) => inA && inB },
  };

  test.each(Object.entries(operations))('a %s admits what the rules say', (_, operation) => {
    fc.assert(
      fc.property(sidesArb, ({ universe, a, b }) => {
        const [byA, byB] = [oracleOf(a), oracleOf(b)];
        const result = operation.of(of(a), of(b));
        for (const probe of probes.get(universe) ?? []) {
          const expected = operation.keeps(byA(probe), byB(probe));
          if (admits(result, probe.packet) !== expected)
            throw new Error(`wrong about ${JSON.stringify(probe.packet)}: ${!expected}`);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('a single row and a large group are combined as any two sets are', () => {
    const permits = (count: number) =>
      Array.from({ length: count }, (_, n): Permit[] => [
        {
          protocol: 6,
          range: { first: n % 3, last: 2 + (n % 5) },
          peer: { type: 'atom', atom: `group:${n}` },
        },
        {
          protocol: 6,
          range: { first: n % 3, last: 2 + (n % 5) },
          peer: { type: 'cidr', cidr: `10.${n}.0.0/16` },
        },
      ]).flat();
    const large = permits(100);
    const row = fc.record({
      protocol: fc.constantFrom(6, 17, 'all' as const),
      range: fc.constantFrom({ first: 0, last: 2 }, { first: 1, last: 1 }, { first: 0, last: 9 }),
      peer: fc.oneof(
        fc.nat({ max: 110 }).map((n) => ({ type: 'atom' as const, atom: `group:${n}` })),
        fc.tuple(fc.nat({ max: 110 }), fc.constantFrom(8, 12, 16, 24)).map(([n, length]) => ({
          type: 'cidr' as const,
          cidr: `10.${n}.0.0/${length}`,
        })),
      ),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 3 }), (few) => {
        const [one, all] = [trafficOf(few), trafficOf(large)];
        // What is not in the whole, by the whole alone: the union is never taken by looking for single rows.
        const whole = union(one, all);
        const lost = difference(one, all);
        expect(equal(union(lost, all), whole)).toBe(true);
        expect(isEmpty(intersection(lost, all))).toBe(true);
        const common = intersection(one, all);
        expect(equal(common, intersection(all, one))).toBe(true);
        expect(equal(union(common, lost), one)).toBe(true);
        expect(isEmpty(difference(common, all))).toBe(true);
        const rest = difference(all, one);
        expect(equal(union(rest, common), all)).toBe(true);
        expect(isEmpty(intersection(rest, one))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('the union of many is that of one after the other', () => {
    fc.assert(
      fc.property(fc.array(rulesArb, { maxLength: 7 }), (all) => {
        const each = all.map(of);
        expect(unionOfAll(each)).toEqual(each.reduce(union, NOTHING));
      }),
    );
  });

  test('two sets are equal exactly when they admit the same packets, and a difference is empty exactly when nothing is lost', () => {
    fc.assert(
      fc.property(sidesArb, ({ universe, a, b }) => {
        const [byA, byB] = [oracleOf(a), oracleOf(b)];
        let [lost, gained] = [false, false];
        for (const probe of probes.get(universe) ?? []) {
          const [inA, inB] = [byA(probe), byB(probe)];
          lost ||= inA && !inB;
          gained ||= inB && !inA;
        }
        const [x, y] = [of(a), of(b)];
        expect([isEmpty(difference(x, y)), isEmpty(difference(y, x)), equal(x, y)]).toEqual([
          !lost,
          !gained,
          !lost && !gained,
        ]);
      }),
      { numRuns: 2000 },
    );
  });

  test('newly open to the world is what every address is admitted for now and was not before', () => {
    fc.assert(
      fc.property(sidesArb, ({ universe, a, b }) => {
        const [byA, byB] = [oracleOf(a), oracleOf(b)];
        const opened = newlyOpenToWorld(of(a), of(b));
        const everywhere = new Map<string, { now: boolean; before: boolean }>();
        const keyOf = ({
          peer,
          protocol,
          point,
        }: {
          peer: { family: number };
          protocol: number;
          point: number;
        }) => `${peer.family} ${protocol} ${point}`;
        for (const probe of probes.get(universe) ?? []) {
          const known = everywhere.get(keyOf(probe)) ?? { now: true, before: true };
          known.now &&= byA(probe);
          known.before &&= byB(probe);
          everywhere.set(keyOf(probe), known);
        }
        for (const probe of probes.get(universe) ?? []) {
          const { now = false, before = false } = everywhere.get(keyOf(probe)) ?? {};
          const expected = probe.peer.family !== 0 && now && !before;
          if (admits(opened, probe.packet) !== expected)
            throw new Error(`wrong about ${JSON.stringify(probe.packet)}`);
        }
      }),
      { numRuns: 250 },
    );
  });
});

describe('laws', () => {
  test('splitting, merging, reordering and duplicating rules change nothing, down to the representation', () => {
    fc.assert(
      fc.property(rewrittenArb, ({ a, b }) => {
        expect(equal(of(a), of(b))).toBe(true);
        expect(of(b)).toStrictEqual(of(a));
      }),
      { numRuns: 2000 },
    );
  });

  test('equality is being structurally the same', () => {
    fc.assert(
      fc.property(sidesArb, ({ a, b }) => {
        const [x, y] = [of(a), union(difference(of(b), of(a)), intersection(of(a), of(b)))];
        expect(equal(x, of(b))).toBe(JSON.stringify(x, withBigInts) === JSON.stringify(y, withBigInts));
      }),
      { numRuns: 2000 },
    );
  });

  test('what one side has more, what the other has more and what both have are apart and make up the whole', () => {
    fc.assert(
      fc.property(sidesArb, ({ a, b }) => {
        const [x, y] = [of(a), of(b)];
        const parts = [difference(x, y), difference(y, x), intersection(x, y)] as const;
        for (const [i, part] of parts.entries())
          for (const other of parts.slice(i + 1)) expect(isEmpty(intersection(part, other))).toBe(true);
        expect(parts.reduce(union)).toStrictEqual(union(x, y));
      }),
      { numRuns: 2000 },
    );
  });

  test('union and intersection commute, associate and distribute; nothing is neutral', () => {
    fc.assert(
      fc.property(sidesArb, rulesArb, ({ a, b }, c) => {
        const [x, y, z] = [of(a), of(b), of(c)];
        expect(union(x, y)).toStrictEqual(union(y, x));
        expect(intersection(x, y)).toStrictEqual(intersection(y, x));
        expect(union(union(x, y), z)).toStrictEqual(union(x, union(y, z)));
        expect(intersection(x, union(y, z))).toStrictEqual(union(intersection(x, y), intersection(x, z)));
        expect(difference(x, union(y, z))).toStrictEqual(difference(difference(x, y), z));
        expect([union(x, NOTHING), difference(x, NOTHING), difference(x, x)]).toStrictEqual([x, x, of([])]);
      }),
      { numRuns: 1000 },
    );
  });
});

const withBigInts = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);

type Row = [protocol: number | 'all', range: [number, number] | 'all', peer: string];
const rows = (...list: Row[]) =>
  trafficOf(
    list.map(
      ([protocol, range, peer]): Permit => ({
        protocol,
        range: range === 'all' ? range : { first: range[0], last: range[1] },
        peer:
          peer.includes('/') && !peer.startsWith('group:')
            ? { type: 'cidr', cidr: peer }
            : { type: 'atom', atom: peer },
      }),
    ),
  );

describe('equal though written differently', () => {
  const icmp = icmpRange(8, null);
  test.each<[string, Row[], Row[]]>([
    [
      '10.0.0.0/9 and 10.128.0.0/9 are 10.0.0.0/8',
      [
        [6, [22, 22], '10.0.0.0/9'],
        [6, [22, 22], '10.128.0.0/9'],
      ],
      [[6, [22, 22], '10.0.0.0/8']],
    ],
    [
      'ports 80 and 81 are 80-81',
      [
        [6, [80, 80], '10.0.0.0/8'],
        [6, [81, 81], '10.0.0.0/8'],
      ],
      [[6, [80, 81], '10.0.0.0/8']],
    ],
    [
      '22 lies inside 0-65535',
      [
        [6, [0, 65535], 'group:a'],
        [6, [22, 22], 'group:a'],
      ],
      [[6, 'all', 'group:a']],
    ],
    [
      'anything lies inside all',
      [
        ['all', 'all', '10.0.0.0/8'],
        [17, [53, 53], '10.1.0.0/16'],
        [1, [2048, 2048], '10.0.0.1/32'],
        [50, 'all', '10.0.0.0/8'],
      ],
      [['all', 'all', '10.0.0.0/8']],
    ],
    [
      'two /1 are 0.0.0.0/0',
      [
        ['all', 'all', '0.0.0.0/1'],
        ['all', 'all', '128.0.0.0/1'],
      ],
      [['all', 'all', '0.0.0.0/0']],
    ],
    [
      'two IPv6 /1 are ::/0',
      [
        [58, 'all', '::/1'],
        [58, 'all', '8000::/1'],
      ],
      [[58, 'all', '::/0']],
    ],
    ['a range is ignored where a protocol has none', [[50, [0, 0], '::/0']], [[50, 'all', '::/0']]],
    ['a range is ignored with all protocols', [['all', [7, 9], '::/0']], [['all', 'all', '::/0']]],
    [
      'type 8 with any code is all its codes',
      [
        [1, [8 * 256, 8 * 256 + 100], '0.0.0.0/0'],
        [1, [8 * 256 + 101, 8 * 256 + 255], '0.0.0.0/0'],
      ],
      [[1, icmp === 'all' ? icmp : [icmp.first, icmp.last], '0.0.0.0/0']],
    ],
    [
      'every protocol by itself is all',
      Array.from({ length: 256 }, (_, protocol): Row => [protocol, 'all', 'group:a']),
      [['all', 'all', 'group:a']],
    ],
    [
      'host bits do not count',
      [
        [6, [22, 22], '100.68.0.18/18'],
        [6, [22, 22], '2001:DB8::7/32'],
      ],
      [
        [6, [22, 22], '100.68.0.0/18'],
        [6, [22, 22], '2001:db8:0::/32'],
      ],
    ],
    [
      'an IPv6 address has many spellings',
      [[6, 'all', '::ffff:1.2.3.4/128']],
      [[6, 'all', '0:0:0:0:0:ffff:102:304/128']],
    ],
    ['no rules are nothing', [], []],
  ])('%s', (_, a, b) => {
    expect(rows(...a)).toStrictEqual(rows(...b));
    expect(equal(rows(...a), rows(...b))).toBe(true);
  });
});

describe('different though they look alike', () => {
  test.each<[string, Row[], Row[]]>([
    [
      'all is more than tcp, udp and icmp',
      [['all', 'all', '::/0']],
      [
        [6, 'all', '::/0'],
        [17, 'all', '::/0'],
        [1, 'all', '::/0'],
        [58, 'all', '::/0'],
      ],
    ],
    [
      'an IPv4 address and the IPv6 address that maps it',
      [[6, 'all', '1.2.3.4/32']],
      [[6, 'all', '::ffff:1.2.3.4/128']],
    ],
    ['0.0.0.0/0 and ::/0', [['all', 'all', '0.0.0.0/0']], [['all', 'all', '::/0']]],
    [
      'a group and the whole address space',
      [['all', 'all', 'group:a']],
      [
        ['all', 'all', '0.0.0.0/0'],
        ['all', 'all', '::/0'],
      ],
    ],
    ['atoms that differ in case', [['all', 'all', 'group:a']], [['all', 'all', 'group:A']]],
    ['icmp type 8 code 0 and type 8', [[1, [2048, 2048], '0.0.0.0/0']], [[1, [2048, 2303], '0.0.0.0/0']]],
    ['the last port and all ports', [[6, [0, 65534], '::/0']], [[6, 'all', '::/0']]],
    [
      'the last address and all addresses',
      [[6, 'all', '0.0.0.0/0']],
      [
        [6, 'all', '0.0.0.0/1'],
        [6, 'all', '128.0.0.0/2'],
        [6, 'all', '192.0.0.0/3'],
      ],
    ],
  ])('%s', (_, a, b) => {
    expect(equal(rows(...a), rows(...b))).toBe(false);
    expect(isEmpty(difference(rows(...a), rows(...b))) && isEmpty(difference(rows(...b), rows(...a)))).toBe(
      false,
    );
  });
});

describe('newly open to the world', () => {
  test('counts two halves as the whole, and not what was open before', () => {
    const wide = rows([6, [20, 30], '0.0.0.0/1'], [6, [22, 40], '128.0.0.0/1'], [17, [53, 53], '::/0']);
    expect(newlyOpenToWorld(wide, rows([6, [22, 22], '0.0.0.0/0']))).toStrictEqual(
      rows([6, [23, 30], '0.0.0.0/0'], [17, [53, 53], '::/0']),
    );
  });

  test('is nothing for all but one address', () => {
    const open = rows([6, [22, 22], '0.0.0.0/0']);
    const almost = difference(open, rows([6, [22, 22], '192.0.2.7/32']));
    expect(isEmpty(newlyOpenToWorld(almost, NOTHING))).toBe(true);
    expect(newlyOpenToWorld(open, almost)).toStrictEqual(open);
  });
});

describe('what is refused, by name', () => {
  test.each([
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    '010.0.0.0/8',
    '0x0a.0.0.0/8',
    '256.0.0.0/8',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/',
    ' 10.0.0.0/8',
    '1.2.3.4.5/8',
    '::/129',
    ':::/0',
    '1::2::3/64',
    '1:2:3:4::5:6:7:8/64',
    '1:2:3:4:5:6:7/64',
    '1:2:3:4:5:6:7:8:9/64',
    '1:2:3:4:5:6:7::8/64x',
    '12345::/16',
    'fe80::1%eth0/64',
    '1.2.3.4::/64',
    '::1.2.3/128',
    'sg-1/32',
    '',
  ])('the CIDR %j', (cidr) => {
    expect(() => trafficOf([{ protocol: 6, range: 'all', peer: { type: 'cidr', cidr } }])).toThrow(
      new RangeError(`not a CIDR: ${JSON.stringify(cidr)}`),
    );
  });

  test.each(['10.0.0.0/8', '::/0', '10.0.0.1', '2001:db8::1'])(
    'the atom %j, which would read as an address',
    (atom) => {
      expect(() => trafficOf([{ protocol: 6, range: 'all', peer: { type: 'atom', atom } }])).toThrow(
        RangeError,
      );
    },
  );

  test('protocols and ranges that do not exist', () => {
    const peer = { type: 'atom', atom: 'x' } as const;
    expect(() => trafficOf([{ protocol: 256, range: 'all', peer }])).toThrow('no protocol: 256');
    expect(() => trafficOf([{ protocol: -1, range: 'all', peer }])).toThrow('no protocol: -1');
    expect(() => trafficOf([{ protocol: 6, range: { first: 0, last: 65536 }, peer }])).toThrow('0 to 65536');
    expect(() => trafficOf([{ protocol: 1, range: { first: 9, last: 8 }, peer }])).toThrow('9 to 8');
    expect(() => icmpRange(256, null)).toThrow('256/null');
  });
});

test('an ICMP type and code become a range, null being any', () => {
  expect([icmpRange(null, null), icmpRange(8, null), icmpRange(3, 4), icmpRange(255, 255)]).toEqual([
    'all',
    { first: 2048, last: 2303 },
    { first: 772, last: 772 },
    { first: 65535, last: 65535 },
  ]);
});

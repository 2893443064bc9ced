import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  admits,
  denoted,
  difference,
  isEmpty,
  NOTHING,
  type Packet,
  type TrafficEntry,
  trafficOf,
  witness,
} from '../../src/traffic/index.ts';
import { permitOf, type Rule, rewrittenArb, sidesArb } from './oracle.ts';

const of = (rules: readonly Rule[]) => trafficOf(rules.map(permitOf));

describe('the witness of a difference', () => {
  test('is admitted by the one side and refused by the other, and is missing only when there is no difference', () => {
    fc.assert(
      fc.property(sidesArb, ({ a, b }) => {
        const [x, y] = [of(a), of(b)];
        const packet = witness(difference(x, y));
        expect(packet === null).toBe(isEmpty(difference(x, y)));
        if (packet !== null)
          expect([admits(x, packet), admits(y, packet)], JSON.stringify(packet)).toEqual([true, false]);
      }),
      { numRuns: 3000 },
    );
  });

  test('is the same however the rules were written', () => {
    fc.assert(
      fc.property(rewrittenArb, ({ a, b }) => {
        expect(witness(of(b))).toEqual(witness(of(a)));
      }),
      { numRuns: 500 },
    );
  });
});

test('nothing has no witness', () => {
  expect(witness(NOTHING)).toBeNull();
});

describe('a witness is a packet that a reader can picture', () => {
  const tcp = (ports: string, ...peers: string[]): TrafficEntry => ({ protocol: 'tcp', ports, peers });
  test.each<[string, TrafficEntry[], Packet]>([
    [
      'a stranger for the whole world',
      [tcp('all', '0.0.0.0/0', '::/0')],
      { protocol: 'tcp', port: 22, peer: '203.0.113.1' },
    ],
    [
      'the first host of a network',
      [tcp('8000-9000', '10.1.0.0/16')],
      { protocol: 'tcp', port: 8080, peer: '10.1.0.1' },
    ],
    [
      'the first host of half a network',
      [tcp('7', '10.1.0.128/25')],
      { protocol: 'tcp', port: 7, peer: '10.1.0.129' },
    ],
    [
      'both addresses of a /31 are hosts',
      [tcp('7', '10.1.0.128/31')],
      { protocol: 'tcp', port: 7, peer: '10.1.0.128' },
    ],
    ['the one address there is', [tcp('7', '10.1.0.0/32')], { protocol: 'tcp', port: 7, peer: '10.1.0.0' }],
    [
      'the last address there is',
      [tcp('65535', '255.255.255.255/32')],
      { protocol: 'tcp', port: 65535, peer: '255.255.255.255' },
    ],
    [
      'the last IPv6 address there is',
      [tcp('0', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128')],
      { protocol: 'tcp', port: 0, peer: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' },
    ],
    [
      'not port 0 where there is another',
      [tcp('0', '10.0.0.0/8'), tcp('30', '11.0.0.0/8')],
      { protocol: 'tcp', port: 30, peer: '11.0.0.1' },
    ],
    ['an IPv6 host', [tcp('443', '::/0')], { protocol: 'tcp', port: 443, peer: '2001:db8::1' }],
    [
      'an atom where there are only atoms',
      [tcp('443', 'group:b', 'group:a')],
      { protocol: 'tcp', port: 443, peer: 'group:a' },
    ],
    [
      'a well-known port of an atom before another port of an address',
      [tcp('7', '10.0.0.0/8'), tcp('22', 'group:a')],
      { protocol: 'tcp', port: 22, peer: 'group:a' },
    ],
    [
      'tcp of all protocols',
      [{ protocol: 'all', peers: ['10.0.0.0/8'] }],
      { protocol: 'tcp', port: 22, peer: '10.0.0.1' },
    ],
    [
      'a ping',
      [{ protocol: 'icmp', icmp: 'all', peers: ['10.0.0.0/8'] }],
      { protocol: 'icmp', type: 8, code: 0, peer: '10.0.0.1' },
    ],
    [
      'the type and code there is',
      [{ protocol: 'icmp', icmp: '3/4', peers: ['10.0.0.0/8'] }],
      { protocol: 'icmp', type: 3, code: 4, peer: '10.0.0.1' },
    ],
    [
      'ICMPv6 of an IPv6 peer',
      [{ protocol: 'all', exceptProtocols: ['tcp', 'udp'], peers: ['::/0'] }],
      { protocol: 'icmpv6', type: 128, code: 0, peer: '2001:db8::1' },
    ],
    [
      'ICMP of an IPv6 peer where there is nothing else',
      [{ protocol: 'icmp', icmp: '3', peers: ['::/0'] }],
      { protocol: 'icmp', type: 3, code: 0, peer: '2001:db8::1' },
    ],
    [
      'ESP of the other protocols',
      [{ protocol: 'all', exceptProtocols: ['tcp', 'udp', 'icmp', 'icmpv6'], peers: ['fd00::/8'] }],
      { protocol: '50', peer: 'fd00::1' },
    ],
    [
      'the lowest of unknown protocols',
      [
        { protocol: '200', peers: ['x'] },
        { protocol: '99', peers: ['x'] },
      ],
      { protocol: '99', peer: 'x' },
    ],
  ])('%s', (_, entries, packet) => {
    expect(witness(denoted(entries))).toEqual(packet);
    expect(admits(denoted(entries), packet)).toBe(true);
  });
});

test('what is no packet is refused by name', () => {
  expect(() => admits(NOTHING, { protocol: 'all', peer: '10.0.0.1' })).toThrow('no protocol: "all"');
  expect(() => admits(NOTHING, { protocol: 'tcp', peer: '10.0.0.1' })).toThrow('a tcp packet needs a port');
  expect(() => admits(NOTHING, { protocol: 'icmp', type: 8, peer: '10.0.0.1' })).toThrow(
    'needs a type and a code',
  );
  expect(() => admits(NOTHING, { protocol: 'tcp', port: 65536, peer: '10.0.0.1' })).toThrow(
    'no range of tcp',
  );
});

import { BlockList, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalCidr, cidrContains, familyOf, MalformedValue } from '../../src/inventory/addresses.ts';

describe('canonicalCidr', () => {
  it.each([
    ['100.68.0.18/18', '100.68.0.0/18'], // the example of the EC2 API reference
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/0', '0.0.0.0/0'],
    ['203.0.113.7', '203.0.113.7/32'],
    ['203.0.113.7/31', '203.0.113.6/31'],
    [' 10.0.0.0/8\n', '10.0.0.0/8'],
    ['::/0', '::/0'],
    ['2001:DB8::1', '2001:db8::1/128'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001/64', '2001:db8::/64'],
    ['2001:db8:0:1:1:1:1:1/128', '2001:db8:0:1:1:1:1:1/128'], // RFC 5952, 4.2.2: one zero group is not shortened
    ['2001:0:0:1:0:0:0:1/128', '2001:0:0:1::1/128'], // 4.2.3: the longest run
    ['2001:db8:0:0:1:0:0:1/128', '2001:db8::1:0:0:1/128'], // 4.2.3: the first of equals
    ['::ffff:1.2.3.4', '::ffff:102:304/128'], // as EC2 and the URL standard write it
    ['::1.2.3.4', '::102:304/128'], // not the same address as the one before
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201/128'],
    ['fe80::/10', 'fe80::/10'],
  ])('writes %j as %j', (text, canonical) => {
    expect(canonicalCidr(text)).toBe(canonical);
  });

  it.each([
    '',
    '/',
    '10.0.0.0/',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0/8',
    '010.0.0.0/8',
    '0x0a.0.0.0/8',
    '10.0.0.256/8',
    '1/8',
    '::1%eth0/128',
    'fe80::1%1',
    ':::/0',
    '::256.0.0.1',
    '1.2.3.4::',
    'sg-12345678',
    '10.0.0.0/ 8',
    '10.0.0.0/1e1',
    '٣.0.0.0/8',
  ])('refuses %j, which EC2 would refuse too', (text) => {
    expect(() => canonicalCidr(text)).toThrow(MalformedValue);
  });

  it('holds exactly the addresses of what it was given (against node:net)', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (address, length, probe) => {
        const [canonical = '', bits] = canonicalCidr(`${address}/${length}`).split('/');
        expect(bits).toBe(String(length));
        expect(blockOf(canonical, length, 'ipv4').check(probe)).toBe(
          blockOf(address, length, 'ipv4').check(probe),
        );
        expect(blockOf(canonical, length, 'ipv4').check(address)).toBe(true);
      }),
    );
  });

  it('writes IPv6 as the URL standard does (RFC 5952)', () => {
    fc.assert(
      fc.property(ipV6, (address) => {
        expect(canonicalCidr(address)).toBe(`${new URL(`http://[${address}]/`).hostname.slice(1, -1)}/128`);
      }),
    );
  });

  it('reads plain IPv4 ranges as it reads them with white space around, which takes another way', () => {
    const octet = fc.oneof(
      fc.integer({ min: 0, max: 300 }).map(String),
      fc.constantFrom('', '00', '01', '1a'),
    );
    const range = fc
      .tuple(fc.array(octet, { minLength: 3, maxLength: 5 }), fc.constantFrom('', '/'), octet)
      .map(([octets, slash, length]) => `${octets.join('.')}${slash}${length}`);
    const read = (text: string) => {
      try {
        return canonicalCidr(text);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedValue);
        return 'refused';
      }
    };
    fc.assert(
      fc.property(
        fc.oneof(
          range,
          fc.tuple(fc.ipV4(), fc.nat(40)).map((of) => of.join('/')),
        ),
        (text) => {
          expect(read(text)).toBe(read(` ${text}`));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives one spelling to all spellings of a range', () => {
    fc.assert(
      fc.property(ipV6, fc.integer({ min: 0, max: 128 }), (address, length) => {
        const canonical = canonicalCidr(`${address}/${length}`);
        expect(canonicalCidr(canonical)).toBe(canonical);
        expect(canonicalCidr(`${address.toUpperCase()}/${length}`)).toBe(canonical);
        expect(cidrContains(canonical, canonicalCidr(address))).toBe(true);
      }),
    );
  });
});

/** fast-check also writes addresses that end in a dotted quad, which is part of the point. */
const ipV6 = fc.ipV6().filter(isIPv6);

function blockOf(address: string, length: number, family: 'ipv4' | 'ipv6'): BlockList {
  const block = new BlockList();
  block.addSubnet(address, length, family);
  return block;
}

describe('cidrContains', () => {
  it('agrees with node:net', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (outer, length, inner) => {
        const expected = blockOf(outer, length, 'ipv4').check(inner);
        expect(cidrContains(canonicalCidr(`${outer}/${length}`), canonicalCidr(inner))).toBe(expected);
      }),
    );
  });

  it('holds nothing of the other family', () => {
    expect(cidrContains('0.0.0.0/0', '::/0')).toBe(false);
    expect(cidrContains('::/0', '0.0.0.0/0')).toBe(false);
    expect([familyOf('0.0.0.0/0'), familyOf('::/0')]).toEqual([4, 6]);
  });

  it('does not hold a wider range', () => {
    expect(cidrContains('10.0.0.0/16', '10.0.0.0/8')).toBe(false);
    expect(cidrContains('10.0.0.0/8', '10.0.0.0/8')).toBe(true);
  });
});

describe('cidrContains, by its definition', () => {
  it('agrees with the definition: the inner range, masked to the outer length, is the outer one', () => {
    const v4 = fc
      .tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }))
      .map(([a, l]) => canonicalCidr(`${a}/${l}`));
    const v6 = fc
      .tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 }))
      .map(([a, l]) => canonicalCidr(`${a}/${l}`));
    fc.assert(
      fc.property(fc.oneof(v4, v6), fc.oneof(v4, v6), fc.nat(128), (outer, other, cut) => {
        const length = (cidr: string) => Number(cidr.split('/')[1]);
        const masked = (cidr: string, to: number) => canonicalCidr(`${cidr.split('/')[0]}/${to}`);
        const within = (a: string, b: string) =>
          familyOf(a) === familyOf(b) && length(a) <= length(b) && masked(b, length(a)) === a;
        const part = masked(other, Math.min(cut, length(other)));
        expect(cidrContains(outer, other)).toBe(within(outer, other));
        expect(cidrContains(part, other)).toBe(true);
      }),
    );
  });
});

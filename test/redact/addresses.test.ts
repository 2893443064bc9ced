import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Addresses } from '../../src/redact/addresses.ts';
import { IPV4, parseAddress, parseCidr } from '../../src/traffic/addresses.ts';

const block = fc
  .tuple(fc.nat({ max: 0xffffffff }), fc.nat({ max: 32 }))
  .map(([address, length]) => `${IPV4.text(IPV4.mask(address >>> 0, length))}/${length}`);
const block6 = fc
  .tuple(fc.ipV6(), fc.nat({ max: 128 }))
  .filter(([address]) => !address.includes('.') && parseAddress(address) !== null)
  .map(([address, length]) => `${address}/${length}`);

/** How many leading bits two blocks share, at most the shorter length. */
function shared(a: string, b: string): number {
  const [first, second] = [parseCidr(a), parseCidr(b)];
  if (!first || !second || first.family !== second.family) return -1;
  const bits = (p: typeof first) =>
    BigInt(p.block.start)
      .toString(2)
      .padStart(p.family === 'ipv4' ? 32 : 128, '0')
      .slice(0, p.block.length);
  const [x, y] = [bits(first), bits(second)];
  let n = 0;
  while (n < x.length && n < y.length && x[n] === y[n]) n += 1;
  return n;
}

describe('redacted addresses', () => {
  test.each([
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::/0', '::/0'],
    ['128.0.0.0/1', '128.0.0.0/1'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['169.254.169.254', '169.254.169.254'],
    ['127.0.0.1/32', '127.0.0.1/32'],
    ['203.0.113.7/32', '200.0.0.0/32'],
    ['172.31.64.9', '172.16.0.0'],
    ['2001:db8:1::/48', '2000::/48'],
  ])('the first of a report, %s, becomes %s', (text, replaced) => {
    expect(new Addresses().replace(text)).toBe(replaced);
  });

  test.each(['web', '', '10.0.0', '10.0.0.0/33', '1.2.3.4.5', ':', 'fe80::1%eth0'])(
    '"%s" is no address',
    (text) => {
      expect(new Addresses().replace(text)).toBeNull();
    },
  );

  test('any two share as many leading bits as before: what contains what stays, and nothing else is kept equal', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(block, block6), { minLength: 2, maxLength: 12 }), (blocks) => {
        const addresses = new Addresses();
        const replaced = blocks.map((b) => addresses.replace(b) ?? '');
        for (const [i, a] of blocks.entries())
          for (const [j, b] of blocks.entries()) {
            const now = shared(replaced[i] ?? '', replaced[j] ?? '');
            // What is unchanged by its meaning may meet another by its own bits only.
            expect(now).toBe(shared(a, b));
          }
      }),
    );
  });

  test('a private address stays private, and a public one public', () => {
    const isPrivate = (text: string) => /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(text);
    fc.assert(
      fc.property(fc.array(fc.ipV4(), { minLength: 1, maxLength: 20 }), (all) => {
        const addresses = new Addresses();
        for (const address of all)
          expect(isPrivate(addresses.replace(address) ?? '')).toBe(isPrivate(address));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalCidr, MalformedValue } from '../../src/inventory/addresses.ts';
import { plainRules } from '../../src/inventory/plain-rules.ts';
import {
  canonicalProtocol,
  canonicalRange,
  type Rule,
  ruleSchema,
} from '../../src/inventory/security-group.ts';

const rule = {
  direction: 'ingress',
  protocol: 'tcp',
  from: 22,
  to: 80,
  peer: { type: 'cidr', cidr: '10.0.0.0/8' },
  description: null,
};
const group = {
  type: 'group',
  id: 'sg-1',
  ownerId: '111122223333',
  name: null,
  vpcId: null,
  peeringConnectionId: null,
  peeringStatus: null,
};

/** What the general check of a snapshot file asks of a rule. */
function isRight(value: unknown): boolean {
  const parsed = ruleSchema.safeParse(value);
  if (!parsed.success) return false;
  const { protocol, from, to, peer } = parsed.data;
  try {
    const range = canonicalRange(protocol, from ?? undefined, to ?? undefined);
    return (
      canonicalProtocol(protocol) === protocol &&
      range.from === from &&
      range.to === to &&
      (peer.type !== 'cidr' || canonicalCidr(peer.cidr) === peer.cidr)
    );
  } catch (error) {
    if (error instanceof MalformedValue) return false;
    throw error;
  }
}

describe('rules that need no general check', () => {
  it.each<[string, object]>([
    ['tcp from a range', rule],
    ['udp on all ports', { ...rule, protocol: 'udp', from: 0, to: 65535 }],
    ['ICMP of one type', { ...rule, protocol: 'icmp', from: 8, to: -1 }],
    ['all ICMPv6', { ...rule, protocol: 'icmpv6', from: -1, to: -1 }],
    ['all protocols, described', { ...rule, protocol: '-1', from: null, to: null, description: 'any' }],
    ['of an IPv6 range', { ...rule, peer: { type: 'cidr', cidr: '2001:db8::/32' } }],
    ['of a prefix list', { ...rule, peer: { type: 'prefix-list', id: 'pl-1' } }],
    ['of a group', { ...rule, direction: 'egress', peer: group }],
  ])('%s', (_, value) => {
    expect(plainRules([value])).toEqual([value]);
    expect(isRight(value)).toBe(true);
  });

  const wrong: [string, unknown][] = [
    ['no list', { 0: rule, length: 1 }],
    ['no rule', [null]],
    ['a list in place of a rule', [[rule]]],
    ['one field more', [{ ...rule, extra: 1 }]],
    ['one field more, from its prototype', [Object.assign(Object.create({ extra: 1 }), rule)]],
    ['one field less', [{ ...rule, description: undefined }]],
    ['another direction', [{ ...rule, direction: 'in' }]],
    ['a port that is no number', [{ ...rule, from: '22' }]],
    ['a port with a fraction', [{ ...rule, from: 22.5 }]],
    ['ports in the wrong order', [{ ...rule, from: 81 }]],
    ['a port beyond the last', [{ ...rule, to: 65536 }]],
    ['a port below the first', [{ ...rule, from: -1 }]],
    ['no port', [{ ...rule, from: null, to: null }]],
    ['all protocols with ports', [{ ...rule, protocol: '-1' }]],
    ['an ICMP code of any type', [{ ...rule, protocol: 'icmp', from: -1, to: 0 }]],
    ['an ICMP type beyond the last', [{ ...rule, protocol: 'icmp', from: 256, to: -1 }]],
    ['tcp by its number', [{ ...rule, protocol: '6' }]],
    ['host bits', [{ ...rule, peer: { type: 'cidr', cidr: '10.0.0.1/8' } }]],
    ['no prefix length', [{ ...rule, peer: { type: 'cidr', cidr: '10.0.0.0' } }]],
    ['an octal address', [{ ...rule, peer: { type: 'cidr', cidr: '010.0.0.0/8' } }]],
    ['a range that is no text', [{ ...rule, peer: { type: 'cidr', cidr: 10 } }]],
    ['a range and more', [{ ...rule, peer: { type: 'cidr', cidr: '10.0.0.0/8', id: 'sg-1' } }]],
    ['IPv6 host bits', [{ ...rule, peer: { type: 'cidr', cidr: '2001:db8::1/32' } }]],
    ['IPv6 with zeros', [{ ...rule, peer: { type: 'cidr', cidr: '2001:0db8::/32' } }]],
    ['a prefix list without its id', [{ ...rule, peer: { type: 'prefix-list', id: null } }]],
    ['a prefix list and more', [{ ...rule, peer: { type: 'prefix-list', id: 'pl-1', name: null } }]],
    ['a group without its owner', [{ ...rule, peer: { ...group, ownerId: undefined } }]],
    ['a group and more', [{ ...rule, peer: { ...group, extra: null } }]],
    ['the second rule', [rule, { ...rule, from: 81 }]],
  ];
  it.each(wrong)('are not those with %s', (_, value) => {
    expect(plainRules(value)).toBeNull();
    expect(Array.isArray(value) && value.every((v) => isRight(v) && Object.keys(v).length === 6)).toBe(false);
  });

  it('are right by the general check, whatever is in them', () => {
    const text = fc.constantFrom('tcp', 'udp', 'icmp', '-1', '6', '17', 'cidr', 'ingress', '');
    const port = fc.oneof(fc.integer({ min: -2, max: 260 }), fc.constant(null), fc.double(), text);
    const cidr = fc
      .tuple(
        fc.array(fc.integer({ min: 0, max: 260 }), { minLength: 3, maxLength: 5 }),
        fc.integer({ min: 0, max: 40 }),
      )
      .map(([bytes, length]) => `${bytes.join('.')}/${length}`);
    const zeroed = fc.integer({ min: 0, max: 255 }).map((byte) => `${byte}.0.0.0/8`);
    const v6 = fc.tuple(fc.ipV6(), fc.constantFrom(0, 64, 128)).map(([at, length]) => `${at}/${length}`);
    const peer = fc.oneof(
      fc.record({ type: fc.constant('cidr'), cidr: fc.oneof(cidr, zeroed, v6) }),
      fc.record({ type: fc.constant('prefix-list'), id: fc.oneof(text, fc.constant(null)) }),
      fc.record({
        ...Object.fromEntries(Object.keys(group).map((k) => [k, fc.oneof(text, fc.constant(null))])),
        type: fc.constant('group'),
      }),
    );
    const value = fc.record({
      direction: fc.constantFrom('ingress', 'egress', 'in'),
      protocol: text,
      from: port,
      to: port,
      peer,
      description: fc.oneof(text, fc.constant(null)),
    });
    fc.assert(
      fc.property(value, (v) => {
        const plain = plainRules([v]) as Rule[] | null;
        if (plain !== null) expect([plain, isRight(v)]).toEqual([[v], true]);
      }),
      { numRuns: 2000 },
    );
  });
});

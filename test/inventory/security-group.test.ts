import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedValue } from '../../src/inventory/addresses.ts';
import {
  type AwsPermission,
  canonicalProtocol,
  type Rule,
  ruleText,
  securityGroupFrom,
  sortedRules,
} from '../../src/inventory/security-group.ts';
import { text } from './arbitraries.ts';

const ANYWHERE = [{ CidrIp: '0.0.0.0/0' }];

function rules(...IpPermissions: AwsPermission[]): Rule[] {
  return securityGroupFrom({ GroupId: 'sg-1', GroupName: 'web', IpPermissions }).rules;
}

function only(permission: AwsPermission): Rule {
  const [rule] = rules({ IpRanges: ANYWHERE, ...permission });
  if (!rule) throw new Error('no rule');
  return rule;
}

describe('a protocol', () => {
  it.each([
    ['tcp', 'tcp'],
    ['TCP', 'tcp'],
    ['6', 'tcp'],
    ['17', 'udp'],
    ['1', 'icmp'],
    ['58', 'icmpv6'],
    ['ICMPv6', 'icmpv6'],
    ['-1', '-1'],
    ['all', '-1'],
    ['ALL', '-1'],
    ['050', '50'],
    ['50', '50'],
    ['0', '0'],
    ['255', '255'],
  ])('%j reads as %j', (text, canonical) => {
    expect(canonicalProtocol(text)).toBe(canonical);
  });

  it.each(['', 'esp', '256', '-2', '1.5', '__proto__', 'constructor'])('%j is refused', (text) => {
    expect(() => canonicalProtocol(text)).toThrow(MalformedValue);
  });

  it('that is absent is not taken for all protocols', () => {
    expect(() => only({})).toThrow(MalformedValue);
  });
});

describe('a port range', () => {
  it.each([
    ['absent, as DescribeSecurityGroups writes all traffic', '-1', undefined, undefined],
    ['-1 to -1, as DescribeSecurityGroupRules writes it', '-1', -1, -1],
    ['any at all, which EC2 ignores', '-1', 22, 22],
    ['0 to 0 with a protocol that has no ports', '50', 0, 0],
    ['-1 to -1 with a protocol that has no ports', '50', -1, -1],
    ['absent with a protocol that has no ports', '50', undefined, undefined],
  ])('%s is no range', (_, IpProtocol, FromPort, ToPort) => {
    expect(only({ IpProtocol, FromPort, ToPort })).toMatchObject({
      protocol: IpProtocol,
      from: null,
      to: null,
    });
  });

  it.each([
    [22, 22, 22, 22],
    [0, 65535, 0, 65535],
    [undefined, undefined, 0, 65535],
    [-1, -1, 0, 65535],
    [0, 0, 0, 0],
  ])('of tcp %j-%j reads as %j-%j', (FromPort, ToPort, from, to) => {
    expect(only({ IpProtocol: '6', FromPort, ToPort })).toMatchObject({ protocol: 'tcp', from, to });
  });

  it.each([
    [80, 22],
    [0, 65536],
    [1.5, 2],
    [-2, 5],
    [Number.NaN, 5],
  ])('of tcp %j-%j is refused', (FromPort, ToPort) => {
    expect(() => only({ IpProtocol: 'tcp', FromPort, ToPort })).toThrow(MalformedValue);
  });
});

describe('an ICMP type and code', () => {
  it.each([
    ['icmp', 8, 0, 8, 0],
    ['icmp', 8, -1, 8, -1],
    ['icmp', 8, undefined, 8, -1],
    ['icmp', -1, -1, -1, -1],
    ['1', -1, 4, -1, -1], // a wildcard type forces a wildcard code
    ['58', undefined, undefined, -1, -1],
    ['icmpv6', 128, 0, 128, 0],
  ])('of %s %j/%j reads as %j/%j', (IpProtocol, FromPort, ToPort, from, to) => {
    expect(only({ IpProtocol, FromPort, ToPort })).toMatchObject({ from, to });
  });

  it('out of range is refused', () => {
    expect(() => only({ IpProtocol: 'icmp', FromPort: 256, ToPort: 0 })).toThrow(MalformedValue);
    expect(() => only({ IpProtocol: 'icmp', FromPort: 8, ToPort: -2 })).toThrow(MalformedValue);
  });
});

describe('the rules of a group', () => {
  it('are one row per peer, of every kind of peer', () => {
    const found = rules({
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      IpRanges: [{ CidrIp: '10.0.0.9/8', Description: 'office' }],
      Ipv6Ranges: [{ CidrIpv6: '2001:DB8::/32' }],
      PrefixListIds: [{ PrefixListId: 'pl-1' }],
      UserIdGroupPairs: [
        { GroupId: 'sg-2', UserId: '111122223333', VpcPeeringConnectionId: 'pcx-1', PeeringStatus: 'active' },
      ],
    });
    const where = { direction: 'ingress', protocol: 'tcp', from: 443, to: 443 };
    expect(found).toHaveLength(4);
    expect(found).toEqual(
      expect.arrayContaining([
        { ...where, peer: { type: 'cidr', cidr: '10.0.0.0/8' }, description: 'office' },
        { ...where, peer: { type: 'cidr', cidr: '2001:db8::/32' }, description: null },
        { ...where, peer: { type: 'prefix-list', id: 'pl-1' }, description: null },
        {
          ...where,
          peer: {
            type: 'group',
            id: 'sg-2',
            ownerId: '111122223333',
            name: null,
            vpcId: null,
            peeringConnectionId: 'pcx-1',
            peeringStatus: 'active',
          },
          description: null,
        },
      ]),
    );
  });

  it('keep their direction', () => {
    const permission = { IpProtocol: '-1', IpRanges: ANYWHERE };
    const group = securityGroupFrom({
      GroupId: 'sg-1',
      IpPermissions: [permission],
      IpPermissionsEgress: [permission],
    });
    expect(group.rules.map((rule) => rule.direction)).toEqual(['egress', 'ingress']);
  });

  it('are the same however AWS orders and groups them', () => {
    const rows = fc.uniqueArray(
      fc.record({
        port: fc.integer({ min: 1, max: 5 }),
        cidr: fc.ipV4(),
        text: fc.constantFrom(undefined, 'a', 'b'),
      }),
      { selector: ({ port, cidr }) => `${port} ${cidr}`, maxLength: 8 },
    );
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (list, noise) => {
        const apart = list.map(
          ({ port, cidr, text }): AwsPermission => ({
            IpProtocol: 'tcp',
            FromPort: port,
            ToPort: port,
            IpRanges: [{ CidrIp: cidr, Description: text }],
          }),
        );
        const shuffled = [...apart]
          .map((row) => ({ row, at: noise.next().value }))
          .sort((a, b) => a.at - b.at);
        const together = [1, 2, 3, 4, 5].map(
          (port): AwsPermission => ({
            IpProtocol: '6',
            FromPort: port,
            ToPort: port,
            IpRanges: shuffled.flatMap(({ row }) => (row.FromPort === port ? (row.IpRanges ?? []) : [])),
          }),
        );
        expect(rules(...together)).toEqual(rules(...apart));
      }),
    );
  });

  it('of a group that has none are none', () => {
    expect(securityGroupFrom({ GroupId: 'sg-1', GroupName: 'empty', VpcId: '' })).toMatchObject({
      rules: [],
      vpcId: null,
      description: '',
    });
  });
});

describe('the order of rules', () => {
  it('is that of their JSON, whatever ids and descriptions contain', () => {
    const id = fc.oneof(
      fc.constantFrom('pl-1', 'pl-1 ', 'pl-1!', 'pl-1"', 'pl-1\\', 'pl-10', '\ud800'),
      text,
    );
    const rule = fc.record({
      direction: fc.constantFrom('ingress' as const, 'egress' as const),
      protocol: fc.constantFrom('tcp', 'udp', 'icmp', 'icmpv6', '-1', '5', '50', '51'),
      from: fc.constantFrom(null, -1, 1, 2, 10, 100),
      to: fc.constantFrom(null, -1, 10, 100, 101, 1000),
      peer: fc.oneof(
        id.map((id) => ({ type: 'prefix-list' as const, id })),
        fc
          .constantFrom('10.0.0.0/8', '10.0.0.0/9', '10.0.0.0/24', '2001:db8::/32', '::/0')
          .map((cidr) => ({ type: 'cidr' as const, cidr })),
      ),
      description: fc.oneof(fc.constantFrom(null, '', 'a', 'a b', 'a!', 'a"', 'a\n', 'ab'), text),
    });
    const json = (r: Rule) => JSON.stringify([r.direction, ruleText(r), r.description]);
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), (rows) => {
        const written = rows.map(json).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(sortedRules(rows).map(json)).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });
});

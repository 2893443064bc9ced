import { describe, expect, it } from 'vitest';
import type { AwsPermission } from '../../../src/inventory/security-group.ts';
import type { AwsVpc } from '../../../src/inventory/vpc.ts';
import { allow, auditGroups, finding, found, group, linesOf, stateOf, VPC } from '../../kit/estate.ts';

const block = (State: string) => ({
  Ipv6CidrBlock: '2001:db8::/56',
  Ipv6CidrBlockState: { State },
});
const V6: AwsVpc = { ...VPC, Ipv6CidrBlockAssociationSet: [block('associated')] };
const ALL4 = allow('-1', undefined, undefined, '0.0.0.0/0');
const ALL6 = allow('-1', undefined, undefined, '::/0');
const out = (rows: AwsPermission[]) => [group('web', [], { IpPermissionsEgress: rows })];

/** The wider side first on the source, then on the target. */
function both(wide: AwsPermission[], narrow: AwsPermission[], wideVpc: AwsVpc[], narrowVpc: AwsVpc[]) {
  return [
    finding(
      auditGroups(out(wide), out(narrow), { source: { vpcs: wideVpc }, target: { vpcs: narrowVpc } }),
      'security-group/allows-less',
    ),
    finding(
      auditGroups(out(narrow), out(wide), { source: { vpcs: narrowVpc }, target: { vpcs: wideVpc } }),
      'security-group/allows-more',
    ),
  ];
}

describe("AWS's own row to ::/0 that one side lacks", () => {
  it.each<[string, AwsPermission[], AwsPermission[], AwsVpc[]]>([
    ['beside the row for IPv4 on both sides', [ALL4, ALL6], [ALL4], [VPC]],
    [
      'in one row with the range of IPv4',
      [allow('-1', undefined, undefined, '0.0.0.0/0', '::/0')],
      [ALL4],
      [VPC],
    ],
    [
      'where the IPv4 row was narrowed alike on both sides',
      [allow('tcp', 443, 443, '0.0.0.0/0'), ALL6],
      [allow('tcp', 443, 443, '0.0.0.0/0')],
      [VPC],
    ],
    [
      'where the IPv6 range of that VPC was taken away',
      [ALL4, ALL6],
      [ALL4],
      [{ ...VPC, Ipv6CidrBlockAssociationSet: [block('disassociated')] }],
    ],
  ])('is explained by a VPC without IPv6, with nothing to type: %s', (_, wide, narrow, vpcs) => {
    for (const f of both(wide, narrow, [V6], vpcs)) {
      expect(f).toMatchObject({ severity: 'info', facts: { explained: expect.stringContaining('no IPv6') } });
      expect(f.remedy).toMatch(/^Nothing to do while/);
      expect(linesOf(f)).toEqual([]);
    }
  });

  it.each<[string, AwsPermission[], AwsPermission[], AwsVpc[]]>([
    ['the VPC has IPv6 as well', [ALL4, ALL6], [ALL4], [V6]],
    ['the VPC is not known', [ALL4, ALL6], [ALL4], []],
    ['the ranges of the VPC are not known', [ALL4, ALL6], [ALL4], [{ VpcId: 'vpc-1' }]],
    ['IPv4 differs in the same direction', [ALL4, ALL6], [allow('tcp', 443, 443, '0.0.0.0/0')], [VPC]],
    ['one protocol to ::/0 was written', [ALL4, allow('tcp', 443, 443, '::/0')], [ALL4], [VPC]],
    ['ICMPv6 to ::/0 was written', [ALL4, allow('icmpv6', -1, -1, '::/0')], [ALL4], [VPC]],
    [
      'every protocol to one prefix was written',
      [ALL4, allow('-1', undefined, undefined, '2001:db8::/32')],
      [ALL4],
      [VPC],
    ],
    [
      'both halves of ::/0 were written',
      [ALL4, allow('-1', undefined, undefined, '::/1', '8000::/1')],
      [ALL4],
      [VPC],
    ],
  ])('is an ordinary difference where %s', (_, wide, narrow, vpcs) => {
    for (const f of both(wide, narrow, [V6], vpcs)) {
      expect(f).toMatchObject({ facts: { explained: null } });
      expect(['high', 'critical']).toContain(f.severity);
      expect(linesOf(f).length).toBeGreaterThan(0);
    }
  });

  it('is an ordinary difference of ingress, whatever the VPCs have', () => {
    const report = auditGroups([group('web', [ALL6])], [group('web', [])], { source: { vpcs: [V6] } });
    expect(finding(report, 'security-group/allows-less')).toMatchObject({
      severity: 'high',
      facts: { direction: 'ingress', explained: null },
    });
  });

  it('does not hide that the group blocks something else in the other part of the difference', () => {
    const report = auditGroups(out([ALL4, ALL6]), out([ALL4, allow('tcp', 443, 443, '2001:db8::/32')]), {
      source: { vpcs: [V6] },
    });
    expect(found(report)).toEqual(['security-group/allows-less info']);
    expect(stateOf(report, 'security-group', 'web')).toBe('same');
  });
});

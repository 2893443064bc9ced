import { describe, expect, it } from 'vitest';
import type { AwsPermission, AwsSecurityGroup } from '../../../src/inventory/security-group.ts';
import type { Report } from '../../../src/report/model.ts';
import { allow, auditGroups, type Estate, finding, found, group, linesOf, VPC } from '../../kit/estate.ts';
import { applied, modelOf } from './model.ts';

const ANY = '0.0.0.0/0';
const egress = (rows: AwsPermission[]) => group('web', [], { IpPermissionsEgress: rows });
const ingress = (rows: AwsPermission[]) => group('web', rows);

/** No rule can say "all but", and no two findings type the same line or undo what the other does. */
function soundRemedies(report: Report): void {
  for (const { remedy } of report.findings) expect(remedy).not.toMatch(/\bexcept\b|\bbut\b|all protocols/);
  // A look-up of an id that a finding needs changes nothing.
  const lines = report.findings.flatMap(linesOf).filter((line) => !line.includes('$(aws ec2 describe-'));
  expect(new Set(lines).size).toBe(lines.length);
  const rowsOf = (does: string) =>
    lines
      .filter((line) => line.includes(` ${does}-security-group-`))
      .map((line) => line.replace(does, '').replace(/,"Description":"[^"]*"/g, ''));
  const authorized = new Set(rowsOf('authorize'));
  expect(rowsOf('revoke').filter((line) => authorized.has(line))).toEqual([]);
}

/** Each is tried as it is and with the sides swapped, in both directions of traffic. */
const DIFFERENCES: readonly (readonly [string, AwsPermission[], AwsPermission[]])[] = [
  ['all ICMP and ping', [allow('icmp', -1, -1, '10.0.0.0/8')], [allow('icmp', 8, -1, '10.0.0.0/8')]],
  [
    'two codes of one ICMP type and all of them',
    [allow('icmp', 3, 4, ANY), allow('icmp', 3, 1, ANY)],
    [allow('icmp', 3, -1, ANY)],
  ],
  [
    'all ICMPv6 and the packets that report a size',
    [allow('icmpv6', -1, -1, '::/0')],
    [allow('icmpv6', 2, 0, '::/0')],
  ],
  [
    'every protocol and TCP',
    [allow('-1', undefined, undefined, '10.0.0.0/8')],
    [allow('tcp', 0, 65535, '10.0.0.0/8')],
  ],
  [
    'every protocol and GRE',
    [allow('-1', undefined, undefined, '10.0.0.0/8')],
    [allow('47', undefined, undefined, '10.0.0.0/8')],
  ],
  ['every address and one network', [allow('tcp', 22, 22, ANY)], [allow('tcp', 22, 22, '10.0.0.0/8')]],
  [
    'one network and two in it',
    [allow('tcp', 22, 22, '10.0.0.0/8')],
    [allow('tcp', 22, 22, '10.1.0.0/16'), allow('tcp', 22, 22, '10.200.0.0/16')],
  ],
  [
    'two halves and the middle',
    [allow('tcp', 80, 80, '0.0.0.0/1', '128.0.0.0/1')],
    [allow('tcp', 80, 80, '64.0.0.0/2')],
  ],
  [
    'every port and the ports around one',
    [allow('tcp', 0, 65535, ANY)],
    [allow('tcp', 0, 21, ANY), allow('tcp', 23, 65535, ANY)],
  ],
  [
    'ranges of ports that overlap',
    [allow('tcp', 100, 200, '10.0.0.0/8')],
    [allow('tcp', 150, 250, '10.0.0.0/8')],
  ],
  [
    'ranges of addresses of both families',
    [allow('tcp', 443, 443, ANY, '::/0')],
    [allow('tcp', 443, 443, '10.0.0.0/8', '2001:db8::/32')],
  ],
  [
    'the group itself and a network',
    [allow('-1', undefined, undefined, 'sg-web')],
    [allow('-1', undefined, undefined, '10.0.0.0/8')],
  ],
  ['all of UDP and DNS', [allow('udp', 0, 65535, '10.0.0.0/8')], [allow('udp', 53, 53, '10.0.0.0/8')]],
];

describe.each([
  ['ingress', ingress],
  ['egress', egress],
] as const)('the remedies of a difference of %s', (direction, groupOf) => {
  it.each(
    DIFFERENCES.flatMap(([what, a, b]) => [
      [what, a, b] as const,
      [`${what}, the other way round`, b, a] as const,
    ]),
  )('name rows, keep what both admit at each step, and leave no difference: %s', (_, source, target) => {
    const report = auditGroups([groupOf(source)], [groupOf(target)]);
    soundRemedies(report);
    const lines = report.findings.flatMap(linesOf);
    expect(lines.length).toBeGreaterThan(0);
    const revokes = lines.findIndex((line) => line.includes(' revoke-'));
    const lastAuthorize = lines.findLastIndex((line) => line.includes(' authorize-'));
    if (revokes >= 0) expect(lastAuthorize).toBeLessThan(revokes);
    const model = modelOf([groupOf(target)], 60);
    applied(model, lines, () => {
      expect(model.rows('sg-web', direction).length).toBeGreaterThan(0);
    });
    expect(found(auditGroups([groupOf(source)], model.groups())).filter((f) => f.includes('allows'))).toEqual(
      [],
    );
  });
});

describe('where a missing object is the cause of a difference', () => {
  const list = (id: string, name: string, entries: string[]) => ({
    PrefixListId: id,
    PrefixListName: name,
    OwnerId: '111122223333',
    AddressFamily: 'IPv4',
    MaxEntries: 5,
    Entries: entries,
  });
  const toList = (id: string) => [allow('tcp', 443, 443, id)];
  const both = (rows: AwsPermission[]): AwsSecurityGroup[] => [
    group('a', rows, { IpPermissionsEgress: rows }),
    group('b', rows),
  ];
  const none: AwsSecurityGroup[] = [group('a', []), group('b', [])];
  const pl: Estate = { prefixLists: [list('pl-1', 'corp', ['10.0.0.0/8'])] };

  it('a list that several groups name in both directions: the remedies say that and nothing else', () => {
    const report = auditGroups(both(toList('pl-1')), none, { source: pl });
    const less = report.findings.filter((f) => f.rule === 'security-group/allows-less');
    expect(less).toHaveLength(3);
    for (const f of less) {
      expect(f.remedy).toBe(
        'First create prefix list "corp" in eu-west-1 (prefix-list/missing): rules of the source name it. The commands are listed with the finding prefix-list/missing of "corp".',
      );
      expect(linesOf(f)).toEqual([]);
    }
    soundRemedies(report);
  });

  it('a list with other entries: its own finding has the commands', () => {
    const report = auditGroups(both(toList('pl-1')), both(toList('pl-9')), {
      source: pl,
      target: { prefixLists: [list('pl-9', 'corp', ['10.1.0.0/16'])] },
    });
    for (const f of report.findings.filter((one) => one.rule === 'security-group/allows-less')) {
      expect(f.remedy).toContain('(prefix-list/entries-differ)');
      expect(f.remedy).not.toMatch(/Authorize|revoke/i);
      expect(linesOf(f)).toEqual([]);
    }
    expect(linesOf(finding(report, 'prefix-list/entries-differ')).length).toBeGreaterThan(0);
    soundRemedies(report);
  });

  it.each<[string, AwsSecurityGroup[], AwsSecurityGroup[]]>([
    [
      'one that two groups name',
      [
        group('lb', []),
        group('a', [allow('tcp', 80, 80, 'sg-lb')]),
        group('b', [allow('tcp', 81, 81, 'sg-lb')]),
      ],
      [group('a', []), group('b', [])],
    ],
    [
      'two that name each other',
      [group('x', [allow('tcp', 1, 1, 'sg-y')]), group('y', [allow('tcp', 2, 2, 'sg-x')])],
      [],
    ],
    [
      'three in a circle, which one that exists names',
      [
        group('x', [allow('tcp', 1, 1, 'sg-y')]),
        group('y', [allow('tcp', 2, 2, 'sg-z')]),
        group('z', [allow('tcp', 3, 3, 'sg-x')]),
        group('a', [allow('tcp', 4, 4, 'sg-x')]),
      ],
      [group('a', [])],
    ],
    [
      'one that names itself and whose user is wider on the target',
      [group('x', [allow('-1', undefined, undefined, 'sg-x')]), group('a', [allow('tcp', 4, 4, 'sg-x')])],
      [group('a', [allow('tcp', 4, 4, ANY)])],
    ],
  ])('a missing group: %s', (_, source, target) => {
    const report = auditGroups(source, target);
    soundRemedies(report);
    const model = modelOf(target, 60);
    applied(model, report.findings.flatMap(linesOf), () => {});
    const left = auditGroups(source, model.groups());
    expect(found(left).filter((f) => /missing/.test(f))).toEqual([]);
    // What the new group is to be admitted instead of is revoked in a second run, once it exists.
    applied(model, left.findings.flatMap(linesOf), () => {});
    expect(found(auditGroups(source, model.groups())).filter((f) => /missing|allows/.test(f))).toEqual([]);
  });

  it('is the only command of its kind: each group is created once', () => {
    const report = auditGroups(
      [
        group('lb', []),
        group('a', [allow('tcp', 80, 80, 'sg-lb')]),
        group('b', [allow('tcp', 80, 80, 'sg-lb')]),
      ],
      [group('a', []), group('b', [])],
      { source: { vpcs: [VPC] } },
    );
    const created = report.findings.flatMap(linesOf).filter((l) => l.includes('create-security-group'));
    expect(created).toHaveLength(1);
  });
});

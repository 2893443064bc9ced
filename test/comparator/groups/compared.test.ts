import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsPermission } from '../../../src/inventory/security-group.ts';
import { allow, auditGroups, found, group, pairOf } from '../../kit/estate.ts';

type Permissions = readonly AwsPermission[];

/** "source 22 10.0.0.0/8 covered", in the order of the report. */
function states(source: Permissions | null, target: Permissions | null): string[] {
  const of = (permissions: Permissions | null) => (permissions === null ? [] : [group('web', permissions)]);
  const report = auditGroups(of(source), of(target));
  return (pairOf(report, 'security-group', 'web').compared?.rows ?? []).map(
    ({ side, ports, peer, via, state }) =>
      [side, ports, peer, ...(via === undefined ? [] : [`(${via})`]), state].join(' '),
  );
}

describe('both sides of a security group', () => {
  it.each<[string, Permissions | null, Permissions | null, string[]]>([
    [
      'rules of one side alone',
      [allow('tcp', 22, 22, '10.0.0.0/8'), allow('tcp', 80, 80, '10.0.0.0/8')],
      [allow('tcp', 22, 22, '10.0.0.0/8'), allow('tcp', 443, 443, '10.0.0.0/8')],
      [
        'source 22 10.0.0.0/8 same',
        'target 22 10.0.0.0/8 same',
        'source 80 10.0.0.0/8 source-only',
        'target 443 10.0.0.0/8 target-only',
      ],
    ],
    [
      'what is written differently and admits the same',
      [allow('tcp', 80, 80, '10.0.0.0/9', '10.128.0.0/9'), allow('tcp', 22, 22, '10.0.0.0/8')],
      [allow('tcp', 80, 80, '10.0.0.0/8')],
      [
        'source 22 10.0.0.0/8 source-only',
        'target 80 10.0.0.0/8 covered',
        'source 80 10.0.0.0/9 covered',
        'source 80 10.128.0.0/9 covered',
      ],
    ],
    [
      'what the target alone opens to any address',
      [allow('tcp', 22, 22, '203.0.113.0/24')],
      [allow('tcp', 22, 22, '0.0.0.0/0')],
      ['target 22 0.0.0.0/0 open-to-world', 'source 22 203.0.113.0/24 covered'],
    ],
    [
      'what both open to any address, and what the source alone opens',
      [allow('tcp', 80, 443, '0.0.0.0/0')],
      [allow('tcp', 443, 443, '0.0.0.0/0'), allow('tcp', 22, 22, '10.0.0.0/8')],
      [
        'target 22 10.0.0.0/8 target-only',
        'source 80-443 0.0.0.0/0 source-only',
        'target 443 0.0.0.0/0 covered',
      ],
    ],
    [
      'a group without a counterpart',
      [allow('tcp', 22, 22, '10.0.0.0/8')],
      null,
      ['source 22 10.0.0.0/8 source-only'],
    ],
    [
      'a group of the target alone that is open',
      null,
      [allow('tcp', 22, 22, '0.0.0.0/0'), allow('tcp', 23, 23, '10.0.0.0/8')],
      ['target 22 0.0.0.0/0 open-to-world', 'target 23 10.0.0.0/8 target-only'],
    ],
    [
      'a peer that cannot be resolved',
      [allow('tcp', 22, 22, 'sg-gone'), allow('tcp', 23, 23, '10.0.0.0/8')],
      [allow('tcp', 24, 24, '10.0.0.0/8')],
      [
        'source 22 group:/sg-gone unknown',
        'source 23 10.0.0.0/8 source-only',
        'target 24 10.0.0.0/8 target-only',
      ],
    ],
  ])('states %s', (_, source, target, expected) => {
    expect(states(source, target)).toEqual(expected);
  });

  it('a rule with a list without entries is covered, since it admits nothing', () => {
    const lists = {
      prefixLists: [
        { PrefixListId: 'pl-1', PrefixListName: 'offices', OwnerId: '111122223333', Entries: [] },
      ],
    };
    const report = auditGroups(
      [group('web', [allow('tcp', 22, 22, 'pl-1')])],
      [group('web', [allow('tcp', 22, 22, '10.0.0.0/8')])],
      { source: lists },
    );
    const rows = pairOf(report, 'security-group', 'web').compared?.rows ?? [];
    expect(rows.map((r) => `${r.side} ${r.state}`)).toEqual(['target target-only', 'source covered']);
  });

  it('is in the order of addresses as numbers, not as text', () => {
    const peers = ['9.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '2001:db8::/32'];
    expect(
      states([allow('tcp', 22, 22, ...[...peers].reverse())], []).map((row) => row.split(' ')[2]),
    ).toEqual(peers);
  });

  it('expands prefix lists, and compares the entries of two lists by their addresses', () => {
    const list = (...Entries: string[]) => ({
      prefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'offices', OwnerId: '111122223333', Entries }],
    });
    const web = group('web', [allow('tcp', 22, 22, 'pl-1')]);
    const report = auditGroups([web], [web], {
      source: list('10.0.0.0/9', '10.128.0.0/9', '192.0.2.0/28'),
      target: list('10.0.0.0/8', '192.0.2.16/28'),
    });
    const { compared } = pairOf(report, 'security-group', 'web');
    expect(compared?.rows?.map((r) => `${r.side} ${r.peer} ${r.via} ${r.state}`)).toEqual([
      'target 10.0.0.0/8 offices covered',
      'source 10.0.0.0/9 offices covered',
      'source 10.128.0.0/9 offices covered',
      'source 192.0.2.0/28 offices source-only',
      'target 192.0.2.16/28 offices target-only',
    ]);
    const fields = pairOf(report, 'prefix-list', 'offices').compared?.fields ?? [];
    expect(fields.filter((f) => !f.same).map((f) => f.source ?? f.target)).toEqual([
      '192.0.2.0/28',
      '192.0.2.16/28',
    ]);
  });

  it('counts the equal entries of a long prefix list where many groups name it, so that the report stays in proportion', () => {
    const Entries = Array.from({ length: 1000 }, (_, n) => `10.${Math.floor(n / 250)}.${n % 250}.0/30`);
    const list = (...entries: string[]) => ({
      prefixLists: [
        { PrefixListId: 'pl-1', PrefixListName: 'offices', OwnerId: '111122223333', Entries: entries },
      ],
    });
    const groups = Array.from({ length: 80 }, (_, n) => group(`web${n}`, [allow('tcp', 22, 22, 'pl-1')]));
    const report = auditGroups(groups, groups, {
      source: list(...Entries),
      target: list(...Entries.slice(1), '192.0.2.0/28'),
    });
    const rows = report.pairs.flatMap((p) => (p.kind === 'security-group' ? [p.compared?.rows ?? []] : []));
    expect(rows.map((r) => r.length).sort((a, b) => a - b)).toEqual([
      ...Array.from({ length: 30 }, () => 4),
      ...Array.from({ length: 50 }, () => 2000),
    ]);
    const short = rows.find((r) => r.length === 4);
    expect(short?.map((r) => `${r.side} ${r.peer} ${r.via} ${r.entries ?? 1} ${r.state}`)).toEqual([
      'source 10.0.0.0/30 offices 1 source-only',
      'target 192.0.2.0/28 offices 1 target-only',
      'source prefix-list:offices offices 999 same',
      'target prefix-list:offices offices 999 same',
    ]);
    expect(found(report).filter((f) => f.startsWith('security-group/allows-less'))).toHaveLength(80);
  });

  it('counts the rules that both sides have where very many groups have findings, so that the report stays in proportion', () => {
    const ranges = Array.from({ length: 1000 }, (_, n) => `10.${Math.floor(n / 250)}.${n % 250}.0/30`);
    const side = (Description: string) =>
      [
        ...Array.from({ length: 130 }, (_, n) => group(`web${n}`, [allow('tcp', 22, 22, ...ranges)])),
        group('xs', [allow('tcp', 22, 22, ...ranges.slice(0, 9))]),
      ].map((one) => ({ ...one, Description }));
    const report = auditGroups(side('one'), side('other'));
    const rows = report.pairs.flatMap((p) => (p.kind === 'security-group' ? [p.compared?.rows ?? []] : []));
    expect(rows.map((r) => r.length).sort((a, b) => a - b)).toEqual([
      ...Array.from({ length: 5 }, () => 2),
      18,
      ...Array.from({ length: 125 }, () => 2000),
    ]);
    const short = rows.find((r) => r.length === 2);
    expect(short?.map((r) => `${r.side} ${r.ports} ${r.peer} ${r.entries} ${r.state}`)).toEqual([
      'source various rules that both sides have 1000 same',
      'target various rules that both sides have 1000 same',
    ]);
  }, 240_000);

  it('is absent where the pair has no finding', () => {
    const same = [allow('tcp', 22, 22, '10.0.0.0/8')];
    const report = auditGroups([group('web', same)], [group('web', same)]);
    expect(pairOf(report, 'security-group', 'web').compared).toBeUndefined();
  });

  it('has every rule of both sides once, and calls alike what both sides have', () => {
    const permission = fc
      .tuple(
        fc.constantFrom(22, 80, 443),
        fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0', '192.0.2.1/32'),
      )
      .map(([port, cidr]) => allow('tcp', port, port, cidr));
    const some = fc.uniqueArray(permission, { maxLength: 6, selector: (p) => JSON.stringify(p) });
    fc.assert(
      fc.property(some, some, (source, target) => {
        const rows = states(source, target);
        if (rows.length === 0) return;
        expect(rows).toHaveLength(source.length + target.length);
        const alike = (side: string) =>
          rows.filter((r) => r.startsWith(side) && r.endsWith(' same')).map((r) => r.slice(side.length));
        expect(alike('source')).toEqual(alike('target'));
        const only = (state: string) => rows.some((r) => r.endsWith(state));
        // A difference of traffic and a row that shows it go together.
        const report = auditGroups([group('web', source)], [group('web', target)]);
        const found = (rule: string) => report.findings.some((f) => f.rule === rule);
        expect(only('source-only')).toBe(found('security-group/allows-less'));
        expect(only('target-only') || only('open-to-world')).toBe(found('security-group/allows-more'));
      }),
      { numRuns: 60 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { AwsPermission } from '../../../src/inventory/security-group.ts';
import { isOf } from '../../../src/report/model.ts';
import {
  allow,
  audit,
  auditGroups,
  finding,
  found,
  group,
  linesOf,
  pairOf,
  stateOf,
  VPC,
} from '../../kit/estate.ts';

const same = (source: Parameters<typeof group>[1], target: Parameters<typeof group>[1], options = {}) =>
  auditGroups([group('web', source)], [group('web', target)], options);

describe('the same traffic is the same, however it is written', () => {
  it.each([
    [
      'two halves of a range',
      [allow('tcp', 80, 80, '10.0.0.0/9', '10.128.0.0/9')],
      [allow('tcp', 80, 80, '10.0.0.0/8')],
    ],
    [
      'adjacent ports',
      [allow('tcp', 80, 80, '10.0.0.0/8'), allow('tcp', 81, 81, '10.0.0.0/8')],
      [allow('tcp', 80, 81, '10.0.0.0/8')],
    ],
    [
      'a port inside a wider range',
      [allow('tcp', 0, 65535, '10.0.0.0/8'), allow('tcp', 22, 22, '10.0.0.0/8')],
      [allow('tcp', 0, 65535, '10.0.0.0/8')],
    ],
    [
      'anything inside all traffic',
      [allow('-1', undefined, undefined, '10.0.0.0/8'), allow('udp', 53, 53, '10.1.0.0/16')],
      [allow('-1', undefined, undefined, '10.0.0.0/8')],
    ],
  ])('%s', (_, source, target) => {
    const report = same(source, target);
    expect(found(report)).toEqual(['security-group/written-differently info']);
    expect(stateOf(report, 'security-group', 'web')).toBe('same');
    expect(report.verdict).toBe('parity');
  });

  it.each([
    [
      'protocol names and numbers',
      [allow('6', 443, 443, '10.0.0.0/8')],
      [allow('TCP', 443, 443, '10.0.0.0/8')],
    ],
    [
      '58 and icmpv6',
      [allow('58', -1, -1, '2001:db8::/32')],
      [allow('icmpv6', undefined, undefined, '2001:DB8:0::/32')],
    ],
    [
      'absent ports, 0/0 and -1/-1 of ESP',
      [allow('50', 0, 0, '192.0.2.1/32')],
      [allow('50', undefined, undefined, '192.0.2.1')],
    ],
    [
      'all traffic with and without -1/-1',
      [allow('-1', -1, -1, '10.0.0.0/8')],
      [allow('-1', undefined, undefined, '10.0.0.0/8')],
    ],
    ['host bits', [allow('tcp', 22, 22, '100.68.0.18/18')], [allow('tcp', 22, 22, '100.68.0.0/18')]],
    ['IPv6 spellings', [allow('tcp', 22, 22, '2001:0DB8:0:0::/64')], [allow('tcp', 22, 22, '2001:db8::/64')]],
    [
      'the order of rules',
      [allow('tcp', 22, 22, '10.0.0.0/8'), allow('udp', 53, 53, '10.0.0.0/8')],
      [allow('udp', 53, 53, '10.0.0.0/8'), allow('tcp', 22, 22, '10.0.0.0/8')],
    ],
    [
      'how peers are grouped into permissions',
      [allow('tcp', 22, 22, '10.0.0.0/8', '192.168.0.0/16')],
      [allow('tcp', 22, 22, '192.168.0.0/16'), allow('tcp', 22, 22, '10.0.0.0/8')],
    ],
  ])('%s is not even another way to write it', (_, source, target) => {
    expect(found(same(source, target))).toEqual([]);
  });
});

describe('a difference is exact', () => {
  it('all traffic is more than tcp, udp and icmp together', () => {
    const report = same(
      [allow('-1', undefined, undefined, '10.0.0.0/8')],
      [
        allow('tcp', 0, 65535, '10.0.0.0/8'),
        allow('udp', 0, 65535, '10.0.0.0/8'),
        allow('icmp', -1, -1, '10.0.0.0/8'),
      ],
    );
    expect(finding(report, 'security-group/allows-less')).toMatchObject({
      severity: 'high',
      facts: {
        direction: 'ingress',
        traffic: [{ protocol: 'all', exceptProtocols: ['tcp', 'udp', 'icmp'], peers: ['10.0.0.0/8'] }],
      },
    });
  });

  it('less and more are reported per direction, with a packet that shows it', () => {
    const report = auditGroups(
      [
        group('web', [allow('tcp', 443, 443, '10.0.0.0/8')], {
          IpPermissionsEgress: [allow('tcp', 80, 80, '192.0.2.0/24')],
        }),
      ],
      [group('web', [allow('tcp', 443, 444, '10.0.0.0/9')], { IpPermissionsEgress: [] })],
    );
    expect(found(report)).toEqual([
      'security-group/allows-less high',
      'security-group/allows-less high',
      'security-group/allows-more high',
    ]);
    const more = finding(report, 'security-group/allows-more');
    expect(more.facts).toMatchObject({
      traffic: [{ protocol: 'tcp', ports: '444', peers: ['10.0.0.0/9'] }],
      witness: { protocol: 'tcp', port: 444 },
    });
    const directions = report.findings.flatMap((f) =>
      isOf(f, 'security-group/allows-less') ? f.facts.direction : [],
    );
    expect(directions.sort()).toEqual(['egress', 'ingress']);
    expect(more.message).toBe(
      'On the target "web" admits what the source blocks: ingress tcp 444 from 10.0.0.0/9.',
    );
  });

  it('one address more in a group of 50 is that address, and not 50', () => {
    const fifty = Array.from({ length: 50 }, (_, i) => `192.0.2.${2 * i}/32`);
    const report = same(
      [allow('tcp', 443, 443, ...fifty)],
      [allow('tcp', 443, 443, ...fifty, '198.51.100.7/32')],
    );
    expect(finding(report, 'security-group/allows-more').facts.traffic).toEqual([
      { protocol: 'tcp', ports: '443', peers: ['198.51.100.7/32'] },
    ]);
  });

  it.each(['0.0.0.0/0', '::/0'])('newly open to %s is critical', (world) => {
    expect(
      found(same([allow('tcp', 22, 22, '10.0.0.0/8')], [allow('tcp', 22, 22, '10.0.0.0/8', world)])),
    ).toEqual(['security-group/allows-more critical']);
  });

  it('newly open in two halves is critical too', () => {
    expect(found(same([], [allow('tcp', 22, 22, '0.0.0.0/1', '128.0.0.0/1')]))).toEqual([
      'security-group/allows-more critical',
    ]);
  });

  it('a door that stood open to the world already and opens by another port is critical, by an address it is not', () => {
    expect(found(same([allow('tcp', 22, 22, '0.0.0.0/0')], [allow('tcp', 22, 23, '0.0.0.0/0')]))).toEqual([
      'security-group/allows-more critical',
    ]);
    expect(
      found(
        same(
          [allow('tcp', 22, 22, '0.0.0.0/0')],
          [allow('tcp', 22, 22, '0.0.0.0/0'), allow('tcp', 23, 23, '10.0.0.0/8')],
        ),
      ),
    ).toEqual(['security-group/allows-more high']);
  });
});

describe('peers are compared by what they mean', () => {
  it('a referenced group by its counterpart, whatever the ids', () => {
    const report = auditGroups(
      [group('app', [allow('tcp', 80, 80, 'sg-1')]), group('web', [], { GroupId: 'sg-1' })],
      [group('app', [allow('tcp', 80, 80, 'sg-2')]), group('web', [], { GroupId: 'sg-2' })],
    );
    expect(found(report)).toEqual([]);
  });

  it('a reference to itself is itself', () => {
    const report = auditGroups(
      [group('app', [allow('-1', undefined, undefined, 'sg-1')], { GroupId: 'sg-1' })],
      [group('app', [allow('-1', undefined, undefined, 'sg-2')], { GroupId: 'sg-2' })],
    );
    expect(found(report)).toEqual([]);
  });

  it('another group in its place is a difference, in both directions', () => {
    const groups = (peer: string) => [
      group('app', [allow('tcp', 80, 80, peer)]),
      group('web', []),
      group('db', []),
    ];
    const report = auditGroups(groups('sg-web'), groups('sg-db'));
    expect(finding(report, 'security-group/allows-less').facts.traffic).toEqual([
      { protocol: 'tcp', ports: '80', peers: ['group:default/web'] },
    ]);
    expect(finding(report, 'security-group/allows-more').facts.traffic).toEqual([
      { protocol: 'tcp', ports: '80', peers: ['group:default/db'] },
    ]);
  });

  it('a prefix list by its entries: it equals the same addresses written out', () => {
    const report = auditGroups(
      [group('web', [allow('tcp', 443, 443, 'pl-1')])],
      [group('web', [allow('tcp', 443, 443, '192.0.2.0/24')])],
      {
        source: {
          prefixLists: [
            { PrefixListId: 'pl-1', PrefixListName: 'corp', Entries: ['192.0.2.0/25', '192.0.2.128/25'] },
          ],
        },
      },
    );
    expect(found(report)).toEqual(['prefix-list/missing high', 'security-group/written-differently info']);
    expect(stateOf(report, 'security-group', 'web')).toBe('same');
  });

  it('a rule that names nothing but a prefix list is not dropped', () => {
    const list = (id: string) => ({
      prefixLists: [{ PrefixListId: id, PrefixListName: 'corp', Entries: ['192.0.2.0/24'] }],
    });
    const report = auditGroups([group('web', [allow('tcp', 443, 443, 'pl-1')])], [group('web', [])], {
      source: list('pl-1'),
      target: list('pl-2'),
    });
    expect(finding(report, 'security-group/allows-less').facts.traffic).toEqual([
      { protocol: 'tcp', ports: '443', peers: ['192.0.2.0/24'] },
    ]);
  });

  it("AWS's own lists by their name without the region", () => {
    const list = (id: string, region: string) => ({
      prefixLists: [{ PrefixListId: id, PrefixListName: `com.amazonaws.${region}.s3`, OwnerId: 'AWS' }],
    });
    const report = auditGroups(
      [group('web', [allow('tcp', 443, 443, 'pl-1')])],
      [group('web', [allow('tcp', 443, 443, 'pl-2')])],
      {
        source: list('pl-1', 'us-east-1'),
        target: list('pl-2', 'eu-west-1'),
      },
    );
    expect(found(report)).toEqual([]);
  });

  it('one list name with other entries is a difference, in the list and in the groups that name it', () => {
    const list = (id: string, entry: string) => ({
      prefixLists: [{ PrefixListId: id, PrefixListName: 'corp', Entries: [entry] }],
    });
    const report = auditGroups(
      [group('web', [allow('tcp', 443, 443, 'pl-1')])],
      [group('web', [allow('tcp', 443, 443, 'pl-2')])],
      {
        source: list('pl-1', '192.0.2.0/24'),
        target: list('pl-2', '192.0.2.0/25'),
      },
    );
    expect(found(report)).toEqual(['security-group/allows-less high', 'prefix-list/entries-differ high']);
  });

  it('unread entries make the group undetermined, and no difference is claimed that they could undo', () => {
    const report = auditGroups(
      [group('web', [allow('tcp', 443, 443, '192.0.2.0/24'), allow('tcp', 22, 22, '10.0.0.0/8')])],
      [group('web', [allow('tcp', 443, 443, 'pl-2')])],
      {
        target: { prefixLists: [{ PrefixListId: 'pl-2', PrefixListName: 'corp', Entries: null }] },
      },
    );
    expect(finding(report, 'security-group/allows-less').facts.traffic).toEqual([
      { protocol: 'tcp', ports: '22', peers: ['10.0.0.0/8'] },
    ]);
    const sameButUnread = auditGroups(
      [group('web', [allow('tcp', 443, 443, '192.0.2.0/24')])],
      [group('web', [allow('tcp', 443, 443, 'pl-2')])],
      {
        target: { prefixLists: [{ PrefixListId: 'pl-2', PrefixListName: 'corp', Entries: null }] },
      },
    );
    expect(found(sameButUnread)).toEqual([]);
    expect(stateOf(sameButUnread, 'security-group', 'web')).toBe('undetermined');
    expect(sameButUnread.verdict).not.toBe('parity');
  });

  it('a missing list whose entries were not read is not called empty', () => {
    const report = auditGroups([], [], {
      source: { prefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'corp', Entries: null }] },
    });
    const { facts, message } = finding(report, 'prefix-list/missing');
    expect(facts.entries).toBeNull();
    expect(message).toContain('(entries not read)');
  });

  it.each([
    ['a deleted group', { GroupId: 'sg-gone', UserId: '111122223333' }, 'dangling'],
    ['a group of another account', { GroupId: 'sg-theirs', UserId: '999988887777' }, 'other-account'],
    [
      'a group over a peering',
      { GroupId: 'sg-peer', UserId: '111122223333', VpcPeeringConnectionId: 'pcx-1' },
      'peered-vpc',
    ],
    [
      'a group over a peering that is gone',
      {
        GroupId: 'sg-peer',
        UserId: '111122223333',
        VpcPeeringConnectionId: 'pcx-1',
        PeeringStatus: 'deleted',
      },
      'inactive-peering',
    ],
  ])('%s is an unresolved peer (%#), never a mismatch of ids', (_, pair, reason) => {
    const rule = (id: string) => [
      {
        IpProtocol: 'tcp',
        FromPort: 1,
        ToPort: 1,
        UserIdGroupPairs: [{ ...pair, GroupId: `${pair.GroupId}${id}` }],
      },
    ];
    const report = auditGroups([group('web', rule('1'))], [group('web', rule('2'))]);
    expect(found(report)).toEqual(['security-group/unresolved-peer high']);
    expect(finding(report, 'security-group/unresolved-peer').facts).toMatchObject({
      references: [
        { side: 'source', reason },
        { side: 'target', reason },
      ],
    });
  });
});

describe('pairing', () => {
  const vpc = (VpcId: string, Name?: string, IsDefault = false) => ({
    VpcId,
    IsDefault,
    CidrBlock: '10.0.0.0/16',
    Tags: Name ? [{ Key: 'Name', Value: Name }] : [],
  });
  const one = (name: string, VpcId: string) => group(name, [], { GroupId: `sg-${name}-${VpcId}`, VpcId });

  it('is case-insensitive within a VPC, as EC2 is, and the exact spelling wins', () => {
    expect(pairOf(auditGroups([group('Web', [])], [group('web', [])]), 'security-group', 'Web').state).toBe(
      'same',
    );
    const report = auditGroups(
      [group('Web', []), group('web', [], { GroupId: 'sg-2' })],
      [group('web', []), group('WEB', [], { GroupId: 'sg-3' })],
    );
    expect(report.pairs.map((p) => [p.source?.name, p.target?.name])).toEqual([
      ['Web', 'WEB'],
      ['web', 'web'],
    ]);
  });

  it('keeps groups of one name in different VPCs apart', () => {
    const side = (a: string, b: string) => ({
      vpcs: [vpc(a, 'prod'), vpc(b, 'test')],
      securityGroups: [one('web', a), one('web', b)],
    });
    const report = auditGroups([], [], { source: side('vpc-1', 'vpc-2'), target: side('vpc-9', 'vpc-8') });
    expect(report.pairs.map((p) => [p.scope, p.source?.id, p.target?.id, p.state])).toEqual([
      ['prod', 'sg-web-vpc-1', 'sg-web-vpc-9', 'same'],
      ['test', 'sg-web-vpc-2', 'sg-web-vpc-8', 'same'],
    ]);
  });

  it.each([
    [
      'by config, against all else',
      [vpc('vpc-1', 'prod')],
      [vpc('vpc-8', 'prod'), vpc('vpc-9', 'dr')],
      { vpcs: { prod: 'dr' } },
      'vpc-9',
    ],
    [
      'by config, by id',
      [vpc('vpc-1', 'prod')],
      [vpc('vpc-8', 'prod'), vpc('vpc-9', 'dr')],
      { vpcs: { 'vpc-1': 'vpc-9' } },
      'vpc-9',
    ],
    [
      'default with default',
      [vpc('vpc-1', undefined, true)],
      [vpc('vpc-8', 'x'), vpc('vpc-9', undefined, true)],
      {},
      'vpc-9',
    ],
    ['by Name tag', [vpc('vpc-1', 'prod')], [vpc('vpc-8', 'test'), vpc('vpc-9', 'prod')], {}, 'vpc-9'],
    [
      'as the only ones, whatever they are called',
      [vpc('vpc-1', 'prod-us')],
      [vpc('vpc-9', 'prod-eu')],
      {},
      'vpc-9',
    ],
    [
      'as the only ones left, where no name speaks against it',
      [vpc('vpc-0', undefined, true), vpc('vpc-1')],
      [vpc('vpc-8', undefined, true), vpc('vpc-9')],
      {},
      'vpc-9',
    ],
  ])('VPCs pair %s', (_, from, to, config, expected) => {
    const report = auditGroups([], [], {
      config,
      source: { vpcs: from, securityGroups: [one('web', 'vpc-1')] },
      target: { vpcs: to, securityGroups: [one('web', expected)] },
    });
    expect(pairOf(report, 'security-group', 'web')).toMatchObject({
      state: 'same',
      target: { id: `sg-web-${expected}` },
    });
  });

  it('leaves two VPCs of different names apart and gives the config line that would settle it', () => {
    const report = auditGroups([], [], {
      source: {
        vpcs: [vpc('vpc-0', undefined, true), vpc('vpc-1', 'prod')],
        securityGroups: [one('web', 'vpc-1'), one('only-here', 'vpc-1')],
      },
      target: {
        vpcs: [vpc('vpc-8', undefined, true), vpc('vpc-9', 'dr')],
        securityGroups: [one('web', 'vpc-9')],
      },
    });
    expect(found(report)).toEqual(['security-group/missing high', 'security-group/ambiguous medium']);
    expect(finding(report, 'security-group/ambiguous')).toMatchObject({
      facts: { config: 'vpcs: { "prod": "dr" }' },
    });
    expect(stateOf(report, 'security-group', 'web')).toBe('ambiguous, ambiguous');
    expect(stateOf(report, 'security-group', 'only-here')).toBe('missing-in-target');
  });

  it('lists the first of thousands of candidates and counts the others, so that the report stays in proportion', () => {
    const many = (count: number, first: number) => ({
      vpcs: Array.from({ length: count }, (_, n) => vpc(`vpc-${first + n}`)),
      securityGroups: Array.from({ length: count }, (_, n) => one('web', `vpc-${first + n}`)),
    });
    const report = auditGroups([], [], { source: many(60, 1000), target: many(50, 2000) });
    const ambiguous = report.findings.filter((f) => f.rule === 'security-group/ambiguous');
    expect(ambiguous).toHaveLength(60);
    for (const { facts, message } of ambiguous) {
      expect(facts).toMatchObject({ moreCandidates: 30 });
      expect(facts).toHaveProperty('candidates.length', 20);
      expect(message).toContain(', web (sg-web-vpc-2004) in vpc-2004 and 45 more in ');
      expect(message.length).toBeLessThan(1000);
    }
    expect(report.pairs.filter((p) => p.state === 'ambiguous')).toHaveLength(110);
  });

  it('of a group that cannot be paired is no reason for alarm about those that refer to it', () => {
    const vpcs = (a: string, b: string) => [vpc('vpc-0', undefined, true), vpc(a, a), vpc(b, b)];
    const app = (peer: string) => group('app', [allow('tcp', 80, 80, peer)], { VpcId: 'vpc-0' });
    const report = auditGroups([], [], {
      source: { vpcs: vpcs('vpc-1', 'vpc-2'), securityGroups: [app('sg-web-vpc-1'), one('web', 'vpc-1')] },
      target: { vpcs: vpcs('vpc-8', 'vpc-9'), securityGroups: [app('sg-web-vpc-8'), one('web', 'vpc-8')] },
    });
    expect(found(report)).toEqual([
      'security-group/ambiguous medium',
      'security-group/unresolved-peer medium',
    ]);
    expect(stateOf(report, 'security-group', 'app')).toBe('undetermined');
  });

  it('concludes nothing from VPCs that could not be read', () => {
    const report = auditGroups([], [], {
      source: { unread: ['vpcs'], securityGroups: [one('web', 'vpc-1'), one('web', 'vpc-2')] },
      target: { vpcs: [vpc('vpc-8', 'a'), vpc('vpc-9', 'b')], securityGroups: [one('web', 'vpc-8')] },
    });
    expect(found(report)).toEqual([]);
    expect(report.pairs.map((p) => p.state)).toEqual(['undetermined', 'undetermined', 'undetermined']);
    expect(report).toMatchObject({ complete: false, verdict: 'inconclusive' });
  });

  it('reports a missing group as missing, an extra one as extra, and one that admits anybody as high', () => {
    const report = auditGroups(
      [group('a', [])],
      [group('b', []), group('c', [allow('tcp', 22, 22, '::/0')])],
    );
    expect(found(report)).toEqual([
      'security-group/extra high',
      'security-group/missing high',
      'security-group/extra info',
    ]);
  });

  it('EC2-Classic groups pair with one another', () => {
    const { VpcId: _, ...classic } = group('web', []);
    expect(pairOf(auditGroups([classic], [classic]), 'security-group', 'web')).toMatchObject({
      state: 'same',
      scope: null,
    });
  });
});

describe('no noise', () => {
  const ipv6 = {
    ...VPC,
    Ipv6CidrBlockAssociationSet: [
      { Ipv6CidrBlock: '2001:db8::/56', Ipv6CidrBlockState: { State: 'associated' } },
    ],
  };
  const egress = (...peers: string[]) => ({
    IpPermissionsEgress: peers.map((p) => allow('-1', undefined, undefined, p)),
  });

  it('untouched default groups say nothing', () => {
    const g = (id: string) =>
      group('default', [allow('-1', undefined, undefined, id)], { GroupId: id, ...egress('0.0.0.0/0') });
    expect(found(auditGroups([g('sg-1')], [g('sg-2')]))).toEqual([]);
  });

  it.each<
    [
      string,
      'security-group/allows-more' | 'security-group/allows-less',
      { source: (typeof VPC)[]; target: (typeof VPC)[] },
      string[],
      string[],
    ]
  >([
    [
      'target',
      'security-group/allows-more',
      { source: [VPC], target: [ipv6] },
      ['0.0.0.0/0'],
      ['0.0.0.0/0', '::/0'],
    ],
    [
      'source',
      'security-group/allows-less',
      { source: [ipv6], target: [VPC] },
      ['0.0.0.0/0', '::/0'],
      ['0.0.0.0/0'],
    ],
  ])(
    'egress to ::/0 that only the %s has because its VPC has IPv6 is explained',
    (_, rule, vpcs, from, to) => {
      const report = auditGroups([group('web', [], egress(...from))], [group('web', [], egress(...to))], {
        source: { vpcs: vpcs.source },
        target: { vpcs: vpcs.target },
      });
      expect(finding(report, rule)).toMatchObject({
        severity: 'info',
        facts: { explained: expect.stringContaining('no IPv6') },
      });
      expect(stateOf(report, 'security-group', 'web')).toBe('same');
    },
  );

  it.each<[string, AwsPermission]>([
    ['a port to every IPv6 address', allow('tcp', 443, 443, '::/0')],
    ['all ports of TCP', allow('tcp', 0, 65535, '::/0')],
    ['all protocols to some IPv6 addresses', allow('-1', undefined, undefined, '2001:db8::/32')],
    ['a port to one network', allow('udp', 53, 53, '2001:db8::/48')],
  ])('egress over IPv6 that somebody wrote, %s, is a difference whatever the VPCs have', (_what, row) => {
    const [wide, narrow] = [
      [group('web', [], { IpPermissionsEgress: [row] })],
      [group('web', [], { IpPermissionsEgress: [] })],
    ];
    const ipv6 = { ...VPC, Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: '2001:db8:1::/56' }] };
    for (const [vpcs, a, b, rule] of [
      [{ source: [VPC], target: [ipv6] }, narrow, wide, 'security-group/allows-more'],
      [{ source: [ipv6], target: [VPC] }, wide, narrow, 'security-group/allows-less'],
      [{ source: [VPC], target: [VPC] }, wide, narrow, 'security-group/allows-less'],
    ] as const) {
      const report = auditGroups(a, b, { source: { vpcs: vpcs.source }, target: { vpcs: vpcs.target } });
      expect(finding(report, rule)).toMatchObject({ facts: { explained: null } });
      expect(['high', 'critical']).toContain(finding(report, rule).severity);
    }
  });

  it('descriptions and tags are info', () => {
    const described = (d: string) => [
      { ...allow('tcp', 22, 22), IpRanges: [{ CidrIp: '10.0.0.0/8', Description: d }] },
    ];
    const report = auditGroups(
      [group('web', described('a'), { Description: 'x', Tags: [{ Key: 'k', Value: '1' }] })],
      [group('web', described('b'), { Description: 'y', Tags: [] })],
    );
    expect(found(report)).toEqual([
      'security-group/description-differs info',
      'security-group/tags-differ info',
    ]);
    expect(finding(report, 'security-group/description-differs').facts.rows).toEqual({
      source: ['group: x', 'ingress tcp 22 10.0.0.0/8: a'],
      target: ['group: y', 'ingress tcp 22 10.0.0.0/8: b'],
    });
  });
});

describe("the source VPC's own addresses", () => {
  const vpcs = {
    source: { vpcs: [{ ...VPC, CidrBlock: '10.1.0.0/16' }] },
    target: { vpcs: [{ ...VPC, CidrBlock: '10.2.0.0/16' }] },
  };
  const rule = (cidr: string) => [allow('tcp', 6379, 6379, cidr)];

  it('that stand on both sides are unadapted', () => {
    const report = same(rule('10.1.4.0/24'), rule('10.1.4.0/24'), vpcs);
    expect(found(report)).toEqual(['security-group/unadapted-cidr medium']);
    expect(finding(report, 'security-group/unadapted-cidr').facts).toMatchObject({
      equalRows: ['ingress tcp 6379 10.1.4.0/24'],
    });
  });

  it.each([
    ['a wider range', '10.0.0.0/8'],
    ['a foreign range', '192.168.0.0/16'],
  ])('%s is not theirs', (_, cidr) => {
    expect(found(same(rule(cidr), rule(cidr), vpcs))).toEqual([]);
  });

  it('are nothing to mention where both VPCs have them', () => {
    expect(found(same(rule('10.1.4.0/24'), rule('10.1.4.0/24'), { ...vpcs, target: vpcs.source }))).toEqual(
      [],
    );
  });

  it('are translated by the config', () => {
    const config = { cidrs: { '10.1.0.0/16': '10.2.0.0/16' } };
    expect(found(same(rule('10.1.4.0/24'), rule('10.2.4.0/24'), { ...vpcs, config }))).toEqual([]);
    expect(found(same(rule('10.1.4.0/24'), rule('10.1.4.0/24'), { ...vpcs, config }))).toEqual([
      'security-group/allows-less high',
      'security-group/allows-more high',
    ]);
  });
});

describe('the quota of rules', () => {
  const many = (n: number, family: 4 | 6 = 4) => [
    allow(
      'tcp',
      443,
      443,
      ...Array.from({ length: n }, (_, i) =>
        family === 4 ? `192.0.2.${i}/32` : `2001:db8::${i.toString(16)}/128`,
      ),
    ),
  ];

  it('is 60 per direction and family unless the config says otherwise', () => {
    expect(found(auditGroups([group('g', many(60))], []))).toEqual(['security-group/missing high']);
    expect(found(auditGroups([group('g', many(61))], []))).toContain('security-group/over-quota medium');
    expect(
      found(auditGroups([group('g', many(61))], [], { config: { quotas: { rulesPerGroup: 100 } } })),
    ).not.toContain('security-group/over-quota medium');
    expect(found(auditGroups([group('g', [...many(40), ...many(40, 6)])], []))).toEqual([
      'security-group/missing high',
    ]);
  });

  it('counts a prefix list at its MaxEntries', () => {
    const source = {
      prefixLists: [
        {
          PrefixListId: 'pl-1',
          PrefixListName: 'corp',
          MaxEntries: 61,
          AddressFamily: 'IPv4',
          Entries: ['10.0.0.0/8'],
        },
      ],
    };
    expect(found(auditGroups([group('g', [allow('tcp', 1, 1, 'pl-1')])], [], { source }))).toContain(
      'security-group/over-quota medium',
    );
  });

  it('is no matter where the same number is on the target already', () => {
    expect(found(same(many(61), many(61)))).toEqual([]);
  });
});

it('two halves of the world admit the same packets but track them: an info note', () => {
  const report = same(
    [allow('udp', 53, 53, '0.0.0.0/0')],
    [allow('udp', 53, 53, '0.0.0.0/1', '128.0.0.0/1')],
  );
  expect(found(report)).toEqual([
    'security-group/connection-tracking-differs info',
    'security-group/written-differently info',
  ]);
  expect(stateOf(report, 'security-group', 'web')).toBe('same');
});

it('says what was taken for what: VPCs and how they were paired, ranges and names that the config translated', () => {
  const report = auditGroups(
    [group('web-us', [allow('tcp', 22, 22, '10.1.4.0/24')])],
    [group('web-eu', [allow('tcp', 22, 22, '10.2.4.0/24')])],
    {
      config: { cidrs: { '10.1.0.0/16': '10.2.0.0/16' }, names: { securityGroups: { '(.*)-us': '$1-eu' } } },
    },
  );
  expect(stateOf(report, 'security-group', 'web-us')).toBe('same');
  expect(report.mapping).toEqual({
    vpcs: [
      {
        source: { id: 'vpc-1', name: 'default' },
        target: { id: 'vpc-1', name: 'default' },
        matchedBy: 'default',
      },
    ],
    cidrs: [{ from: '10.1.0.0/16', to: '10.2.0.0/16', rules: 1 }],
    names: [{ kind: 'security-group', from: 'web-us', to: 'web-eu' }],
  });
});

describe('the default security group of a VPC', () => {
  const vpc = (VpcId: string, Name: string) => ({
    VpcId,
    CidrBlock: '10.0.0.0/16',
    Tags: [{ Key: 'Name', Value: Name }],
  });
  const own = (name: string, VpcId: string) => group(name, [allow('tcp', 22, 22, '0.0.0.0/0')], { VpcId });

  it('that is missing comes with its VPC: nobody can create a group of that name', () => {
    const report = audit(
      { vpcs: [vpc('vpc-1', 'a'), vpc('vpc-2', 'b')], securityGroups: [own('default', 'vpc-1')] },
      { vpcs: [vpc('vpc-8', 'c'), vpc('vpc-9', 'd')] },
      { scopes: ['security-groups'] },
    );
    const missing = finding(report, 'security-group/missing');
    expect(missing.remedy).toBe(
      'Create its VPC in eu-west-1, or map it (config: vpcs): each VPC has a default security group. Then give that group the one rule of the source.',
    );
    expect(linesOf(missing)).toEqual([]);
  });

  it('that only the target has cannot be deleted', () => {
    const report = audit(
      { vpcs: [vpc('vpc-1', 'a')] },
      { vpcs: [vpc('vpc-1', 'a')], securityGroups: [own('default', 'vpc-1')] },
      { scopes: ['security-groups'] },
    );
    expect(finding(report, 'security-group/extra').remedy).toBe(
      'It is the default security group of its VPC, which EC2 does not delete. Revoke the rules that open it and that nothing needs.',
    );
  });
});

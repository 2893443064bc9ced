import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, auditGroups, finding, found, group, stateOf, VPC } from '../../kit/estate.ts';

/** The traps that tools for security groups fell into, each by its number. Those of keys and images are in their own folders. */

const SSH = [allow('tcp', 22, 22, '10.0.0.0/8')];
const of = (report: ReturnType<typeof auditGroups>, name: string) =>
  report.findings.filter((f) => f.subject.name === name).map((f) => f.rule);

describe('the identity of a rule without its group', () => {
  it('a rule that moved to another group is less in one and more in the other', () => {
    const report = auditGroups([group('a', SSH), group('b', [])], [group('a', []), group('b', SSH)]);
    expect(of(report, 'a')).toContain('security-group/allows-less');
    expect(of(report, 'b')).toContain('security-group/allows-more');
  });
});

describe('ids are of one region', () => {
  it('groups, rules and peers under other ids are the same', () => {
    const peer = (id: string) => [allow('tcp', 80, 80, id)];
    const report = auditGroups(
      [group('web', peer('sg-111')), group('peer', [], { GroupId: 'sg-111' })],
      [group('web', peer('sg-999'), { GroupId: 'sg-888' }), group('peer', [], { GroupId: 'sg-999' })],
    );
    expect(found(report)).toEqual([]);
  });

  it('a reference to a group of another name is another rule', () => {
    const groups = [group('peer', []), group('other', [])];
    const report = auditGroups(
      [group('web', [allow('tcp', 80, 80, 'sg-peer')]), ...groups],
      [group('web', [allow('tcp', 80, 80, 'sg-other')]), ...groups],
    );
    expect(of(report, 'web').sort()).toEqual(['security-group/allows-less', 'security-group/allows-more']);
  });
});

describe('one address of many is one difference', () => {
  it('and the facts hold that address alone', () => {
    const addresses = Array.from({ length: 30 }, (_, i) => `192.0.2.${i * 2}/32`);
    const report = auditGroups(
      [group('web', [allow('tcp', 443, 443, ...addresses)])],
      [group('web', [allow('tcp', 443, 443, ...addresses.slice(1))])],
    );
    expect(finding(report, 'security-group/allows-less').facts.traffic).toEqual([
      { protocol: 'tcp', ports: '443', peers: ['192.0.2.0/32'] },
    ]);
    expect(of(report, 'web')).toEqual(['security-group/allows-less']);
  });
});

describe('ICMP with a range of IPv6, which EC2 accepts and no packet matches', () => {
  const icmp = allow('icmp', -1, -1, '2001:db8::/32', '::/0');
  const [narrow, wide] = [[group('web', SSH)], [group('web', [...SSH, icmp])]];

  it.each([
    ['security-group/allows-less', wide, narrow],
    ['security-group/allows-more', narrow, wide],
  ] as const)(
    'is %s of severity info, with nothing to do, and the groups are the same',
    (rule, source, target) => {
      const report = auditGroups(source, target);
      expect(finding(report, rule)).toMatchObject({
        severity: 'info',
        facts: { traffic: [{ protocol: 'icmp', icmp: 'all', peers: ['::/0'] }] },
        message: expect.stringContaining('no packet matches'),
        remedy: expect.stringContaining('Nothing to do.'),
      });
      expect(stateOf(report, 'security-group', 'web')).toBe('same');
      expect(report.verdict).toBe('parity');
    },
  );

  it.each([
    ['ICMPv6 from IPv6', allow('icmpv6', -1, -1, '2001:db8::/32')],
    ['ICMP from IPv4', allow('icmp', -1, -1, '192.0.2.0/24')],
    ['ICMP from both', allow('icmp', -1, -1, '2001:db8::/32', '192.0.2.0/24')],
    ['all protocols from IPv6', allow('-1', undefined, undefined, '2001:db8::/32')],
  ])('%s is traffic', (_what, row) => {
    const report = auditGroups([group('web', [...SSH, row])], narrow);
    expect(finding(report, 'security-group/allows-less').severity).toBe('high');
  });
});

describe('prefix lists', () => {
  const listed = (name: string, ...Entries: string[]) => ({
    prefixLists: [
      { PrefixListId: 'pl-1', PrefixListName: name, AddressFamily: 'IPv4', OwnerId: ACCOUNT, Entries },
    ],
  });
  const web = [group('web', [allow('tcp', 443, 443, 'pl-1')])];

  it('a rule that has only a prefix list is compared', () => {
    const source = listed('corp', '192.0.2.0/24');
    const report = auditGroups(web, [group('web', [])], { source, target: source });
    expect(of(report, 'web')).toEqual(['security-group/allows-less']);
  });

  it('one name with other entries is a difference', () => {
    const report = auditGroups(web, web, {
      source: listed('corp', '192.0.2.0/24'),
      target: listed('corp', '192.0.2.0/25'),
    });
    expect(report.verdict).toBe('differences');
    expect(report.findings.map((f) => f.rule)).toContain('prefix-list/entries-differ');
  });

  it('a list of AWS is the same under the name of the other region', () => {
    const aws = (region: string) => ({
      prefixLists: [
        { PrefixListId: 'pl-1', PrefixListName: `com.amazonaws.${region}.s3`, OwnerId: 'AWS', Entries: null },
      ],
    });
    const report = auditGroups(web, web, { source: aws('us-east-1'), target: aws('eu-west-1') });
    expect(stateOf(report, 'security-group', 'web')).toBe('same');
  });
});

describe('IPv6', () => {
  it('a rule for IPv6 alone is compared', () => {
    const report = auditGroups([group('web', [allow('tcp', 22, 22, '2001:db8::/32')])], [group('web', [])]);
    expect(finding(report, 'security-group/allows-less').facts.traffic).toEqual([
      { protocol: 'tcp', ports: '22', peers: ['2001:db8::/32'] },
    ]);
  });

  it('one range in two spellings is one range', () => {
    const report = auditGroups(
      [group('web', [allow('tcp', 22, 22, '2001:0DB8:0:0::/32')])],
      [group('web', [allow('tcp', 22, 22, '2001:db8::/32')])],
    );
    expect(found(report)).toEqual([]);
  });
});

describe('the default group as AWS makes it says nothing', () => {
  it('on both sides, with the rule from itself and egress to everywhere', () => {
    const initial = (id: string) =>
      group('default', [allow('-1', undefined, undefined, id)], {
        GroupId: id,
        IpPermissionsEgress: [allow('-1', undefined, undefined, '0.0.0.0/0')],
      });
    expect(found(auditGroups([initial('sg-1')], [initial('sg-2')]))).toEqual([]);
  });
});

describe('protocols and their numbers', () => {
  it('ICMP has a type and a code, and -1 is every code', () => {
    const report = auditGroups(
      [group('web', [allow('icmp', 3, -1, '10.0.0.0/8')])],
      [group('web', [allow('icmp', 3, 4, '10.0.0.0/8')])],
    );
    const { traffic } = finding(report, 'security-group/allows-less').facts;
    expect(JSON.stringify(traffic)).toContain('"icmp"');
    expect(JSON.stringify(traffic)).not.toContain('"ports"');
  });

  it('all protocols are more than TCP, UDP and ICMP', () => {
    const report = auditGroups(
      [group('web', [allow('-1', undefined, undefined, '10.0.0.0/8')])],
      [
        group('web', [
          allow('tcp', 0, 65535, '10.0.0.0/8'),
          allow('udp', 0, 65535, '10.0.0.0/8'),
          allow('icmp', -1, -1, '10.0.0.0/8'),
        ]),
      ],
    );
    expect(of(report, 'web')).toEqual(['security-group/allows-less']);
  });

  it('58 is icmpv6, 6 is tcp, and ESP has no ports', () => {
    const report = auditGroups(
      [
        group('web', [
          allow('58', -1, -1, '2001:db8::/32'),
          allow('6', 1, 2, '10.0.0.0/8'),
          allow('50', 0, 0, '10.0.0.0/8'),
        ]),
      ],
      [
        group('web', [
          allow('icmpv6', -1, -1, '2001:db8::/32'),
          allow('tcp', 1, 2, '10.0.0.0/8'),
          allow('50', undefined, undefined, '10.0.0.0/8'),
        ]),
      ],
    );
    expect(found(report)).toEqual([]);
  });
});

describe('a name belongs to a VPC', () => {
  const vpcs = ['prod', 'test'].map((name, i) => ({
    ...VPC,
    VpcId: `vpc-${name}`,
    IsDefault: false,
    CidrBlock: `10.${i}.0.0/16`,
    Tags: [{ Key: 'Name', Value: name }],
  }));
  const web = (vpc: string, rules: Parameters<typeof group>[1]) =>
    group('web', rules, { GroupId: `sg-${vpc}`, VpcId: `vpc-${vpc}` });

  it('two groups of one name are two pairs, each in its VPC', () => {
    const report = auditGroups([web('prod', SSH), web('test', [])], [web('prod', []), web('test', SSH)], {
      source: { vpcs },
      target: { vpcs },
    });
    const rules = report.findings.map((f) => `${f.subject.scope} ${f.rule}`);
    expect(rules).toContain('prod security-group/allows-less');
    expect(rules).toContain('test security-group/allows-more');
    expect(report.pairs.filter((p) => p.kind === 'security-group')).toHaveLength(2);
  });

  it('upper and lower case are one name', () => {
    const report = auditGroups([group('Web', SSH)], [group('web', SSH)]);
    expect(report.findings.map((f) => f.rule)).not.toContain('security-group/missing');
  });
});

describe('a group that the region does not list', () => {
  it('a reference to it is never said to be the same without a word', () => {
    const rules = [allow('tcp', 80, 80, 'sg-gone')];
    const report = auditGroups([group('web', rules)], [group('web', rules)]);
    expect(of(report, 'web').length).toBeGreaterThan(0);
  });
});

describe('a rule that is equal and still names the range of the source VPC', () => {
  it('is found', () => {
    const rules = [allow('tcp', 6379, 6379, '10.1.0.0/16')];
    const ranged = (CidrBlock: string) => ({ vpcs: [{ ...VPC, CidrBlock }] });
    const report = auditGroups([group('cache', rules)], [group('cache', rules)], {
      source: ranged('10.1.0.0/16'),
      target: ranged('10.2.0.0/16'),
    });
    expect(of(report, 'cache')).toContain('security-group/unadapted-cidr');
  });
});

describe('rules that are divided in another way', () => {
  it('admit the same', () => {
    const report = auditGroups(
      [
        group('web', [
          allow('tcp', 80, 80, '10.0.0.0/9', '10.128.0.0/9'),
          allow('tcp', 81, 81, '10.0.0.0/8'),
        ]),
      ],
      [group('web', [allow('tcp', 80, 81, '10.0.0.0/8')])],
    );
    expect(stateOf(report, 'security-group', 'web')).toBe('same');
  });
});

describe('unread is not empty', () => {
  it.each(['securityGroups', 'vpcs', 'prefixLists'] as const)(
    '%s that were denied end no audit as parity',
    (kind) => {
      for (const side of ['source', 'target'] as const) {
        const report = auditGroups([group('web', SSH)], [group('web', SSH)], {
          [side]: { unread: [kind] },
        });
        expect(report.complete).toBe(false);
        expect(report.verdict).not.toBe('parity');
        expect(report.findings.map((f) => f.rule)).not.toContain('security-group/missing');
      }
    },
  );
});

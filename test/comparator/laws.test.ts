import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsPermission, AwsSecurityGroup } from '../../src/inventory/security-group.ts';
import { allow, audit, type Estate } from '../kit/estate.ts';

const VPCS = ['prod', 'test', null] as const;
const peer = fc.constantFrom(
  '10.0.0.0/8',
  '10.1.0.0/16',
  '0.0.0.0/0',
  '192.0.2.7/32',
  '2001:db8::/32',
  '::/0',
  'pl-0',
  'pl-1',
  'sg-0-0',
  'sg-0-1',
  'sg-1-0',
  'sg-gone',
);
const permission = fc
  .tuple(fc.constantFrom('tcp', 'udp', 'icmp', '-1', '50'), fc.constantFrom(22, 80, 443), peer)
  .map(([protocol, port, p]) =>
    allow(protocol, protocol === 'icmp' ? 8 : port, protocol === 'icmp' ? -1 : port, p),
  );

/** An estate whose ids carry `mark`: two marks, two regions with nothing in common but meaning. */
const estate = fc.record({
  vpcs: fc.subarray([0, 1, 2], { minLength: 1 }),
  groups: fc.uniqueArray(
    fc.record({
      vpc: fc.nat(2),
      name: fc.nat(3),
      rules: fc.array(permission, { maxLength: 4 }),
      tag: fc.nat(2),
    }),
    { maxLength: 8, selector: (g) => `${g.vpc} ${g.name}` },
  ),
  keys: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'A'),
      print: fc.constantFrom(
        '52:03:ef:cf:92:d7:29:f4:eb:65:fb:bb:36:39:0c:4e:2e:25:34:87',
        'fd:df:92:dd:48:73:b5:a6:c0:4f:16:3d:35:ae:c6:e5',
      ),
    }),
    { maxLength: 4, selector: (k) => k.name },
  ),
  images: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('web-1.0.0', 'web-1.1.0', 'db', 'x|y'),
      day: fc.integer({ min: 1, max: 28 }),
      state: fc.constantFrom('available', 'failed'),
    }),
    { maxLength: 4, selector: (i) => i.name },
  ),
  lists: fc.subarray([0, 1]),
});
type Plan = typeof estate extends fc.Arbitrary<infer T> ? T : never;

function built(plan: Plan, mark: string, shuffle: <T>(items: T[]) => T[] = (items) => items): Estate {
  const id = (text: string) => `${text}-${mark}`;
  const marked = (p: AwsPermission): AwsPermission => ({
    ...p,
    UserIdGroupPairs: (p.UserIdGroupPairs ?? []).map((g) => ({ ...g, GroupId: id(g.GroupId ?? '') })),
    PrefixListIds: (p.PrefixListIds ?? []).map((l) => ({ PrefixListId: id(l.PrefixListId ?? '') })),
  });
  const groups: AwsSecurityGroup[] = plan.groups
    .filter((g) => plan.vpcs.includes(g.vpc))
    .map((g) => ({
      GroupId: id(`sg-${g.vpc}-${g.name}`),
      GroupName: `group-${g.name}`,
      VpcId: id(`vpc-${g.vpc}`),
      OwnerId: '111122223333',
      Description: 'd',
      Tags: [{ Key: 'n', Value: String(g.tag) }],
      IpPermissions: shuffle(g.rules.map(marked)),
    }));
  return {
    vpcs: shuffle(
      plan.vpcs.map((v) => ({
        VpcId: id(`vpc-${v}`),
        CidrBlock: `10.${v}.0.0/16`,
        IsDefault: v === 2,
        Tags: VPCS[v] ? [{ Key: 'Name', Value: VPCS[v] }] : [],
      })),
    ),
    securityGroups: shuffle(groups),
    keyPairs: shuffle(
      plan.keys.map((k) => ({ KeyName: k.name, KeyPairId: id(`key-${k.name}`), KeyFingerprint: k.print })),
    ),
    images: shuffle(
      plan.images.map((i, n) => ({
        Name: i.name,
        ImageId: id(`ami-${n}`),
        State: i.state,
        CreationDate: `2026-05-${String(i.day).padStart(2, '0')}T00:00:00.000Z`,
        OwnerId: '111122223333',
      })),
    ),
    prefixLists: shuffle(
      plan.lists.map((l) => ({
        PrefixListId: id(`pl-${l}`),
        PrefixListName: `list-${l}`,
        Entries: [`172.16.${l}.0/24`],
      })),
    ),
  };
}

/** Each image a copy of one that is elsewhere: a name alone would not show that two are the same. */
function copied(estate: Estate): Estate {
  const images = (estate.images ?? []).map((image) => ({
    ...image,
    SourceImageId: image.ImageId?.replace(/-[a-z]$/, '-root'),
    SourceImageRegion: 'ap-south-1',
  }));
  return { ...estate, images };
}

describe('whatever the two estates are', () => {
  it('every object of both sides is in exactly one pair', () => {
    fc.assert(
      fc.property(estate, estate, (a, b) => {
        const [source, target] = [built(a, 's'), built(b, 't')];
        const report = audit(source, target);
        for (const [side, it] of [
          ['source', source],
          ['target', target],
        ] as const) {
          const ids = report.pairs.flatMap((p) => p[side]?.id ?? []).sort();
          const all = [
            ...(it.securityGroups ?? []).map((g) => g.GroupId),
            ...(it.keyPairs ?? []).map((k) => k.KeyPairId),
            ...(it.images ?? []).map((i) => i.ImageId),
            ...(it.prefixLists ?? []).map((l) => l.PrefixListId),
          ];
          expect(ids).toEqual(all.sort());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('an estate is the same as itself under other ids: no id is ever compared', () => {
    fc.assert(
      fc.property(estate, (plan) => {
        const report = audit(copied(built(plan, 's')), copied(built(plan, 't')));
        const states = new Set(report.pairs.map((p) => p.state));
        states.delete('undetermined'); // a dangling reference is on both sides, and nobody can say that it is the same
        expect([...states]).toEqual(report.pairs.some((p) => p.state === 'same') ? ['same'] : []);
        expect(
          report.findings.map((f) => f.rule).filter((r) => r !== 'security-group/unresolved-peer'),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('other ids on one side change no fingerprint, no severity and no order', () => {
    fc.assert(
      fc.property(estate, estate, (a, b) => {
        const said = (mark: string) =>
          audit(built(a, 's'), built(b, mark)).findings.map((f) => [
            f.fingerprint,
            f.rule,
            f.severity,
            f.status,
          ]);
        expect(said('t')).toEqual(said('u'));
      }),
      { numRuns: 150 },
    );
  });

  it('two runs give the same bytes', () => {
    fc.assert(
      fc.property(estate, estate, (a, b) => {
        const run = () => JSON.stringify(audit(built(a, 's'), built(b, 't')));
        expect(run()).toBe(run());
      }),
      { numRuns: 50 },
    );
  });

  it('the order in which AWS lists things changes nothing', () => {
    fc.assert(
      fc.property(estate, estate, (a, b) => {
        const plain = audit(built(a, 's'), built(b, 't'));
        const turned = audit(
          built(a, 's', (items) => [...items].reverse()),
          built(b, 't', (items) => [...items].reverse()),
        );
        expect(JSON.stringify(turned)).toBe(JSON.stringify(plain));
      }),
      { numRuns: 200 },
    );
  });

  it('what could not be read on the target is never missing there, and the report is incomplete', () => {
    const kinds = ['vpcs', 'keyPairs', 'securityGroups', 'prefixLists', 'images'] as const;
    const ruleKinds = {
      keyPairs: 'key-pair',
      securityGroups: 'security-group',
      prefixLists: 'prefix-list',
      images: 'image',
    } as const;
    fc.assert(
      fc.property(estate, estate, fc.subarray([...kinds], { minLength: 1 }), (a, b, unread) => {
        const report = audit(built(a, 's'), { ...built(b, 't'), unread });
        expect(report.complete).toBe(false);
        expect(report.verdict).not.toBe('parity');
        for (const kind of unread) {
          if (kind === 'vpcs') continue;
          const states = report.pairs.filter((p) => p.kind === ruleKinds[kind]).map((p) => p.state);
          expect(states.every((s) => s === 'undetermined')).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

it('two findings never share a fingerprint, even where two VPCs have no name to distinguish them', () => {
  const unnamed = (VpcId: string, CidrBlock: string) => ({ VpcId, CidrBlock });
  const web = (VpcId: string) => ({
    GroupId: `sg-${VpcId}`,
    GroupName: 'web',
    VpcId,
    OwnerId: '111122223333',
  });
  const side = (cidrs: string[]): Estate => ({
    vpcs: cidrs.map((c, i) => unnamed(`vpc-${i}`, c)),
    securityGroups: cidrs.map((_, i) => web(`vpc-${i}`)),
  });
  for (const cidrs of [
    ['10.1.0.0/16', '10.2.0.0/16'],
    ['10.1.0.0/16', '10.1.0.0/16'],
  ]) {
    const report = audit(side(cidrs), {}, { scopes: ['security-groups'] });
    expect(report.findings.map((f) => f.rule)).toEqual(['security-group/missing', 'security-group/missing']);
    expect(new Set(report.findings.map((f) => f.fingerprint)).size).toBe(2);
    expect(report.pairs.flatMap((p) => p.findings).sort()).toEqual(
      report.findings.map((f) => f.fingerprint).sort(),
    );
  }
});

import { expect, test } from 'vitest';
import { compare } from '../../src/comparator/compare.ts';
import type { Snapshot } from '../../src/inventory/snapshot.ts';
import { writeListing } from '../../src/listing/index.ts';
import { exitCode } from '../../src/report/gate.ts';
import type { Report } from '../../src/report/model.ts';
import { ACCOUNT, snapshotOf } from '../kit/estate.ts';
import { read } from './kit.ts';

/** One VPC with a group whose rules are described. */
function regionWith(vpc: string, id: string, port = 22): Parameters<typeof snapshotOf>[1] {
  return {
    vpcs: [{ VpcId: vpc, CidrBlock: '172.31.0.0/16', IsDefault: true, OwnerId: ACCOUNT }],
    securityGroups: [
      {
        GroupId: id,
        GroupName: 'web',
        Description: 'the web',
        OwnerId: ACCOUNT,
        VpcId: vpc,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: port,
            ToPort: port,
            IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'office' }],
          },
          {
            IpProtocol: '-1',
            UserIdGroupPairs: [{ GroupId: id, UserId: ACCOUNT, Description: 'each other' }],
          },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        Tags: [{ Key: 'env', Value: 'prod' }],
      },
    ],
  };
}

/** The side as a listing of it tells it. */
function asListing(snapshot: Snapshot): Snapshot {
  const { notes: _, ...parts } = read(writeListing(snapshot, { header: true }).text);
  return { ...snapshot, ...parts, origin: 'listing' };
}

function audit(source: Snapshot, target: Snapshot): Report {
  return compare({
    source,
    target,
    config: {},
    phase: 'readiness',
    scopes: ['security-groups'],
    startedAt: '2026-11-22T00:00:00.000Z',
    finishedAt: '2026-11-22T00:00:00.000Z',
    tool: { name: 'ec2-parity', version: '0.0.0' },
  });
}

const source = snapshotOf('us-east-1', regionWith('vpc-1', 'sg-1'));
const same = snapshotOf('eu-west-1', regionWith('vpc-9', 'sg-9'));
const wider = snapshotOf('eu-west-1', regionWith('vpc-9', 'sg-9', 23));

test.each([
  ['the source', asListing(source), same],
  ['the target', source, asListing(same)],
  ['both sides', asListing(source), asListing(same)],
])(
  'where %s is a listing, equal groups are the same, and nothing above info is said of lost descriptions',
  (_, s, t) => {
    const report = audit(s, t);
    expect(report.pairs.map(({ name, state }) => [name, state])).toEqual([['web', 'same']]);
    expect(report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  },
);

test('it is never parity: what the listing cannot hold is a blocking gap, and the code is 3', () => {
  const report = audit(asListing(source), same);
  expect(report).toMatchObject({ complete: false, verdict: 'inconclusive' });
  expect(
    report.gaps.filter(({ blocking }) => blocking).map(({ side, kind, code }) => [side, kind, code]),
  ).toContainEqual(['source', 'security-group', 'not-in-dump']);
  expect(exitCode(report, 'high')).toBe(3);
  expect(audit(source, same).verdict).toBe('parity');
});

test('a real difference is found through a listing', () => {
  const rules = audit(asListing(source), wider).findings.map(({ rule }) => rule);
  expect(rules).toEqual(expect.arrayContaining(['security-group/allows-less', 'security-group/allows-more']));
});

test('IPv6 rules and prefix lists that a listing cannot hold are doubt, not a difference', () => {
  const rich = snapshotOf('us-east-1', {
    ...regionWith('vpc-1', 'sg-1'),
    prefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'corp', Entries: ['192.0.2.0/24'] }],
    securityGroups: (regionWith('vpc-1', 'sg-1').securityGroups ?? []).map((g) => ({
      ...g,
      IpPermissions: [
        ...(g.IpPermissions ?? []),
        {
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
          PrefixListIds: [{ PrefixListId: 'pl-1' }],
        },
      ],
    })),
  });
  for (const report of [audit(rich, asListing(same)), audit(asListing(same), rich)]) {
    expect(report.findings.filter((f) => f.rule.startsWith('security-group/'))).toEqual([]);
    expect(report.pairs.find((p) => p.name === 'web')?.state).toBe('undetermined');
    expect(exitCode(report, 'none')).toBe(3);
  }
});

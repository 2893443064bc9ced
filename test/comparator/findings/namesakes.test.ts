import { describe, expect, it } from 'vitest';
import type { AwsVpc } from '../../../src/inventory/vpc.ts';
import { ACCOUNT, allow, audit, type Estate, group } from '../../kit/estate.ts';

const vpc = (VpcId: string, CidrBlock?: string, more: AwsVpc = {}): AwsVpc => ({
  VpcId,
  ...(CidrBlock ? { CidrBlock } : {}),
  OwnerId: ACCOUNT,
  ...more,
});
const web = (VpcId: string, port = 80) =>
  group('web', [allow('tcp', port, port, '192.0.2.0/24')], { GroupId: `sg-${VpcId}`, VpcId });
const side = (...vpcs: AwsVpc[]): Estate => ({
  vpcs,
  securityGroups: vpcs.map((v) => web(v.VpcId ?? '')),
});
const messages = (report: ReturnType<typeof audit>) => report.findings.map((f) => f.message).sort();

describe('two groups that differ alike are told apart in words', () => {
  it.each<[string, AwsVpc[], string[]]>([
    [
      'by the id and ranges of their unnamed VPCs',
      [vpc('vpc-1', '10.1.0.0/16'), vpc('vpc-2', '10.2.0.0/16')],
      ['In VPC vpc-1 (10.1.0.0/16): ', 'In VPC vpc-2 (10.2.0.0/16): '],
    ],
    [
      'also where the ranges are equal',
      [vpc('vpc-1', '10.1.0.0/16'), vpc('vpc-2', '10.1.0.0/16')],
      ['In VPC vpc-1 (10.1.0.0/16): ', 'In VPC vpc-2 (10.1.0.0/16): '],
    ],
    [
      'with the account of a VPC that another shares',
      [vpc('vpc-1', '10.1.0.0/16'), vpc('vpc-2', '10.1.0.0/16', { OwnerId: '444455556666' })],
      ['In VPC vpc-1 (10.1.0.0/16): ', 'In VPC vpc-2 (10.1.0.0/16, of account 444455556666): '],
    ],
    [
      'where both VPCs bear one name',
      [
        vpc('vpc-1', '10.1.0.0/16', { Tags: [{ Key: 'Name', Value: 'prod' }] }),
        vpc('vpc-2', '10.2.0.0/16', { Tags: [{ Key: 'Name', Value: 'prod' }] }),
      ],
      ['In VPC vpc-1 (10.1.0.0/16): ', 'In VPC vpc-2 (10.2.0.0/16): '],
    ],
  ])('%s', (_how, vpcs, prefixes) => {
    const report = audit(side(...vpcs), {}, { scopes: ['security-groups'] });
    expect(messages(report).map((m, i) => m.startsWith(prefixes[i] ?? '?'))).toEqual([true, true]);
    expect(report.pairs.map((p) => p.vpc)).toEqual(
      prefixes.map((p) => p.replace('In VPC ', '').replace(/: $/, '')),
    );
    expect(report.findings.map((f) => f.subject.vpc).sort()).toEqual(report.pairs.map((p) => p.vpc).sort());
  });

  it('not where their VPCs have names, or there is but one', () => {
    const named = (id: string, Value: string) => vpc(id, '10.1.0.0/16', { Tags: [{ Key: 'Name', Value }] });
    for (const vpcs of [[named('vpc-1', 'a'), named('vpc-2', 'b')], [vpc('vpc-1', '10.1.0.0/16')]]) {
      const report = audit(side(...vpcs), {}, { scopes: ['security-groups'] });
      expect(messages(report).some((m) => m.startsWith('In VPC'))).toBe(false);
      expect(report.pairs.some((p) => 'vpc' in p)).toBe(false);
    }
  });

  it('and the words change no fingerprint', () => {
    const prints = (a: string, b: string) =>
      audit(side(vpc(a, '10.1.0.0/16'), vpc(b, '10.2.0.0/16')), {}, { scopes: ['security-groups'] })
        .findings.map((f) => f.fingerprint)
        .sort();
    expect(prints('vpc-1', 'vpc-2')).toEqual(prints('vpc-9', 'vpc-8'));
  });
});

it('other things of one name are told apart by their ids', () => {
  const list = (id: string) => ({
    PrefixListId: id,
    PrefixListName: 'office',
    OwnerId: ACCOUNT,
    Entries: [id === 'pl-1' ? '192.0.2.0/24' : '198.51.100.0/24'],
  });
  const report = audit({ prefixLists: [list('pl-1'), list('pl-2')] }, {});
  expect(messages(report).map((m) => m.slice(0, 17))).toEqual(['Prefix list pl-1:', 'Prefix list pl-2:']);
});

import { describe, expect, it } from 'vitest';
import { ED25519, RSA } from '../inventory/vectors.ts';
import { allow, type Estate, group, VPC } from '../kit/estate.ts';
import { becauseOf, doing, planned } from './kit.ts';

const keys = (...names: readonly string[]) =>
  names.map((KeyName, i) => ({ KeyName, PublicKey: i % 2 === 0 ? ED25519.line : RSA.line }));
const list = (PrefixListId: string, MaxEntries = 2, entry = '192.0.2.0/24') => ({
  PrefixListId,
  PrefixListName: PrefixListId,
  AddressFamily: 'IPv4' as const,
  MaxEntries,
  Entries: [entry],
});

describe('quotas of the target', () => {
  it('a plan makes what the quota leaves room for, and says which is too much', () => {
    const made = planned(
      { keyPairs: keys('a', 'b') },
      { keyPairs: [{ KeyName: 'c', KeyPairId: 'key-c' }] },
      { config: { quotas: { keyPairs: 2 } } },
    );
    expect(doing(made)).toEqual(['Import the public key "a"']);
    expect(becauseOf(made, 'key-pair/missing')).toEqual([
      'The target has 1 of the 2 that its quota "Key pairs per Region" allows, and the plan would make 2 more. Request a higher quota, and state it in the config (quotas.keyPairs).',
    ]);
  });

  it('of groups that name each other it makes none where there is room for one only', () => {
    const source: Estate = {
      vpcs: [VPC],
      securityGroups: [group('a', [allow('tcp', 1, 1, 'sg-b')]), group('b', [allow('tcp', 1, 1, 'sg-a')])],
    };
    const target = { vpcs: [VPC] };
    expect(doing(planned(source, target, { config: { quotas: { securityGroups: 1 } } }))).toEqual([]);
    expect(doing(planned(source, target, { config: { quotas: { securityGroups: 2 } } }))).toHaveLength(6);
  });

  it('a quota that the target exceeds was raised, and to what is not known', () => {
    const many = Array.from({ length: 101 }, (_, i) => list(`pl-${i}`));
    const source = { prefixLists: [...many, list('pl-new')] };
    expect(doing(planned(source, { prefixLists: many }))).toHaveLength(1);
    const hundred = many.slice(0, 100);
    expect(
      becauseOf(
        planned({ prefixLists: [...hundred, list('pl-new')] }, { prefixLists: hundred }),
        'prefix-list/missing',
      ),
    ).toEqual([expect.stringContaining('100 of the 100')]);
  });

  it('a prefix list larger than the usual quota is made only where the target has one as large', () => {
    const source = { prefixLists: [list('pl-a', 2000)] };
    expect(becauseOf(planned(source, {}), 'prefix-list/missing')).toEqual([
      expect.stringContaining('room for 2000 entries'),
    ]);
    expect(doing(planned(source, { prefixLists: [list('pl-b', 3000, '198.51.100.0/24')] }))).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import {
  closingEndpoints,
  endpoint,
  failureIn,
  groups,
  HERE,
  image,
  itemsIn,
  snapshotOf,
  vpc,
  withKeys,
} from './kit.ts';

withKeys();
closingEndpoints();

const lists = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    PrefixListId: `pl-${i}`,
    PrefixListName: `list ${i}`,
    OwnerId: '111122223333',
  }));

describe('paging', () => {
  it('always asks for the largest page that each call allows', async () => {
    const ec2 = await endpoint({
      [HERE]: { vpcs: [vpc], prefixLists: lists(1), securityGroups: groups(1), images: [image('ami-1')] },
    });
    await snapshotOf(ec2);
    const sizes = Object.fromEntries(
      ec2.received.filter((r) => r.region === HERE).map(({ action, params }) => [action, params.MaxResults]),
    );
    expect(sizes).toMatchObject({
      DescribeVpcs: 1000,
      DescribeSecurityGroups: 1000,
      DescribeImages: 1000,
      DescribeManagedPrefixLists: 100,
      GetManagedPrefixListEntries: 100,
    });
    expect(ec2.calls('DescribeKeyPairs')[0]?.params).toEqual({ IncludePublicKey: true });
    expect(ec2.calls('DescribeSecurityGroupRules')).toEqual([]);
  });

  it.each([1, 5, 7])('reads all of 23 groups, each once, when %i is asked for', async (pageSize) => {
    const ec2 = await endpoint({ [HERE]: { securityGroups: groups(23) } });
    const snapshot = await snapshotOf(ec2, {}, { pageSize });
    expect(itemsIn(snapshot.securityGroups).map((g) => g.id)).toEqual(groups(23).map((g) => g.GroupId));
    expect(ec2.calls('DescribeSecurityGroups')).toHaveLength(Math.ceil(23 / Math.max(5, pageSize)));
  });

  it('follows the token through pages that are shorter than asked for, and through empty ones', async () => {
    const ec2 = await endpoint({
      [HERE]: {
        securityGroups: groups(9),
        prefixLists: lists(9),
        faults: { '*': { pageCap: 4, emptyPages: 2 } },
      },
    });
    const snapshot = await snapshotOf(ec2);
    expect(itemsIn(snapshot.securityGroups)).toHaveLength(9);
    expect(itemsIn(snapshot.prefixLists)).toHaveLength(9);
    expect(ec2.calls('DescribeSecurityGroups')).toHaveLength(9); // three pages of rows, each after two empty ones
  });

  it('reads the entries of a prefix list to the last page', async () => {
    const Entries = Array.from({ length: 250 }, (_, i) => ({ Cidr: `10.0.${i}.0/24` }));
    const ec2 = await endpoint({
      [HERE]: { prefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'long', Entries }] },
    });
    const [list] = itemsIn((await snapshotOf(ec2)).prefixLists);
    expect(list?.entries).toHaveLength(250);
    expect(
      ec2.calls('GetManagedPrefixListEntries').map(({ params }) => params.NextToken !== undefined),
    ).toEqual([false, true, true]);
  });

  it('counts a group once that moved to the next page while it was read', async () => {
    const [a, b] = groups(2);
    const ec2 = await endpoint({
      [HERE]: { securityGroups: a && b ? [a, a, b, a] : [], faults: { '*': { pageCap: 2 } } },
    });
    expect(itemsIn((await snapshotOf(ec2)).securityGroups).map((g) => g.id)).toEqual(['sg-0000', 'sg-0001']);
  });

  it('calls a list truncated when a token leads back to where it came from', async () => {
    const ec2 = await endpoint({
      [HERE]: {
        securityGroups: groups(9),
        faults: { DescribeSecurityGroups: { pageCap: 4, tokenLoop: true } },
      },
    });
    expect(failureIn((await snapshotOf(ec2)).securityGroups)).toMatchObject({
      code: 'truncated',
      message:
        'DescribeSecurityGroups in eu-west-1: a page token was returned twice, after 8 security groups',
    });
  });

  it('calls a list truncated that gives the same rows for ever, each time with another token', async () => {
    const ec2 = await endpoint({
      [HERE]: {
        securityGroups: groups(9),
        faults: { DescribeSecurityGroups: { pageCap: 4, newTokens: true } },
      },
    });
    expect(failureIn((await snapshotOf(ec2)).securityGroups)).toMatchObject({
      code: 'truncated',
      message: 'DescribeSecurityGroups in eu-west-1: 500 pages without a new row, after 4 security groups',
    });
  });

  it('calls a list truncated when its token is refused', async () => {
    const refusal = {
      status: 400,
      code: 'InvalidNextToken',
      message: 'The specified NextToken is not valid.',
    };
    const ec2 = await endpoint({
      [HERE]: {
        securityGroups: groups(9),
        faults: { DescribeSecurityGroups: { pageCap: 4, after: 1, error: refusal } },
      },
    });
    expect(failureIn((await snapshotOf(ec2)).securityGroups).code).toBe('truncated');
  });

  it('never takes a part for the whole: a page that fails fails the kind, and tells how far it came', async () => {
    const ec2 = await endpoint({
      [HERE]: {
        securityGroups: groups(9),
        vpcs: [vpc],
        faults: { DescribeSecurityGroups: { pageCap: 4, after: 2, deny: true } },
      },
    });
    const snapshot = await snapshotOf(ec2);
    expect(failureIn(snapshot.securityGroups)).toMatchObject({
      code: 'access-denied',
      message: expect.stringContaining('8 security groups were read before that, which is not all'),
    });
    expect(snapshot.vpcs.status).toBe('complete');
  });
});

import { describe, expect, it } from 'vitest';
import { audit, type Estate, finding, found, group, VPC } from '../../kit/estate.ts';

const OTHER = '999988887777';
const web = (pair: object) => ({
  GroupId: 'sg-1',
  GroupName: 'web',
  VpcId: 'vpc-1',
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [pair] }],
});
const estate = (pair: object, more: Estate = {}): Estate => ({
  vpcs: [{ VpcId: 'vpc-1', IsDefault: true }],
  securityGroups: [web(pair)],
  ...more,
});
const target: Estate = {
  vpcs: [{ VpcId: 'vpc-9', IsDefault: true }],
  securityGroups: [{ GroupId: 'sg-9', GroupName: 'web', VpcId: 'vpc-9' }],
};
const unresolved = (source: Estate) => finding(audit(source, target), 'security-group/unresolved-peer');
const stale = (peerId: string) => [{ vpcId: 'vpc-1', references: [{ groupId: 'sg-1', peerId }] }];

describe('a rule that names a group which its region does not list', () => {
  it('may be alive where AWS leaves out its owner, and is not to be removed', () => {
    const { message, remedy } = unresolved(estate({ GroupId: 'sg-7' }));
    expect(message).toContain('(of another account, or deleted: which of the two is not known)');
    expect(remedy).toBe(
      'Keep a rule whose group may be of another account until DescribeStaleSecurityGroups of its VPC, or the owner of the group, shows whether it exists.',
    );
    expect(found(audit(estate({ GroupId: 'sg-7' }), target)).join()).not.toMatch(/allows-(less|more)/);
  });

  it('may be alive where its owner is known and the account of the side is not', () => {
    const source = estate({ GroupId: 'sg-7', UserId: OTHER }, { account: null });
    expect(unresolved(source).message).toContain('which of the two is not known');
  });

  it.each<[string, object, Estate, string, RegExp]>([
    [
      'stale, as EC2 says',
      { GroupId: 'sg-7' },
      { staleReferences: stale('sg-7') },
      'stale: EC2 says',
      /^Remove/,
    ],
    [
      'alive where EC2 was asked and does not call it stale',
      { GroupId: 'sg-7' },
      { staleReferences: stale('sg-8') },
      '(a group of another account)',
      /^Write the addresses/,
    ],
    [
      'not told by what EC2 says of another VPC',
      { GroupId: 'sg-7' },
      { staleReferences: [{ vpcId: 'vpc-2', references: [] }] },
      'which of the two is not known',
      /^Keep/,
    ],
    [
      'deleted where its owner is the own account',
      { GroupId: 'sg-7', UserId: '111122223333' },
      {},
      'deleted: it no longer exists',
      /^Remove/,
    ],
    [
      'of the account that it names',
      { GroupId: 'sg-7', UserId: OTHER },
      {},
      '(a group of another account)',
      /^Write/,
    ],
  ])('is %s', (_, pair, more, says, remedy) => {
    const { message, remedy: todo } = unresolved(estate(pair, more));
    expect(message).toContain(says);
    expect(todo).toMatch(remedy);
  });
});

describe('a rule that names a prefix list that EC2 does not return', () => {
  const naming = (account: string): Estate => ({
    account,
    vpcs: [{ ...VPC, OwnerId: account }],
    securityGroups: [
      group(
        'web',
        [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId: 'pl-7' }] }],
        {
          OwnerId: account,
        },
      ),
    ],
  });
  const list = {
    PrefixListId: 'pl-7',
    PrefixListName: 'corp',
    OwnerId: '777788889999',
    Entries: ['10.0.0.0/8'],
  };

  it('may be of another account: it is not said to be deleted, and no rule is to be removed', () => {
    const { message, remedy } = finding(
      audit(naming('111122223333'), { vpcs: [VPC], securityGroups: [group('web', [])] }),
      'security-group/unresolved-peer',
    );
    expect(message).toContain(
      'pl-7 on the source (a prefix list that EC2 does not return: of another account that does not share it, or deleted)',
    );
    expect(remedy).toMatch(/^Keep a rule whose prefix list may be of another account/);
    expect(remedy).not.toContain('Remove');
  });

  it.each<[string, Estate, Estate, string]>([
    ['that neither of two accounts of the region lists', {}, {}, 'same'],
    ['that one of them lists with its entries', { prefixLists: [list] }, {}, 'same'],
  ])('is the same list within one region: one %s', (_, ours, theirs, state) => {
    const report = audit(
      { ...naming('111122223333'), ...ours },
      { ...naming('444455556666'), ...theirs },
      { regions: ['us-east-1', 'us-east-1'] },
    );
    expect(report.pairs.find((p) => p.name === 'web')?.state).toBe(state);
  });
});

describe('a missing group with rules that no command can write', () => {
  const cidr = { IpProtocol: 'tcp', FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: '192.0.2.0/24' }] };
  const peer = web({ GroupId: 'sg-7', UserId: OTHER }).IpPermissions;

  it.each<[string, object[], string]>([
    ['with all rules', [cidr], 'Create "web" in eu-west-1 with its one rule.'],
    [
      'with those that it can have',
      [cidr, ...peer],
      'Create "web" in eu-west-1 with 1 of its 2 rules, without the one rule whose peer cannot be compared (security-group/unresolved-peer).',
    ],
    [
      'with none',
      peer,
      'Create "web" in eu-west-1 without the one rule whose peer cannot be compared (security-group/unresolved-peer).',
    ],
    ['that has no rules', [], 'Create "web" in eu-west-1 without rules.'],
  ])('is created %s', (_, IpPermissions, remedy) => {
    const source: Estate = {
      vpcs: [{ VpcId: 'vpc-1', IsDefault: true }],
      securityGroups: [{ GroupId: 'sg-1', GroupName: 'web', VpcId: 'vpc-1', IpPermissions }],
    };
    const report = audit(source, { ...target, securityGroups: [] });
    expect(finding(report, 'security-group/missing').remedy).toBe(remedy);
  });
});

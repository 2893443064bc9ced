import { describe, expect, it } from 'vitest';
import { ACCOUNT, allow, audit, auditGroups, finding, found, group } from '../../kit/estate.ts';

const OTHER = '444455556666';
const rows = [allow('tcp', 22, 22, '192.0.2.0/24')];
const own = (name = 'web', id = `sg-own-${name}`) => group(name, rows, { GroupId: id });
const shared = (OwnerId = OTHER, name = 'web', ingress = rows) =>
  group(name, ingress, { GroupId: `sg-${OwnerId}-${name}`, OwnerId });

describe('a group that another account shares', () => {
  it.each([
    ['the target', own(), shared()],
    ['the source', shared(), own()],
  ])('on %s alone pairs with an own one of the name, and that is told', (_where, a, b) => {
    const report = auditGroups([a], [b]);
    expect(found(report)).toEqual(['security-group/owner-differs low']);
    expect(finding(report, 'security-group/owner-differs').message).toContain(`shared by account ${OTHER}`);
    expect(report.verdict).toBe('differences');
  });

  it('pairs with one that the same account shares, without a word', () => {
    expect(auditGroups([shared()], [shared()]).findings).toEqual([]);
  });

  it('is reported where two other accounts share', () => {
    expect(found(auditGroups([shared()], [shared('777788889999')]))).toEqual([
      'security-group/owner-differs low',
    ]);
  });

  it('does not take the place of an own group of the name', () => {
    const report = auditGroups([own()], [shared(), own()]);
    expect(report.pairs.map((p) => `${p.source?.id} ${p.target?.id}`).sort()).toEqual([
      'sg-own-web sg-own-web',
      `undefined sg-${OTHER}-web`,
    ]);
  });

  it('is changed by its owner: the remedy names the account', () => {
    const report = auditGroups([own()], [shared(OTHER, 'web', [allow('tcp', 80, 80, '192.0.2.0/24')])]);
    for (const rule of ['security-group/allows-less', 'security-group/allows-more'] as const) {
      expect(finding(report, rule).remedy).toContain(`Account ${OTHER} owns the group in eu-west-1`);
      expect(finding(report, rule).commands?.filter((c) => c.side === 'target')).toEqual([]);
    }
  });

  it('that is missing is to be created and shared by its owner, or to be an own one', () => {
    const { remedy } = finding(auditGroups([shared()], []), 'security-group/missing');
    expect(remedy).toContain(`Account ${OTHER} owns the group in us-east-1`);
    expect(remedy).toContain('or create your own there');
  });

  it('says nothing where the account of a side is not known, or two accounts each have their own', () => {
    expect(auditGroups([own()], [shared()], { target: { account: null } }).findings).toEqual([]);
    expect(auditGroups([own()], [shared()], { target: { account: OTHER } }).findings).toEqual([]);
  });
});

it('a prefix list that another account shares is changed by its owner', () => {
  const list = (OwnerId: string, cidr: string) => ({
    prefixLists: [{ PrefixListId: `pl-${OwnerId}`, PrefixListName: 'office', OwnerId, Entries: [cidr] }],
  });
  const report = audit(list(ACCOUNT, '192.0.2.0/24'), list(OTHER, '198.51.100.0/24'));
  expect(finding(report, 'prefix-list/entries-differ').remedy).toContain(
    `Account ${OTHER} owns the prefix list in eu-west-1`,
  );
});

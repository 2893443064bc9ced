import { describe, expect, it } from 'vitest';
import { allow, auditGroups, finding, group, stateOf } from '../../kit/estate.ts';

const candidates = (report: ReturnType<typeof auditGroups>) =>
  report.findings
    .filter((f) => f.rule === 'security-group/missing')
    .map((f) => [f.subject.name, f.facts.candidates]);

describe('a missing group whose rules exist on the target under another name', () => {
  it('is offered with its reasons and the config line, and never paired in silence', () => {
    const rules = [allow('tcp', 5432, 5432, '10.0.0.0/8'), allow('tcp', 22, 22, '192.0.2.0/24')];
    const report = auditGroups(
      [group('terraform-20200621033347944500000003', rules, { Description: 'Managed by Terraform' })],
      [group('terraform-20240101000000000000000001', rules, { Description: 'Managed by Terraform' })],
    );
    expect(stateOf(report, 'security-group', 'terraform-20200621033347944500000003')).toBe(
      'missing-in-target',
    );
    expect(finding(report, 'security-group/missing').facts.candidates).toMatchObject([
      {
        name: 'terraform-20240101000000000000000001',
        confidence: 'high',
        because: ['the same rules', 'the same description'],
        config:
          'names: { securityGroups: { "terraform-20200621033347944500000003": "terraform-20240101000000000000000001" } }',
      },
    ]);
  });

  it('is recognised through references to itself and to its neighbours', () => {
    const side = (db: string) => [
      group(db, [allow('tcp', 5432, 5432, 'sg-app'), allow('-1', undefined, undefined, `sg-${db}`)]),
      group('app', []),
      group('backup', [allow('tcp', 873, 873, `sg-${db}`)]),
    ];
    const report = auditGroups(side('stack-Db-1ABCDEF23GH45'), side('archive-Database-ZZZ9998887776'));
    expect(candidates(report)).toMatchObject([['stack-Db-1ABCDEF23GH45', [{ confidence: 'high' }]]]);
  });

  it('is only a maybe where two fit equally well, on either side', () => {
    const rules = [allow('tcp', 5432, 5432, '10.0.0.0/8')];
    const one = (name: string) => group(name, rules, { Description: 'd' });
    expect(candidates(auditGroups([one('a')], [one('x'), one('y')]))).toMatchObject([
      ['a', [{ confidence: 'medium' }, { confidence: 'medium' }]],
    ]);
    expect(candidates(auditGroups([one('a'), one('b')], [one('x')]))).toMatchObject([
      ['a', [{ confidence: 'medium' }]],
      ['b', [{ confidence: 'medium' }]],
    ]);
  });

  it('is not offered for rules that every new group has', () => {
    const fresh = (name: string) =>
      group(name, [], {
        Description: 'd',
        IpPermissionsEgress: [allow('-1', undefined, undefined, '0.0.0.0/0')],
      });
    expect(candidates(auditGroups([fresh('a')], [fresh('b')]))).toEqual([['a', []]]);
  });

  it('is settled by that line in the config', () => {
    const rules = [allow('tcp', 5432, 5432, '10.0.0.0/8')];
    const report = auditGroups([group('old', rules)], [group('new', rules)], {
      config: { names: { securityGroups: { old: 'new' } } },
    });
    expect(stateOf(report, 'security-group', 'old')).toBe('same');
  });

  it('takes no longer than a look at each where thousands of groups have the same rules', () => {
    const rules = [allow('tcp', 5432, 5432, '10.0.0.0/8')];
    const many = (name: string, n: number) =>
      Array.from({ length: n }, (_, i) => group(`${name}-${i}`, rules));
    const found = candidates(auditGroups(many('old', 4000), many('new', 60)));
    expect(found).toHaveLength(4000);
  }, 120_000);
});

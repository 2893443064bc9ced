import { expect, it } from 'vitest';
import type { Report } from '../../../src/report/model.ts';
import { allow, audit, group, VPC } from '../../kit/estate.ts';

/** "rule name" of the findings of each cause that has more than one. */
const shared = ({ causes, findings }: Report) =>
  (causes ?? [])
    .filter((c) => c.findings.length > 1)
    .map((c) =>
      c.findings.map((id) => {
        const found = findings.find((f) => f.fingerprint === id);
        return `${found?.rule} ${found?.subject.name}`;
      }),
    );

it('a missing prefix list is no cause of a finding about another list whose name begins alike', () => {
  const listed = (PrefixListId: string) => ({
    ...allow('tcp', 443, 443),
    PrefixListIds: [{ PrefixListId }],
  });
  const report = audit(
    {
      vpcs: [VPC],
      prefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'pl', OwnerId: '111122223333' }],
      securityGroups: [group('web', [listed('pl-1'), listed('pl-0dead')])],
    },
    { vpcs: [VPC], securityGroups: [group('web', [])] },
  );
  expect(report.findings.map((f) => f.rule)).toContain('security-group/unresolved-peer');
  expect(shared(report).flat()).not.toContain('security-group/unresolved-peer web');
});

it('a key pair and a security group of one name that are both gone are two causes', () => {
  const report = audit(
    {
      launchTemplates: ['a', 'b'].map((name) => ({
        LaunchTemplateId: `lt-${name}`,
        LaunchTemplateName: name,
        DefaultVersionNumber: 1,
        LatestVersionNumber: 1,
        Versions: [
          {
            VersionNumber: 1,
            LaunchTemplateData: name === 'a' ? { KeyName: 'web' } : { SecurityGroups: ['web'] },
          },
        ],
      })),
    },
    {},
  );
  const dangling = report.findings.filter((f) => f.rule === 'reference/dangling');
  expect(dangling).toHaveLength(2);
  expect(shared(report)).toEqual([]);
});

it('one range in place of another explains only the groups that a mapping of the two makes equal', () => {
  const OLD = allow('tcp', 443, 443, '10.1.0.0/16');
  const NEW = allow('tcp', 443, 443, '10.2.0.0/16');
  const report = audit(
    { vpcs: [VPC], securityGroups: [group('a', [OLD]), group('b', [OLD])] },
    { vpcs: [VPC], securityGroups: [group('a', [NEW]), group('b', [])] },
  );
  expect(shared(report)).toEqual(
    [['security-group/allows-less a', 'security-group/allows-more a']].map((c) => expect.arrayContaining(c)),
  );
});

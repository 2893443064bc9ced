import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsPermission } from '../../../src/inventory/security-group.ts';
import type { Report } from '../../../src/report/model.ts';
import { allow, audit, type Estate, finding, group, VPC } from '../../kit/estate.ts';

const rows = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 1, max: 200 }), fc.constantFrom('10.0.0.0/8', '192.0.2.0/24', '0.0.0.0/0')),
  { minLength: 1, maxLength: 4, selector: ([port, cidr]) => `${port} ${cidr}` },
);
type Rows = readonly (readonly [number, string])[];
const permissions = (all: Rows): AwsPermission[] => all.map(([port, cidr]) => allow('tcp', port, port, cidr));

const groups = (source: Rows, target: Rows, id = ''): Report =>
  audit(
    { vpcs: [VPC], securityGroups: [group('web', permissions(source), { GroupId: `sg-0${id}1` })] },
    { vpcs: [VPC], securityGroups: [group('web', permissions(target), { GroupId: `sg-0${id}2` })] },
  );
const identities = (report: Report) => report.findings.map((f) => f.fingerprint).sort();
const contents = (report: Report) => report.findings.map((f) => `${f.fingerprint} ${f.content}`).sort();

describe('the fingerprint of a finding', () => {
  it('stays where a rule is opened wider, and its content changes', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1_000, max: 2_000 }), (open, port) => {
        const narrow = groups([], open);
        const wide = groups([], [...open, [port, '0.0.0.0/0']]);
        const [before, after] = [narrow, wide].map((r) => finding(r, 'security-group/allows-more'));
        expect(after?.fingerprint).toBe(before?.fingerprint);
        expect(after?.content).not.toBe(before?.content);
      }),
      { numRuns: 25 },
    );
  });

  it('and the content hold no region-local id', () => {
    fc.assert(
      fc.property(rows, rows, fc.constantFrom('a', 'b', 'f00'), (s, t, id) => {
        expect(contents(groups(s, t, id))).toEqual(contents(groups(s, t)));
      }),
      { numRuns: 25 },
    );
  });

  const launches = (groupIds: readonly string[], ImageId: string): Estate => ({
    vpcs: [VPC],
    launchTemplates: [
      {
        LaunchTemplateId: 'lt-1',
        LaunchTemplateName: 'app',
        DefaultVersionNumber: 1,
        LatestVersionNumber: 1,
        Versions: [
          {
            VersionNumber: 1,
            LaunchTemplateData: { ImageId, SecurityGroupIds: [...groupIds], KeyName: 'gone' },
          },
        ],
      },
    ],
  });

  it('does not depend on what else is wrong with the object', () => {
    const ids = ['sg-0a', 'sg-0b', 'sg-0c'];
    fc.assert(
      fc.property(fc.subarray(ids), fc.constantFrom(...ids), (some, more) => {
        const [fewer, all] = [some.filter((id) => id !== more), [...new Set([...some, more])]].map((one) =>
          identities(audit(launches(one, 'ami-0a'), { vpcs: [VPC] })),
        );
        expect(all).toEqual(expect.arrayContaining(fewer ?? []));
        expect(all?.length).toBe((fewer?.length ?? 0) + 1);
      }),
    );
  });

  it('does not change with the findings of another object of the name', () => {
    const instance = (id: string, KeyName: string) => ({
      InstanceId: id,
      State: { Name: 'running' },
      KeyName,
      Tags: [{ Key: 'Name', Value: 'web' }],
    });
    const report = (first: string) =>
      audit(
        {
          keyPairs: [{ KeyName: 'kept' }],
          instances: [instance('i-1', first), instance('i-2', 'gone')],
        },
        {},
      ).findings.filter((f) => f.rule === 'reference/dangling' && f.subject.sourceId === 'i-2');
    const [both, alone] = [report('gone'), report('kept')];
    expect(both).toHaveLength(1);
    expect(alone.map((f) => f.fingerprint)).toEqual(both.map((f) => f.fingerprint));
  });
});

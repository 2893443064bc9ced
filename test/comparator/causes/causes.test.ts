import { describe, expect, it } from 'vitest';
import type { AwsImage } from '../../../src/inventory/image.ts';
import type { AwsInstance } from '../../../src/inventory/instance.ts';
import type { Report } from '../../../src/report/model.ts';
import { allow, audit, type Estate, found, group, VPC } from '../../kit/estate.ts';

/** "N findings, N workloads: title" of each cause. */
function causes(report: Report): string[] {
  return (report.causes ?? []).map(
    (c) => `${c.findings.length} findings, ${c.workloads.length} workloads: ${c.title}`,
  );
}
const wearing = (name: string, ...groups: string[]): AwsInstance => ({
  InstanceId: `i-${name}`,
  State: { Name: 'running' },
  NetworkInterfaces: [{ Groups: groups.map((GroupId) => ({ GroupId: `sg-${GroupId}` })) }],
  Tags: [{ Key: 'Name', Value: name }],
});

describe('causes', () => {
  it('one missing prefix list explains every group that differs by it alone', () => {
    const list = {
      PrefixListId: 'pl-1',
      PrefixListName: 'offices',
      OwnerId: '111122223333',
      MaxEntries: 5,
      Entries: ['198.51.100.0/24'],
    };
    const groups = (peer: string) => ['a', 'b', 'c'].map((n) => group(n, [allow('tcp', 22, 22, peer)]));
    const source: Estate = {
      vpcs: [VPC],
      prefixLists: [list],
      securityGroups: [
        ...groups('pl-1'),
        group('d', [allow('tcp', 22, 22, 'pl-1'), allow('tcp', 80, 80, '0.0.0.0/0')]),
      ],
      instances: [wearing('one', 'a'), wearing('two', 'b', 'd')],
    };
    const bare = ['a', 'b', 'c', 'd'].map((n) => group(n, []));
    const report = audit(source, { vpcs: [VPC], securityGroups: bare });
    expect(causes(report)[0]).toBe(
      '4 findings, 2 workloads: Prefix list "offices" (1 entry) does not exist in eu-west-1. 3 groups differ only by it.',
    );
    // What differs by more than the list is a cause of its own.
    expect(causes(report).slice(1)).toEqual([
      expect.stringMatching(/^1 findings, 1 workloads: On the target "d" blocks/),
    ]);
  });

  it('several findings of one object are one cause, which names each kind of them and how to mend it', () => {
    const source: Estate = {
      vpcs: [VPC],
      securityGroups: [
        group('a', [allow('tcp', 22, 22, '192.0.2.0/24'), allow('tcp', 80, 80, '192.0.2.1/32')]),
      ],
      instances: [wearing('one', 'a')],
    };
    const over = group('a', [
      allow('tcp', 443, 443, '198.51.100.0/24'),
      allow('tcp', 25, 25, '203.0.113.0/24'),
    ]);
    const report = audit(source, { vpcs: [VPC], securityGroups: [over] });
    expect(causes(report)).toEqual([
      '2 findings, 1 workloads: The security group "a" has 2 findings: The target blocks what the source admits; The target admits what the source blocks.',
    ]);
    expect(report.causes?.[0]?.remedy).toMatch(
      /^Authorize on "a" .+ First authorize on "a" .+ Then revoke: /,
    );
  });

  it('a cause that is one finding says what its sentence is about', () => {
    const instance: AwsInstance = { ...wearing('one'), KeyName: 'gone' };
    expect(causes(audit({ vpcs: [VPC], instances: [instance] }, { vpcs: [VPC] }))).toEqual([
      '1 findings, 1 workloads: Instance "one" refers to key pair "gone", which does not exist in us-east-1.',
    ]);
  });

  it('of two references to one thing that is gone, the cause says what it was and where', () => {
    const instances = ['one', 'two'].map((name): AwsInstance => ({ ...wearing(name), KeyName: 'gone' }));
    expect(causes(audit({ vpcs: [VPC], instances }, { vpcs: [VPC] }))).toEqual([
      '2 findings, 2 workloads: The key pair "gone" does not exist in us-east-1: 2 places refer to it.',
    ]);
  });

  it('one unmapped range: the finding gives the line of the config, and that line makes the findings go away', () => {
    const groups = (cidr: string) => ['a', 'b', 'c'].map((n) => group(n, [allow('tcp', 443, 443, cidr)]));
    const estates: [Estate, Estate] = [
      { vpcs: [VPC], securityGroups: groups('10.1.0.0/16') },
      { vpcs: [VPC], securityGroups: groups('10.2.0.0/16') },
    ];
    const report = audit(...estates);
    expect(causes(report)).toEqual([
      '6 findings, 0 workloads: Groups of us-east-1 name 10.1.0.0/16 where those of eu-west-1 name 10.2.0.0/16: 3 groups.',
    ]);
    expect(report.causes?.[0]?.remedy).toContain('cidrs: { "10.1.0.0/16": "10.2.0.0/16" }');
    expect(found(audit(...estates, { config: { cidrs: { '10.1.0.0/16': '10.2.0.0/16' } } }))).toEqual([]);
  });

  it('one missing group explains the groups that let it in', () => {
    const source: Estate = {
      vpcs: [VPC],
      securityGroups: [group('lb', []), ...['a', 'b'].map((n) => group(n, [allow('tcp', 80, 80, 'sg-lb')]))],
      instances: [wearing('front', 'lb')],
    };
    const report = audit(source, { vpcs: [VPC], securityGroups: [group('a', []), group('b', [])] });
    expect(causes(report)).toEqual([
      '3 findings, 1 workloads: Security group "lb" does not exist in eu-west-1. 2 groups that admit it differ only by it.',
    ]);
  });

  it('one pipeline of images that stopped', () => {
    const image = (n: number): AwsImage => ({
      ImageId: `ami-000000000000000${n}`,
      Name: `web-2026-0${n}-01`,
      State: 'available',
      CreationDate: `2026-0${n}-01T00:00:00.000Z`,
    });
    const uses = (n: number): AwsInstance => ({
      ...wearing(`i${n}`),
      ImageId: `ami-000000000000000${n}`,
      NetworkInterfaces: [],
    });
    const report = audit(
      { images: [image(1), image(2), image(3)], instances: [uses(1), uses(2), uses(3)] },
      {},
    );
    expect(causes(report)).toEqual([
      '3 findings, 3 workloads: Images of the family "web-{date}" are not copied to eu-west-1: 3 images without a current copy.',
    ]);
  });

  it('one VPC that nothing is known to stand for', () => {
    const vpcs = (...names: string[]) =>
      names.map((Value) => ({
        VpcId: `vpc-${Value}`,
        CidrBlock: '10.0.0.0/16',
        Tags: [{ Key: 'Name', Value }],
      }));
    const report = audit(
      {
        vpcs: vpcs('prod', 'dev'),
        securityGroups: ['a', 'b'].map((n) => group(n, [], { VpcId: 'vpc-prod' })),
      },
      { vpcs: vpcs('blue', 'green'), securityGroups: [] },
    );
    expect(causes(report)).toEqual([
      '2 findings, 0 workloads: Which VPC of eu-west-1 is the counterpart of "prod" is not known: its 2 groups cannot be compared.',
    ]);
  });

  it('has an id of its own even where nothing but local ids tells two causes apart', () => {
    const vpcs = (...ids: string[]) => ids.map((VpcId) => ({ VpcId, CidrBlock: '10.0.0.0/16' }));
    const groups = ['vpc-1', 'vpc-2'].flatMap((VpcId) =>
      ['a', 'b'].map((n) => group(n, [], { GroupId: `sg-${VpcId}-${n}`, VpcId })),
    );
    const report = audit(
      { vpcs: vpcs('vpc-1', 'vpc-2'), securityGroups: groups },
      { vpcs: vpcs('vpc-8', 'vpc-9') },
    );
    const ids = (report.causes ?? []).map((c) => c.id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  it('a finding has at most one cause, and what blocks a workload alone is a cause of its own', () => {
    const report = audit(
      {
        vpcs: [VPC],
        securityGroups: [group('a', [])],
        instances: [{ ...wearing('one', 'a'), KeyName: 'gone' }],
      },
      { vpcs: [VPC] },
    );
    const all = (report.causes ?? []).flatMap((c) => c.findings);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(all)).toEqual(new Set(report.workloads[0]?.because));
  });

  it('differences that no workload hangs on and that nothing joins are no causes', () => {
    const report = audit(
      { vpcs: [VPC], securityGroups: [group('a', [allow('tcp', 22, 22, '192.0.2.1/32')])] },
      { vpcs: [VPC], securityGroups: [group('a', [])] },
    );
    expect(report.findings).toHaveLength(1);
    expect(report.causes).toEqual([]);
  });
});

describe('a missing key pair that the target names already', () => {
  const template = (id: string) => ({
    LaunchTemplateId: `lt-${id}`,
    LaunchTemplateName: id,
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
    Versions: [{ VersionNumber: 1, LaunchTemplateData: { KeyName: 'Prod' } }],
  });
  const launchTemplates = [template('web'), template('api')];
  const report = audit(
    { keyPairs: [{ KeyName: 'Prod', KeyFingerprint: 'aa:bb' }], launchTemplates },
    { launchTemplates },
  );

  it('is one cause with what names it: importing the key resolves both', () => {
    expect(found(report)).toEqual([
      'key-pair/missing critical',
      'reference/dangling high',
      'reference/dangling high',
    ]);
    expect(report.causes).toMatchObject([
      {
        title: 'Key pair "Prod" does not exist in eu-west-1, and 2 places there refer to it.',
        findings: expect.arrayContaining(report.findings.map((f) => f.fingerprint)),
      },
    ]);
  });

  it('is the remedy of what names it', () => {
    const remedies = report.findings.flatMap((f) => (f.rule === 'reference/dangling' ? [f.remedy] : []));
    expect(new Set(remedies)).toEqual(
      new Set([
        'Import the key pair "Prod" of the source into eu-west-1 (key-pair/missing), or refer to another key pair.',
      ]),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { AwsInstance } from '../../../src/inventory/instance.ts';
import { allow, audit, type Estate, found, group, VPC } from '../../kit/estate.ts';

const HTTPS = allow('tcp', 443, 443, '0.0.0.0/0');
const SSH = allow('tcp', 22, 22, '10.0.0.0/8');

const wearing = (id: string, ...groups: string[]): AwsInstance => ({
  InstanceId: id,
  State: { Name: 'running' },
  NetworkInterfaces: [{ Groups: groups.map((GroupId) => ({ GroupId: `sg-${GroupId}` })) }],
  Tags: [{ Key: 'Name', Value: id }],
});

/** On the source `web` admits HTTPS and SSH and `ops` nothing; on the target SSH has moved to `ops`. */
const estates = (source: AwsInstance[], target: AwsInstance[] = []): [Estate, Estate] => [
  { vpcs: [VPC], securityGroups: [group('web', [HTTPS, SSH]), group('ops', [])], instances: source },
  { vpcs: [VPC], securityGroups: [group('web', [HTTPS]), group('ops', [SSH])], instances: target },
];

describe('a rule that moved from one group of a workload to another', () => {
  it('cancels out where every wearer wears both: the findings say so and weigh little', () => {
    const report = audit(...estates([wearing('a', 'web', 'ops'), wearing('b', 'ops', 'web')]));
    expect(found(report)).toEqual(['security-group/allows-less low', 'security-group/allows-more low']);
    expect(report.findings[0]?.message).toContain(
      'The difference has no effect on what the group is known to be attached to ("a" and "b"): together with "ops" it admits the same traffic on both sides.',
    );
    expect(report.findings[0]?.facts).toMatchObject({ cancelledBy: ['ops'], wornBy: ['a', 'b'] });
    expect(report.workloads.map((w) => w.verdict)).toEqual(['launchable', 'launchable']);
  });

  it('stays what it is where one workload wears only one of them', () => {
    const report = audit(...estates([wearing('a', 'web', 'ops'), wearing('b', 'ops')]));
    expect(found(report)).toEqual(['security-group/allows-more high', 'security-group/allows-less low']);
    // What is a difference for one is none for the other: its own union is equal.
    expect(report.workloads.map((w) => `${w.name} ${w.verdict}`)).toEqual(['a launchable', 'b degraded']);
  });

  it('stays where a workload of the target wears only one of them', () => {
    const report = audit(...estates([wearing('a', 'web', 'ops')], [wearing('c', 'ops')]));
    expect(found(report)).toContain('security-group/allows-more high');
  });

  it('stays where nothing is known to wear the groups, or each stands on an interface of its own', () => {
    expect(found(audit(...estates([])))).toEqual([
      'security-group/allows-less high',
      'security-group/allows-more high',
    ]);
    const apart: AwsInstance = {
      ...wearing('a'),
      NetworkInterfaces: [{ Groups: [{ GroupId: 'sg-web' }] }, { Groups: [{ GroupId: 'sg-ops' }] }],
    };
    expect(found(audit(...estates([apart])))).toEqual([
      'security-group/allows-less high',
      'security-group/allows-more high',
    ]);
  });

  it('does not hide what the union admits more', () => {
    const [source, target] = estates([wearing('a', 'web', 'ops')]);
    const more = group('ops', [SSH, allow('tcp', 25, 25, '0.0.0.0/0')]);
    const report = audit(source, { ...target, securityGroups: [group('web', [HTTPS]), more] });
    expect(found(report)).toEqual(['security-group/allows-more critical', 'security-group/allows-less high']);
  });
});

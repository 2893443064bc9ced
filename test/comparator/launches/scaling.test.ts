import { describe, expect, it } from 'vitest';
import type { AwsActivity } from '../../../src/inventory/launch-facts/account.ts';
import { newestLaunches } from '../../../src/inventory/launch-facts/account.ts';
import { judged, OTHER_ACCOUNT, type SideOf } from './kit.ts';

const NO_KEY = "The key pair 'deploy' does not exist. Launching EC2 instance failed.";
const activity = (hour: number, more: AwsActivity = {}): AwsActivity => ({
  ActivityId: `activity-${hour}`,
  AutoScalingGroupName: 'web',
  Description: 'Launching a new EC2 instance: i-1',
  StatusCode: 'Successful',
  StartTime: `2026-11-20T${String(hour).padStart(2, '0')}:00:00Z`,
  ...more,
});
const failed = (hour: number, more: AwsActivity = {}) =>
  activity(hour, {
    Description: `Launching a new EC2 instance.  Status Reason: ${NO_KEY}`,
    StatusCode: 'Failed',
    StatusMessage: NO_KEY,
    ...more,
  });

const afterwards = (activities: readonly AwsActivity[], target: SideOf = {}) =>
  judged({}, { ...target, offer: { ...target.offer, activities } }, 'verification');

describe('the last launch of a group of the target', () => {
  it('is told in the words of AWS, and blocks a group that lacks instances', () => {
    const found = afterwards([activity(3), failed(5)], { group: { Instances: [] } });
    expect(found.rules).toEqual(['high workload/launch-failed auto-scaling-group']);
    expect(found.messages).toEqual([
      `In eu-west-1 the last launch of "web" failed at 2026-11-20 05:00 UTC. AWS says: "${NO_KEY}" It has 0 of 2 desired instances.`,
    ]);
    expect(found.group).toBe('blocked');
    expect(found.template).toBe('launchable');
  });

  const table: [string, AwsActivity[], SideOf, string | null][] = [
    ['a success after the failure', [failed(5), activity(6)], {}, 'launchable'],
    ['a failure of another group', [failed(5, { AutoScalingGroupName: 'api' })], {}, 'launchable'],
    [
      'a termination that failed',
      [failed(5, { Description: 'Terminating EC2 instance: i-1' })],
      {},
      'launchable',
    ],
    [
      'a launch that is under way after a failure',
      [failed(5), activity(6, { StatusCode: 'InProgress' })],
      {},
      'blocked',
    ],
    ['a launch that a person cancelled', [failed(5, { StatusCode: 'Cancelled' })], {}, 'launchable'],
    [
      'a launch that its lifecycle hook abandoned',
      [
        failed(5, {
          StatusCode: 'Cancelled',
          StatusMessage: "Instance failed to complete user's Lifecycle Action: it was abandoned",
        }),
      ],
      {},
      'blocked',
    ],
    ['a group that has what it wants', [failed(5)], { group: { Instances: [{}, {}] } }, 'degraded'],
    [
      'a lack of capacity, which passes',
      [failed(5, { StatusMessage: 'We currently do not have sufficient m5.large capacity in eu-west-1a.' })],
      {},
      'degraded',
    ],
  ];
  it.each(table)('judges %s', (_, activities, target, verdict) => {
    const found = afterwards(activities, target);
    expect(found.group).toBe(verdict);
    expect(found.rules.length).toBe(verdict === 'launchable' ? 0 : 1);
  });

  it('is unknown where it could not be read, and not looked at where nobody saved it', () => {
    const denied = judged({}, { offer: { denied: ['activities'] } }, 'verification');
    expect(denied.group).toBe('unknown');
    expect(denied.report.gaps.map((g) => `${g.side} ${g.code}`)).toEqual(['target access-denied']);
    const unsaved = judged({}, {}, 'verification');
    expect(unsaved.group).toBe('launchable');
    expect(unsaved.notLookedAt).toContain('target scaling activities');
  });

  it('is not asked about before the migration', () => {
    const before = judged({}, { offer: { activities: [failed(5)] } });
    expect([before.group, before.rules]).toEqual(['launchable', []]);
    expect(before.notLookedAt).not.toContain('target scaling activities');
  });

  it('keeps no encrypted part of what AWS says', () => {
    const StatusMessage =
      'You are not authorized to perform this operation. Encoded authorization failure message: aB3-_x. Launching EC2 instance failed.';
    expect(newestLaunches([failed(1, { StatusMessage })])[0]?.message).toBe(
      'You are not authorized to perform this operation. Launching EC2 instance failed.',
    );
  });
});

describe('a launch configuration that is to be made in another account', () => {
  const configuration = (name: string) => ({
    LaunchConfigurationName: name,
    LaunchConfigurationARN: `arn:aws:autoscaling:${name}`,
    ImageId: 'ami-0aaaaaaaaaaaaaaa1',
    InstanceType: 'm5.large',
  });
  const old = { made: false, more: { launchConfigurations: [configuration('old')] } };
  const rules = (target: SideOf) =>
    judged(old, { made: false, ...target }).rules.filter((r) => r.includes('retired'));

  it('may be refused: an account created since October 2024 cannot have one', () => {
    const found = judged(old, { made: false, account: OTHER_ACCOUNT, more: { launchConfigurations: [] } });
    expect(found.rules).toContain('medium workload/launch-configuration-retired launch-configuration');
    expect(found.messages.join('\n')).toContain(`Account ${OTHER_ACCOUNT} may be unable to create`);
  });
  it.each([
    ['the same account, which has launch configurations', { more: { launchConfigurations: [] } }],
    [
      'an account that has another launch configuration',
      { account: OTHER_ACCOUNT, more: { launchConfigurations: [configuration('api')] } },
    ],
  ])('is not doubted in %s', (_, target) => {
    expect(rules(target)).toEqual([]);
  });
});

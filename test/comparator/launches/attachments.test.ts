import { describe, expect, it } from 'vitest';
import { complete, failed } from '../../../src/inventory/collected.ts';
import { targetGroupFrom } from '../../../src/inventory/launch-facts/attachments.ts';
import type { LaunchFacts } from '../../../src/inventory/launch-facts/index.ts';
import { audit } from '../../kit/estate.ts';
import { idOf, judged, type Offer, SOURCE, side, TARGET } from './kit.ts';

const arn = (region: string) =>
  `arn:aws:elasticloadbalancing:${region}:111122223333:targetgroup/web/0123456789abcdef`;
const DENIED = failed({ code: 'access-denied', message: 'denied', hint: 'allow it' });
const of = (VpcId: string): LaunchFacts['targetGroups'] =>
  complete([targetGroupFrom({ TargetGroupArn: arn(TARGET), TargetGroupName: 'web', VpcId })]);

function group(targetGroups: LaunchFacts['targetGroups'] | null, more: object = {}) {
  const given = (region: string) => ({ group: { TargetGroupARNs: [arn(region)], ...more } });
  const target = side(TARGET, given(TARGET));
  const launchFacts = { ...target.launchFacts, ...(targetGroups ? { targetGroups } : {}) };
  const report = audit(side(SOURCE, given(SOURCE)), { ...target, launchFacts });
  return {
    verdict: report.workloads.find((w) => w.kind === 'auto-scaling-group')?.verdict,
    rules: report.findings.map((f) => `${f.severity} ${f.rule} ${f.kind}`),
    messages: report.findings.map((f) => f.message),
    notLookedAt: report.notLookedAt.map((n) => n.what),
  };
}

describe('the target groups of an Auto Scaling group of the target', () => {
  it('are fine where they exist in the VPC of its subnets', () => {
    expect(group(of(idOf('vpc', TARGET)))).toMatchObject({ verdict: 'launchable', rules: [] });
  });
  it.each([
    ['do not exist', complete([]), /target group web, which does not exist in eu-west-1/],
    ['belong to another VPC', of('vpc-9'), /target group web, which belongs to another VPC than its subnets/],
  ] as const)('block it where they %s', (_, facts, message) => {
    const { verdict, rules, messages } = group(facts);
    expect([verdict, rules]).toEqual(['blocked', ['critical workload/refused auto-scaling-group']]);
    expect(messages[0]).toMatch(message);
  });
  it('leave it unknown where they were denied, and are listed where nobody read them', () => {
    expect(group(DENIED).verdict).toBe('unknown');
    const unread = group(null);
    expect(unread.verdict).toBe('launchable');
    expect(unread.notLookedAt.join('\n')).toContain('target groups (whether each target group');
  });
});

describe('the Classic Load Balancers of an Auto Scaling group of the target', () => {
  const old = { LoadBalancerNames: ['old'] };
  const balanced = (offer: Offer) => judged({ group: old }, { group: old, offer });
  it('are fine where they exist in the VPC of its subnets', () => {
    const vpc = idOf('vpc', TARGET);
    expect(balanced({ classicLoadBalancers: { old: vpc } })).toMatchObject({
      group: 'launchable',
      rules: [],
    });
  });
  it.each([
    ['do not exist', { classicLoadBalancers: {} }, /Load Balancer old, which does not exist in eu-west-1/],
    ['belong to another VPC', { classicLoadBalancers: { old: 'vpc-9' } }, /belongs to another VPC/],
  ] as const)('block it where they %s', (_, offer, message) => {
    const { group: verdict, rules, messages } = balanced(offer);
    expect([verdict, rules]).toEqual(['blocked', ['critical workload/refused auto-scaling-group']]);
    expect(messages[0]).toMatch(message);
  });
  it('leave it unknown where they were denied, and are listed where nobody read them', () => {
    expect(balanced({ denied: ['classicLoadBalancers'] }).group).toBe('unknown');
    expect(balanced({}).notLookedAt).toContain('target Classic Load Balancers');
  });
  it('are also known by the traffic sources of the group', () => {
    const sources = { TrafficSources: [{ Identifier: 'new', Type: 'elb' }] };
    const offer = { classicLoadBalancers: {} };
    expect(judged({ group: sources }, { group: sources, offer }).group).toBe('blocked');
  });
});

it('lists target groups of VPC Lattice and roles with a suffix, which are not read', () => {
  const role =
    'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
  const lattice = `arn:aws:vpc-lattice:${TARGET}:111122223333:targetgroup/tg-1`;
  const more = {
    TrafficSources: [{ Identifier: lattice, Type: 'vpc-lattice' }],
    ServiceLinkedRoleARN: `${role}_key`,
  };
  const listed = group(of(idOf('vpc', TARGET)), more);
  expect(listed.rules).toEqual([]);
  expect(listed.notLookedAt).toEqual(
    expect.arrayContaining([
      'target groups of VPC Lattice of Auto Scaling groups (whether each exists)',
      'service-linked roles with a suffix of Auto Scaling groups (whether each exists)',
    ]),
  );
  expect(group(of(idOf('vpc', TARGET)), { ServiceLinkedRoleARN: role }).notLookedAt.join()).not.toContain(
    'roles',
  );
});

it('lists the role with a suffix of a group that is yet to be made in another account', () => {
  const role =
    'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_key';
  const listed = (account: string) =>
    judged({ group: { ServiceLinkedRoleARN: role } }, { account, group: null }).notLookedAt.filter((text) =>
      text.includes('service-linked roles'),
    ).length;
  expect([listed('111122223333'), listed('444455556666')]).toEqual([0, 1]);
});

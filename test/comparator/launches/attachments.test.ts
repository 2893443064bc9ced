import { describe, expect, it } from 'vitest';
import { complete, failed } from '../../../src/inventory/collected.ts';
import { targetGroupFrom } from '../../../src/inventory/launch-facts/account.ts';
import type { LaunchFacts } from '../../../src/inventory/launch-facts/index.ts';
import type { Report } from '../../../src/report/model.ts';
import { audit } from '../../kit/estate.ts';
import { idOf, judged, SOURCE, side, TARGET } from './kit.ts';

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

it('lists Classic Load Balancers and roles with a suffix, which are not read', () => {
  const role =
    'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
  const more = { LoadBalancerNames: ['old'], ServiceLinkedRoleARN: `${role}_key` };
  expect(group(of(idOf('vpc', TARGET)), more).notLookedAt).toEqual(
    expect.arrayContaining([
      'Classic Load Balancers of Auto Scaling groups (whether each exists)',
      'service-linked roles with a suffix of Auto Scaling groups (whether each exists)',
    ]),
  );
  expect(group(of(idOf('vpc', TARGET)), { ServiceLinkedRoleARN: role }).notLookedAt.join()).not.toContain(
    'roles',
  );
});

describe('lifecycle hooks, which are not read,', () => {
  const hooks = (report: Report) =>
    report.notLookedAt.filter(({ what }) => what.startsWith('lifecycle hooks')).map(({ side }) => side);
  it('are listed of the target where it has the Auto Scaling group, else of the source', () => {
    expect(hooks(judged({}, {}).report)).toEqual(['target']);
    expect(hooks(judged({}, { group: null }).report)).toEqual(['source']);
    expect(judged({}, { group: null }).report.notLookedAt.map((n) => n.because)).toContain(
      'ec2-parity does not read them in us-east-1.',
    );
  });
  it('are not listed where no group is asked about, or where it starts no instance', () => {
    expect(hooks(judged({ group: null }, { group: null }).report)).toEqual([]);
    expect(hooks(judged({ group: null }, {}).report)).toEqual([]);
    const none = { group: { MinSize: 0, MaxSize: 0, DesiredCapacity: 0 } };
    expect(hooks(judged(none, none).report)).toEqual([]);
  });
  it('change no verdict and no part of a launch', () => {
    const { report, group } = judged({}, {});
    expect(group).toBe('launchable');
    const parts = report.workloads.find((w) => w.kind === 'auto-scaling-group')?.lookedAt ?? {};
    expect(parts).toMatchObject({ type: { state: 'fine' }, network: { state: 'fine' } });
  });
});

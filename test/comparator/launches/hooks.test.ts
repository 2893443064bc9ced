import { describe, expect, it } from 'vitest';
import { isOf } from '../../../src/report/model.ts';
import { judged, type Offer, type SideOf, SOURCE, TARGET } from './kit.ts';

const LAUNCH = 'autoscaling:EC2_INSTANCE_LAUNCHING';
const END = 'autoscaling:EC2_INSTANCE_TERMINATING';
const hook = (LifecycleHookName: string, more: object = {}) => ({
  LifecycleHookName,
  LifecycleTransition: LAUNCH,
  ...more,
});
const ABANDON = { DefaultResult: 'ABANDON', HeartbeatTimeout: 3600 };
const CONTINUE = { DefaultResult: 'CONTINUE', HeartbeatTimeout: 3600 };
const MINUTE = { HeartbeatTimeout: 60 };
const topic = (region: string) => ({ NotificationTargetARN: `arn:aws:sns:${region}:111122223333:starts` });
const role = (account: string) => ({ RoleARN: `arn:aws:iam::${account}:role/hooks` });

function hooks(source: Offer['hooks'], target: Offer['hooks'], more: SideOf = {}) {
  const sideOf = (own: Offer['hooks']): SideOf => ({
    ...more,
    offer: own === undefined ? {} : { hooks: own },
  });
  return judged(sideOf(source), sideOf(target));
}

describe('a lifecycle hook of the source', () => {
  it.each([
    ['lacks', [hook('boot')], []],
    ['has only one of two of', [hook('a'), hook('b')], [hook('a')]],
    ['has only for termination', [hook('boot')], [hook('boot', { LifecycleTransition: END })]],
    ['ends with another result', [hook('boot', ABANDON)], [hook('boot', CONTINUE)]],
    ['waits for another time with', [hook('boot', ABANDON)], [hook('boot', { ...ABANDON, ...MINUTE })]],
    [
      'has under another name and with another result',
      [hook('boot-us-east-1', ABANDON)],
      [hook('boot-eu-west-1', CONTINUE)],
    ],
    ['has without what it notifies', [hook('boot', topic(SOURCE))], [hook('boot')]],
  ])('that the group of the target %s degrades it', (_, source, target) => {
    const { group, rules, report } = hooks(source, target);
    expect([group, rules]).toEqual(['degraded', ['high workload/differs auto-scaling-group']]);
    const workload = report.workloads.find((w) => w.kind === 'auto-scaling-group');
    expect(workload?.chains).toMatchObject([
      { steps: ['its counterpart in eu-west-1', 'has other lifecycle hooks'] },
    ]);
    expect(workload?.lookedAt).toMatchObject({ network: { state: 'fine' }, image: { state: 'fine' } });
  });

  it('is named with its transition, and with what it notifies where only one side notifies', () => {
    expect(hooks([hook('boot'), hook('drain', { LifecycleTransition: END })], []).messages).toEqual([
      'In eu-west-1 "web" has other lifecycle hooks: none at launch and none at termination; on the source: boot at launch and drain at termination.',
    ]);
    expect(hooks([hook('boot', topic(SOURCE))], [hook('boot')]).messages).toEqual([
      'In eu-west-1 "web" has other lifecycle hooks: boot at launch, which notifies nothing; on the source: boot at launch, which notifies starts.',
    ]);
  });

  it('is named with its result and timeout where these differ', () => {
    expect(hooks([hook('boot', ABANDON)], [hook('boot', { ...CONTINUE, ...MINUTE })]).messages).toEqual([
      'In eu-west-1 "web" has other lifecycle hooks: boot at launch, result CONTINUE after 60 seconds; on the source: boot at launch, result ABANDON after 3600 seconds.',
    ]);
  });

  it.each([
    ['the same result and timeout', [hook('boot', ABANDON)], [hook('boot', ABANDON)]],
    ['hooks of which only one side was read whole', [hook('boot', ABANDON)], [hook('boot')]],
    ['the same hooks', [hook('boot', topic(SOURCE))], [hook('boot', topic(TARGET))]],
    ['a hook of another name in its place', [hook('boot-us-east-1')], [hook('boot-eu-west-1')]],
    ['more hooks', [], [hook('boot')]],
    ['no hooks either', [], []],
  ])('changes nothing where the target has %s', (_, source, target) => {
    expect(hooks(source, target)).toMatchObject({ group: 'launchable', rules: [], notLookedAt: [] });
  });
});

describe('a lifecycle hook of the target', () => {
  it('that notifies a topic of another region degrades its group', () => {
    const { group, rules, facts, messages } = hooks([hook('b', topic(SOURCE))], [hook('b', topic(SOURCE))]);
    expect([group, rules]).toEqual(['degraded', ['high reference/of-another-region auto-scaling-group']]);
    expect(facts).toMatchObject([{ to: 'notification-target', region: SOURCE }]);
    expect(messages[0]).toContain('names notification target arn:aws:sns:us-east-1:111122223333:starts');
  });
  it('that notifies with a role of another account degrades its group', () => {
    const both = [hook('b', { ...topic(TARGET), ...role('444455556666') })];
    const { group, rules } = hooks(both, both);
    expect([group, rules]).toEqual(['degraded', ['high reference/of-another-account auto-scaling-group']]);
  });
  it('that notifies a topic of another account of its region is right', () => {
    const shared = { NotificationTargetARN: `arn:aws:sns:${TARGET}:444455556666:starts` };
    expect(hooks([hook('b', topic(SOURCE))], [hook('b', shared)]).rules).toEqual([]);
  });
});

describe('lifecycle hooks', () => {
  it('of a group that is yet to be made are to be replaced where they name the source region', () => {
    const offer = { hooks: [hook('b', { ...topic(SOURCE), ...role('111122223333') })] };
    const { report } = judged({ offer }, { group: null });
    const missing = report.findings.find((f) => isOf(f, 'workload/missing'));
    expect(missing?.facts).toMatchObject({
      toBeReplaced: expect.arrayContaining([
        { to: 'notification-target', text: topic(SOURCE).NotificationTargetARN },
      ]),
    });
  });
  it('that were denied on either side leave the verdict unknown', () => {
    const denied: SideOf = { offer: { denied: ['lifecycleHooks'] } };
    expect(judged(denied, {}).group).toBe('unknown');
    expect(judged({}, denied).group).toBe('unknown');
    expect(judged({}, denied).report.complete).toBe(false);
  });
  it('are listed of each side that nobody read', () => {
    const unread = hooks(null, null);
    expect(unread.group).toBe('launchable');
    expect(unread.notLookedAt).toEqual([
      'source lifecycle hooks of Auto Scaling groups',
      'target lifecycle hooks of Auto Scaling groups',
    ]);
  });
  it('say nothing of a group that can start no instance', () => {
    const none = { group: { MinSize: 0, MaxSize: 0, DesiredCapacity: 0 } };
    expect(hooks(null, null, none)).toMatchObject({ group: 'launchable', notLookedAt: [] });
  });
});

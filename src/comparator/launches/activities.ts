import { isFailure } from '../../inventory/launch-facts/account.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { type Checked, found, NOTHING_FOUND, notKnown } from './judging.ts';
import type { JudgedWorkload } from './starts.ts';

/**
 * Whether the last launch of a group of the target failed, in AWS's words. Asked after the migration only: before it the
 * target's groups may have failed for the very reasons that are to be removed.
 */
export function activityChecks({ judged, group, mode }: JudgedWorkload, context: Context): Checked {
  if (context.phase !== 'verification' || group === null || mode === 'source') return NOTHING_FOUND;
  const facts = factsOf(context).target;
  const why = facts.unread('activities');
  if (why) return notKnown(why, 'activities', facts, 'its last launch');
  const last = (facts.all('activities') ?? []).find((a) => a.group === judged.name);
  if (!last || !isFailure(last)) return NOTHING_FOUND;
  const desired = 'desired' in judged.item ? judged.item.desired : null;
  const { instances } = group;
  // AWS says about capacity only that there was none; and a group that has its desired capacity lost nothing by it.
  const passes = /InsufficientInstanceCapacity|sufficient .*capacity/i.test(last.message);
  const lacks = instances === null || desired === null || instances < desired;
  return found({
    rule: 'workload/launch-failed',
    facts: {
      at: '',
      judged: mode,
      sentence: last.message,
      startedAt: last.startedAt,
      instances,
      desired,
    },
    verdict: lacks && !passes ? 'blocked' : 'degraded',
    steps: ['its last launch', `failed: ${last.message || 'AWS gives no reason'}`],
    place: [],
  });
}

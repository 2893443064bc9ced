import { compareText } from '../../inventory/order.ts';
import { gapOf } from '../../report/gap.ts';
import type { Gap } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { unreadFacts } from './index.ts';

/** What a verdict depends on and could not be read, each once: without it the run is incomplete. */
export function launchGaps(context: Context): Gap[] {
  const found = unreadFacts(context).flatMap(({ side, kind, failure }): [string, Gap][] => {
    const collected = context[side].launchFacts[kind];
    const why = failure ?? (collected.status === 'failed' ? collected.failure : null);
    return why === null ? [] : [[`${side} ${kind} ${why.message}`, gapOf(side, 'workload', why, true)]];
  });
  return [...new Map(found)].sort(([a], [b]) => compareText(a, b)).map(([, gap]) => gap);
}

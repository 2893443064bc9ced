import { compareText } from '../../inventory/order.ts';
import { gapOf } from '../../report/gap.ts';
import type { Gap } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { unreadFacts } from './index.ts';

/** What a verdict depends on and could not be read, each once: without it the run is incomplete. */
export function launchGaps(context: Context): Gap[] {
  const once = new Map(unreadFacts(context).map((unread) => [`${unread.side} ${unread.kind}`, unread]));
  return [...once]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, { side, kind }]): Gap[] => {
      const collected = context[side].launchFacts[kind];
      if (collected.status !== 'failed') return [];
      return [gapOf(side, 'workload', collected.failure, true)];
    });
}

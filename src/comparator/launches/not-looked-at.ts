import { compareText } from '../../inventory/order.ts';
import type { NotLookedAt } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { stacksOf } from '../workloads/stack-users.ts';
import { omissions } from './index.ts';

/** What the launches name and was not looked at, each once. */
export function launchesNotLookedAt(context: Context): NotLookedAt[] {
  const once = new Map(
    omissions(context).map(({ what, side, because }) => [
      JSON.stringify([what, side]),
      { what, side, because },
    ]),
  );
  return [...once.values()].sort((a, b) => compareText(a.what, b.what));
}

/** Of a template each launch is judged by what is written there. */
export function stackLaunchesNotLookedAt(context: Context): NotLookedAt[] {
  const side = context.phase === 'verification' ? 'target' : 'source';
  if (!stacksOf(context).some((stack) => stack.side === side && stack.launches)) return [];
  return [
    {
      what: 'values known only at deployment, and quotas together with other workloads, of what stacks and template files launch (whether all of it would start)',
      side,
      because: 'A template is judged by what is written there.',
    },
  ];
}

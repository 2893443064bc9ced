import { compareText } from '../../inventory/order.ts';
import type { NotLookedAt } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { stacksOf } from '../workloads/template-checks.ts';
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

/** Of a template the references are judged; what else its instances name is judged where the stack has made them. */
export function stackLaunchesNotLookedAt(context: Context): NotLookedAt[] {
  const side = context.phase === 'verification' ? 'target' : 'source';
  if (!stacksOf(context).some((stack) => stack.side === side && stack.launches)) return [];
  return [
    {
      what: 'instance types, subnets, instance profiles, volumes and quotas in templates (whether what a stack or a template file launches would start)',
      side,
      because:
        'Of a template the key pairs, security groups, images, prefix lists and parameters are judged; what a stack has made is judged by itself.',
    },
  ];
}

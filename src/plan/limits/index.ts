import type { Context } from '../../comparator/context.ts';
import type { Draft } from '../model.ts';
import type { Reason } from '../reasons/reason.ts';
import { notAccepted } from './accepted.ts';
import { beyondObjectLimits } from './objects.ts';
import { beyondRegionalQuotas } from './regional.ts';
import { takenNames } from './taken-names.ts';

/** Steps that EC2 would refuse, by id, each with the reason. */
export function refusedSteps(drafts: readonly Draft[], context: Context): ReadonlyMap<string, Reason> {
  return new Map([
    ...beyondRegionalQuotas(drafts, context),
    ...beyondObjectLimits(drafts, context),
    ...takenNames(drafts, context),
    ...notAccepted(drafts, context),
  ]);
}

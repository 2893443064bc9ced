import type { AutoScalingGroup } from '../../inventory/auto-scaling-group.ts';
import { startsAny } from '../../inventory/launch-needs.ts';
import type { Context } from '../context.ts';
import { factsOf } from './facts.ts';
import { all, type Checked, NOTHING_FOUND, notKnown } from './judging.ts';
import type { JudgedWorkload } from './starts.ts';

/**
 * Whether the lifecycle hooks of a group were read. A hook holds a new instance back until something completes it; what the
 * target lacks of them is a difference of the two groups, and what they notify is a reference. Of a group that exists on
 * both sides the hooks of both are needed; one that is yet to be made is made with those of the source.
 */
export function hookChecks({ asked, judged, group }: JudgedWorkload, context: Context): Checked {
  if (group === null) return NOTHING_FOUND;
  const sides = asked === judged ? [judged] : [asked, judged];
  return all(
    sides
      .filter(({ item }) => startsAny(item as AutoScalingGroup))
      .map(({ name, side }) => {
        const facts = factsOf(context)[side];
        const known = facts.find('lifecycleHooks', name);
        return known.is === 'not-asked' || known.is === 'failed'
          ? notKnown(known, 'lifecycleHooks', facts, 'its lifecycle hooks')
          : NOTHING_FOUND;
      }),
  );
}

import { compareText, firstOf } from '../inventory/order.ts';
import type { NotLookedAt } from '../report/model.ts';
import { SIDES } from '../report/vocabulary.ts';
import type { Context } from './context.ts';
import { launchesNotLookedAt } from './launches/not-looked-at.ts';

/** Each states what the verdicts of workloads could not take into account in its area, because nobody read it. */
const CONTRIBUTORS: readonly ((context: Context) => readonly NotLookedAt[])[] = [launchesNotLookedAt];

/**
 * Of all areas, in one order. What was denied or failed is a gap and not listed here.
 * @param judgesWorkloads Without verdicts, nothing is said of what they need.
 * @param more What findings could not take into account.
 */
export function notLookedAt(
  context: Context,
  judgesWorkloads: boolean,
  more: readonly NotLookedAt[],
): NotLookedAt[] {
  const contributed = judgesWorkloads ? CONTRIBUTORS.flatMap((contribute) => contribute(context)) : [];
  return [...contributed, ...more].sort((a, b) =>
    firstOf(
      SIDES.indexOf(a.side) - SIDES.indexOf(b.side),
      compareText(a.what, b.what),
      compareText(a.because, b.because),
    ),
  );
}

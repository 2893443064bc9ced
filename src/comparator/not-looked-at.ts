import { LAUNCHERS } from '../inventory/kinds.ts';
import { compareText, firstOf } from '../inventory/order.ts';
import type { NotLookedAt } from '../report/model.ts';
import { SIDES } from '../report/vocabulary.ts';
import type { Context } from './context.ts';
import { launchesNotLookedAt, stackLaunchesNotLookedAt } from './launches/not-looked-at.ts';
import { missing } from './pairing/counterpart.ts';
import { sharedCopiesUnasked } from './pairing/image-access.ts';
import { stacksNotLookedAt } from './workloads/stack-imports.ts';

/** Each states what the verdicts of workloads do not take into account in its area, because it was not read. */
const CONTRIBUTORS: readonly ((context: Context) => readonly NotLookedAt[])[] = [
  launchesNotLookedAt,
  sharedCopiesNotLookedAt,
  stacksNotLookedAt,
  stackLaunchesNotLookedAt,
];

/**
 * Of all areas, in one order. What was denied or failed is a gap and not listed here.
 * @param judgesWorkloads Without verdicts, nothing is said of what they need.
 * @param hasFindings Without any, nothing is said of what would make one matter more.
 * @param more What findings could not take into account.
 */
export function notLookedAt(
  context: Context,
  judgesWorkloads: boolean,
  hasFindings: boolean,
  more: readonly NotLookedAt[],
): NotLookedAt[] {
  const contributed = judgesWorkloads
    ? CONTRIBUTORS.flatMap((contribute) => contribute(context))
    : hasFindings
      ? unreadLaunchers(context)
      : [];
  return [...contributed, ...more].sort((a, b) =>
    firstOf(
      SIDES.indexOf(a.side) - SIDES.indexOf(b.side),
      compareText(a.what, b.what),
      compareText(a.because, b.because),
    ),
  );
}

/** Of two accounts: what would show that another account shares a copy of an image that is reported as missing. */
function sharedCopiesNotLookedAt({ source, target, counterparts, places }: Context): NotLookedAt[] {
  const unasked = counterparts.image.some((pair) => {
    const image = missing(pair);
    return image !== null && sharedCopiesUnasked(image, source, target);
  });
  return unasked
    ? [
        {
          what: 'copies of images that other accounts share (whether the target could launch one of them)',
          side: 'target',
          because: `They were not looked up in ${places.target}; they are where the target is a live region.`,
        },
      ]
    : [];
}

/** Where workloads are not reported: whether they were read, since what they use matters more. */
function unreadLaunchers({ source, target }: Context): NotLookedAt[] {
  return SIDES.flatMap((side) => {
    const snapshot = { source, target }[side];
    const because = LAUNCHERS.flatMap((key) => {
      const collected = snapshot[key];
      return collected.status === 'failed' && LEFT_OUT.has(collected.failure.code)
        ? [collected.failure.message]
        : [];
    });
    const [first] = because;
    return first === undefined ? [] : [{ what: WORKLOADS, side, because: first }];
  });
}

const WORKLOADS = 'workloads (which of the findings are about something that a workload uses)';
const LEFT_OUT: ReadonlySet<string> = new Set(['not-in-dump', 'not-read']);

import { within } from '../../cloudformation/reach.ts';
import type { Gap, NotLookedAt } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { exportGaps, exportsNotLookedAt } from './stack-facts.ts';
import { stacksOf } from './template-checks.ts';

/** What templates that start instances import, where the exports were not read. What was denied is a gap. */
export function stacksNotLookedAt(context: Context): NotLookedAt[] {
  return importsCount(context) ? exportsNotLookedAt(context) : [];
}

/** Exports that could not be read: whether the stacks that import could be created is not known. */
export function stackGaps(context: Context): Gap[] {
  return importsCount(context) ? exportGaps(context) : [];
}

/** Whether a verdict depends on what the target exports. */
function importsCount(context: Context): boolean {
  return stacksOf(context).some(
    ({ side, launches, item }) =>
      side === 'source' &&
      launches &&
      item.template?.lookUps.some(({ value }) => [...within(value)].some((part) => part.is === 'import')),
  );
}

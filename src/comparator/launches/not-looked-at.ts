import { compareText } from '../../inventory/order.ts';
import type { NotLookedAt } from '../../report/model.ts';
import type { Context } from '../context.ts';
import { omissions } from './index.ts';

/** What the launches name and nobody looked at, each once. */
export function launchesNotLookedAt(context: Context): NotLookedAt[] {
  const once = new Map(
    omissions(context).map(({ what, side, because }) => [
      JSON.stringify([what, side]),
      { what, side, because },
    ]),
  );
  return [...once.values()].sort((a, b) => compareText(a.what, b.what));
}

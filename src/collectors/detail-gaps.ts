import type { Failure } from '../inventory/collected.ts';
import { compareText } from '../inventory/order.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { groupBy } from '../text/groups.ts';
import { atMost } from '../text/lists.ts';

/** A part that could not be read of one item. */
export interface DetailFailure {
  /** How to name the item: its id. */
  readonly item: string;
  readonly failure: Failure;
}

/** How many items a gap names; the count says the rest. */
const NAMED = 3;

/** One gap per failure code, however many items it affects: one fix resolves five hundred denied images. */
export function detailGaps(kind: string, part: string, failures: readonly DetailFailure[]): DetailGap[] {
  return [...groupBy(failures, ({ failure }) => failure.code)].map(([code, affected]) => {
    const sorted = affected.sort((a, b) => compareText(a.item, b.item));
    const names = sorted.map(({ item }) => item);
    const [first] = sorted as [DetailFailure, ...DetailFailure[]];
    return {
      kind,
      code,
      message: `${part} of ${atMost(names, NAMED)} could not be read: ${first.failure.message}`,
      hint: first.failure.hint,
    };
  });
}

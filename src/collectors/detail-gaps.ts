import type { Failure, FailureCode } from '../inventory/collected.ts';
import { compareText } from '../inventory/order.ts';
import type { DetailGap } from '../inventory/snapshot.ts';

/** A part that could not be read of one item. */
export interface DetailFailure {
  /** How to name the item: its id. */
  readonly item: string;
  readonly failure: Failure;
}

/** How many items a gap names; the count says the rest. */
const NAMED = 3;

/** One gap per failure code, however many items it struck: five hundred denied images are one thing to mend. */
export function detailGaps(kind: string, part: string, failures: readonly DetailFailure[]): DetailGap[] {
  const byCode = new Map<FailureCode, DetailFailure[]>();
  for (const one of failures) byCode.set(one.failure.code, [...(byCode.get(one.failure.code) ?? []), one]);
  return [...byCode].map(([code, struck]) => {
    const sorted = [...struck].sort((a, b) => compareText(a.item, b.item));
    const names = sorted.slice(0, NAMED).map(({ item }) => item);
    const more = sorted.length > NAMED ? ` and ${sorted.length - NAMED} more` : '';
    const [first] = sorted as [DetailFailure, ...DetailFailure[]];
    return {
      kind,
      code,
      message: `${part} of ${names.join(', ')}${more} could not be read: ${first.failure.message}`,
      hint: first.failure.hint,
    };
  });
}

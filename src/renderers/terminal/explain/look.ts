import type { Finding, Pair, Report } from '../../../report/model.ts';
import type { Digest } from '../../../report/view/digest.ts';
import type { Paint } from '../paint.ts';

/** Rows of a part before "and 12 more". */
export const MOST_ROWS = 60;

/** What every part of the explanation is made from. */
export interface Look {
  readonly report: Report;
  readonly finding: Finding;
  readonly pair: Pair | undefined;
  readonly digest: Digest;
  readonly columns: number;
  readonly p: Paint;
  readonly heading: { readonly source: string; readonly target: string };
}

/** The waiver of a finding that the config waives. */
export function waiverOf(finding: Finding): Report['waived'][number]['waiver'] | null {
  return 'waiver' in finding ? (finding as Report['waived'][number]).waiver : null;
}

import type { FailOn } from '../../report/vocabulary.ts';

export interface TerminalOptions {
  readonly columns: number;
  readonly color: boolean;
  readonly failOn: FailOn;
  /** Where the full reports are. */
  readonly written: readonly { readonly format: string; readonly path: string }[];
  /** Every finding in full, with its facts and the reason for its rule; else the short report. */
  readonly full?: boolean;
  /** Signs that every terminal can show (`TERM=dumb`, a locale that is not UTF-8). */
  readonly ascii?: boolean;
}

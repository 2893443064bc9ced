import type { Snapshot } from '../inventory/snapshot.ts';
import type { Report } from '../report/model.ts';

/** One run, with what the run before it read. */
export interface Night {
  readonly report: Report;
  readonly source: Read;
  readonly target: Read;
  /** A digest of config and version. */
  readonly settings: string;
  /** The snapshots of the last run of the ledger; null where there is none, or its files are missing. */
  readonly before: { readonly source: Snapshot; readonly target: Snapshot } | null;
  /** What the same audit finds in other snapshots. */
  readonly auditOf: (source: Snapshot, target: Snapshot) => Report;
}
export interface Read {
  readonly snapshot: Snapshot;
  readonly hash: string;
}

import type { ChangedByFacts, OriginFacts, RivalFacts, Rows } from './shared.ts';

export type PrefixListFacts = {
  'prefix-list/missing': OriginFacts & {
    readonly managedBy: 'aws' | 'customer';
    /** Null where the entries were not read. */
    readonly entries: readonly string[] | null;
    readonly maxEntries: number | null;
  };
  /** Several lists of this name have other entries on the target. */
  'prefix-list/ambiguous': RivalFacts;
  'prefix-list/entries-differ': {
    readonly onlySource: readonly string[];
    readonly onlyTarget: readonly string[];
    readonly rows: Rows;
    /** Null for what is changed manually. */
    readonly changedBy: ChangedByFacts | null;
  };
};

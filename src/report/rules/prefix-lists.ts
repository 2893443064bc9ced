import type { ChangedByFacts, OriginFacts, Rows } from './shared.ts';

export type PrefixListFacts = {
  'prefix-list/missing': OriginFacts & {
    readonly managedBy: 'aws' | 'customer';
    /** Null where the entries were not read. */
    readonly entries: readonly string[] | null;
    readonly maxEntries: number | null;
  };
  'prefix-list/entries-differ': {
    readonly onlySource: readonly string[];
    readonly onlyTarget: readonly string[];
    readonly rows: Rows;
    /** Null for what is changed by hand. */
    readonly changedBy: ChangedByFacts | null;
  };
};

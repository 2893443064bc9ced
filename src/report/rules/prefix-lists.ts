import type { Rows } from './shared.ts';

export type PrefixListFacts = {
  'prefix-list/missing': {
    readonly managedBy: 'aws' | 'customer';
    /** Null where the entries were not read. */
    readonly entries: readonly string[] | null;
    readonly maxEntries: number | null;
  };
  'prefix-list/entries-differ': {
    readonly onlySource: readonly string[];
    readonly onlyTarget: readonly string[];
    readonly rows: Rows;
  };
};

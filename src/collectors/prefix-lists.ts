import type { Filter, ManagedPrefixList, PrefixListEntry } from '@aws-sdk/client-ec2';
import { isAwsManaged, type PrefixList, prefixListFrom } from '../inventory/prefix-list.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { canonical, nameOf } from './canonical.ts';
import { detailGaps } from './detail-gaps.ts';
import { CallFailed } from './failures.ts';
import { allPages, malformed } from './paging.ts';
import type { Reader } from './reader.ts';
import { type RowFailure, rowFailure, withoutVanished } from './vanished.ts';

/** Prefix lists, and the entries of the customer's own; a list whose entries cannot be read has none and a stated gap. */
export async function readPrefixLists(reader: Reader): Promise<{ items: PrefixList[]; gaps: DetailGap[] }> {
  const rows = await listed(reader, true, {});
  const failed: RowFailure[] = [];
  const items = await Promise.all(
    rows.map(async (row) => {
      if (!row.PrefixListName) {
        throw malformed(reader, 'DescribeManagedPrefixLists', `${row.PrefixListId} has no name`);
      }
      try {
        return await withEntries(reader, row);
      } catch (error) {
        if (!(error instanceof CallFailed)) throw error;
        const item = nameOf(row.PrefixListId, row.PrefixListName);
        failed.push(rowFailure(row.PrefixListId ?? '', item, error));
        return prefixListFrom(row, null);
      }
    }),
  );
  const { ids, failures, gaps } = await withoutVanished('prefix-list', failed, async (Values) => {
    const again = await listed(reader, false, { Filters: [{ Name: 'prefix-list-id', Values: [...Values] }] });
    return new Set(again.map(({ PrefixListId }) => PrefixListId ?? ''));
  });
  return {
    items: items.filter(({ id }) => !ids.has(id)),
    gaps: [...detailGaps('prefix-list', 'The entries', failures), ...gaps],
  };
}

function listed(
  reader: Reader,
  reports: boolean,
  which: { Filters?: Filter[] },
): Promise<ManagedPrefixList[]> {
  return allPages(reader, {
    action: 'DescribeManagedPrefixLists',
    what: 'prefix lists',
    reports,
    ask: async (position) => {
      const answer = await reader.call('DescribeManagedPrefixLists', { ...which, ...position });
      return { rows: answer.PrefixLists, next: answer.NextToken };
    },
    idOf: (list) => list.PrefixListId,
  });
}

/** AWS's own lists are compared by name, and asking for their entries would cost a call per list for nothing. */
async function withEntries(reader: Reader, row: ManagedPrefixList): Promise<PrefixList> {
  if (isAwsManaged(row)) return prefixListFrom(row, null);
  const entries = await readEntries(reader, row.PrefixListId ?? '');
  const name = nameOf(row.PrefixListId, row.PrefixListName);
  return canonical(reader, 'GetManagedPrefixListEntries', name, () => prefixListFrom(row, entries));
}

async function readEntries(reader: Reader, PrefixListId: string): Promise<PrefixListEntry[]> {
  return allPages(reader, {
    action: 'GetManagedPrefixListEntries',
    what: 'prefix list entries',
    ask: async (position) => {
      const { Entries, NextToken } = await reader.call('GetManagedPrefixListEntries', {
        PrefixListId,
        ...position,
      });
      return { rows: Entries, next: NextToken };
    },
    idOf: (entry) => entry.Cidr,
  });
}

import { canonicalCidr } from '../../inventory/addresses.ts';
import type { Collected } from '../../inventory/collected.ts';
import { INVENTORY } from '../../inventory/kinds.ts';
import { type AwsPrefixListEntry, type PrefixList, prefixListFrom } from '../../inventory/prefix-list.ts';
import type { DetailGap } from '../../inventory/snapshot.ts';
import { shellWord } from '../../text/shell.ts';
import { BadDump, collect, type Dump, failureOf, type Row, read, rowsOf } from './answers.ts';
import { fileName, saving } from './kinds.ts';
import { entryRow, prefixListRow } from './rows.ts';

type Raw = Parameters<typeof prefixListFrom>[0];

/**
 * Prefix lists with the entries of the customer-managed ones. get-managed-prefix-list-entries does not say whose
 * entries it answers with, so the name of the file does.
 */
export function collectPrefixLists(dump: Dump): { lists: Collected<PrefixList>; gaps: DetailGap[] } {
  const entries = entriesByList(dump);
  const lists = collect(
    dump,
    'prefixLists',
    prefixListRow,
    (row) => prefixListFrom(row, entries.complete.get(row.PrefixListId) ?? null),
    (list) => list.id,
    // Where both calls were dumped, the richer answer counts, whichever is newer.
    (rows) => [...rows.filter(({ row }) => isLegacy(row)), ...rows.filter(({ row }) => !isLegacy(row))],
  );
  if (lists.status === 'failed') return { lists, gaps: [] };
  return { lists, gaps: [...legacyGap(dump), ...entryGaps(dump, lists.items, entries.broken)] };
}

/** A row of describe-prefix-lists: AWS's own lists, with their ranges and without an owner. */
function isLegacy(row: Raw): boolean {
  return row.Cidrs !== undefined && row.OwnerId === undefined && row.AddressFamily === undefined;
}

function legacyGap(dump: Dump): DetailGap[] {
  const answers = dump.answers.filter(({ key }) => key === 'PrefixLists');
  const rows = answers.flatMap((answer) => rowsOf(answer, prefixListRow));
  if (rows.length === 0 || !rows.every(({ row }) => isLegacy(row))) return [];
  const files = [...new Set(answers.map(({ file }) => file.shown))].join(', ');
  return [
    {
      kind: 'prefix-list',
      code: 'not-in-dump',
      message: `${files}: describe-prefix-lists returns AWS-managed lists only; customer-managed prefix lists are not in it.`,
      hint: 'Save them too.',
      commands: [saving(dump, 'ManagedPrefixLists.json', INVENTORY.prefixLists.call)],
    },
  ];
}

interface Entries {
  readonly complete: ReadonlyMap<string, readonly AwsPrefixListEntry[]>;
  readonly broken: ReadonlyMap<string, BadDump>;
}

/** Not an id inside a longer word: "my-pl-settings" names no list. */
const LIST_ID = /(?<![a-z0-9])pl-[0-9a-f]{8,17}(?![a-z0-9])/g;

function entriesByList(dump: Dump): Entries {
  const lists = new Map<string, Map<string, AwsPrefixListEntry>>();
  const broken = new Map<string, BadDump>();
  const nameless = new Set<string>();
  for (const file of dump.folder.files) {
    const answers = dump.answers.filter((answer) => answer.key === 'Entries' && answer.file === file);
    if (answers.length === 0 && file.fault?.key !== 'Entries') continue;
    const ids = [...new Set(file.name.toLowerCase().match(LIST_ID))];
    const [id] = ids;
    if (id === undefined || ids.length > 1) {
      nameless.add(file.shown);
      continue;
    }
    try {
      if (file.fault) throw new BadDump('malformed', `${file.shown} cannot be read: ${file.fault.why}`);
      const merged = lists.get(id) ?? new Map<string, AwsPrefixListEntry>();
      for (const found of answers.flatMap((answer) => rowsOf(answer, entryRow))) {
        merged.set(cidrOf(found), found.row);
      }
      lists.set(id, merged);
    } catch (error) {
      if (!(error instanceof BadDump)) throw error;
      broken.set(id, error);
    }
  }
  for (const name of nameless) {
    dump.notes.push(
      `${name}: ignored, the entries of a prefix list whose id (pl-…) is not in the file's name`,
    );
  }
  const complete = [...lists].filter(([id]) => !broken.has(id));
  return { complete: new Map(complete.map(([id, rows]) => [id, [...rows.values()]])), broken };
}

function cidrOf(found: Row<AwsPrefixListEntry>): string {
  return read(found, (row) => canonicalCidr(row.Cidr ?? ''));
}

function entryGaps(dump: Dump, lists: readonly PrefixList[], broken: Entries['broken']): DetailGap[] {
  const unread = lists.filter((list) => list.managedBy === 'customer' && list.entries === null);
  const save = (id: string) =>
    saving(
      dump,
      fileName(`entries-${id}.json`),
      `get-managed-prefix-list-entries --prefix-list-id ${shellWord(id)}`,
    );
  const absent = unread.filter(({ id }) => !broken.has(id));
  const [first] = absent;
  const absentGap: DetailGap[] = first
    ? [
        {
          kind: 'prefix-list',
          code: 'not-in-dump',
          message: `${dump.folder.dir} contains no entries of ${absent.map(({ id, name }) => `${id} (${name})`).join(', ')}.`,
          hint: "Save them there, one file per list with its id in the file's name.",
          commands: absent.slice(0, NAMED).map(({ id }) => save(id)),
        },
      ]
    : [];
  const brokenGaps = unread.flatMap(({ id }) => {
    const error = broken.get(id);
    return error ? [{ kind: 'prefix-list', ...failureOf(error, [save(id)]) }] : [];
  });
  return [...absentGap, ...brokenGaps];
}

/** How many commands a gap shows: the others differ in the id alone. */
const NAMED = 5;

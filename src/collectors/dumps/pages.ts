import { isObject, type JsonObject } from '../../inventory/json-text.ts';
import { compareText } from '../../inventory/order.ts';
import { groupBy } from '../../text/groups.ts';
import type { DumpFile } from './folder.ts';
import type { AnswerKey } from './kinds.ts';
import { rowName } from './shapes.ts';

/** The fields in which an answer says that it is not the whole, and where the next page begins. */
const TOKENS = ['NextToken', 'nextToken', 'Marker', 'NextMarker'];

interface Page {
  readonly key: AnswerKey;
  readonly value: unknown;
  readonly whole: JsonObject;
  readonly file: DumpFile;
}

/** The name of the field that holds the token of the next page; undefined where the answer is the last or only one. */
export function tokenField(whole: JsonObject): string | undefined {
  return TOKENS.find((name) => whole[name]);
}

/**
 * The answers whose next page is in the folder too. An answer does not say which token it was asked with, so pages belong
 * together where everything fits: each has another token, exactly one has none (the last), no row is in two of them, and,
 * where the tokens are the CLI's own (`--max-items`), the rows of each page are as many as its token counts.
 */
export function continuedPages<P extends Page>(pages: readonly P[]): ReadonlySet<P> {
  const groups = groupBy(pages, (page) => {
    if (!Array.isArray(page.value)) return null;
    // Entries of a prefix list are pages of that list, which only the name of the file shows.
    const of =
      page.key === 'Entries' ? (/pl-[0-9a-f]{8,17}/.exec(page.file.name.toLowerCase())?.[0] ?? '') : '';
    return `${page.key} ${of}`;
  });
  return new Set([...groups.values()].flatMap((group) => (isChain(group) ? group : [])));
}

function isChain(group: readonly Page[]): boolean {
  const unlike = [...new Map(group.map((page) => [JSON.stringify(page.whole), page])).values()];
  const tokens = unlike.flatMap(({ whole }) => {
    const field = tokenField(whole);
    return field === undefined ? [] : [String(whole[field])];
  });
  if (tokens.length === 0 || tokens.length !== unlike.length - 1) return false;
  if (new Set(tokens).size !== tokens.length) return false;
  const names = unlike.flatMap(({ key, value }) => (value as unknown[]).map((row) => rowName(key, row)));
  return new Set(names).size === names.length && countsFit(unlike);
}

/** `--max-items` gives a token of base64 JSON that says how many rows of the answer have been printed so far. */
function countsFit(pages: readonly Page[]): boolean {
  const counted = pages.flatMap(({ whole, value }) => {
    const field = tokenField(whole);
    const printed = field === undefined ? null : rowsPrinted(String(whole[field]));
    return printed === null ? [] : [{ printed, rows: (value as unknown[]).length }];
  });
  let before = 0;
  for (const { printed, rows } of counted.sort((a, b) => a.printed - b.printed)) {
    if (printed - before !== rows) return false;
    before = printed;
  }
  return true;
}

/** Null for a token of the service's own, which is opaque, and for one that counts from another page of the service. */
function rowsPrinted(token: string): number | null {
  try {
    const inside: unknown = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
    if (!isObject(inside)) return null;
    const { boto_truncate_amount: printed, ...from } = inside;
    const fromStart = Object.values(from).every((value) => value === null);
    return typeof printed === 'number' && fromStart ? printed : null;
  } catch {
    return null;
  }
}

/** A line for each set of files that was taken as the pages of one answer. */
export function pageNotes(continued: Iterable<Page>): string[] {
  const files = new Map<string, Set<string>>();
  for (const { key, file } of continued) files.set(key, (files.get(key) ?? new Set()).add(file.shown));
  return [...files].map(
    ([key, names]) => `read as the pages of one answer (${key}): ${[...names].sort(compareText).join(', ')}`,
  );
}

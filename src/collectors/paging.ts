import { type PagedAction, pageSizesOf } from './actions.ts';
import { CallFailed, failure } from './failures.ts';
import type { Reader } from './reader.ts';

/** A page as the collectors hand it over: rows undefined where the answer had no list at all. */
export interface Page<Row> {
  readonly rows: readonly Row[] | undefined;
  readonly next: string | undefined;
}

export interface PagesOf<Row> {
  readonly action: PagedAction;
  /** What to call the rows in messages and progress; no progress without `reports`. */
  readonly what: string;
  readonly reports?: boolean;
  readonly ask: (position: { MaxResults: number; NextToken?: string }) => Promise<Page<Row>>;
  readonly idOf: (row: Row) => string | undefined;
}

/** AWS may answer an empty page and a token, or rows again that moved between pages; for ever, only something that is not AWS does. */
const MOST_USELESS_PAGES = 500;

/**
 * All rows of a paged call, each id once. Always with a page size: EC2 throttles calls without one by a bucket of half
 * the size (E4), and the SDK's paginators send none. A page may be short or empty and still carry a token (E5).
 * @throws CallFailed and never returns a part of the list: "not in the list" has to mean "not there".
 */
export function allPages<Row>(reader: Reader, pages: PagesOf<Row>): Promise<Row[]> {
  return allItems(reader, pages, (row) => [row]);
}

/**
 * The same, with each row converted when its page arrives: the rows of one page at a time are in memory, and the next page
 * is on its way while a page is converted.
 */
export async function allItems<Row, Item>(
  reader: Reader,
  pages: PagesOf<Row>,
  convert: (row: Row) => readonly Item[],
): Promise<Item[]> {
  const { action, what, ask, idOf } = pages;
  const { min, max } = pageSizesOf(action);
  const MaxResults = Math.max(min, Math.min(reader.pageSize ?? max, max));
  const items: Item[] = [];
  const ids = new Set<string>();
  const end = new EndOfPages(reader, action, what);
  const pageAt = (token: string | undefined): Promise<Page<Row>> =>
    ask({ MaxResults, ...(token ? { NextToken: token } : {}) }).catch((error) => {
      throw afterSome(error, ids.size, what);
    });
  for (let page: Promise<Page<Row>> | null = pageAt(undefined); page; ) {
    const { rows, next }: Page<Row> = await page;
    const fresh: Row[] = [];
    for (const row of listed(reader, action, rows)) {
      const id = idOf(row);
      if (!id) throw malformed(reader, action, `one of the ${what} has no id`);
      if (ids.has(id)) continue; // rows can move between pages while they are read
      ids.add(id);
      fresh.push(row);
    }
    if (pages.reports) reader.progress(what, ids.size, !next);
    if (next) end.refuse(next, fresh.length, ids.size);
    page = next ? pageAt(next) : null;
    // A row that cannot be converted ends the reading before the next page is awaited.
    page?.catch(() => {});
    for (const row of fresh) items.push(...convert(row));
  }
  return items;
}

/** What only something that is not AWS does: pages without end. */
class EndOfPages {
  private readonly reader: Reader;
  private readonly action: string;
  private readonly what: string;
  private readonly seen = new Set<string>();
  private useless = 0;

  constructor(reader: Reader, action: string, what: string) {
    this.reader = reader;
    this.action = action;
    this.what = what;
  }

  /** @throws CallFailed where the token of the next page shows that there is no end. */
  refuse(next: string, fresh: number, read: number): void {
    this.useless = fresh > 0 ? 0 : this.useless + 1;
    const why = this.seen.has(next)
      ? 'a page token was returned twice'
      : this.useless > MOST_USELESS_PAGES
        ? `${MOST_USELESS_PAGES} pages without a new row`
        : null;
    if (why)
      throw new CallFailed(
        failure('truncated', asked(this.reader, this.action), `${why}, after ${read} ${this.what}`),
      );
    this.seen.add(next);
  }
}

/**
 * The list of an answer. The SDK reads a body that has no list element (an empty document, a proxy's HTML page,
 * another call's answer) as an object without the member, and an empty list element as `[]`: only the second is an answer.
 */
export function listed<Row>(
  reader: Reader,
  action: string,
  rows: readonly Row[] | undefined,
): readonly Row[] {
  if (rows === undefined) throw malformed(reader, action, 'the answer contains no list');
  return rows;
}

/** A list whose end cannot be read. */
export function truncated(reader: Reader, action: string, said: string): CallFailed {
  return new CallFailed(failure('truncated', asked(reader, action), said));
}

export function malformed(reader: Reader, action: string, said: string): CallFailed {
  return new CallFailed(failure('malformed', asked(reader, action), said));
}

function asked({ region, endpointOf }: Reader, action: string) {
  return { action, region, endpoint: endpointOf(action) };
}

/** A failure half-way says how far the reading had come. */
function afterSome(error: unknown, count: number, what: string): unknown {
  if (!(error instanceof CallFailed) || count === 0) return error;
  const { failure: first } = error;
  return new CallFailed(
    { ...first, message: `${first.message}; ${count} ${what} were read before that, which is not all` },
    { cause: error },
  );
}

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
export async function allPages<Row>(reader: Reader, pages: PagesOf<Row>): Promise<Row[]> {
  const { action, what, ask, idOf } = pages;
  const { min, max } = pageSizesOf(action);
  const MaxResults = Math.max(min, Math.min(reader.pageSize ?? max, max));
  const rows = new Map<string, Row>();
  const seenTokens = new Set<string>();
  let uselessPages = 0;
  for (let token: string | undefined; ; ) {
    const page: Page<Row> = await ask({ MaxResults, ...(token ? { NextToken: token } : {}) }).catch(
      (error) => {
        throw afterSome(error, rows.size, what);
      },
    );
    const before = rows.size;
    for (const row of listed(reader, action, page.rows)) {
      const id = idOf(row);
      if (!id) throw malformed(reader, action, `one of the ${what} has no id`);
      if (!rows.has(id)) rows.set(id, row); // rows can move between pages while they are read
    }
    const done = !page.next;
    if (pages.reports) reader.progress(what, rows.size, done);
    if (!page.next) return [...rows.values()];
    uselessPages = rows.size > before ? 0 : uselessPages + 1;
    if (seenTokens.has(page.next) || uselessPages > MOST_USELESS_PAGES) {
      const why =
        uselessPages > MOST_USELESS_PAGES
          ? `${MOST_USELESS_PAGES} pages without a new row`
          : 'a page token was returned twice';
      throw new CallFailed(failure('truncated', asked(reader, action), `${why}, after ${rows.size} ${what}`));
    }
    seenTokens.add(page.next);
    token = page.next;
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

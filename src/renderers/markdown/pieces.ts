import { andMore } from '../../text/lists.ts';
import { text } from '../../text/markdown.ts';
import type { Section } from './fit.ts';

/** A section that is open: a heading and its content. */
export function section(title: string, name: string, content: () => Iterable<string>): Section {
  return {
    name,
    *pieces() {
      yield `#### ${title}\n\n`;
      yield* content();
      yield '\n';
    },
  };
}

/** A section that GitHub shows folded. Its title is of our own making, but for data that is escaped. */
export function folded(title: string, content: () => Iterable<string>): Section {
  return {
    name: title.charAt(0).toLowerCase() + title.slice(1),
    *pieces() {
      yield `<details><summary><b>${title}</b></summary>\n\n`;
      yield* content();
      yield '\n</details>\n\n';
    },
  };
}

export interface Rows {
  readonly rows: Iterable<readonly string[]>;
  /** `and 12 more in the full report`, or empty. */
  readonly rest: string;
}

/** The first rows of a table, and how many more there are. */
export function rowsWithin(rows: Iterable<readonly string[]>, total: number, most: number): Rows {
  return {
    rows: first(rows, most),
    rest: total > most ? `${andMore(total - most)} in the full report` : '',
  };
}

function* first<T>(items: Iterable<T>, most: number): Iterable<T> {
  let n = 0;
  for (const item of items) {
    if (n++ >= most) return;
    yield item;
  }
}

/** A table of ready cells, line by line: GFM drops what is beyond the width of the head. */
export function* tablePieces(
  head: readonly string[],
  rows: Rows | Iterable<readonly string[]>,
  align: readonly ('left' | 'right')[] = [],
): Iterable<string> {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const { rows: all, rest } = 'rest' in rows ? rows : { rows, rest: '' };
  yield line(head);
  yield line(head.map((_, i) => (align[i] === 'right' ? '--:' : '---')));
  for (const row of all) yield line(row);
  if (rest !== '') yield `\n${text(rest)}\n`;
}

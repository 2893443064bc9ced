import { MalformedValue } from '../inventory/addresses.ts';
import { Unable } from '../inventory/unable.ts';
import { printable } from '../text/printable.ts';
import { HEADERS } from './columns.ts';

/** One line of a listing, in columns, and its place for messages. */
export interface Listed {
  readonly columns: readonly string[];
  /** "groups.txt, line 3". */
  readonly where: string;
}

const SAVE_AGAIN = 'Save the output of the tool unchanged, with its TABs: ec2-describe-group -H > FILE.';

/** A line that cannot be read. `what` follows the place in the message. */
export function malformed(where: string, what: string, hint = SAVE_AGAIN): Unable {
  return new Unable(printable(`${where}: ${what}.`, 500), hint);
}

/** Runs one of the readers of AWS values over a line, so that what it complains of is found. */
export function at<T>({ where }: Listed, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedValue)
      throw malformed(where, error.message, 'Correct that line, or save the listing again.');
    throw error;
  }
}

const FIRST_WORDS = ['GROUP', 'KEYPAIR', 'IMAGE'];

/**
 * Whether the first line with anything on it is one of a listing. Spaces pass for the TABs here, so that a listing
 * copied from a terminal is reported with what is wrong with it instead of not being recognised.
 */
export function looksLikeListing(text: string): boolean {
  const first = /^\uFEFF?(?:[^\S\n]*\n)*([^\n]*)/.exec(text)?.[1] ?? '';
  const [word = '', second] = first.trimEnd().split(/[\t ]+/);
  if (Object.values(HEADERS).some(([a, b]) => word === a && second === b)) return true;
  return FIRST_WORDS.includes(word) && second !== undefined;
}

/** The lines that hold something, split at TABs and at nothing else: an empty column is a column. */
export function recordsOf(text: string, name: string): Listed[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const listed = lines.flatMap((content, i): Listed[] =>
    content.trim() === '' ? [] : [{ columns: content.split('\t'), where: `${name}, line ${i + 1}` }],
  );
  for (const { columns, where } of listed) {
    // Not quoted: what `ec2-add-keypair` prints after its KEYPAIR line is a private key.
    if (!/^[A-Z]+$/.test(columns[0] ?? '') && !isHeader(columns)) {
      const spaced =
        columns.length === 1 && /^(?:GROUP|PERMISSION|KEYPAIR|IMAGE|TAG) /.test(columns[0] ?? '');
      throw malformed(
        where,
        spaced ? 'there are spaces where TABs are expected' : 'this is not a line of a listing',
      );
    }
  }
  return listed.some(isNil) ? listed.map(withoutNil) : listed;
}

export function isHeader([first, second]: readonly string[]): boolean {
  // Before groups had ids their header was Owner, Name, Description.
  if (first === 'GROUP') return second === 'Id' || second === 'Owner';
  return Object.values(HEADERS).some(([a, b]) => first === a && second === b);
}

/** `--show-empty-fields` prints "(nil)" for an empty column, and by a slip of the tool also after FROM and TO. */
function isNil({ columns }: Listed): boolean {
  switch (columns[0]) {
    case 'GROUP':
      return columns[5] === '(nil)';
    case 'PERMISSION':
      return /^(?:FROM|TO)\(nil\)$/.test(columns[7] ?? '');
    case 'IMAGE':
      return columns.slice(6, 12).includes('(nil)');
    default:
      return false;
  }
}

function withoutNil({ columns, where }: Listed): Listed {
  const [first = ''] = columns;
  const plain = (text: string, i: number) =>
    text === '(nil)' ? '' : first === 'PERMISSION' && i === 7 ? text.replace('(nil)', '') : text;
  return { columns: columns.map(plain), where };
}

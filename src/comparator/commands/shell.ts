import { visible } from '../../text/printable.ts';

/**
 * A command is pasted into a shell: each value is one word there, with any content. Between single quotes nothing has a
 * meaning, history expansion (`!`) included. Characters that a terminal would act on or not show are written as octal
 * escapes of their UTF-8 bytes, so that what is copied is what is shown.
 */
export function shellWord(text: string): string {
  if (/^[\w./:@-]+$/.test(text)) return text;
  if (!isPlain(text)) return `"${printed(text)}"`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Whether every character of a text is shown as itself. */
export function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text) || visible(text) === text;
}

/**
 * A command substitution drops the newlines at the end of what it prints. They are taken from IFS, which every shell
 * sets to space, tab and newline when it starts.
 */
function printed(text: string): string {
  const kept = text.replace(/\n+$/, '');
  const newlines = `\${IFS#??}`.repeat(text.length - kept.length);
  return `${kept === '' ? '' : `$(printf '${printfFormat(kept)}')`}${newlines}`;
}

/** A format that begins with a hyphen would be an option of `printf`, so that the first character is escaped then. */
function printfFormat(text: string): string {
  return [...text]
    .map((c, i) =>
      (i === 0 ? /[\w ./:@,=]/ : /[\w ./:@,=-]/).test(c)
        ? c
        : [...Buffer.from(c, 'utf8')].map(octal).join(''),
    )
    .join('');
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}

/** A shell variable that an earlier command of the list sets: the id of something that is yet to be made. */
export class ShellVariable {
  readonly name: string;
  /** @param name letters, digits and `_`. */
  constructor(name: string) {
    this.name = name;
  }
}

/** JSON as one word of a shell, with the values of shell variables in it. */
export function jsonWord(value: unknown): string {
  const parts: (string | ShellVariable)[] = [];
  const text = (piece: string) => {
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + piece;
    else parts.push(piece);
  };
  const list = (open: string, items: readonly (() => void)[], close: string) => {
    text(open);
    for (const [i, item] of items.entries()) {
      if (i > 0) text(',');
      item();
    }
    text(close);
  };
  const write = (json: unknown): void => {
    if (json instanceof ShellVariable) {
      text('"');
      parts.push(json);
      text('"');
    } else if (Array.isArray(json)) {
      list(
        '[',
        json.map((item) => () => write(item)),
        ']',
      );
    } else if (typeof json === 'object' && json !== null) {
      const entries = Object.entries(json).filter(([, item]) => item !== undefined);
      const members = entries.map(([key, item]) => () => {
        text(`${plainJson(key)}:`);
        write(item);
      });
      list('{', members, '}');
    } else text(plainJson(json));
  };
  write(value);
  return parts.map((p) => (typeof p === 'string' ? shellWord(p) : `"$${p.name}"`)).join('');
}

/** JSON in which every character that is not shown as itself is a `\u` escape: as an argument it is plain text. */
function plainJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (isPlain(json)) return json;
  return [...json].map((c) => (isPlain(c) ? c : c.split('').map(unicodeEscape).join(''))).join('');
}

/** By UTF-16 unit, as JSON wants it: a character beyond U+FFFF is two escapes. */
function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

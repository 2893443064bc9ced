import { visible } from '../../text/printable.ts';

/**
 * A command is pasted into a shell: each value is one word there, whatever it holds. Between single quotes nothing has a
 * meaning, history expansion (`!`) included. Characters that a terminal would act on or not show are written as octal
 * escapes of their UTF-8 bytes, so that what is copied is what is shown.
 */
export function shellWord(text: string): string {
  if (/^[\w./:@-]+$/.test(text)) return text;
  if (!isPlain(text)) return `"$(printf '${printfFormat(text)}')"`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Whether every character of a text is shown as itself. */
export function isPlain(text: string): boolean {
  return visible(text) === text;
}

function printfFormat(text: string): string {
  return [...text]
    .map((c) => (/[\w ./:@,=-]/.test(c) ? c : [...Buffer.from(c, 'utf8')].map(octal).join('')))
    .join('');
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}

/** JSON in which every character that is not shown as itself is a `\u` escape: as an argument it is plain text. */
export function plainJson(value: unknown): string {
  return [...JSON.stringify(value)]
    .map((c) => (isPlain(c) ? c : c.split('').map(unicodeEscape).join('')))
    .join('');
}

/** By UTF-16 unit, as JSON wants it: a character beyond U+FFFF is two escapes. */
function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

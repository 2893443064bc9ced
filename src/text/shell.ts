import { visible } from './printable.ts';

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

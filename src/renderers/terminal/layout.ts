import stringWidth from 'string-width';

/** Narrower terminals get lines of this width: below it, wrapping makes columns of single words. */
export const LEAST_COLUMNS = 40;
/** Lines longer than this are hard to read, however wide the terminal. */
export const MOST_COLUMNS = 160;

/** Columns that `text` takes; wide characters take two. `text` holds no escapes: the view made them visible. */
export function width(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);
}

// The root locale: where graphemes end does not depend on a language.
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The longest beginning of `text` that fits, never cutting a character in two; at least one character. */
function fitting(text: string, room: number): string {
  let taken = '';
  for (const { segment } of graphemes.segment(text)) {
    if (taken !== '' && width(taken + segment) > room) break;
    taken += segment;
  }
  return taken;
}

/** Breaks at spaces; a word longer than a line is broken where the line ends. Runs of spaces inside a line are kept. */
export function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/( +)/)) {
    if (word === '') continue;
    if (width(line + word) <= room) {
      line += word;
      continue;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
    let rest = word.trimStart();
    while (width(rest) > room) {
      const piece = fitting(rest, room);
      lines.push(piece);
      rest = rest.slice(piece.length);
    }
    line = rest;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

/**
 * A paragraph with a hanging indent: `lead` before the first line, as many spaces before the others. A lead that would take
 * more than half of the line (a long name of a fact) is wrapped like the rest, under its own indent.
 */
export function hang(
  lead: string,
  text: string,
  columns: number,
  paint: (line: string) => string = String,
): string[] {
  const indent = width(lead);
  if (indent > columns / 2) {
    const own = lead.slice(0, lead.length - lead.trimStart().length);
    return wrap(lead.trimStart() + text, columns - own.length).map((line) => own + paint(line));
  }
  const lines = wrap(text, columns - indent);
  return lines.map((line, i) => (i === 0 ? lead : ' '.repeat(indent)) + paint(line));
}

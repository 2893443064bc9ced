import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Narrower terminals get lines of this width: below it, wrapping makes columns of single words. */
export const LEAST_COLUMNS = 40;
/** Lines longer than this are hard to read, however wide the terminal. */
export const MOST_COLUMNS = 160;

/**
 * ASCII and the signs that the tool itself writes: one column each, and none joins another. To measure any other character,
 * string-width builds tables of Unicode and the segmenter of `Intl`, which takes longer than all the rest of a short report.
 */
const NARROW = /^[ -~·–—‘’“”…←-↓✔✖]*$/;

/** Columns that `text` takes; wide characters take two. The only escapes in it are those of colours: the view made others visible. */
export function width(text: string): number {
  if (NARROW.test(text)) return text.length;
  if (text.includes(ESCAPE)) return stringWidth(text);
  let sum = text.length;
  for (const [run] of text.matchAll(OTHER_RUNS)) sum += measured(run) - run.length;
  return sum;
}

const ESCAPE = '\u001b';
/** Other characters than those of ASCII, with the one before them that they may combine with. */
const OTHER_RUNS = /[\x20-\x7e]?[^\x20-\x7e]+/g;

/**
 * Each text once. `Intl.Segmenter`, with which string-width measures, has its memory outside of the heap: in a process with a
 * large heap, each call can make V8 collect all of it. Bounded: it is emptied when it is full.
 */
function measured(run: string): number {
  const hit = known.get(run);
  if (hit !== undefined) return hit;
  let sum = 0;
  for (let at = 0; at < run.length; at += MEASURED) sum += stringWidth(run.slice(at, at + MEASURED));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(run, sum);
  return sum;
}

const known = new Map<string, number>();
const MOST_KNOWN = 10_000;
/** `Intl.Segmenter` takes a time that grows with the square of the length (Node 20). */
const MEASURED = 500;

/**
 * Breaks at spaces only, so that an id, an ARN or a key can be copied whole: one that is longer than a line is a line of its
 * own, which the terminal breaks. Leading spaces are kept, before every line.
 */
export function wrap(text: string, room: number): string[] {
  const rest = text.trimStart();
  if (rest === '') return [];
  const indent = ' '.repeat(Math.min(text.length - rest.length, Math.floor(room / 2)));
  const least = Math.max(1, room - indent.length);
  if (NARROW.test(rest)) {
    if (rest.length <= least) return [indent + rest.trimEnd()];
    if (!/ {2}| $/.test(rest)) return narrowLines(rest, least).map((line) => indent + line);
  }
  const words: string[] = [];
  // wrap-ansi measures each word itself, and normalises what it wraps: a name that is not normalised is another name. So it wraps
  // words of ASCII that take as many columns, and the words themselves are put in their place.
  const replaced = rest.replace(/[^ \n]+/g, (word) => {
    words.push(word);
    return PLACE.repeat(Math.max(1, Math.min(width(word), MEASURED)));
  });
  let next = 0;
  const lines = wrapAnsi(replaced, least, { hard: false, trim: true });
  return lines
    .replace(PLACES, () => words[next++] ?? '')
    .split('\n')
    .map((line) => indent + line);
}

/** Words of one column per character, with one space between them. */
function narrowLines(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line === '') line = word;
    else if (line.length + 1 + word.length <= room) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

const PLACE = 'x';
const PLACES = /x+/g;

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

import { CST, Lexer } from 'yaml';

/** What the lexer puts between the pieces of the text. */
const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);
/** So many characters are read again at most: a template with many such texts is re-read once for each. */
const BUDGET = 8 * 2 ** 20;

/**
 * The text with the further lines of its quoted texts indented. CloudFormation, as PyYAML and SnakeYAML, takes a quoted text whose
 * further lines begin at any column; YAML 1.2 requires that they are indented. White space at the start of such a line is
 * not part of the value, and no line is added, so that line numbers stay. Null where no quoted text is cut short by its indentation.
 */
export function indentedQuotes(text: string): string | null {
  let now = text;
  let changed = false;
  for (let left = BUDGET; left > 0; left -= now.length) {
    const start = cutShort(now);
    const end = start === null ? null : closing(now, start);
    if (start === null || end === null) break;
    // As far as the quote itself, which is more than any collection around it requires.
    const indent = ' '.repeat(start - now.lastIndexOf('\n', start));
    now = now.slice(0, start) + now.slice(start, end).replace(/\n(?!\r?\n)/g, `\n${indent}`) + now.slice(end);
    changed = true;
  }
  return changed ? now : null;
}

/** Where the first quoted text begins that the lexer ends before its closing quote. */
function cutShort(text: string): number | null {
  let at = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const quote = lexeme[0];
    if ((quote === '"' || quote === "'") && closing(lexeme, 0) === null) return at;
    if (!MARKS.has(lexeme)) at += lexeme.length;
  }
  return null;
}

/** The position of the closing quote of what begins at `start`. */
function closing(text: string, start: number): number | null {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at;
      at += 1;
    }
  }
  return null;
}

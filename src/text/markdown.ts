/**
 * GitHub-flavoured Markdown in which data stays data. Input is `visible` text: one line, no control characters.
 *
 * Two layers act on such text. The Markdown parser: stopped by backslashes and entities. And GitHub's own pass over the
 * *rendered* text, which turns `@name` into a mention, `#12` into a link and `www.` into a URL even if it was escaped:
 * stopped by a zero-width space inside them, or by a code span, which that pass does not change.
 */

const ZERO_WIDTH_SPACE = '\u200b';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' };

/** Running text, safe in a paragraph, a list item, a heading and a table cell alike. */
export function text(data: string): string {
  return (
    unlinked(data)
      .replace(/[&<>|]/g, (c) => ENTITIES[c] ?? c)
      .replace(/[\\`*_[\]~$]/g, '\\$&')
      // At the start of a line: headings, lists, rules, setext underlines, definition lists.
      .replace(/^( *)([-+=#:])/, '$1\\$2')
      .replace(/^( *\d+)([.)])/, '$1\\$2')
  );
}

/** Mentions, issues and pull requests (`#1`, `GH-1`), URLs and mail addresses, broken so that no one is notified and nothing is linked. */
function unlinked(data: string): string {
  return (
    data
      .replace(/@(?=[\p{L}\p{N}_-])/gu, `@${ZERO_WIDTH_SPACE}`)
      .replace(/#(?=\d)/g, `#${ZERO_WIDTH_SPACE}`)
      .replace(/(GH)-(?=\d)/gi, `$1-${ZERO_WIDTH_SPACE}`)
      // No parser links `fileb://`, and commands that are to be copied hold it.
      .replace(/(?<!(?<![A-Za-z0-9+.-])fileb):(?=\/\/)/g, `:${ZERO_WIDTH_SPACE}`)
      .replace(/(www)(?=\.)/gi, `$1${ZERO_WIDTH_SPACE}`)
      .replace(/(mailto|xmpp)(?=:)/gi, `$1${ZERO_WIDTH_SPACE}`)
  );
}

/**
 * A code span, in a cell or anywhere. Backticks are out-fenced. A pipe or a backslash is written as HTML: parsers differ
 * over whether `\\|` inside a code span ends a cell.
 */
export function code(data: string): string {
  if (data === '') return '—';
  if (/[|\\]/.test(data) || data.trim() === '') return `<code>${entities(unlinked(data))}</code>`;
  const fence = '`'.repeat(longestRun(data) + 1);
  const pad = /^[` ]|[` ]$/.test(data) ? ' ' : '';
  return `${fence}${pad}${data}${pad}${fence}`;
}

/** Everything but letters, digits and harmless punctuation as a numeric entity, so that no syntax is left to find. */
function entities(data: string): string {
  return data.replace(/[^\p{L}\p{N}\u200b /,-]/gu, (c) => `&#${c.codePointAt(0)};`);
}

function longestRun(data: string): number {
  return (data.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** A fenced block whose fence is longer than any run of backticks inside; `lines` are visible lines. */
export function fenced(language: string, lines: readonly string[]): string {
  const fence = '`'.repeat(lines.reduce((longest, line) => Math.max(longest, longestRun(line) + 1), 3));
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

/** A link whose address is a parsed https URL. Parentheses, pipes and backslashes would end the address or the cell. */
export function link(label: string, href: string): string {
  const address = href.replace(/[()|\\<> `[\]]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `[${text(label)}](${address})`;
}

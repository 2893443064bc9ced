/** A comment, or the text of a string or template literal. Lines count from 1. */
export interface Prose {
  readonly line: number;
  readonly text: string;
}

/** After one of these a slash begins a regular expression, and not a division. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+*%<>~^-]|\b(?:return|typeof|case|in|of))\s*$/;

/** The comments and literals of a TypeScript file: what people read. Names in the code are left out. */
export function proseOf(source: string): Prose[] {
  const found: Prose[] = [];
  let at = 0;
  const add = (from: number, to: number) => {
    found.push({ line: source.slice(0, from).split('\n').length, text: source.slice(from, to).trimEnd() });
  };
  /** Reads to the end of the file, or of the `${…}` that it is in. */
  const code = (nested: boolean) => {
    let depth = 0;
    for (; at < source.length; at++) {
      const char = source[at];
      if (source.startsWith('//', at)) until(/\n|$/g);
      else if (source.startsWith('/*', at)) until(/\*\//g);
      else if (char === "'" || char === '"')
        until(char === '"' ? /(?<!\\)(?:\\\\)*"/g : /(?<!\\)(?:\\\\)*'/g);
      else if (char === '`') template();
      else if (char === '/' && BEFORE_REGEX.test(source.slice(Math.max(0, at - 40), at))) skipRegex();
      else if (char === '{') depth++;
      else if (char === '}' && nested && depth-- === 0) return;
    }
  };
  const until = (end: RegExp) => {
    const from = at;
    end.lastIndex = from + 1;
    const match = end.exec(source);
    at = match ? match.index + match[0].length - 1 : source.length;
    add(from, at + 1);
  };
  const template = () => {
    let from = ++at;
    for (; at < source.length && source[at] !== '`'; at++) {
      if (source[at] === '\\') at++;
      else if (source.startsWith('${', at)) {
        add(from, at);
        at += 2;
        code(true);
        from = at + 1;
      }
    }
    add(from, at);
  };
  const skipRegex = () => {
    let inClass = false;
    for (at++; at < source.length && (inClass || source[at] !== '/'); at++) {
      if (source[at] === '\\') at++;
      else if (source[at] === '[') inClass = true;
      else if (source[at] === ']') inClass = false;
    }
  };
  code(false);
  return found.filter(({ text }) => /[a-z]/i.test(text));
}

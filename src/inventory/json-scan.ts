/** Code units of JSON, and steps over parts of a JSON text without making their values. */
const [QUOTE, BACKSLASH, BRACE_END] = [0x22, 0x5c, 0x7d] as const;
export const [COMMA, BRACE, BRACKET_END] = [0x2c, 0x7b, 0x5d] as const;

/** The quote that ends the string which begins at `at`. */
export function endOfString(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (before > at + 1 && text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    // Two backslashes are one character of the string; one before the quote makes the quote a part of it.
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}

/** The place behind the brace that closes the object which begins at `at`. */
export function endOfObject(text: string, at: number): number {
  let depth = 0;
  for (let end = at; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === QUOTE) end = endOfString(text, end);
    else if (code === BRACE) depth += 1;
    else if (code === BRACE_END) {
      depth -= 1;
      if (depth === 0) return end + 1;
    }
  }
  return text.length;
}

/** How many objects are open at a place. */
export function objectsOpenAt(text: string, place: number): number {
  let depth = 0;
  for (let at = 0; at < place; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === BRACE) depth += 1;
    else if (code === BRACE_END) depth -= 1;
  }
  return depth;
}

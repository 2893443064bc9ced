/** Code units of JSON, and steps over parts of a JSON text without making their values. */
export const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c] as const;
export const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [0x7b, 0x7d, 0x5b, 0x5d] as const;
export const [SPACE, TAB, LINE, RETURN] = [0x20, 0x09, 0x0a, 0x0d] as const;

/** The quote that ends the string which begins at `at`. */
export function endOfString(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === QUOTE) return end;
    if (code === BACKSLASH) end += 1;
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

import { endOfString } from './json-scan.ts';

/** A key that one object of a JSON text has twice; JSON.parse keeps the last and drops the others without a word. */
export interface RepeatedKey {
  readonly key: string;
  /** Of the second, from 1. */
  readonly line: number;
}

/**
 * The first key that is twice in one object, or null. One pass over the text, without making the values.
 * @param text What JSON.parse accepts; for anything else the answer means nothing.
 * @param depth Objects below so many values are not looked into: the keys of a large file's rows would cost as much as JSON.parse.
 */
export function repeatedKey(text: string, depth: number): RepeatedKey | null {
  // Of each open value the keys so far; null for a list, and for what is too deep.
  const open: (Set<string> | null)[] = [];
  // The codes are written here as numbers: as imported constants they take most of the time of a large file.
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfString(text, at);
      const keys = open[open.length - 1];
      if (keys && isKey(text, end)) {
        const written = text.slice(at, end + 1);
        const key = written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1);
        if (keys.has(key)) return { key, line: text.slice(0, at).split('\n').length };
        keys.add(key);
      }
      at = end;
    } else if (code === 0x7b) open.push(open.length < depth ? new Set() : null);
    else if (code === 0x5b) open.push(null);
    else if (code === 0x7d || code === 0x5d) open.pop();
  }
  return null;
}

function isKey(text: string, end: number): boolean {
  for (let at = end + 1; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x3a) return true;
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return false;
  }
}

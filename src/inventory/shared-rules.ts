import { MOST_LEVELS, nestsDeeperThan } from './json-depth.ts';
import { BRACE, BRACKET_END, COMMA, endOfObject } from './json-scan.ts';
import { isPlainRule } from './plain-rules.ts';

/** So many different rows are kept: about 40 MB. */
const MOST_TEXTS = 2 ** 17;

interface Row {
  readonly text: string;
  readonly rule: unknown;
  /** The row that followed this one the last time. */
  next: Row | undefined;
}

/**
 * The rows of security groups by their JSON text, for files that are read for one comparison. Two regions have most rows in
 * common, and so have the groups of one region: each row is then parsed, checked and held once. Nothing may change such a row.
 */
export class SharedRules {
  readonly #byText = new Map<string, Row>();
  readonly #plain = new Set<unknown>();

  /**
   * The objects of a list that is part of a JSON text, and where the list ends. Null where it is not one of objects without
   * spaces between them, or where there is no space for a new row. The text may be anything: what is no JSON is none in its parts.
   * @param start Behind the bracket that begins the list.
   * @throws SyntaxError
   */
  list(text: string, start: number): { readonly rules: unknown[]; readonly end: number } | null {
    const rules: unknown[] = [];
    if (text.charCodeAt(start) === BRACKET_END) return { rules, end: start };
    let before: Row | undefined;
    for (let at = start; ; at += 1) {
      const row = this.#row(text, at, before);
      if (!row) return null;
      rules.push(row.rule);
      if (before) before.next = row;
      before = row;
      at += row.text.length;
      const code = text.charCodeAt(at);
      if (code === BRACKET_END) return { rules, end: at };
      if (code !== COMMA) return null;
    }
  }

  /** Whether a value came from here and is a plain rule. */
  isPlain(rule: unknown): boolean {
    return this.#plain.has(rule);
  }

  #row(text: string, at: number, before: Row | undefined): Row | undefined {
    const guess = before?.next;
    // To compare texts costs a tenth of looking for the end of the object and for its text in the table.
    if (guess && text.slice(at, at + guess.text.length) === guess.text) return guess;
    if (text.charCodeAt(at) !== BRACE) return undefined;
    const found = text.slice(at, endOfObject(text, at));
    return this.#byText.get(found) ?? this.#added(found);
  }

  #added(found: string): Row | undefined {
    if (this.#byText.size >= MOST_TEXTS) return undefined;
    const rule: unknown = JSON.parse(found);
    if (nestsDeeperThan(rule, MOST_LEVELS / 2)) return undefined;
    // A part of a longer text keeps all of that text in memory.
    const text = Buffer.from(found).toString();
    const row = { text, rule, next: undefined };
    this.#byText.set(text, row);
    if (isPlainRule(rule)) this.#plain.add(rule);
    return row;
  }
}

import { MOST_LEVELS, nestsDeeperThan } from './json-depth.ts';
import { BRACE, BRACKET_END, COMMA, endOfObject } from './json-scan.ts';
import { isPlainRule } from './plain-rules.ts';
import { type Rule, sortedRules } from './security-group.ts';

/** So many different rows are kept: about 40 MB. */
const MOST_TEXTS = 2 ** 17;
/** So many characters of lists are kept, to recognize a list without looking at each of its rows. */
const MOST_LIST_CHARACTERS = 2 ** 25;

/** Of the hash function FNV-1a. */
const FNV_PRIME = 0x01000193;

interface Row {
  readonly text: string;
  readonly rule: unknown;
  readonly number: number;
  /** The row that followed this one the last time. */
  next: Row | undefined;
}

interface List {
  readonly rules: unknown[];
  /** Without its brackets; null where no more texts are kept. */
  readonly text: string | null;
  readonly isPlain: boolean;
  sorted: Rule[] | null;
  /** The list that followed this one the last time. */
  next: List | undefined;
}

/**
 * The rows of security groups by their JSON text, for files that are read for one comparison. Two regions have most rows in
 * common, and so have the groups of one region: each row is then parsed, checked and held once, and so is each list of rows.
 * Nothing may change such a row or list.
 */
export class SharedRules {
  readonly #byText = new Map<string, Row>();
  readonly #plain = new Set<unknown>();
  /** By a number that their rows give, which several can have. */
  readonly #listed = new Map<number, List[]>();
  readonly #lists = new Map<unknown, List>();
  #characters = 0;
  #last: List | undefined;

  /**
   * The objects of a list that is part of a JSON text, and where the list ends. Null where it is not one of objects without
   * spaces between them, or where there is no space for a new row. The text may be anything: what is no JSON is none in its parts.
   * @param start Behind the bracket that begins the list.
   * @throws SyntaxError
   */
  list(text: string, start: number): { readonly rules: unknown[]; readonly end: number } | null {
    if (text.charCodeAt(start) === BRACKET_END) return { rules: [], end: start };
    const guess = this.#last?.next;
    const same = guess ? endOf(guess, text, start) : null;
    if (guess && same !== null) {
      this.#last = guess;
      return { rules: guess.rules, end: same };
    }
    const rules: unknown[] = [];
    let before: Row | undefined;
    for (let [at, code] = [start, 0]; ; at += 1) {
      const row = this.#row(text, at, before);
      if (!row) return null;
      rules.push(row.rule);
      code = Math.imul(code ^ row.number, FNV_PRIME);
      if (before) before.next = row;
      before = row;
      at += row.text.length;
      const next = text.charCodeAt(at);
      if (next === BRACKET_END) return { rules: this.#once(rules, code, text, start, at).rules, end: at };
      if (next !== COMMA) return null;
    }
  }

  /** Whether a value came from here and is a plain rule. */
  isPlain(rule: unknown): boolean {
    return this.#plain.has(rule);
  }

  /** Whether a value is a list that came from here and has plain rules only. */
  isPlainList(rules: unknown): rules is Rule[] {
    return this.#lists.get(rules)?.isPlain === true;
  }

  /** Rules in their order: one list for all groups that have the same. */
  sorted(rules: readonly Rule[]): Rule[] {
    const list = this.#lists.get(rules);
    if (!list) return sortedRules(rules);
    list.sorted ??= sortedRules(rules);
    return list.sorted;
  }

  /** The list of these rows that was there before, or else this one. */
  #once(rules: unknown[], code: number, text: string, start: number, end: number): List {
    const alike = this.#listed.get(code);
    const known = alike?.find(
      (l) => l.rules.length === rules.length && l.rules.every((r, i) => r === rules[i]),
    );
    const list = known ?? this.#newList(rules, text, start, end);
    if (!known) {
      if (alike) alike.push(list);
      else this.#listed.set(code, [list]);
      this.#lists.set(rules, list);
    }
    if (this.#last) this.#last.next = list;
    this.#last = list;
    return list;
  }

  #newList(rules: unknown[], text: string, start: number, end: number): List {
    const isKept = this.#characters < MOST_LIST_CHARACTERS;
    // A part of a text keeps all of it, which here is hardly more than the list.
    if (isKept) this.#characters += text.length;
    return {
      rules,
      text: isKept ? text.slice(start, end) : null,
      isPlain: rules.every((rule) => this.#plain.has(rule)),
      sorted: null,
      next: undefined,
    };
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
    const row = { text, rule, number: this.#byText.size, next: undefined };
    this.#byText.set(text, row);
    if (isPlainRule(rule)) this.#plain.add(rule);
    return row;
  }
}

/** Where the list ends that begins there, if it is this one. */
function endOf({ text: known }: List, text: string, start: number): number | null {
  if (known === null) return null;
  const end = start + known.length;
  return text.charCodeAt(end) === BRACKET_END && text.slice(start, end) === known ? end : null;
}

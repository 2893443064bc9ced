import { MOST_LEVELS, nestsDeeperThan } from './json-depth.ts';
import { repeatedKey } from './json-duplicates.ts';
import { objectsOpenAt } from './json-scan.ts';
import { isObject } from './json-text.ts';
import type { SharedRules } from './shared-rules.ts';

/** What is around the lists of a snapshot is a few thousand characters. */
const MOST_AROUND = 1_000_000;
/** An item is at most inside of the root, the launch facts, one kind of them and its list. */
const MOST_AROUND_ITEM = 4;
/** Below its own keys, an item of a list of the root has those of the objects in it. */
const KEYS_OF_ITEM = 2;
const KEYS_OF_ROOT = 4;

/** The text is not as `snapshotText` writes it, or not valid. Which one is decided by reading it as a whole. */
class OtherLayout extends Error {}

/**
 * The value of a snapshot file that has one item per line, line by line, so that neither its text nor a row that another group
 * has too is held. Everything else is for the reader of whole texts, with its messages: where this gives a value, it is the value
 * that JSON.parse gives of the whole, and no key is there twice and nothing nested too deeply.
 */
export class SnapshotLines {
  readonly #rules: SharedRules;
  /** The text around the items. In place of the items of a list is its number. */
  readonly #around: string[] = [];
  #length = 0;
  readonly #lists: unknown[][] = [];
  #open: { readonly items: unknown[]; readonly haveRules: boolean; endsWithComma: boolean } | null = null;

  constructor(rules: SharedRules) {
    this.#rules = rules;
  }

  /** @throws OtherLayout or SyntaxError */
  push(line: string): void {
    const open = this.#open;
    if (open && line.startsWith('{')) {
      if (open.items.length > 0 && !open.endsWithComma) throw new OtherLayout();
      open.endsWithComma = line.endsWith(',');
      open.items.push(this.#item(open.endsWithComma ? line.slice(0, -1) : line, open.haveRules));
      return;
    }
    if (open) {
      if (!line.startsWith(']') || open.endsWithComma) throw new OtherLayout();
      if (open.items.length > 0) this.#around.push(String(this.#lists.push(open.items) - 1));
      this.#open = null;
    }
    this.#around.push(line);
    this.#length += line.length;
    if (this.#length > MOST_AROUND) throw new OtherLayout();
    if (line.endsWith('['))
      this.#open = { items: [], haveRules: line.startsWith('"securityGroups":'), endsWithComma: false };
  }

  /** @throws OtherLayout or SyntaxError */
  end(): unknown {
    if (this.#open) throw new OtherLayout();
    // A line break inside of a text is no JSON, so each line begins and ends between two tokens.
    const text = this.#around.join('\n');
    const value: unknown = JSON.parse(text);
    if (repeatedKey(text, KEYS_OF_ROOT) || nestsDeeperThan(value, MOST_LEVELS)) throw new OtherLayout();
    const left = new Set(this.#lists.keys());
    const whole = this.#filled(value, left);
    if (left.size > 0) throw new OtherLayout();
    return whole;
  }

  #item(text: string, haveRules: boolean): unknown {
    const start = haveRules ? ownRules(text) : null;
    const list = start === null ? null : this.#rules.list(text, start);
    // With an empty list in place of that of the rules.
    const own = start !== null && list ? text.slice(0, start) + text.slice(list.end) : text;
    const item: unknown = JSON.parse(own);
    if (
      !isObject(item) ||
      repeatedKey(own, KEYS_OF_ITEM) ||
      nestsDeeperThan(item, MOST_LEVELS - MOST_AROUND_ITEM)
    )
      throw new OtherLayout();
    return list ? { ...item, rules: list.rules } : item;
  }

  /** The value with each list in its place, once. */
  #filled(value: unknown, left: Set<number>): unknown {
    if (Array.isArray(value)) {
      const [only] = value;
      const list = value.length === 1 && typeof only === 'number' ? this.#lists[only] : undefined;
      if (!list) return value.map((inner) => this.#filled(inner, left));
      if (!left.delete(only)) throw new OtherLayout();
      return list;
    }
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.#filled(inner, left)]));
  }
}

const RULES = ',"rules":[';

/** Where the items of the list `rules` begin; null where the object has none. */
function ownRules(text: string): number | null {
  // The quote follows a comma and is no escaped one: it begins a string, or the text is no JSON without the rules either.
  const at = text.indexOf(RULES);
  return at < 0 || objectsOpenAt(text, at) !== 1 ? null : at + RULES.length;
}

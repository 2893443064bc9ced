import { Addresses } from './addresses.ts';
import { ARN_WORDS, type Form, formOf, isPublic, isRegionName } from './typed.ts';

/** What a pseudonym begins with: `name-7`. */
export type Word = 'name' | 'text';

/**
 * The pseudonyms of one report: the same text has the same one everywhere. They are numbered in the order in which the texts
 * come, so that nothing but the report before redaction leads back from them: no key, no digest that could be guessed.
 */
export class Pseudonyms {
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #addresses = new Addresses();
  /** Of the replaced texts of several words: their lengths by the first word, longest first. */
  readonly #lengths = new Map<string, number[]>();

  /** The pseudonym of a text that was replaced before; undefined for one that was not. */
  known(text: string): string | undefined {
    return this.#known.get(text);
  }

  /**
   * The longest replaced text of several words that is written at this place.
   * @param word The word at that place; empty where there is none.
   * @param ends Whether a text may end before this character; '' is the end.
   */
  longestAt(text: string, at: number, word: string, ends: (next: string) => boolean): string | null {
    for (const length of this.#lengths.get(word) ?? []) {
      const part = text.slice(at, at + length);
      if (part.length === length && this.#known.has(part) && ends(text.charAt(at + length))) return part;
    }
    return null;
  }

  /** Leaves a text as it is wherever it comes: what the tool itself names. */
  leave(text: string): void {
    this.#known.set(text, text);
  }

  /** A text that came from AWS, a file or a person. What is public stays, what has a form keeps it. */
  data(text: string, word: Word = 'name'): string {
    if (isPublic(text)) return text;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const form = formOf(text);
    const formed = form === null ? null : this.#formed(text, form);
    return this.#keep(text, formed ?? `${word}-${this.#next(word)}`);
  }

  /** An id of AWS, or an ARN: with the same prefix, also where the digits are not those of AWS. */
  id(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined || isPublic(text) || formOf(text) !== null) return known ?? this.data(text);
    const prefix = /^(?:ami|arn|eni|i|key|lt|pl|sg|sgr|snap|subnet|vpc|vol)-/.exec(text)?.[0];
    if (prefix === undefined) return this.data(text);
    return this.#keep(text, this.#id(prefix, 17));
  }

  /** An identity that is a digest: names could be guessed from it, so another number of the same form takes its place. */
  digest(text: string): string {
    if (text === '') return text;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    return this.#keep(text, this.#next('digest').toString(16).padStart(16, '0'));
  }

  /** A region, or what a file gives as one. */
  region(text: string): string {
    return isRegionName(text) ? text : this.data(text);
  }

  /** A group that a rule refers to (`group:<scope>/<name>`), a prefix list, or an address. */
  peer(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const kind = /^(?:group|prefix-list):/.exec(text)?.[0];
    if (kind === undefined) return this.data(text);
    const rest = text.slice(kind.length);
    const slash = kind === 'group:' ? this.#scopeEnd(rest) : -1;
    const parts = slash < 0 ? [rest] : [rest.slice(0, slash), rest.slice(slash + 1)];
    return this.#keep(text, kind + parts.map((part) => this.id(part)).join('/'));
  }

  /** The slash between scope and name: either may have one, so one that divides two known names comes first. */
  #scopeEnd(text: string): number {
    const slashes = [...text.matchAll(/\//g)].map(({ index }) => index);
    const isKnown = (part: string) => part === '' || isPublic(part) || this.#known.has(part);
    return (
      slashes.find((at) => isKnown(text.slice(0, at)) && isKnown(text.slice(at + 1))) ?? slashes[0] ?? -1
    );
  }

  #formed(text: string, form: Form): string | null {
    switch (form.is) {
      case 'account':
        return String(this.#next('account')).padStart(12, '0');
      case 'id':
        return this.#id(form.prefix, form.digits);
      case 'arn':
        return this.#arn(form);
      case 'uuid':
        return `00000000-0000-4000-8000-${String(this.#next('uuid')).padStart(12, '0')}`;
      case 'address':
        return this.#addresses.replace(text);
      case 'public-key':
        return `${form.type} key-material-${this.#next('key-material')}`;
      case 'key-digest':
        return `${form.type}:key-digest-${this.#next('key-digest')}`;
      case 'hex-digest':
        return `key-digest-${this.#next('key-digest')}`;
    }
  }

  #id(prefix: string, digits: number): string {
    return `${prefix}${this.#next(prefix).toString(16).padStart(digits, '0')}`;
  }

  #arn({ partition, service, region, account, resource }: Extract<Form, { is: 'arn' }>): string {
    const parts = resource.split(/([:/])/).map((part, i) => {
      if (i % 2 === 1 || part === '' || part === '*') return part;
      return ARN_WORDS.has(part) && !this.#known.has(part) ? part : this.data(part);
    });
    const place = [region === '' ? '' : this.region(region), account === '' ? '' : this.data(account)];
    return ['arn', partition, service, ...place, parts.join('')].join(':');
  }

  #next(word: string): number {
    const next = (this.#counts.get(word) ?? 0) + 1;
    this.#counts.set(word, next);
    return next;
  }

  #keep(text: string, pseudonym: string): string {
    this.#known.set(text, pseudonym);
    const first = wordAt(text, 0);
    if (first !== text) {
      const lengths = this.#lengths.get(first) ?? [];
      if (!lengths.includes(text.length))
        this.#lengths.set(
          first,
          [...lengths, text.length].sort((a, b) => b - a),
        );
    }
    return pseudonym;
  }
}

/** What ends a word of a sentence: texts that contain one of these are looked for as a whole. */
const NO_BORDER = /[^\s"',;()[\]{}=|<>]*/y;

/** The word of a sentence that begins at this place; empty where a border is. */
export function wordAt(text: string, at: number): string {
  NO_BORDER.lastIndex = at;
  return NO_BORDER.exec(text)?.[0] ?? '';
}

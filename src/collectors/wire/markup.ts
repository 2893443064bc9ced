import { StrayContent } from './stray.ts';

/** Something that services do not write: comments, CDATA, attributes, text between members. The SDK reads such a reply. */
class Unexpected extends Error {}
export const UNEXPECTED = new Unexpected('not read in one pass');

export const SLASH = 47;
export const GREATER = 62;

/** The tags of a document, from one to the next. */
export class Markup {
  protected readonly text: string;
  protected at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether `at` is at this name in a start tag. */
  protected isAt(element: string): boolean {
    if (!this.text.startsWith(element, this.at)) return false;
    const after = this.text.charCodeAt(this.at + element.length);
    return after === GREATER || after === SLASH;
  }

  /**
   * Goes to the name in the next start tag, or, false, to that in the end tag of the element that is being read.
   * @param list The list that is read, in which text is no layout error but an answer that is no list.
   */
  protected open(list?: string): boolean {
    const { text } = this;
    let next = this.at;
    if (text.charCodeAt(next) !== 60) {
      next = text.indexOf('<', next);
      if (next < 0) throw UNEXPECTED;
      if (text.slice(this.at, next).trim() !== '') {
        if (list === undefined || text.charCodeAt(next + 1) === 33) throw UNEXPECTED;
        throw new StrayContent(`${list} contains text, not a list`);
      }
    }
    const first = text.charCodeAt(next + 1);
    if (first === SLASH) {
      this.at = next + 2;
      return false;
    }
    if (first === 33 || first === 63) throw UNEXPECTED; // "!" of comments and CDATA, "?"
    this.at = next + 1;
    return true;
  }

  protected close(element: string): void {
    const { text } = this;
    if (!text.startsWith(element, this.at) || text.charCodeAt(this.at + element.length) !== GREATER)
      throw UNEXPECTED;
    this.at += element.length + 1;
  }

  protected elementName(): string {
    const end = this.text.indexOf('>', this.at);
    if (end < 0) throw UNEXPECTED;
    const name = this.text.slice(this.at, this.text.charCodeAt(end - 1) === SLASH ? end - 1 : end);
    if (!/^[\w.-]+$/.test(name)) throw UNEXPECTED;
    return name;
  }

  /** Over an element that the schema does not contain, with everything in it. */
  protected skip(): void {
    const open: string[] = [];
    do {
      const name = this.elementName();
      this.at += name.length;
      if (this.text.charCodeAt(this.at) === SLASH) this.at += 2;
      else {
        this.at += 1;
        open.push(name);
      }
      while (open.length > 0 && !this.nextTag()) this.close(open.pop() ?? '');
    } while (open.length > 0);
  }

  /** As `open`, over any text. */
  private nextTag(): boolean {
    const next = this.text.indexOf('<', this.at);
    if (next < 0) throw UNEXPECTED;
    this.at = next;
    return this.open();
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The entities of XML and characters by their number, as far as the SDK knows them. Of a character beyond U+FFFF the SDK
 * (3.1169) keeps 16 bits, which is another character: that alone is read otherwise here.
 */
export function decoded(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-zA-Z][a-zA-Z0-9]{0,30}));/g,
    (_, hex: string | undefined, decimal: string | undefined, name: string) => {
      if (hex === undefined && decimal === undefined) {
        const character = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
        if (character === undefined) throw UNEXPECTED;
        return character;
      }
      const number = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (number > 0x10ffff) throw UNEXPECTED;
      return String.fromCodePoint(number);
    },
  );
}

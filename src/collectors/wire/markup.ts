import { StrayContent } from './stray.ts';

/** Something that services do not write: comments, CDATA, attributes, text between members. The SDK reads such a reply. */
class Unexpected extends Error {}
export const UNEXPECTED = new Unexpected('not read in one pass');

export const LESS = 60;
export const SLASH = 47;
export const GREATER = 62;
const [EXCLAMATION, QUESTION] = [33, 63];

/** A name or a tag as it is compared with what is on the wire. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/**
 * The tags of a document, from one to the next. It works on the bytes of the reply: the bytes of tags are those of ASCII, and
 * in UTF-8 no other character has them.
 */
export class Markup {
  protected readonly bytes: Buffer;
  protected at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Whether `at` is at this name in a start tag. */
  protected isAt(element: Uint8Array): boolean {
    const { bytes, at } = this;
    const { length } = element;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== element[i]) return false;
    const after = bytes[at + length];
    return after === GREATER || after === SLASH;
  }

  protected startsWith(text: Uint8Array, at: number): boolean {
    const { bytes } = this;
    for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
    return true;
  }

  /**
   * Goes to the name in the next start tag, or, false, to that in the end tag of the element that is being read.
   * @param list The list that is read, in which text is no layout error but an answer that is no list.
   */
  protected open(list?: string): boolean {
    const { bytes } = this;
    let next = this.at;
    if (bytes[next] !== LESS) {
      next = bytes.indexOf(LESS, next);
      if (next < 0) throw UNEXPECTED;
      if (bytes.toString('utf8', this.at, next).trim() !== '') {
        if (list === undefined || bytes[next + 1] === EXCLAMATION) throw UNEXPECTED;
        throw new StrayContent(`${list} contains text, not a list`);
      }
    }
    const first = bytes[next + 1];
    if (first === SLASH) {
      this.at = next + 2;
      return false;
    }
    // "!" of comments and CDATA.
    if (first === EXCLAMATION || first === QUESTION) throw UNEXPECTED;
    this.at = next + 1;
    return true;
  }

  protected close(element: Uint8Array): void {
    if (!this.startsWith(element, this.at) || this.bytes[this.at + element.length] !== GREATER)
      throw UNEXPECTED;
    this.at += element.length + 1;
  }

  protected elementName(): string {
    const { bytes, at } = this;
    const end = bytes.indexOf(GREATER, at);
    if (end < 0) throw UNEXPECTED;
    const name = bytes.toString('utf8', at, bytes[end - 1] === SLASH ? end - 1 : end);
    if (!/^[\w.-]+$/.test(name)) throw UNEXPECTED;
    return name;
  }

  /** Over an element that the schema does not contain, with everything in it. */
  protected skip(): void {
    const open: string[] = [];
    do {
      const name = this.elementName();
      this.at += name.length;
      if (this.bytes[this.at] === SLASH) this.at += 2;
      else {
        this.at += 1;
        open.push(name);
      }
      while (open.length > 0 && !this.nextTag()) this.close(bytesOf(open.pop() ?? ''));
    } while (open.length > 0);
  }

  /** As `open`, over any text. */
  private nextTag(): boolean {
    const next = this.bytes.indexOf(LESS, this.at);
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

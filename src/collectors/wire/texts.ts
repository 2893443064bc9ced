import { decoded, LESS, UNEXPECTED } from './markup.ts';

const AMPERSAND = 38;
const LAST_OF_ASCII = 127;
const BLANK = 32;

/** So many bytes of a document have a place for one text: a small document needs no table. */
const BYTES_PER_PLACE = 512;
const MOST_PLACES = 16_384;

/**
 * The texts between the tags of a document. None of them keeps the document in memory, and of equal texts most are one string:
 * addresses, ports and descriptions of a region repeat.
 */
export class Texts {
  private readonly bytes: Buffer;
  /** By the hash of its bytes, the text that was last read with it: where it is, how long it is, and the string. */
  private readonly places: number;
  private readonly starts: Int32Array;
  private readonly lengths: Int32Array;
  private readonly strings: string[];
  /** Of the text whose end was last found: whether it is ASCII without entities, and the hash of its bytes. */
  private isPlain = true;
  private hash = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.places = 2 ** Math.floor(Math.log2(Math.min(MOST_PLACES, 1 + bytes.length / BYTES_PER_PLACE)));
    this.starts = new Int32Array(this.places);
    this.lengths = new Int32Array(this.places).fill(-1);
    this.strings = new Array<string>(this.places).fill('');
  }

  /** Where the text from `at` on ends. @throws UNEXPECTED where the document ends before. */
  endOf(at: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let isPlain = true;
    let hash = 0;
    for (let i = at; i < length; i++) {
      const byte = bytes[i] as number;
      if (byte === LESS) {
        this.isPlain = isPlain;
        this.hash = hash;
        return i;
      }
      if (byte === AMPERSAND || byte > LAST_OF_ASCII) isPlain = false;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    throw UNEXPECTED;
  }

  /** The text up to the end that was last found. */
  read(from: number, end: number): string {
    const length = end - from;
    const place = (this.hash ^ (this.hash >>> 15)) & (this.places - 1);
    if (this.lengths[place] === length && this.isSame(this.starts[place] as number, from, length))
      return this.strings[place] as string;
    const { bytes } = this;
    const raw = this.isPlain
      ? bytes.toString('latin1', from, end)
      : decoded(bytes.toString('utf8', from, end));
    // The SDK takes white space with a line feed in it for the layout of the document.
    const isLayout = (bytes[from] as number) <= BLANK || !this.isPlain;
    const text = isLayout && raw.trim() === '' && raw.includes('\n') ? '' : raw;
    this.starts[place] = from;
    this.lengths[place] = length;
    this.strings[place] = text;
    return text;
  }

  private isSame(a: number, b: number, length: number): boolean {
    const { bytes } = this;
    for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
    return true;
  }
}

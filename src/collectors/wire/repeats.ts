/** So many bytes of different items are kept. */
const MOST_BYTES = 2 ** 24;

interface Item {
  /** From the name in its start tag to behind its end tag. */
  readonly bytes: Buffer;
  readonly value: object;
  /** The item that followed this one the last time. */
  next: Item | undefined;
}

/**
 * The items of one list, by their bytes, for rows that have many of them in common, as security groups have rules. An item that
 * follows the same one as before is not read again, and equal items are one object, which nothing may change.
 */
export class Repeats {
  private readonly byText = new Map<string, Item>();
  private readonly values = new Set<unknown>();
  private kept = 0;
  private last: Item | undefined;

  /** The item that followed the last one the last time, if its bytes are at `at` again. */
  following(bytes: Buffer, at: number): Item | null {
    const guess = this.last?.next;
    if (guess === undefined) return null;
    const end = at + guess.bytes.length;
    if (end > bytes.length || bytes.compare(guess.bytes, 0, guess.bytes.length, at, end) !== 0) return null;
    this.last = guess;
    return guess;
  }

  /** The value of the first item with these bytes. */
  once(bytes: Buffer, from: number, to: number, value: object): object {
    // Each byte is a character: a text is a quick key.
    const text = bytes.toString('latin1', from, to);
    const item = this.byText.get(text) ?? this.added(text, value);
    if (item && this.last) this.last.next = item;
    this.last = item;
    return item?.value ?? value;
  }

  /** Whether a value is, or may be, in several rows. */
  has(value: unknown): boolean {
    return this.values.has(value);
  }

  private added(text: string, value: object): Item | undefined {
    if (this.kept >= MOST_BYTES) return undefined;
    this.kept += text.length;
    const item = { bytes: Buffer.from(text, 'latin1'), value, next: undefined };
    this.byText.set(text, item);
    this.values.add(value);
    return item;
  }
}

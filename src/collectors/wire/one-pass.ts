import { bytesOf, GREATER, LESS, Markup, SLASH, UNEXPECTED } from './markup.ts';
import type { LeafPlan, ListPlan, MemberPlan, Plan, SdkSchema, Shape, StructPlan } from './plan.ts';
import type { Repeats } from './repeats.ts';
import { StrayContent } from './stray.ts';
import { Texts } from './texts.ts';

/** As the SDK converts a text that is no string, number or boolean. */
export type Convert = (schema: SdkSchema, text: string) => unknown;

export interface Reply {
  readonly bytes: Uint8Array;
  /** The element within the root that holds the result, where the protocol has one (awsQuery). */
  readonly resultIn: string | undefined;
}

/** What takes the place of each row of one list as soon as it is read, so that a page of rows is never in memory as AWS writes it. */
export interface EarlyRows {
  /** By the name of its schema. */
  readonly list: string;
  /** Of a list of structures within the rows, of which many rows have the same. */
  readonly repeated: string;
  /** @param isShared Whether an item of the repeated list is in other rows too, as the same object. */
  readonly convert: (row: object, isShared: (item: object) => boolean) => object;
}

/** How the parts of a reply become values. */
export interface Making {
  readonly convert: Convert;
  readonly early?: EarlyRows | undefined;
  /** What was read of the repeated list, in this reply and in earlier ones. */
  readonly repeats?: Repeats | undefined;
}

/**
 * What the SDK makes of a reply, in one pass by the schema and without the tree in between.
 * @returns null for anything unusual, which is then for the SDK to read.
 * @throws StrayContent where a list holds something else than its items: that must not be read as an empty list.
 */
export function readInOnePass(plan: StructPlan, { bytes, resultIn }: Reply, making: Making): object | null {
  const { buffer, byteOffset, byteLength } = bytes;
  try {
    const own = withoutReturns(Buffer.from(buffer, byteOffset, byteLength));
    return new OnePass(own, making).document(plan, resultIn);
  } catch (error) {
    if (error === UNEXPECTED) return null;
    throw error;
  }
}

const RETURN = 13;

/** As the SDK does before it parses: each end of a line is a line feed. */
function withoutReturns(bytes: Buffer): Buffer {
  if (!bytes.includes(RETURN)) return bytes;
  return Buffer.from(bytes.toString('latin1').replace(/\r\n?/g, '\n'), 'latin1');
}

/** One for all: most lists of a rule are empty. */
const EMPTY: readonly unknown[] = Object.freeze([]);
/** More than any service writes before the first element. */
const LONGEST_HEAD = 1024;
const [ZERO, NINE] = [48, 57];
/** A whole number of so many digits is exact. */
const EXACT_DIGITS = 15;

class OnePass extends Markup {
  private readonly making: Making;
  private readonly texts: Texts;
  /** The values of the structures and lists that are being read, each behind those of the one that contains it. */
  private readonly values: unknown[] = [];
  private top = 0;

  constructor(bytes: Buffer, making: Making) {
    super(bytes);
    this.making = making;
    this.texts = new Texts(bytes);
  }

  document(plan: StructPlan, resultIn: string | undefined): object | null {
    const start = this.bytes.toString('latin1', 0, LONGEST_HEAD);
    const head = /^[ \t\n]*(?:<\?xml[^?]*\?>[ \t\n]*)?<([A-Za-z]\w*)(?: xmlns="[^"&<>]*")?>/.exec(start);
    if (!head?.[1]) throw UNEXPECTED;
    this.at = head[0].length;
    const result = resultIn === undefined ? this.struct(plan) : this.wrapped(plan, bytesOf(resultIn));
    this.close(bytesOf(head[1]));
    return result;
  }

  /** The result of the awsQuery protocol, which is an element beside those about the response. */
  private wrapped(plan: StructPlan, resultIn: Uint8Array): object {
    let result: object | null = null;
    while (this.open()) {
      if (!this.isAt(resultIn) || this.bytes[this.at + resultIn.length] !== GREATER) this.skip();
      else if (result) throw UNEXPECTED;
      else {
        this.at += resultIn.length + 1;
        result = this.struct(plan);
        this.close(resultIn);
      }
    }
    // Without a result the SDK's answer is an object without members.
    return result ?? {};
  }

  /** Its members; afterwards `at` is at the name in its end tag. */
  private struct(plan: StructPlan): object {
    const { values, top: from } = this;
    let shape = plan.empty;
    while (this.open()) {
      const next = this.following(shape, plan.members);
      if (next?.member == null) {
        this.skip();
        continue;
      }
      this.top = from + next.count;
      values[this.top - 1] = this.content(next.member);
      shape = next;
    }
    this.top = from;
    return shape.make(values, from);
  }

  /** The shape with the member whose start tag is at `at`; null for an element that the schema does not contain. */
  private following(shape: Shape, members: ReadonlyMap<string, MemberPlan>): Shape | null {
    const { next } = shape;
    for (let i = 0; i < next.length; i++) {
      const found = next[i] as Shape;
      if (this.isAt((found.member as MemberPlan).element)) return found;
    }
    const member = members.get(this.elementName());
    return member ? shape.with(member) : null;
  }

  private list({ name, item }: ListPlan): unknown[] {
    const { values, top: from } = this;
    const { early, repeats } = this.making;
    const convert = early?.list === name ? early.convert : null;
    const repeated = early?.repeated === name && item.plan.kind === 'struct' ? repeats : undefined;
    while (this.open(name)) {
      if (!this.isAt(item.element) && this.elementName() !== item.name)
        throw new StrayContent(`${name} holds ${this.elementName()} beside its items`);
      const value = repeated ? this.once(item, repeated) : this.content(item);
      values[this.top] = convert === null ? value : convert(value as object, this.isShared);
      this.top += 1;
    }
    const items = values.slice(from, this.top);
    this.top = from;
    return items;
  }

  private readonly isShared = (item: object): boolean => this.making.repeats?.has(item) === true;

  /** As `content`, which is not read again where it was read before. */
  private once(item: MemberPlan, repeats: Repeats): unknown {
    const from = this.at;
    const known = repeats.following(this.bytes, from);
    if (known) {
      this.at = from + known.bytes.length;
      return known.value;
    }
    const value = this.content(item) as object;
    return repeats.once(this.bytes, from, this.at, value);
  }

  /** What an element holds, from the name in its start tag to behind its end tag. */
  private content(member: MemberPlan): unknown {
    const { element, closing, plan } = member;
    const { bytes } = this;
    this.at += element.length;
    if (bytes[this.at] === SLASH) {
      if (bytes[this.at + 1] !== GREATER) throw UNEXPECTED;
      this.at += 2;
      return this.nothing(plan);
    }
    if (bytes[this.at] !== GREATER) throw UNEXPECTED;
    this.at += 1;
    switch (plan.kind) {
      case 'struct': {
        const value = this.struct(plan);
        this.close(element);
        return value;
      }
      case 'list': {
        const value = this.list(plan);
        this.close(element);
        return value;
      }
      case 'string': {
        const from = this.at;
        const end = this.texts.endOf(from);
        const value = this.texts.read(from, end);
        this.finish(closing, end);
        return value;
      }
      case 'number': {
        const value = this.number();
        if (value !== null) {
          this.finish(closing, this.at);
          return value;
        }
        return this.other(plan, closing);
      }
      case 'boolean':
      case 'other':
        return this.other(plan, closing);
    }
  }

  private other(plan: LeafPlan, closing: Uint8Array): unknown {
    const from = this.at;
    const end = this.texts.endOf(from);
    const value = this.converted(plan, this.texts.read(from, end));
    this.finish(closing, end);
    return value;
  }

  private finish(closing: Uint8Array, at: number): void {
    if (!this.startsWith(closing, at)) throw UNEXPECTED;
    this.at = at + closing.length;
  }

  /** The digits at `at`, which is then behind them; null, and where it was, for any other number. */
  private number(): number | null {
    const { bytes } = this;
    let value = 0;
    let { at } = this;
    for (;;) {
      const digit = bytes[at] as number;
      if (digit < ZERO || digit > NINE) break;
      value = value * 10 + digit - ZERO;
      at += 1;
    }
    if (bytes[at] !== LESS || at === this.at || at - this.at > EXACT_DIGITS) return null;
    this.at = at;
    return value;
  }

  private nothing(plan: Plan): unknown {
    switch (plan.kind) {
      case 'struct':
        return {};
      case 'list':
        return EMPTY;
      case 'string':
      case 'number':
      case 'boolean':
      case 'other':
        return this.converted(plan, '');
    }
  }

  private converted(plan: LeafPlan, text: string): unknown {
    switch (plan.kind) {
      case 'string':
        return text;
      case 'number':
        return Number(text);
      case 'boolean':
        return text.toLowerCase() === 'true';
      case 'other':
        try {
          return this.making.convert(plan.schema, text);
        } catch {
          // The rest of the document decides what the SDK makes of it.
          throw UNEXPECTED;
        }
    }
  }
}

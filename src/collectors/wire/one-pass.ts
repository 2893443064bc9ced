import { isAscii } from 'node:buffer';
import { decoded, GREATER, Markup, SLASH, UNEXPECTED } from './markup.ts';
import type { LeafPlan, ListPlan, MemberPlan, Plan, SdkSchema, StructPlan } from './schema.ts';
import { StrayContent } from './stray.ts';

/** As the SDK converts a text that is no string, number or boolean. */
export type Convert = (schema: SdkSchema, text: string) => unknown;

export interface Reply {
  readonly text: string;
  /** The bytes that `text` was decoded from. */
  readonly bytes: Uint8Array;
  /** The element within the root that holds the result, where the protocol has one (awsQuery). */
  readonly resultIn: string | undefined;
}

/**
 * What the SDK makes of a reply, in one pass by the schema and without the tree in between.
 * @returns null for anything unusual, which is then for the SDK to read.
 * @throws StrayContent where a list holds something else than its items: that must not be read as an empty list.
 */
export function readInOnePass(plan: StructPlan, reply: Reply, convert: Convert): object | null {
  // As the SDK does before it parses. In such a text the positions are not those of the bytes.
  const text = reply.text.includes('\r') ? reply.text.replace(/\r\n?/g, '\n') : reply.text;
  const bytes = text === reply.text && isAscii(reply.bytes) ? asBuffer(reply.bytes) : null;
  try {
    return new OnePass(text, bytes, convert).document(plan, reply.resultIn);
  } catch (error) {
    if (error === UNEXPECTED) return null;
    throw error;
  }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** V8 makes no copy of a part of a text of this length or more: the part keeps the whole text in memory. */
const SHARED_FROM = 13;

/** One for all: most lists of a rule are empty. */
const EMPTY: readonly unknown[] = Object.freeze([]);

class OnePass extends Markup {
  private readonly bytes: Buffer | null;
  private readonly convert: Convert;
  /** The next "&" at or after the last text that was read. */
  private nextEntity = -1;

  constructor(text: string, bytes: Buffer | null, convert: Convert) {
    super(text);
    this.bytes = bytes;
    this.convert = convert;
  }

  document(plan: StructPlan, resultIn: string | undefined): object | null {
    const head = /^[ \t\n]*(?:<\?xml[^?]*\?>[ \t\n]*)?<([A-Za-z]\w*)(?: xmlns="[^"&<>]*")?>/.exec(this.text);
    if (!head?.[1]) throw UNEXPECTED;
    this.at = head[0].length;
    const result = resultIn === undefined ? this.struct(plan) : this.wrapped(plan, resultIn);
    if (!this.text.startsWith(`${head[1]}>`, this.at)) throw UNEXPECTED;
    return result;
  }

  /** The result of the awsQuery protocol, which is an element beside those about the response. */
  private wrapped(plan: StructPlan, resultIn: string): object {
    let result: object | null = null;
    while (this.open()) {
      if (!this.text.startsWith(`${resultIn}>`, this.at)) this.skip();
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
    const value: Record<string, unknown> = {};
    let before = null as MemberPlan | null;
    while (this.open()) {
      const expected = before === null ? plan.first : before.next;
      const member = expected && this.isAt(expected.element) ? expected : this.member(plan.members);
      if (!member) {
        this.skip();
        continue;
      }
      if (before === null) plan.first = member;
      else before.next = member;
      before = member;
      // The SDK makes a list of an element that comes twice, and then refuses it.
      if (value[member.name] !== undefined) throw UNEXPECTED;
      value[member.name] = this.content(member);
    }
    return value;
  }

  private list({ name, item }: ListPlan): unknown[] {
    const items: unknown[] = [];
    while (this.open(name)) {
      if (!this.isAt(item.element) && this.elementName() !== item.name)
        throw new StrayContent(`${name} holds ${this.elementName()} beside its items`);
      items.push(this.content(item));
    }
    return items;
  }

  /** The member whose start tag is at `at`; null for an element that the schema does not know. */
  private member(members: ReadonlyMap<string, MemberPlan>): MemberPlan | null {
    return members.get(this.elementName()) ?? null;
  }

  /** What an element holds, from the name in its start tag to behind its end tag. */
  private content(member: MemberPlan): unknown {
    const { element, closing, plan } = member;
    this.at += element.length;
    if (this.text.charCodeAt(this.at) === SLASH) {
      if (this.text.charCodeAt(this.at + 1) !== GREATER) throw UNEXPECTED;
      this.at += 2;
      return this.nothing(plan);
    }
    if (this.text.charCodeAt(this.at) !== GREATER) throw UNEXPECTED;
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
      case 'string':
      case 'number':
      case 'boolean':
      case 'other': {
        const end = this.text.indexOf('<', this.at);
        if (end < 0 || !this.text.startsWith(closing, end)) throw UNEXPECTED;
        const value = this.leaf(member, plan, end);
        this.at = end + closing.length;
        return value;
      }
    }
  }

  private nothing(plan: Plan): unknown {
    switch (plan.kind) {
      case 'struct':
        return {};
      case 'list':
        return EMPTY as unknown[];
      case 'string':
      case 'number':
      case 'boolean':
      case 'other':
        return this.converted(plan, '');
    }
  }

  private leaf(member: MemberPlan, plan: LeafPlan, end: number): unknown {
    const { at, text } = this;
    const length = end - at;
    if (plan.kind === 'string' && length === member.last.length && text.startsWith(member.last, at))
      return member.last;
    if (this.nextEntity < at) {
      const found = text.indexOf('&', at);
      this.nextEntity = found < 0 ? text.length : found;
    }
    const plain = this.nextEntity >= end;
    const raw = plain ? this.part(at, end) : decoded(text.slice(at, end));
    // The SDK takes white space with a line feed in it for the layout of the document.
    const written = raw.trim() === '' && raw.includes('\n') ? '' : raw;
    // A text with entities is not kept: it would be compared with what is on the wire.
    if (plain && written === raw) member.last = written;
    return this.converted(plan, written);
  }

  /** A part of the text that does not keep the whole text in memory. */
  private part(from: number, to: number): string {
    if (to - from < SHARED_FROM) return this.text.slice(from, to);
    if (this.bytes) return this.bytes.toString('latin1', from, to);
    return Buffer.from(this.text.slice(from, to), 'utf16le').toString('utf16le');
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
          return this.convert(plan.schema, text);
        } catch {
          // The rest of the document decides what the SDK makes of it.
          throw UNEXPECTED;
        }
    }
  }
}

import { UNEXPECTED } from './markup.ts';

/** What is used of a schema of the SDK (`NormalizedSchema` of @smithy/core, which the clients do not export). */
export interface SdkSchema {
  isListSchema(): boolean;
  isStructSchema(): boolean;
  isUnionSchema(): boolean;
  isMapSchema(): boolean;
  isDocumentSchema(): boolean;
  isUnitSchema(): boolean;
  isStringSchema(): boolean;
  isBooleanSchema(): boolean;
  isNumericSchema(): boolean;
  getSchema(): unknown;
  getName(): string | undefined;
  getValueSchema(): SdkSchema;
  getMergedTraits(): SdkTraits;
  getMemberTraits(): SdkTraits;
  structIterator(): Iterable<readonly [name: string, schema: SdkSchema]>;
}
interface SdkTraits {
  readonly xmlName?: string;
  readonly xmlFlattened?: unknown;
  readonly mediaType?: unknown;
  readonly httpPayload?: unknown;
}

/** How one element is read: what its schema says, prepared once for all replies. */
export type Plan = LeafPlan | StructPlan | ListPlan;
export interface LeafPlan {
  readonly kind: 'string' | 'number' | 'boolean' | 'other';
  /** For 'other' (timestamps, blobs, …), which the SDK converts. */
  readonly schema: SdkSchema;
}
export interface StructPlan {
  readonly kind: 'struct';
  readonly members: ReadonlyMap<string, MemberPlan>;
  /** Without members; those with members are behind it. */
  readonly empty: Shape;
}
export interface ListPlan {
  readonly kind: 'list';
  /** For messages. */
  readonly name: string;
  readonly item: MemberPlan;
}
export interface MemberPlan {
  /** The property of the result; of an item of a list, its element. */
  readonly name: string;
  readonly element: Uint8Array;
  /** Its end tag. */
  readonly closing: Uint8Array;
  readonly plan: Plan;
}

/** An object from the values of its members, which are in `values` from an index on. */
type Maker = (values: readonly unknown[], from: number) => object;

/** A literal is compiled when so many objects had these members: most members of a schema never come, or come once. */
const WORTH_COMPILING = 64;
/** Of one structure, before they are forgotten. A service has dozens; only something that is not AWS has a new order in each row. */
const MOST_SHAPES = 5000;

/**
 * The members that a structure has so far, in their order. Services write members in one order, so nearly all objects of a
 * list have the members of one before, and finding the next member is a comparison with the one that came next then.
 */
export class Shape {
  readonly member: MemberPlan | null;
  /** How many members it has. */
  readonly count: number;
  /** What came next before. */
  readonly next: Shape[] = [];
  private readonly before: Shape | null;
  /** All shapes of the structure: how many they are, and the one without members. */
  private readonly all: { count: number; readonly first: Shape };
  private uses = 0;
  private maker: Maker | null = null;

  constructor(before: Shape | null, member: MemberPlan | null) {
    this.before = before;
    this.member = member;
    this.count = before === null ? 0 : before.count + 1;
    this.all = before === null ? { count: 0, first: this } : before.all;
    this.all.count += 1;
  }

  /** With one member more. The SDK makes a list of an element that comes twice, and then refuses it. @throws UNEXPECTED */
  with(member: MemberPlan): Shape {
    const known = this.next.find((shape) => shape.member === member);
    if (known) return known;
    if (this.members().includes(member)) throw UNEXPECTED;
    if (this.all.count >= MOST_SHAPES) {
      this.all.first.next.length = 0;
      this.all.count = 1;
      throw UNEXPECTED;
    }
    const shape = new Shape(this, member);
    this.next.push(shape);
    return shape;
  }

  /** The object of `count` values. */
  make(values: readonly unknown[], from: number): object {
    if (this.maker !== null) return this.maker(values, from);
    const members = this.members();
    this.uses += 1;
    if (this.uses > WORTH_COMPILING) this.maker = compiled(members);
    return Object.fromEntries(members.map(({ name }, i) => [name, values[from + i]]));
  }

  private members(): MemberPlan[] {
    return this.before === null || this.member === null ? [] : [...this.before.members(), this.member];
  }
}

/**
 * A function with an object literal of these members: the engine then allocates each object in its final form. The names are
 * those of the SDK's schemas, which say nothing of what a reply contains.
 */
function compiled(members: readonly MemberPlan[]): Maker | null {
  if (!members.every(({ name }) => /^[A-Za-z]\w*$/.test(name))) return null;
  const literal = members.map(({ name }, i) => `${name}: values[from + ${i}]`).join(', ');
  try {
    return new Function('values', 'from', `return { ${literal} };`) as Maker;
  } catch {
    // Node can be started so that it compiles no text.
    return null;
  }
}

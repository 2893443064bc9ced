import { bytesOf } from './markup.ts';
import { Shape } from './shape.ts';

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

/** A schema that the one-pass reader does not read: the SDK reads its replies. */
class Unplanned extends Error {}

/** How an element of this schema is read; null where only the SDK reads it. */
export function planOf(schema: SdkSchema): StructPlan | null {
  try {
    const plan = planned(schema, new Map());
    return plan.kind === 'struct' ? plan : null;
  } catch (error) {
    if (error instanceof Unplanned) return null;
    throw error;
  }
}

/** @param known The structures so far: schemas may contain themselves. */
function planned(schema: SdkSchema, known: Map<unknown, StructPlan>): Plan {
  if (schema.isListSchema()) return listPlan(schema, known);
  if (schema.isMapSchema() || schema.isDocumentSchema() || schema.isUnitSchema() || schema.isUnionSchema())
    throw new Unplanned();
  if (schema.isStructSchema()) return structPlan(schema, known);
  if (schema.isStringSchema() && schema.getMergedTraits().mediaType === undefined)
    return { kind: 'string', schema };
  if (schema.isNumericSchema()) return { kind: 'number', schema };
  if (schema.isBooleanSchema()) return { kind: 'boolean', schema };
  return { kind: 'other', schema };
}

function listPlan(schema: SdkSchema, known: Map<unknown, StructPlan>): ListPlan {
  if (schema.getMergedTraits().xmlFlattened) throw new Unplanned();
  const value = schema.getValueSchema();
  const item = value.getMergedTraits().xmlName ?? 'member';
  return {
    kind: 'list',
    name: schema.getName() ?? 'a list',
    item: memberPlan(item, item, planned(value, known)),
  };
}

function structPlan(schema: SdkSchema, known: Map<unknown, StructPlan>): StructPlan {
  const before = known.get(schema.getSchema());
  if (before) return before;
  const members = new Map<string, MemberPlan>();
  const plan: StructPlan = { kind: 'struct', members, empty: new Shape(null, null) };
  known.set(schema.getSchema(), plan);
  for (const [name, member] of schema.structIterator()) {
    const element = member.getMemberTraits().xmlName ?? name;
    if (member.getMergedTraits().httpPayload || members.has(element)) throw new Unplanned();
    members.set(element, memberPlan(name, element, planned(member, known)));
  }
  return plan;
}

function memberPlan(name: string, element: string, plan: Plan): MemberPlan {
  return {
    name,
    element: bytesOf(element),
    closing: bytesOf(`</${element}>`),
    plan,
  };
}

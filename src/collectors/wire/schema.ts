import { bytesOf } from './markup.ts';
import { type ListPlan, type MemberPlan, type Plan, type SdkSchema, Shape, type StructPlan } from './plan.ts';

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

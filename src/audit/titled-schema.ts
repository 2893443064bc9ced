import * as z from 'zod';

/** The JSON Schema (draft 2020-12) of a type, with a title and an id. */
export function titledSchema(type: z.ZodType, title: string, $id: string): object {
  const { $schema, ...rest } = z.toJSONSchema(type, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ jsonSchema }) => listKeys(jsonSchema),
  });
  return { $schema, $id, title, ...rest };
}

/** A record whose keys are known lists them as properties: strict validators refuse a required key that is none of these. */
function listKeys(schema: z.core.JSONSchema.BaseSchema): void {
  const { propertyNames, additionalProperties, required } = schema;
  if (!required || typeof propertyNames !== 'object' || additionalProperties === undefined) return;
  schema.properties = Object.fromEntries(required.map((key) => [key, additionalProperties]));
  schema.additionalProperties = false;
  delete schema.propertyNames;
}

import type { z } from 'zod';

/** What has a JSON Schema. */
export const SCHEMAS = ['snapshot', 'report', 'config'] as const;

/** The files that have a JSON Schema: a snapshot, a report, the config. */
export type SchemaName = (typeof SCHEMAS)[number];

/** The JSON Schema (draft 2020-12) of a snapshot, a report or the config. */
export async function jsonSchema(of: SchemaName): Promise<object> {
  switch (of) {
    case 'snapshot':
      return (await import('../inventory/json-schema.ts')).snapshotJsonSchema();
    case 'report': {
      const { reportSchema, REPORT_VERSION } = await import('../report/model.ts');
      return titled(reportSchema, 'ec2-parity report', `urn:ec2-parity:schema:report:${REPORT_VERSION}`);
    }
    case 'config':
      return titled(
        (await import('../comparator/config.ts')).configSchema,
        'ec2-parity config',
        'urn:ec2-parity:schema:config:1',
      );
  }
}

/** A schema as the command prints it and as the package has it in `schemas/`. */
export function schemaText(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

async function titled(type: z.ZodType, title: string, $id: string): Promise<object> {
  const { z } = await import('zod');
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

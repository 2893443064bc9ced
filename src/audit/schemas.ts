/** What has a JSON Schema. */
export const SCHEMAS = ['snapshot', 'report', 'config'] as const;

/** The files that have a JSON Schema: a snapshot, a report, the config. */
export type SchemaName = (typeof SCHEMAS)[number];

/** The JSON Schema (draft 2020-12) of a snapshot, a report or the config. */
export async function jsonSchema(of: SchemaName): Promise<object> {
  const { titledSchema } = await import('./titled-schema.ts');
  switch (of) {
    case 'snapshot':
      return (await import('../inventory/json-schema.ts')).snapshotJsonSchema();
    case 'report': {
      const { reportSchema, REPORT_VERSION } = await import('../report/model.ts');
      return titledSchema(
        reportSchema,
        'ec2-parity report',
        `urn:ec2-parity:schema:report:${REPORT_VERSION}`,
      );
    }
    case 'config':
      return titledSchema(
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

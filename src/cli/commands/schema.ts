import type { z } from 'zod';
import { oneOf } from '../arguments.ts';
import type { Command } from '../command.ts';

const SUBJECTS = ['snapshot', 'report', 'config'] as const;

export const schema: Command = {
  name: 'schema',
  summary: 'The JSON Schema of a snapshot, a report or the config',
  positionals: { subject: { required: true, describe: SUBJECTS.join(', ') } },
  options: {},
  async run(args, { data }) {
    const subject = oneOf(
      { value: args.positional('subject'), by: 'The subject of schema', from: 'flag' },
      SUBJECTS,
    );
    await data(`${JSON.stringify(await schemaOf(subject), null, 2)}\n`);
    return 0;
  },
};

async function schemaOf(subject: (typeof SUBJECTS)[number]): Promise<object> {
  switch (subject) {
    case 'snapshot':
      return (await import('../../inventory/json-schema.ts')).snapshotJsonSchema();
    case 'report': {
      const { reportSchema, REPORT_VERSION } = await import('../../report/model.ts');
      return titled(reportSchema, 'ec2-parity report', `urn:ec2-parity:schema:report:${REPORT_VERSION}`);
    }
    case 'config':
      return titled(
        (await import('../../comparator/config.ts')).configSchema,
        'ec2-parity config',
        'urn:ec2-parity:schema:config:1',
      );
  }
}

async function titled(type: z.ZodType, title: string, $id: string): Promise<object> {
  const { z } = await import('zod');
  const { $schema, ...rest } = z.toJSONSchema(type, { target: 'draft-2020-12', io: 'input' });
  return { $schema, $id, title, ...rest };
}

import { jsonSchema, SCHEMAS, schemaText } from '../../audit/schemas.ts';
import { oneOf } from '../arguments.ts';
import type { Command } from '../command.ts';

export const schema: Command = {
  name: 'schema',
  summary: 'The JSON Schema of a snapshot, a report or the config',
  positionals: { subject: { required: true, describe: SCHEMAS.join(', '), words: SCHEMAS } },
  options: {},
  async run(args, { data }) {
    const subject = oneOf(
      { value: args.positional('subject'), by: 'The subject of schema', from: 'flag' },
      SCHEMAS,
    );
    await data(schemaText(await jsonSchema(subject)));
    return 0;
  },
};

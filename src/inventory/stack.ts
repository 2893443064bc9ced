import * as z from 'zod';
import { tagsSchema } from './tags.ts';
import { templateSchema } from './template.ts';

export const stackSchema = z.strictObject({
  id: z.string().describe('The ARN.'),
  name: z.string(),
  status: z.string(),
  template: templateSchema.nullable().describe('Null when it could not be read; a gap says why.'),
  tags: tagsSchema,
  partOf: z
    .string()
    .optional()
    .describe('Of a nested stack: the id of the stack whose template contains what this one creates.'),
});
export type Stack = z.infer<typeof stackSchema>;

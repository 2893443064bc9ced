import * as z from 'zod';
import type { DeepReadonly } from '../inventory/deep-readonly.ts';
import { MATCH_STRENGTHS } from './vocabulary.ts';

const strength = z.enum(MATCH_STRENGTHS);

const imageSchema = z.object({
  id: z.string(),
  name: z.string().describe('Its name, else its id.'),
  createdAt: z.string().nullable().describe('Of a copy: when it was copied.'),
  state: z.string().describe('"available", "pending", "failed", "disabled", …'),
});

const copySchema = imageSchema.extend({
  region: z.string(),
  is: z
    .enum(['copy', 'namesake', 'copy-of-former', 'no-copy'])
    .describe(
      'A copy; an image of the same name that nothing contradicts; a copy of an earlier image of this name; an image that is proven not to be a copy.',
    ),
  matchedBy: z.string(),
  strength: strength.describe('How certain it is that the two correspond.'),
});

const versionSchema = imageSchema.extend({
  side: z.literal('source'),
  copy: copySchema.nullable(),
  newestCopied: z
    .boolean()
    .describe('Of the versions that have a copy the newest; at most one of a lineage.'),
  behind: z.boolean().describe('Newer than the newest copied one and without a copy: what the target lacks.'),
});

/** Source images that are versions of one another, and the counterpart of each on the target: drawn from this alone. */
export const lineageSchema = z.object({
  family: z.string(),
  architecture: z.string().nullable(),
  by: z.string().describe('How the versions were recognised as one family.'),
  strength,
  orderedBy: z.enum(['version', 'creation date']),
  versions: z.array(versionSchema).describe('Newest first; the newest copied one is always among them.'),
  leftOut: z.number().describe('Further source versions, which are not listed.'),
  extraCopies: z
    .array(
      imageSchema.extend({
        region: z.string(),
        copyOf: z
          .string()
          .nullable()
          .describe("Id of what it was copied from, by AWS's record; null where there is none."),
        copyOfRegion: z.string().nullable(),
      }),
    )
    .describe('Images of the target that belong to the family and correspond to no version: newest first.'),
  extraLeftOut: z.number(),
  behind: z
    .object({ versions: z.number(), days: z.number().nullable() })
    .nullable()
    .describe('How far the newest copy is behind the source; null where it is not.'),
});

/**
 * One image family: its versions on the source, the counterpart of each, and how far the copies are behind (days
 * and versions).
 */
export type Lineage = DeepReadonly<z.output<typeof lineageSchema>>;

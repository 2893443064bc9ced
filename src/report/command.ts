import * as z from 'zod';
import { SIDES } from './vocabulary.ts';

/** One line that a person pastes into a shell. The commands of a finding are run in order, in one shell. */
export const commandSchema = z.object({
  shell: z
    .string()
    .describe(
      'One complete line for `sh`, safe with any names in it. It may read a shell variable that an earlier command of the list sets.',
    ),
  side: z.enum(SIDES).describe('The side whose credentials the command needs; its region is in the line.'),
  does: z.string().describe('What the command does, in a few words.'),
});

/** One command of a remedy: a line for `sh`, the side whose credentials it needs, and what it does. */
export type Command = Readonly<z.infer<typeof commandSchema>>;

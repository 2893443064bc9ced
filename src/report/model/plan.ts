import * as z from 'zod';
import { commandSchema } from '../command.ts';
import { SIDES } from '../vocabulary.ts';

/** What the remediation plan would do. */
export const planSchema = z.object({
  steps: z
    .array(
      z.object({
        id: z.string(),
        does: z.string().describe('What the step does, in one line.'),
        side: z.enum(SIDES).describe('The side whose credentials it needs.'),
        needs: z.array(z.string()).describe('Ids of steps that have to be done before.'),
        resolves: z
          .array(z.string())
          .describe('Fingerprints of the findings that are resolved once it is done.'),
        commands: z
          .array(commandSchema)
          .describe('To run in one shell, in the order of the steps; plan.sh looks before each what exists.'),
      }),
    )
    .describe('In the order in which they are done.'),
  resolves: z.array(z.string()).describe('All fingerprints that the steps resolve.'),
  left: z
    .array(z.object({ fingerprint: z.string(), because: z.string() }))
    .describe('The findings that the plan does not resolve, and why.'),
  simulated: z
    .object({ resolved: z.number(), new: z.number() })
    .describe('The result of auditing the two sides after the steps, in memory.'),
});

import * as z from 'zod';
import { FAIL_ON, PHASES } from '../report/vocabulary.ts';

/** The settings of the config that `matrix` reads: what is audited against what. */

const text = (description: string) => z.string().min(1).describe(description);

const sideObject = z.strictObject({
  side: text(
    'A region, a region@profile, a region@account of the accounts file, a snapshot file or a folder of dumps.',
  ),
  roleArn: text('A role to assume on this side. Default: none.').optional(),
  externalId: text('The external id that the role requires. Default: none.').optional(),
  region: text('The region of a folder of dumps whose files do not say it. Default: none.').optional(),
});
const side = z.union([z.string().min(1), sideObject], {
  error: 'a side is a text (us-east-1@profile, a file, a folder) or { side, roleArn, externalId, region }',
});

export const pairSchema = z
  .strictObject({
    name: text('What reports, folders and the roll-up call the pair. Default: its two sides.').optional(),
    source: side.describe('The side that the target should match.'),
    target: z
      .union([side, z.array(side).min(1)])
      .optional()
      .describe(
        'The side that is audited, or several: each is a pair. Default: with `accounts`, every other region that the accounts file lists of the account.',
      ),
    accounts: z
      .array(z.string().min(1))
      .optional()
      .describe(
        'Accounts of the accounts file, by name or id, * for any characters: a pair for each of them, both regions in that account. Default: the sides as they are written.',
      ),
    tags: z
      .array(z.string().min(1))
      .optional()
      .describe(
        'Only the accounts of the accounts file that have all of these tags, such as "type:prod". Default: any tags.',
      ),
    config: text(
      'A config for this pair in place of this one, from the folder of this file. Default: this file.',
    ).optional(),
    baseline: text(
      'The earlier report or accepted state of this pair, from the folder of this file. Only where the entry is one pair. Default: none.',
    ).optional(),
    phase: z.enum(PHASES).optional().describe('The phase of this pair. Default: that of its config.'),
    failOn: z.enum(FAIL_ON).optional().describe('The gate of this pair. Default: that of its config.'),
  })
  .check((ctx) => {
    const { target, accounts, tags } = ctx.value;
    const fault =
      target === undefined && accounts === undefined
        ? 'a pair needs a target (or accounts, whose other regions are the targets)'
        : tags !== undefined && accounts === undefined
          ? 'tags select among accounts, and the pair has no "accounts"'
          : null;
    if (fault !== null) ctx.issues.push({ code: 'custom', message: fault, input: ctx.value, continue: true });
  });

export type PairConfig = z.output<typeof pairSchema>;
export type SideConfig = z.output<typeof side>;

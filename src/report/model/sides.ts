import * as z from 'zod';
import { FAILURE_CODES } from '../../inventory/collected.ts';
import type { DeepReadonly } from '../../inventory/deep-readonly.ts';
import { commandSchema } from '../command.ts';
import { PHASES, SEVERITIES, SIDES } from '../vocabulary.ts';

const severity = z.enum(SEVERITIES);

export const sideSchema = z.object({
  account: z.string().nullable(),
  region: z.string(),
  takenAt: z.string(),
  origin: z.string(),
});

export const gapSchema = z.object({
  side: z.enum(SIDES),
  kind: z.string(),
  code: z.enum(FAILURE_CODES),
  message: z.string(),
  hint: z.string(),
  commands: z.array(commandSchema).optional().describe('The commands of the hint, where it has any.'),
  blocking: z
    .boolean()
    .describe('False for a stated limit that does not make the run incomplete (code "not-read").'),
});

export const notLookedAtSchema = z.object({
  what: z.string().describe('"instance types", "subnets and route tables", …'),
  side: z.enum(SIDES),
  because: z.string(),
});

/** The earlier run that the findings are compared with. */
export const baselineSchema = z.object({
  form: z.enum(['report', 'accepted']).describe('A report, or an accepted state that `accept` wrote.'),
  at: z.string(),
  phase: z.enum(PHASES),
  version: z.string().describe('The version of the tool that made it.'),
  complete: z.boolean(),
  unread: z.array(z.string()).describe('The kinds that it could not read.'),
  lost: z
    .array(z.string())
    .optional()
    .describe(
      'What this run did not read, in parts, and the baseline or a run before it did: what depends on that was not checked.',
    ),
});

/** What a reader has to know of the settings that a report was made with. */
export const noteSchema = z.object({
  code: z.enum([
    'waiver-expired',
    'waiver-exceeded',
    'waiver-unused',
    'waiver-too-broad',
    'rule-off',
    'rule-severity',
    'ignored',
    'out-of-scope',
    'setting-unused',
    'redacted',
  ]),
  at: z.string().describe('The setting: "waivers[2]".'),
  message: z.string(),
  hint: z.string(),
});

export const historySchema = z.object({
  runs: z.number(),
  since: z.string().describe('When the first of them started.'),
  trend: z
    .array(
      z.object({
        from: z.string(),
        to: z.string(),
        complete: z.boolean(),
        bySeverity: z.record(severity, z.number()),
      }),
    )
    .describe('The counts of findings over time; runs that read and found the same are one entry.'),
});

const vpcEnd = z.object({ id: z.string(), name: z.string().nullable() }).nullable();

export const mappingSchema = z.object({
  vpcs: z.array(z.object({ source: vpcEnd, target: vpcEnd, matchedBy: z.string().nullable() })),
  cidrs: z.array(
    z.object({ from: z.string(), to: z.string(), rules: z.number().describe('Source rules translated.') }),
  ),
  names: z.array(z.object({ kind: z.string(), from: z.string(), to: z.string() })),
});

export type Note = DeepReadonly<z.output<typeof noteSchema>>;

/** Which account and region a side is, when it was read (ISO 8601, UTC) and from what. */
export type ReportSide = DeepReadonly<z.output<typeof sideSchema>>;

/** A part of one side that could not be read, with a stable code, the reason and what to do about it. */
export type Gap = DeepReadonly<z.output<typeof gapSchema>>;

/** What was not read by choice or because a stored side lacks it, so that verdicts do not take it into account. */
export type NotLookedAt = DeepReadonly<z.output<typeof notLookedAtSchema>>;

import * as z from 'zod';
import type { DeepReadonly } from '../../inventory/deep-readonly.ts';
import { commandSchema } from '../command.ts';
import type { Json } from '../rules/shared.ts';
import { KINDS, PHASES, SEVERITIES, SIDES } from '../vocabulary.ts';

const severity = z.enum(SEVERITIES);
const kind = z.enum(KINDS);
const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;

/** What a worsened finding was before. */
const formerSchema = z.object({
  rule: z.string(),
  severity,
  content: z.string(),
  message: z.string(),
});

/** What is kept of a finding that a waiver is pinned to. */
export const pinnedSchema = z.object({
  content: z.string(),
  severity,
  usually: severity.optional(),
  facts: z.record(z.string(), json),
  blocks: z.array(z.object({ kind: z.string(), name: z.string() })).optional(),
});

/** Which side changed between two runs, and what the objects of the finding were before and after. */
export const movedSchema = z.object({
  side: z.enum([...SIDES, 'both']),
  from: z.string().describe('When the side was last read as it was before, ISO 8601 UTC.'),
  to: z.string().describe('When it was first read as it is now.'),
  changes: z
    .array(
      z.object({
        side: z.enum(SIDES),
        id: z.string(),
        before: z.array(z.string()),
        after: z.array(z.string()),
      }),
    )
    .optional()
    .describe('The rules of a security group, or the fields of another object, that are not in both.'),
});

export const findingSchema = z.object({
  fingerprint: z
    .string()
    .describe('The identity of the finding, independent of what was found: stable across runs and machines.'),
  content: z
    .string()
    .default('')
    .describe('A digest of what was found; empty in reports of versions that did not have it.'),
  rule: z.string(),
  severity,
  usually: severity.optional().describe('What the rule weighs, where the config says otherwise.'),
  kind,
  subject: z.object({
    name: z.string(),
    scope: z.string().nullable(),
    vpc: z.string().optional().describe('As of the pair.'),
    sourceId: z.string().nullable(),
    targetId: z.string().nullable(),
  }),
  facts: z.record(z.string(), json),
  message: z.string(),
  remedy: z.string().describe('What to do, in a sentence.'),
  commands: z
    .array(commandSchema)
    .optional()
    .describe(
      'The commands of the remedy, in order, to run in one shell; empty where no command does it, or where another finding has them. Absent in reports of 0.1.0.',
    ),
  usedBy: z.array(z.object({ kind: z.string(), name: z.string(), id: z.string(), side: z.enum(SIDES) })),
  blocks: z
    .array(z.object({ kind: z.string(), name: z.string() }))
    .optional()
    .describe('The workloads that it keeps from launching; absent where workloads were not judged.'),
  status: z
    .enum(['new', 'worsened', 'persisting'])
    .describe(
      'Compared with the baseline. `worsened`: of a higher severity, keeps another workload from launching, or admits or blocks more.',
    ),
  firstSeen: z.string(),
  was: formerSchema.optional().describe('What the baseline had, where it was less.'),
  moved: movedSchema.nullable().default(null).describe('Which side changed; null where that is not known.'),
  changed: z
    .boolean()
    .optional()
    .describe(
      'Set where it persists with another content than the baseline had, and is not known to be more.',
    ),
  bar: z
    .object({
      severity,
      usually: severity.optional(),
      blocks: z.array(z.object({ kind: z.string(), name: z.string() })).optional(),
      content: z.string().optional(),
      facts: z.record(z.string(), json).optional(),
    })
    .optional()
    .describe(
      'What the baseline had, where this run read less than that one: the next run is compared with it.',
    ),
  insteadOf: z
    .string()
    .optional()
    .describe(
      'The fingerprint under which the baseline has it, where this run read less and cannot identify it.',
    ),
  came: z
    .number()
    .optional()
    .describe('How often it came, where it went in between; by the ledger of --history.'),
  since: z
    .enum([
      'rule-added',
      'not-read-before',
      'not-read',
      'waiver-expired',
      'waiver-exceeded',
      'settings',
      'time',
    ])
    .optional()
    .describe(
      'Why it is new or worsened although neither side need have changed. `settings`: the config or the version of the tool changed, and neither side did. `time`: nothing changed, a date was reached. `not-read`: it says only that something was not read, and an earlier run read that; it is not new.',
    ),
});

export const ruleTextSchema = z.object({
  id: z.string(),
  title: z.string(),
  short: z
    .string()
    .default('')
    .describe('About three words, for tables; empty in reports of versions that did not have it.'),
  severity: z.record(z.enum(PHASES), severity),
  weighs: z.string().optional().describe('When a finding has another severity than the one of the phase.'),
  compares: z.string(),
  why: z.string(),
  remedy: z.string(),
  links: z.array(z.string()),
});

export type Moved = DeepReadonly<z.output<typeof movedSchema>>;

/** The texts and severities of one rule, as the catalogue shows them. */
export type RuleText = DeepReadonly<z.output<typeof ruleTextSchema>>;

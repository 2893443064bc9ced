import * as z from 'zod';
import { contentSchema } from '../inventory/content.ts';
import type { DeepReadonly } from '../inventory/deep-readonly.ts';
import { lineageSchema } from './lineage.ts';
import { findingSchema, pinnedSchema, ruleTextSchema } from './model/findings.ts';
import { pairSchema } from './model/pairs.ts';
import { planSchema } from './model/plan.ts';
import {
  baselineSchema,
  gapSchema,
  historySchema,
  mappingSchema,
  noteSchema,
  notLookedAtSchema,
  sideSchema,
} from './model/sides.ts';
import { causeSchema, workloadSchema } from './model/workloads.ts';
import type { FactsOf, RuleId, SubjectKind } from './rules/index.ts';
import type { Facts } from './rules/shared.ts';
import { PHASES, SCOPES, SEVERITIES, STATES, VERDICTS } from './vocabulary.ts';

export type { Moved, RuleText } from './model/findings.ts';
export type { Compared, Pair } from './model/pairs.ts';
export type { Gap, Note, NotLookedAt, ReportSide } from './model/sides.ts';
export type { Cause, Chain, LookedAt } from './model/workloads.ts';

/** The version of the file format. Within it, fields are only ever added. */
export const REPORT_VERSION = 1;

const severity = z.enum(SEVERITIES);

/** The zod schema of report.json. `parseReport` checks a value with it and names the field that is wrong. */
export const reportSchema = z.object({
  schemaVersion: z.literal(REPORT_VERSION),
  tool: z.object({ name: z.string(), version: z.string() }),
  redacted: z
    .literal(true)
    .optional()
    .describe(
      'Set by `--redact`: names, ids, accounts, addresses and keys are pseudonyms, each text the same one everywhere in this report.',
    ),
  phase: z.enum(PHASES),
  startedAt: z.string(),
  finishedAt: z.string(),
  source: sideSchema,
  target: sideSchema,
  only: z
    .array(z.enum(SCOPES))
    .nullable()
    .default(null)
    .describe('What `--only` restricted the report to; null: nothing.'),
  history: historySchema.optional().describe('What the ledger of `--history` shows of the earlier runs.'),
  baseline: baselineSchema.optional().describe('The earlier run that the findings are compared with.'),
  complete: z.boolean(),
  warnings: z
    .array(z.string())
    .default([])
    .describe('What makes the whole result doubtful although every read succeeded.'),
  verdict: z.enum(VERDICTS),
  notLookedAt: z
    .array(notLookedAtSchema)
    .default([])
    .describe('What the verdicts of workloads do not take into account, because it was not read.'),
  gaps: z.array(gapSchema),
  unreadParts: z
    .array(z.string())
    .default([])
    .describe(
      'What was not read, whether it matters for this report or not: `target kind:image`, `source fact:subnets`. A later run is compared with it.',
    ),
  summary: z.object({
    bySeverity: z.record(severity, z.number()),
    byRule: z.record(z.string(), z.number()),
    byKind: z.record(z.string(), z.record(z.enum(STATES), z.number())),
  }),
  mapping: mappingSchema.optional().describe('How objects were paired before anything was compared.'),
  content: contentSchema
    .optional()
    .describe('What `--verify-content` compared of the content of paired images, and what it found.'),
  lineages: z
    .array(lineageSchema)
    .optional()
    .describe('Image families: versions of the source, their copies, and what is behind.'),
  pairs: z.array(pairSchema),
  findings: z.array(findingSchema),
  workloads: z.array(workloadSchema),
  causes: z
    .array(causeSchema)
    .optional()
    .describe('Findings that one fix resolves, the most important first. A finding has at most one cause.'),
  waived: z.array(
    findingSchema.extend({
      waiver: z.object({
        reason: z.string(),
        owner: z.string().nullable(),
        until: z.string().nullable().describe('The last day on which it holds, or "never".'),
        pin: z.string().optional().describe('The content that it is pinned to.'),
        pinned: pinnedSchema
          .optional()
          .describe('What the pin names: a later run sees by it whether the finding is more than that.'),
      }),
    }),
  ),
  resolved: z.array(findingSchema),
  unchecked: z
    .array(findingSchema)
    .default([])
    .describe('Findings of the baseline that this run could not check again: neither resolved nor new.'),
  notes: z
    .array(noteSchema)
    .default([])
    .describe('What is wrong with the waivers and settings of the config, and what they leave out.'),
  waivers: z
    .array(
      z.object({
        at: z.string().describe('"waivers[2]"'),
        about: z.string().describe('Its rule and subject, as in messages.'),
        until: z.string(),
        waived: z.number().describe('How many findings it waives.'),
        refused: z
          .array(z.object({ fingerprint: z.string(), because: z.enum(['expired', 'exceeded', 'too-broad']) }))
          .describe('Findings that it selects and does not waive.'),
      }),
    )
    .optional()
    .describe('The waivers of the config, in its order; absent in reports of versions that did not say.'),
  rules: z.array(ruleTextSchema),
  plan: planSchema
    .optional()
    .describe(
      'What a remediation plan would do: the one that `--plan` wrote, else the one that `ec2-parity plan` writes by default. Absent where proving it would take long, and in former reports.',
    ),
});

type ReadReport = DeepReadonly<z.output<typeof reportSchema>>;
type ReadFinding = Omit<ReadReport['findings'][number], 'rule' | 'kind' | 'facts'>;

/**
 * What a rule found, with the facts that its `rule` has. Of a report read from a file only the shape above is checked,
 * not that the rule is known: a newer version may have written it. Each report has the texts of its rules.
 */
export type Finding<Id extends RuleId = RuleId> = {
  [Rule in Id]: ReadFinding & {
    readonly rule: Rule;
    readonly kind: SubjectKind<Rule>;
    readonly facts: FactsOf<Rule>;
  };
}[Id];

/** Whether a finding is of one of these rules; its facts are then those of the rule. */
export function isOf<Id extends RuleId>(
  finding: Finding,
  ...rules: readonly Id[]
): finding is Extract<Finding, { rule: Id }> {
  return (rules as readonly string[]).includes(finding.rule);
}

/** The facts as plain JSON, for what treats those of every rule alike. */
export function plainFacts({ facts }: Pick<Finding, 'facts'>): Facts {
  return facts;
}

/** A finding that a waiver of the config accepts: it is reported, and does not count for the exit code. */
export type Waived = Finding & Pick<ReadReport['waived'][number], 'waiver'>;

/** The one product: every other format is made from it alone. */
export type Report = Omit<ReadReport, 'findings' | 'waived' | 'resolved' | 'unchecked'> & {
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
  readonly resolved: readonly Finding[];
  readonly unchecked: readonly Finding[];
};

/**
 * A report as JSON text holds it.
 * @returns The report, or what is wrong with it.
 */
export function parsedReport(
  value: unknown,
):
  | { readonly success: true; readonly data: Report }
  | { readonly success: false; readonly error: z.ZodError } {
  const parsed = reportSchema.safeParse(value);
  // The schema takes any rule and any facts, see Finding.
  return parsed.success ? { success: true, data: parsed.data as unknown as Report } : parsed;
}

/** Something that starts instances, with its verdict on the target and the reasons. */
export type Workload = Report['workloads'][number];

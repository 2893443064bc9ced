import { z } from 'zod';
import { FAILURE_CODES } from '../inventory/collected.ts';
import { contentSchema } from '../inventory/content.ts';
import type { DeepReadonly } from '../inventory/deep-readonly.ts';
import { commandSchema } from './command.ts';
import { lineageSchema } from './lineage.ts';
import type { FactsOf, RuleId, SubjectKind } from './rules/index.ts';
import type { Facts, Json } from './rules/shared.ts';
import {
  COMPARED_STATES,
  KINDS,
  LAUNCH_PARTS,
  MATCH_STRENGTHS,
  PART_STATES,
  PHASES,
  SCOPES,
  SEVERITIES,
  SIDES,
  STATES,
  VERDICTS,
  WORKLOAD_VERDICTS,
} from './vocabulary.ts';

/** The version of the file format. Within it, fields are only ever added. */
export const REPORT_VERSION = 1;

const severity = z.enum(SEVERITIES);
const kind = z.enum(KINDS);

const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;

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

const endSchema = z.object({
  id: z.string(),
  name: z.string(),
  key: z
    .string()
    .nullable()
    .optional()
    .describe(
      'Of a key pair: its public key as `<type>:<SHA-256>`, what `ssh-keygen -l` prints; null where no public key is known.',
    ),
});

export const comparedSchema = z
  .object({
    rows: z
      .array(
        z.object({
          side: z.enum(SIDES),
          direction: z.enum(['ingress', 'egress']),
          protocol: z.string(),
          ports: z.string().describe('"22", "1024-65535", an ICMP type and code, or "all".'),
          peer: z.string().describe('A CIDR, or `group:<scope>/<name>`.'),
          via: z.string().optional().describe('The prefix list that the address is an entry of.'),
          state: z
            .enum(COMPARED_STATES)
            .describe(
              '`covered`: not written alike, but the other side admits all of it; `open-to-world`: the target alone admits any address; `unknown`: something that was not read decides it.',
            ),
        }),
      )
      .optional()
      .describe('Of a security group or a prefix list: what both sides admit, in numeric order.'),
    fields: z
      .array(
        z.object({
          name: z.string(),
          source: z.string().nullable(),
          target: z.string().nullable(),
          same: z.boolean().describe('False where the two are proven to differ.'),
          notCompared: z
            .literal(true)
            .optional()
            .describe(
              'No difference is looked for: an id of one region, what something unread decides, what the config ignores.',
            ),
        }),
      )
      .optional()
      .describe('Of other kinds: what the object is.'),
  })
  .describe('Both sides of a pair that has findings.');

export const pairSchema = z.object({
  kind,
  name: z.string(),
  scope: z.string().nullable(),
  vpc: z
    .string()
    .optional()
    .describe(
      'The VPC of a security group by id and ranges, where name and scope do not distinguish it from another group.',
    ),
  state: z.enum(STATES),
  source: endSchema.nullable(),
  target: endSchema.nullable(),
  matchedBy: z.string().nullable().describe('How the two were paired: "name", "public-key", "lineage", …'),
  matchStrength: z
    .enum(MATCH_STRENGTHS)
    .nullable()
    .optional()
    .describe('How certain that is; absent for kinds without such a strength.'),
  findings: z.array(z.string()).describe('Fingerprints.'),
  compared: comparedSchema.optional(),
});

/** What a worsened finding was before. */
export const formerSchema = z.object({
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

export const notLookedAtSchema = z.object({
  what: z.string().describe('"instance types", "subnets and route tables", …'),
  side: z.enum(SIDES),
  because: z.string(),
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

const vpcEnd = z.object({ id: z.string(), name: z.string().nullable() }).nullable();
export const mappingSchema = z.object({
  vpcs: z.array(z.object({ source: vpcEnd, target: vpcEnd, matchedBy: z.string().nullable() })),
  cidrs: z.array(
    z.object({ from: z.string(), to: z.string(), rules: z.number().describe('Source rules translated.') }),
  ),
  names: z.array(z.object({ kind: z.string(), from: z.string(), to: z.string() })),
});

export const chainSchema = z.object({
  verdict: z.enum(WORKLOAD_VERDICTS),
  steps: z
    .array(z.string())
    .describe('The steps from what the workload refers to down to the reason, each in plain words.'),
  findings: z
    .array(z.string())
    .describe('Fingerprints of the findings behind the last step; none where a gap is the reason.'),
});

export const lookedAtSchema = z
  .record(
    z.enum(LAUNCH_PARTS),
    z.object({
      state: z.enum(PART_STATES),
      what: z
        .array(z.string())
        .optional()
        .describe('What the launch names of it: "deploy", "m5.large"; absent where it names nothing.'),
    }),
  )
  .describe(
    'Per part of the launch: "fine": it was looked at, and nothing stops or changes the launch; "stops", "degrades"; "unknown": it could not be read; "not-looked-at": see notLookedAt; "does-not-apply": the launch names nothing of it, what it names is replaced when the workload is made on the target, or the instance exists there already.',
  );

export const causeSchema = z.object({
  id: z.string().describe('Stable across runs and machines, as fingerprints are.'),
  title: z.string().describe('What is wrong, in one line.'),
  remedy: z.string().describe('The one fix.'),
  commands: z
    .array(commandSchema)
    .optional()
    .describe('The commands of the fix, in order, to run in one shell. Absent in reports of 0.1.0.'),
  findings: z.array(z.string()).describe('Fingerprints of the findings that the fix resolves, worst first.'),
  workloads: z
    .array(z.object({ kind, name: z.string(), id: z.string(), verdict: z.enum(WORKLOAD_VERDICTS) }))
    .describe('What the cause does to workloads, worst first, independent of the other causes.'),
});

/** The zod schema of report.json. `parseReport` checks a value with it and names the field that is wrong. */
export const reportSchema = z.object({
  schemaVersion: z.literal(REPORT_VERSION),
  tool: z.object({ name: z.string(), version: z.string() }),
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
  workloads: z.array(
    z.object({
      kind,
      name: z.string(),
      id: z.string(),
      verdict: z.enum(WORKLOAD_VERDICTS),
      because: z.array(z.string()).describe('Fingerprints, worst first.'),
      side: z.enum(SIDES).optional().describe('The side that has it; it is always judged on the target.'),
      chains: z.array(chainSchema).optional().describe('The chain of each reason, worst first.'),
      lookedAt: lookedAtSchema.optional().describe('Absent in reports of versions that did not state it.'),
    }),
  ),
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

export type Note = DeepReadonly<z.output<typeof noteSchema>>;
export type Moved = DeepReadonly<z.output<typeof movedSchema>>;

/** Something that starts instances, with its verdict on the target and the reasons. */
export type Workload = Report['workloads'][number];
export type LookedAt = DeepReadonly<z.output<typeof lookedAtSchema>>;

/**
 * The steps from what a workload refers to down to one reason of its verdict, with the fingerprints of the
 * findings behind it.
 */
export type Chain = DeepReadonly<z.output<typeof chainSchema>>;

/** What several findings have in common, with the one fix that resolves them and the workloads it affects. */
export type Cause = DeepReadonly<z.output<typeof causeSchema>>;

/** Which account and region a side is, when it was read (ISO 8601, UTC) and from what. */
export type ReportSide = DeepReadonly<z.output<typeof sideSchema>>;

/** A part of one side that could not be read, with a stable code, the reason and what to do about it. */
export type Gap = DeepReadonly<z.output<typeof gapSchema>>;

/** What was not read by choice or because a stored side lacks it, so that verdicts do not take it into account. */
export type NotLookedAt = DeepReadonly<z.output<typeof notLookedAtSchema>>;
export type Compared = DeepReadonly<z.output<typeof comparedSchema>>;

/** One object and its counterpart, either of which may be null. Every object of both sides is in exactly one pair. */
export type Pair = DeepReadonly<z.output<typeof pairSchema>>;

/** The texts and severities of one rule, as the catalogue shows them. */
export type RuleText = DeepReadonly<z.output<typeof ruleTextSchema>>;

import * as z from 'zod';
import type { DeepReadonly } from '../inventory/deep-readonly.ts';
import { movedSchema } from '../report/model/findings.ts';
import { PHASES, SEVERITIES } from '../report/vocabulary.ts';

/** The version of the file format. */
export const LEDGER_VERSION = 1;

const side = z.object({
  hash: z.string().describe('Of the snapshot, without when and how it was taken: the name of its file.'),
  takenAt: z.string(),
  unread: z.array(z.string()).describe('The kinds that the snapshot lacks.'),
});

/** Runs one after another that read the same and found the same are one entry. */
const run = z.object({
  from: z.string(),
  to: z.string(),
  runs: z.number().int(),
  phase: z.enum(PHASES),
  settings: z.string().describe('A digest of config and version: what else may change the findings.'),
  complete: z.boolean(),
  source: side,
  target: side,
  bySeverity: z.record(z.enum(SEVERITIES), z.number()),
});

const entry = z.object({
  rule: z.string(),
  kind: z.string(),
  name: z.string(),
  scope: z.string().nullable(),
  severity: z.enum(SEVERITIES),
  usually: z.enum(SEVERITIES).optional(),
  content: z.string(),
  blocks: z.array(z.object({ kind: z.string(), name: z.string() })).optional(),
  facts: z.record(z.string(), z.json()).optional().describe('What shows whether it has become more.'),
  firstSeen: z.string(),
  lastSeen: z.string(),
  came: z.number().int(),
  open: z.boolean(),
  changedAt: z.string().describe('When it last came, became more or went.'),
  moved: movedSchema.nullable(),
  settings: z.boolean().optional().describe('It came although neither side changed: by config or version.'),
  time: z.boolean().optional().describe('It came although nothing changed: a date was reached.'),
});

/** What the runs of two sides found, as far as it is not in the reports: when each finding came and went, and by whom. */
export const ledgerSchema = z.object({
  ledger: z.literal(LEDGER_VERSION),
  source: z.object({ account: z.string().nullable(), region: z.string() }),
  target: z.object({ account: z.string().nullable(), region: z.string() }),
  runs: z.array(run),
  findings: z.record(z.string(), entry),
});
export type Ledger = DeepReadonly<z.output<typeof ledgerSchema>>;
export type LedgerRun = Ledger['runs'][number];
export type LedgerEntry = Ledger['findings'][string];

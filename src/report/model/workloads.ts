import * as z from 'zod';
import type { DeepReadonly } from '../../inventory/deep-readonly.ts';
import { commandSchema } from '../command.ts';
import { KINDS, LAUNCH_PARTS, PART_STATES, SIDES, WORKLOAD_VERDICTS } from '../vocabulary.ts';

const kind = z.enum(KINDS);

const chainSchema = z.object({
  verdict: z.enum(WORKLOAD_VERDICTS),
  steps: z
    .array(z.string())
    .describe('The steps from what the workload refers to down to the reason, each in plain words.'),
  findings: z
    .array(z.string())
    .describe('Fingerprints of the findings behind the last step; none where a gap is the reason.'),
});

const lookedAtSchema = z
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

/** Something that starts instances, with its verdict on the target and the reasons. */
export const workloadSchema = z.object({
  kind,
  name: z.string(),
  id: z.string(),
  verdict: z.enum(WORKLOAD_VERDICTS),
  because: z.array(z.string()).describe('Fingerprints, worst first.'),
  side: z.enum(SIDES).optional().describe('The side that has it; it is always judged on the target.'),
  chains: z.array(chainSchema).optional().describe('The chain of each reason, worst first.'),
  lookedAt: lookedAtSchema.optional().describe('Absent in reports of versions that did not state it.'),
});

export type LookedAt = DeepReadonly<z.output<typeof lookedAtSchema>>;

/**
 * The steps from what a workload refers to down to one reason of its verdict, with the fingerprints of the
 * findings behind it.
 */
export type Chain = DeepReadonly<z.output<typeof chainSchema>>;

/** What several findings have in common, with the one fix that resolves them and the workloads it affects. */
export type Cause = DeepReadonly<z.output<typeof causeSchema>>;

import { z } from 'zod';
import type { NamedKind } from '../inventory/kinds.ts';
import { FACT_KINDS } from '../inventory/launch-facts/kinds.ts';
import { FAIL_ON, PHASES, SCOPES } from '../report/vocabulary.ts';
import { ignoreSchema, ruleSettingsSchema, scopeSchema, waiverSchema } from '../waivers/config.ts';
import { patternFault } from './families/pattern.ts';

const nameMap = z
  .record(z.string(), z.string())
  .describe(
    'Source name to target name. A key that is exactly the name has precedence; every key is also a regular expression for the whole name, with $1 in the value.',
  );

const family = z.union(
  [
    z.strictObject({
      pattern: z
        .string()
        .check((ctx) => {
          const fault = patternFault(ctx.value);
          if (fault) ctx.issues.push({ code: 'custom', message: fault, input: ctx.value, continue: true });
        })
        .describe(
          'Regular expression for a whole image name. Its group (?<family>…) is the family; (?<version>…), where it is given, orders the images of the family instead of their creation dates.',
        ),
    }),
    z.strictObject({
      tag: z.string().min(1).describe('Key of the tag whose value is the family.'),
    }),
  ],
  { error: 'give either "pattern", with a group (?<family>…), or "tag"' },
);

/**
 * The zod schema of `ec2-parity.config.yaml`. The first part contains defaults of options (a flag or EC2_PARITY_* wins over them),
 * the second what no flag can say: what the source's names, VPCs and addresses are called on the target.
 */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  waivers: z
    .array(waiverSchema)
    .optional()
    .describe(
      'Findings that are known and accepted: they stay in every format, under `waived`, and fail nothing.',
    ),
  ignore: z
    .array(ignoreSchema)
    .optional()
    .describe('What is not compared: one attribute of one kind, of all objects or of some.'),
  include: z
    .array(scopeSchema)
    .optional()
    .describe(
      'What is audited, where that is not everything. An object is in scope where it fits all keys of an entry; the rest is counted and read as evidence.',
    ),
  exclude: z.array(scopeSchema).optional().describe('What is not audited, of what include leaves.'),
  rules: ruleSettingsSchema.optional().describe('A severity or off, for all subjects of a rule or for some.'),
  phase: z.enum(PHASES).optional(),
  failOn: z.enum(FAIL_ON).optional(),
  only: z.array(z.enum(SCOPES)).optional(),
  outputDir: z.string().optional(),
  baseline: z.string().optional(),
  timeout: z
    .number()
    .positive()
    .optional()
    .describe('The most seconds that the reading may take in all; what was not read by then is a gap.'),
  vpcs: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'Source VPC to target VPC, each by id, by Name tag, or "default". Has precedence over every other way to pair VPCs.',
    ),
  names: z
    .strictObject({
      keyPairs: nameMap.optional(),
      securityGroups: nameMap.optional(),
      images: nameMap.optional(),
      prefixLists: nameMap.optional(),
      launchTemplates: nameMap.optional(),
      launchConfigurations: nameMap.optional(),
      autoScalingGroups: nameMap.optional(),
      instances: nameMap.optional().describe('By their Name tags.'),
      stacks: nameMap.optional(),
    } satisfies Record<NamedKind, z.ZodType>)
    .optional(),
  families: z
    .array(family)
    .optional()
    .describe(
      'Which source images are versions of one another. The first entry that matches an image decides; entries with the same family name are one family. The family of an image that no entry matches is its name without dates, versions, build numbers and hashes, which is a guess.',
    ),
  cidrs: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'Source address range to target address range of the same size. Source rules are translated before they are compared.',
    ),
  quotas: z
    .strictObject({
      rulesPerGroup: z
        .number()
        .int()
        .positive()
        .optional()
        .describe(
          'The target\'s "Inbound or outbound rules per security group", 60 unless raised; per direction and address family.',
        ),
    })
    .optional(),
  launch: z
    .strictObject({
      skip: z
        .array(z.enum(FACT_KINDS))
        .optional()
        .describe('What is not to be read of what launches need; the report lists it in notLookedAt.'),
    })
    .optional(),
});

/** The settings of `ec2-parity.config.yaml`, as an object; `parseConfig` makes one from JSON. */
export type Config = z.infer<typeof configSchema>;

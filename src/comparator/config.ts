import * as z from 'zod';
import type { NamedKind } from '../inventory/kinds.ts';
import { FACT_KINDS } from '../inventory/launch-facts/kinds.ts';
import { pairSchema } from '../matrix/pairs-config.ts';
import { FAIL_ON, PHASES, SCOPES } from '../report/vocabulary.ts';
import { ignoreSchema, ruleSettingsSchema, scopeSchema, waiverSchema } from '../waivers/config.ts';
import { patternFault } from './families/pattern.ts';
import { cidrFaults } from './pairing/cidrs.ts';

const NAME_MAP =
  'Source name to target name. A key that is exactly the name has precedence; every key is also a regular expression for the whole name, with $1 in the value.';
const nameMap = (which = '') =>
  z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: `${NAME_MAP}${which}`, default: {} });

const quota = (name: string, usual: number) =>
  z
    .number()
    .int()
    .positive()
    .optional()
    .meta({ description: `The target's "${name}". A plan stays within it.`, default: usual });

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

/** For editors; whether a text is a range of the family and size that its partner has is checked where the config is read. */
const RANGE =
  '^(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:/[0-9]{1,3})?)$';
const cidrs = z
  .record(z.string().meta({ pattern: RANGE }), z.string().meta({ pattern: RANGE }), {
    error: (issue) =>
      issue.code === 'invalid_type' ? 'expected source ranges with their target ranges' : undefined,
  })
  .check((ctx) => {
    for (const { from, message } of cidrFaults(ctx.value))
      ctx.issues.push({ code: 'custom', message, input: ctx.value, path: [from], continue: true });
  });

/**
 * The zod schema of `ec2-parity.config.yaml`. The first part contains defaults of options (a flag or EC2_PARITY_* wins over them),
 * the second what no flag can say: what the source's names, VPCs and addresses are called on the target.
 */
export const configSchema = z.strictObject({
  $schema: z
    .string()
    .optional()
    .describe('Where an editor finds this schema. The tool does not read it. Default: none.'),
  waivers: z.array(waiverSchema).optional().meta({
    description:
      'Findings that are known and accepted: they stay in every format, under `waived`, and fail nothing.',
    default: [],
  }),
  ignore: z.array(ignoreSchema).optional().meta({
    description: 'What is not compared: one attribute of one kind, of all objects or of some.',
    default: [],
  }),
  include: z.array(scopeSchema).optional().meta({
    description:
      'What is audited, where that is not everything. An object is in scope where it fits all keys of an entry; the rest is counted and read as evidence. Empty: everything is.',
    default: [],
  }),
  exclude: z
    .array(scopeSchema)
    .optional()
    .meta({ description: 'What is not audited, of what include leaves.', default: [] }),
  rules: ruleSettingsSchema
    .optional()
    .meta({ description: 'A severity or off, for all subjects of a rule or for some.', default: {} }),
  phase: z.enum(PHASES).optional().meta({
    description:
      'What the audit is for; decides the severities. readiness: what would break in the target today. verification: whether a migration arrived. drift: what changed since the baseline.',
    default: 'readiness',
  }),
  failOn: z
    .enum(FAIL_ON)
    .optional()
    .meta({ description: 'The lowest severity that makes exit code 1.', default: 'high' }),
  only: z.array(z.enum(SCOPES)).optional().meta({
    description: 'The kinds that are reported; what weighs their findings is still read.',
    default: SCOPES,
  }),
  outputDir: z
    .string()
    .optional()
    .describe(
      'The folder of report.html, report.md and report.json, from the folder of this file. Default: reports/<source>..<target>.',
    ),
  baseline: z
    .string()
    .optional()
    .describe(
      'An earlier report.json or an accepted state to compare the findings with, from the folder of this file. Default: none.',
    ),
  timeout: z.number().positive().optional().meta({
    description: 'The most seconds that the reading may take in all; what was not read by then is a gap.',
    default: 1800,
  }),
  vpcs: z.record(z.string(), z.string()).optional().meta({
    description:
      'Source VPC to target VPC, each by id, by Name tag, or "default". Has precedence over every other way to pair VPCs.',
    default: {},
  }),
  names: z
    .strictObject({
      keyPairs: nameMap(),
      securityGroups: nameMap(),
      images: nameMap(),
      prefixLists: nameMap(),
      launchTemplates: nameMap(),
      launchConfigurations: nameMap(),
      autoScalingGroups: nameMap(),
      instances: nameMap(' By their Name tags.'),
      stacks: nameMap(),
    } satisfies Record<NamedKind, z.ZodType>)
    .optional()
    .meta({
      description: 'What objects of the source are called on the target, where that is another name.',
      default: {},
    }),
  families: z.array(family).optional().meta({
    description:
      'Which source images are versions of one another. The first entry that matches an image decides; entries with the same family name are one family. The family of an image that no entry matches is its name without dates, versions, build numbers and hashes, which is a guess.',
    default: [],
  }),
  cidrs: cidrs.optional().meta({
    description:
      'Source address range to target address range of the same size. Source rules are translated before they are compared.',
    default: {},
  }),
  quotas: z
    .strictObject({
      rulesPerGroup: z.number().int().positive().optional().meta({
        description:
          'The target\'s "Inbound or outbound rules per security group", 60 unless raised; per direction and address family.',
        default: 60,
      }),
      securityGroups: quota('VPC security groups per Region', 2500),
      prefixLists: quota('Prefix lists per Region', 100),
      keyPairs: quota('Key pairs per Region', 5000),
      launchTemplates: quota('Launch templates per Region', 5000),
      images: quota('AMIs', 50_000),
      publicImages: quota('Public AMIs', 5),
      imageCopies: quota('Concurrent AMI copies per destination Region', 100),
    })
    .optional()
    .meta({ description: 'Quotas of the target account.', default: {} }),
  plan: z
    .strictObject({
      kmsKey: z
        .string()
        .min(1)
        .optional()
        .describe(
          'The KMS key of the target that copies of encrypted images get, by ARN, id or alias ("alias/images"). Default: the default key for EBS of the region; where other accounts launch the copy, a person names a key when the script runs.',
        ),
    })
    .optional()
    .meta({ description: 'What a remediation plan cannot know.', default: {} }),
  launch: z
    .strictObject({
      skip: z.array(z.enum(FACT_KINDS)).optional().meta({
        description: 'What is not to be read of what launches need; the report lists it in notLookedAt.',
        default: [],
      }),
    })
    .optional()
    .meta({ description: 'What is read to judge whether each workload would launch.', default: {} }),
  pairs: z
    .array(pairSchema)
    .optional()
    .meta({ description: 'What `ec2-parity matrix` audits; other commands do not read it.', default: [] }),
  accounts: z
    .string()
    .optional()
    .describe(
      'A file of accounts in the format of c7n-org, from the folder of this file: a side of a pair may name them as us-east-1@account. Default: none.',
    ),
});

/** The settings of `ec2-parity.config.yaml`, as an object; `parseConfig` makes one from JSON. */
export type Config = z.infer<typeof configSchema>;

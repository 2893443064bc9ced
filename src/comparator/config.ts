import { z } from 'zod';
import { FAIL_ON, PHASES, SCOPES } from '../report/vocabulary.ts';

const nameMap = z
  .record(z.string(), z.string())
  .describe(
    'Source name to target name. A key that equals a name wins; every key is also an anchored regular expression, with $1 in the value.',
  );

/**
 * ec2-parity.config.yaml. The first part holds defaults of options (a flag or EC2_PARITY_* wins over them),
 * the second what no flag can say: what the source's names, VPCs and addresses are called over there.
 */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  phase: z.enum(PHASES).optional(),
  failOn: z.enum(FAIL_ON).optional(),
  only: z.array(z.enum(SCOPES)).optional(),
  outputDir: z.string().optional(),
  baseline: z.string().optional(),
  vpcs: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'Source VPC to target VPC, each by id, by Name tag, or "default". Wins over every other way to pair VPCs.',
    ),
  names: z
    .strictObject({
      keyPairs: nameMap.optional(),
      securityGroups: nameMap.optional(),
      images: nameMap.optional(),
      prefixLists: nameMap.optional(),
    })
    .optional(),
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
});
export type Config = z.infer<typeof configSchema>;

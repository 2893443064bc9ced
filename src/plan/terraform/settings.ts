import type { Plan, PlanSide } from '../model.ts';
import { type HclBlock, HclCode, type HclValue } from './hcl.ts';

/** The provider of the region that is the source, for steps that are done there. */
export const SOURCE_PROVIDER = new HclCode('aws.source');

/** The variable for the KMS key that a person chooses for copies of images. */
export const CHOSEN_KEY = 'target_kms_key';

/** The versions, the variables, and a provider for each side that is changed. */
export function settings(plan: Plan, blocks: readonly HclBlock[]): HclBlock[] {
  const atSource = blocks.some(({ attributes }) => attributes?.provider === SOURCE_PROVIDER);
  const chosenKey = blocks.some(({ attributes }) => attributes?.kms_key_id instanceof HclCode);
  return [
    {
      type: 'terraform',
      attributes: { required_version: '>= 1.5' },
      blocks: [
        {
          type: 'required_providers',
          attributes: { aws: { source: 'hashicorp/aws', version: '>= 5.100, < 7.0' } },
        },
      ],
    },
    ...sideVariables('target', plan.target),
    ...(atSource ? sideVariables('source', plan.source) : []),
    ...(chosenKey
      ? [
          variable(
            CHOSEN_KEY,
            'The ARN of the KMS key of the target that copies of images are encrypted with.',
            plan.kmsKey?.startsWith('arn:') ? plan.kmsKey : undefined,
          ),
        ]
      : []),
    provider('target', plan.target),
    ...(atSource ? [provider('source', plan.source)] : []),
  ];
}

function sideVariables(side: 'source' | 'target', { region }: PlanSide): HclBlock[] {
  return [
    variable(`${side}_region`, `The region of the ${side}. Ids in this file are of this region.`, region),
    variable(
      `${side}_profile`,
      `The profile of the AWS configuration for the ${side}. Null: the default credentials.`,
      new HclCode('null'),
    ),
  ];
}

function variable(name: string, description: string, value?: HclValue): HclBlock {
  return {
    type: 'variable',
    labels: [name],
    attributes: { type: new HclCode('string'), description, default: value },
  };
}

function provider(side: 'source' | 'target', { account }: PlanSide): HclBlock {
  return {
    type: 'provider',
    labels: ['aws'],
    attributes: {
      alias: side === 'source' ? 'source' : undefined,
      region: new HclCode(`var.${side}_region`),
      profile: new HclCode(`var.${side}_profile`),
      // Terraform refuses to work on another account.
      allowed_account_ids: account === null ? undefined : [account],
    },
  };
}

import { PARTITION_NAMES } from '../../inventory/regions.ts';
import { Unable } from '../../inventory/unable.ts';
import type { Arguments } from '../arguments.ts';
import type { Command, Context } from '../command.ts';

export const iamPolicy: Command = {
  name: 'iam-policy',
  summary: 'The least-privilege read-only policy, as JSON',
  positionals: {},
  options: {
    partition: {
      type: 'text',
      choices: PARTITION_NAMES,
      otherwise: 'aws',
      describe: 'The partition of the account: ARNs begin differently in China and GovCloud',
    },
    'with-verify-content': {
      type: 'flag',
      describe: 'Add what audit --verify-content needs: reading blocks of snapshots, and kms:Decrypt',
    },
  },
  async run(args: Arguments, { data }: Context) {
    const { iamPolicy } = await import('../../collectors/iam-policy.ts');
    const policy = iamPolicy(partitionFrom(args), { content: args.flag('with-verify-content') });
    await data(`${JSON.stringify(policy, null, 2)}\n`);
    return 0;
  },
};

/** @throws Unable for what ARNs cannot begin with. */
function partitionFrom(args: Arguments): string | undefined {
  const given = args.text('partition');
  if (!given || /^aws(-[a-z]+)*$/.test(given.value)) return given?.value;
  throw new Unable(
    `${given.by} is "${given.value}", which is not a partition.`,
    `It is one of ${PARTITION_NAMES.join(', ')}.`,
  );
}

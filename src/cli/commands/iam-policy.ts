import type { Command } from '../command.ts';
import { data } from '../streams.ts';

export const iamPolicy: Command = {
  name: 'iam-policy',
  summary: 'The least-privilege read-only policy, as JSON',
  positionals: {},
  options: {},
  async run() {
    const { iamPolicy } = await import('../../collectors/iam-policy.ts');
    await data(`${JSON.stringify(iamPolicy(), null, 2)}\n`);
    return 0;
  },
};

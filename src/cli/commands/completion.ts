import { type Arguments, oneOf } from '../arguments.ts';
import type { Command, Context } from '../command.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** @param commands Those that there are, itself among them. */
export const completionOfAll = (commands: () => readonly Command[]): Command => ({
  name: 'completion',
  summary: 'A script that completes commands, options and their values in your shell',
  positionals: { shell: { required: true, describe: 'bash, zsh or fish', words: SHELLS } },
  options: {},
  examples: [
    ['completion bash >> ~/.bashrc', 'for bash'],
    ['completion zsh > ~/.zsh/_ec2-parity', 'for zsh, where ~/.zsh is in fpath'],
    ['completion fish > ~/.config/fish/completions/ec2-parity.fish', 'for fish'],
  ],
  run: (args, context) => printScript(args, context, commands()),
});

async function printScript(
  args: Arguments,
  { data }: Context,
  commands: readonly Command[],
): Promise<number> {
  const shell = oneOf({ value: args.positional('shell'), by: 'The shell', from: 'flag' }, SHELLS);
  const { completionOf } = await import('../completion/model.ts');
  const made = completionOf(commands);
  switch (shell) {
    case 'bash':
      await data((await import('../completion/bash.ts')).bashCompletion(made));
      return 0;
    case 'zsh':
      await data((await import('../completion/zsh.ts')).zshCompletion(made));
      return 0;
    case 'fish':
      await data((await import('../completion/fish.ts')).fishCompletion(made));
      return 0;
  }
}

import type { Command } from '../report/command.ts';
import type { Redactor } from './redactor.ts';
import { redactedCommand } from './shell.ts';

/** The commands of a finding, a cause or a gap, with pseudonyms. */
export function redactedCommands(
  commands: readonly Command[] | undefined,
  r: Redactor,
): { commands?: Command[] } {
  if (commands === undefined) return {};
  return {
    commands: commands.map(({ shell, side, does }) => ({
      shell: redactedCommand(shell, r),
      side,
      does: r.text(does),
    })),
  };
}

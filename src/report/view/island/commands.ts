import { visible } from '../../../text/printable.ts';
import type { Command } from '../../command.ts';
import type { IslandCommand } from './types.ts';

/** The page says beside each command in which region it runs. */
export function commandsOf(commands: readonly Command[] | undefined): IslandCommand[] {
  return (commands ?? []).map(({ side, does, shell }) => ({
    side,
    does: visible(does),
    shell: visible(shell),
  }));
}

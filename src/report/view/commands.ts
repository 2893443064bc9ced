import { visible } from '../../text/printable.ts';
import type { Command } from '../command.ts';
import type { SideName } from '../vocabulary.ts';

/** A command with every string made visible. Ours hold nothing that is hidden, so that they are shown as they are. */
export interface CommandView {
  readonly side: SideName;
  /** `Copy the image to eu-west-1, with the credentials of the target`. */
  readonly does: string;
  readonly shell: string;
}

export function commandViews(commands: readonly Command[] | undefined): CommandView[] {
  return (commands ?? []).map(({ side, does, shell }) => ({
    side,
    does: `${visible(does)}, with the credentials of the ${side}`,
    shell: visible(shell),
  }));
}

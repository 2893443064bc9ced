import type { Command } from '../command.ts';
import { COMMON } from '../options.ts';

/** What a shell has to know to complete a command line. */
export interface Completion {
  readonly commands: readonly CompletedCommand[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** Words that a positional argument may be, beside the name of a file. */
  readonly words: readonly string[];
}

export interface CompletedOption {
  readonly name: string;
  readonly alias: string | null;
  readonly describe: string;
  /** What follows it: nothing, one of these words, or the name of a file or anything else. */
  readonly value: 'none' | 'file' | readonly string[];
  /** Whether it may be given more than once. */
  readonly repeated: boolean;
}

const HELP: CompletedOption = {
  name: 'help',
  alias: 'h',
  describe: 'Show help',
  value: 'none',
  repeated: false,
};

/** From the table that the parser and the help are made from, so that the three agree. */
export function completionOf(commands: readonly Command[]): Completion {
  return {
    commands: commands.map(({ name, summary, options, positionals }) => ({
      name,
      summary,
      options: [
        ...Object.entries({ ...options, ...COMMON }).map(
          ([option, { alias, describe, type, choices, words }]): CompletedOption => ({
            name: option,
            alias: alias ?? null,
            describe,
            value: type === 'flag' ? 'none' : (choices ?? words ?? 'file'),
            repeated: type === 'list',
          }),
        ),
        HELP,
      ],
      words: [...new Set(Object.values(positionals).flatMap(({ words = [] }) => words))],
    })),
  };
}

/** The options as they are typed: `--output`, `-o`. */
export function spellings({ name, alias }: CompletedOption): string[] {
  return [`--${name}`, ...(alias === null ? [] : [`-${alias}`])];
}

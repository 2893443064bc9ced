import type { Working } from '../inventory/working.ts';
import type { Arguments } from './arguments.ts';
import type { Streams } from './streams.ts';

/** An option as one command takes it. Text and repeatable text also come from `EC2_PARITY_<NAME>`, flags too. */
export interface OptionSpec {
  readonly describe: string;
  readonly alias?: string;
  /** `flag`: no value. `list`: may be given more than once. */
  readonly type: 'text' | 'list' | 'flag';
  /** The words it takes, for the help. */
  readonly choices?: readonly string[];
  /** Words that a shell may complete, where they are not all that it takes. */
  readonly words?: readonly string[];
  /** What happens without it, for the help. */
  readonly otherwise?: string;
}
export type Options = Readonly<Record<string, OptionSpec>>;

/** A positional argument. `many`: one or more of it; only the last one of a command may be. */
export interface PositionalSpec {
  readonly describe: string;
  readonly required: boolean;
  readonly many?: boolean;
  /** Words that a shell may complete beside the names of files. */
  readonly words?: readonly string[];
}

/** What a command knows about the run it is part of. */
export interface Context extends Streams {
  /** Aborts at a signal that interrupts the run. Code that writes checks it first. */
  readonly signal: AbortSignal;
  /** Does what takes seconds without a return to the event loop, so that a signal ends it. */
  readonly working: Working;
  readonly env: NodeJS.ProcessEnv;
  /** Writes to stdout; resolves when the text was written completely. @throws Unable when it cannot be written. */
  readonly data: (text: string) => Promise<void>;
  /** Writes one line for people to stderr. */
  readonly note: (line: string) => void;
}

/** One file per command: what it is called, what it takes, and the composition of the parts that do it. */
export interface Command {
  readonly name: string;
  /** Positional arguments, `<required>` or `[optional]`, with what they are. */
  readonly positionals: Readonly<Record<string, PositionalSpec>>;
  readonly summary: string;
  readonly options: Options;
  readonly examples?: readonly (readonly [command: string, what: string])[];
  /** Paragraphs at the end of the help. */
  readonly notes?: readonly string[];
  /** Resolves to the exit code. */
  run(args: Arguments, context: Context): Promise<number>;
}

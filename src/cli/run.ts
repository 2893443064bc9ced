import { reportFailure } from './errors.ts';
import { Interrupted } from './signals.ts';
import { type Streams, writeData, writeNote } from './streams.ts';

/** What a run of the command line takes from its process, so that it also runs inside another one. */
export interface Surroundings extends Streams {
  /** The variables that the options read. The AWS SDK reads those of the process. */
  readonly env: NodeJS.ProcessEnv;
  /** Aborted with Interrupted as the reason, it ends the run at once, even with requests in flight. */
  readonly signal: AbortSignal;
}

/**
 * Runs the command that the words name and reports what fails. Relative paths are relative to the current folder of the process.
 * @param words The command line without `node` and the script.
 * @returns The exit code.
 */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const { signal, stdout, stderr } = surroundings;
  try {
    // The parser of the options takes longer to load than anything else that a version needs.
    if (words.length === 1 && words[0] === '--version') {
      await writeData(stdout, `${(await import('../audit/tool.ts')).tool.version}\n`);
      return 0;
    }
    // Loaded here, so that a broken installation is reported as every other failure is.
    const [{ runCommandLine }, { interruptibleWith }] = await Promise.all([
      import('./parser.ts'),
      import('./interruptible.ts'),
    ]);
    const work = runCommandLine(words, {
      ...surroundings,
      working: interruptibleWith(signal),
      data: (text) => writeData(stdout, text),
      note: (line) => writeNote(stderr, line),
    });
    return await Promise.race([work, interrupted(signal)]);
  } catch (error) {
    return reportEnd(error, words, surroundings);
  }
}

/** Rejects with the reason when the signal aborts; otherwise never settles. */
function interrupted(signal: AbortSignal): Promise<never> {
  const happened = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  happened.catch(() => {});
  return happened;
}

/** Says on stderr why a run ended early. @returns The exit code for it. */
export function reportEnd(
  error: unknown,
  words: readonly string[],
  { stderr, env }: Pick<Surroundings, 'stderr' | 'env'>,
): number {
  if (error instanceof Interrupted) {
    writeNote(stderr, error.message);
    return error.code;
  }
  // Asked without the parser: it may be the parser that failed.
  const given = (flag: string): boolean =>
    words.includes(`--${flag}`) || isTrue(env[`EC2_PARITY_${flag.toUpperCase().replace('-', '_')}`]);
  reportFailure(error, { stderr, env }, { verbose: given('verbose'), noColor: given('no-color') });
  return 2;
}

function isTrue(value = ''): boolean {
  return ['1', 'true', 'yes', 'on'].includes(value.toLowerCase());
}

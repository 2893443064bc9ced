import type { Readable, Writable } from 'node:stream';
import { Unable } from '../inventory/unable.ts';
import { visible } from '../text/printable.ts';

/** What a stream to a terminal knows of the terminal. */
interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** The three streams of a run: those of the process, or those of a test. */
export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  readonly stdout: Writable & Terminal;
  readonly stderr: Writable & Terminal;
}

/**
 * A reader that has seen enough (`| head`) closes the pipe. The run then ends quietly, with the code that it would have ended with.
 * Without these listeners Node would turn the same event into a crash with code 1, which here means "findings".
 */
export function tolerateClosedPipes({ stdout, stderr }: Streams): void {
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
}

/**
 * Resolves when the text was written completely, so that no exit can cut it off.
 * @throws Unable when the stream cannot take it (a full disk behind `>`); a closed pipe is no error.
 */
export function writeData(stdout: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (error?: (Error & { code?: string }) | null) => {
      if (!error || error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') resolve();
      else
        reject(
          new Unable(
            `Standard output cannot be written: ${error.message}.`,
            'Check where the output is redirected to.',
          ),
        );
    });
  });
}

/** One line for people, on stderr. */
export function writeNote(stderr: Writable, line: string): void {
  stderr.write(`${visible(line)}\n`);
}

/** Whether a stream gets colour: --no-color, NO_COLOR, FORCE_COLOR, TERM=dumb, then whether it is a terminal. A CI log is a pipe. */
export function colourFor(stream: Terminal, env: NodeJS.ProcessEnv, noColor: boolean): boolean {
  if (noColor || env.NO_COLOR) return false;
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return env.TERM !== 'dumb' && stream.isTTY === true;
}

/** What a terminal says of itself, else COLUMNS, else 80. */
export function widthOf(stream: Terminal, env: NodeJS.ProcessEnv): number {
  if (stream.isTTY && stream.columns) return stream.columns;
  const columns = Number(env.COLUMNS);
  return Number.isInteger(columns) && columns > 0 ? columns : 80;
}

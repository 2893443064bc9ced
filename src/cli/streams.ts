import { Unable } from '../inventory/unable.ts';
import { oneLine } from './text.ts';

/**
 * A reader that has seen enough (`| head`) closes the pipe. That is its right: we end quietly, with the code we would have ended with.
 * Without these listeners Node would turn the same event into a crash with code 1, which here means "findings".
 */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/**
 * Resolves when the text has left for good, so that no exit can cut it off.
 * @throws Unable when stdout cannot take it (a full disk behind `>`); a closed pipe is no error.
 */
export function data(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error?: (Error & { code?: string }) | null) => {
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
export function note(line: string): void {
  process.stderr.write(`${oneLine(line)}\n`);
}

interface RenderOptions {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** Whether a stream gets colour: --no-color, NO_COLOR, FORCE_COLOR, TERM=dumb, then whether it is a terminal. A CI log is a pipe. */
export function colourFor(stream: RenderOptions, env: NodeJS.ProcessEnv, noColor: boolean): boolean {
  if (noColor || env.NO_COLOR) return false;
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return env.TERM !== 'dumb' && stream.isTTY === true;
}

/** What a terminal says of itself, else COLUMNS, else 80. */
export function widthOf(stream: RenderOptions, env: NodeJS.ProcessEnv): number {
  if (stream.isTTY && stream.columns) return stream.columns;
  const columns = Number(env.COLUMNS);
  return Number.isInteger(columns) && columns > 0 ? columns : 80;
}

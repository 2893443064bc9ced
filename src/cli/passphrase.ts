import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { visible } from '../text/printable.ts';
import type { Streams } from './streams.ts';

/** The passphrase of a key. Null where standard input holds the key itself, and as with `askSecret`. */
export function askPassphrase(label: string, streams: Streams, signal: AbortSignal): Promise<string | null> {
  return askSecret(`Passphrase for ${label}: `, streams, signal);
}

/**
 * Asks on the terminal, without showing what is typed. Null where standard input is no terminal, and where the user ends it
 * with Ctrl-D.
 */
export async function askSecret(
  question: string,
  { stdin, stderr }: Pick<Streams, 'stdin' | 'stderr'>,
  signal: AbortSignal,
): Promise<string | null> {
  if (stdin.isTTY !== true) return null;
  signal.throwIfAborted();
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: stdin, output: silent, terminal: true, historySize: 0 });
  // Only now: what is typed at the sight of it is no longer echoed.
  stderr.write(visible(question));
  // In raw mode the terminal makes no signal of Ctrl-C.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const stop = () => reader.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise((resolve) => {
      reader.once('close', () => resolve(null));
      reader.question('', resolve);
    });
  } finally {
    signal.removeEventListener('abort', stop);
    // Also gives the terminal its echo back.
    reader.close();
    stderr.write('\n');
  }
}

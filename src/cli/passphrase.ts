import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { visible } from '../text/printable.ts';
import type { Streams } from './streams.ts';

/**
 * Asks on the terminal, without showing what is typed. Null where standard input is no terminal (or holds a key
 * itself), and where the user ends it with Ctrl-D.
 */
export async function askPassphrase(
  label: string,
  { stdin, stderr }: Streams,
  signal: AbortSignal,
): Promise<string | null> {
  if (stdin.isTTY !== true) return null;
  signal.throwIfAborted();
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: stdin, output: silent, terminal: true, historySize: 0 });
  // Only now: what is typed at the sight of it is no longer echoed.
  stderr.write(`Passphrase for ${visible(label)}: `);
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

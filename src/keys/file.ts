import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Unable } from '../inventory/unable.ts';
import { printable } from '../text/printable.ts';

/** Far more than any authorized_keys file; what is larger was named by mistake. */
const MOST_BYTES = 16 * 2 ** 20;

/**
 * The bytes of a key file, or of standard input for `-`. A named pipe is read to its end, so that a shell's `<(…)` works.
 * @throws Unable naming the file.
 */
export async function keyFileBytes(path: string, stdin: Readable): Promise<Buffer> {
  const name = path === '-' ? 'Standard input' : printable(path, 400);
  try {
    if (path === '-') return await whole(stdin);
    const found = await stat(path);
    if (found.isDirectory()) throw new Refused('is a folder');
    if (!found.isFile() && !found.isFIFO()) throw new Refused('is not a file');
    if (found.size > MOST_BYTES) throw new Refused(TOO_LARGE);
    return await readFile(path);
  } catch (error) {
    const said = error instanceof Refused ? error.message : reason(error as NodeJS.ErrnoException);
    throw new Unable(`${name} cannot be read: it ${said}.`, 'Name a file with a public or private key.', {
      cause: error,
    });
  }
}

const TOO_LARGE = `holds more than ${MOST_BYTES / 2 ** 20} MiB`;

class Refused extends Error {
  override name = 'Refused';
}

async function whole(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) throw new Refused(TOO_LARGE);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  return code === 'EACCES' || code === 'EPERM' ? 'may not be read by this user' : `answers: ${message}`;
}

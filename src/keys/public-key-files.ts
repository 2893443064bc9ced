import type { Readable } from 'node:stream';
import type { PublicKeyInFile } from '../inventory/public-key.ts';
import { Unable } from '../inventory/unable.ts';
import { printable } from '../text/printable.ts';
import { keyFileBytes } from './file.ts';
import { unsupportedBecause } from './kinds.ts';
import type { SshKey } from './model.ts';
import { readKeys } from './read.ts';

export interface PublicKeysRead {
  readonly keys: readonly PublicKeyInFile[];
  /** What was ignored, and why: one line each. */
  readonly notes: readonly string[];
}

/**
 * The public keys that a person hands over to identify key pairs with: `.pub`, authorized_keys, RFC 4716, PEM, DER.
 * @throws Unable for a file that cannot be read, that contains no key, or that contains a private key: users should not get used
 * to handing those around.
 */
export async function readPublicKeyFiles(paths: readonly string[], stdin: Readable): Promise<PublicKeysRead> {
  const keys: PublicKeyInFile[] = [];
  const notes: string[] = [];
  for (const path of paths) {
    const file = printable(path, 400);
    const found = await readKeys(await keyFileBytes(path, stdin), path, async () => null);
    const secret =
      found.keys.some(({ half }) => half === 'private') ||
      found.problems.some(({ why }) => why === 'encrypted');
    if (secret) {
      throw new Unable(
        `${file} contains a private key, and --public-keys takes public keys.`,
        `Give its public half: \`ssh-keygen -y -f FILE > FILE.pub\`. Its fingerprints: \`ec2-parity fingerprint FILE\`.`,
      );
    }
    const [first] = found.problems;
    if (found.keys.length === 0 && first) throw new Unable(first.message, first.hint);
    for (const { message } of found.problems) notes.push(`${message} It is not used.`);
    for (const key of found.keys) {
      const because = unsupportedBecause(key.algorithm);
      if (because === null) keys.push({ publicKey: lineOf(key), file: path, line: key.line });
      else notes.push(`${file}${key.line === null ? '' : `:${key.line}`} is not used: ${because}.`);
    }
  }
  return { keys, notes };
}

function lineOf({ algorithm, blob }: SshKey): string {
  return `${algorithm} ${blob.toString('base64')}`;
}

import type { PublicKeyInFile } from '../inventory/public-key.ts';
import { Unable } from '../inventory/unable.ts';
import type { Arguments } from './arguments.ts';
import type { Streams } from './streams.ts';

/** What `--public-keys` names, read before any work; what is left out of a file is said. @throws Unable naming the option and the file. */
export async function publicKeysFrom(
  args: Arguments,
  { stdin }: Streams,
  say: (line: string) => void,
): Promise<readonly PublicKeyInFile[]> {
  const given = args.list('public-keys');
  if (given.length === 0) return [];
  const { readPublicKeyFiles } = await import('../keys/public-key-files.ts');
  const keys: PublicKeyInFile[] = [];
  for (const { value, by } of given) {
    try {
      const found = await readPublicKeyFiles([value], stdin);
      for (const line of found.notes) say(`note: ${line}`);
      keys.push(...found.keys);
    } catch (error) {
      if (!(error instanceof Unable)) throw error;
      throw new Unable(`${by}: ${error.message}`, error.hint, { cause: error });
    }
  }
  return keys;
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { fingerprintsOf, type Scheme } from '../../src/keys/fingerprints.ts';
import type { SshKey } from '../../src/keys/model.ts';
import { readKeys } from '../../src/keys/read.ts';

/** Runs ssh-keygen or openssl. These tests prove nothing without them, so they fail and do not skip. */
export function tool(
  name: 'ssh-keygen' | 'openssl',
  args: readonly string[],
  input?: Buffer | string,
): Buffer {
  try {
    return execFileSync(name, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(input === undefined ? {} : { input }),
    });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer };
    if (code === 'ENOENT')
      throw new Error(`${name} is not on this machine: apt-get install openssh-client openssl`);
    throw new Error(`${name} ${args.join(' ')}: ${stderr}`);
  }
}

export function keyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-keys-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Nobody to ask. */
export const nobody = async (): Promise<string | null> => null;

export async function onlyKey(bytes: Buffer | string, passphrase?: string): Promise<SshKey> {
  const ask = async () => passphrase ?? null;
  const { keys, problems } = await readKeys(Buffer.from(bytes), 'file', ask);
  const [key, ...others] = keys;
  if (!key || others.length + problems.length > 0)
    throw new Error(`${keys.length} keys; ${problems.map((p) => p.message).join(' ')}`);
  return key;
}

/** By scheme; null where a value cannot be had. */
export function prints(key: SshKey): Partial<Record<Scheme, string | null>> {
  return Object.fromEntries(fingerprintsOf(key).map(({ scheme, value }) => [scheme, value]));
}

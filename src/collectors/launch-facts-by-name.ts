import {
  type InstanceProfile,
  instanceProfileFrom,
  type KmsKey,
  kmsKeyFrom,
} from '../inventory/launch-facts/account.ts';
import { CallFailed, sdkError } from './failures.ts';
import type { Reader } from './reader.ts';

/** IAM answers for one profile at a time; the list of all may be long. */
export async function profileNamed(reader: Reader, name: string): Promise<InstanceProfile> {
  try {
    const { InstanceProfile } = await reader.call('GetInstanceProfile', { InstanceProfileName: name });
    return { ...instanceProfileFrom(InstanceProfile ?? {}), id: name };
  } catch (error) {
    if (isAbsent(error, /^(NoSuchEntity(Exception)?|ValidationError)$/))
      return { id: name, arn: null, exists: false };
    throw error;
  }
}

/**
 * The keys of these names. A key can be of another account that does not let this one see it: then the others are read
 * nevertheless. Where none can be read, the right to read any is lacking.
 */
export async function kmsKeysNamed(reader: Reader, names: readonly string[]): Promise<KmsKey[]> {
  const keys = await Promise.all(names.map((name) => keyOrDenial(reader, name)));
  const denials = keys.flatMap((key) => (key instanceof CallFailed ? [key] : []));
  const [first] = denials;
  if (first && denials.length === names.length) throw first;
  return keys.map((key, i) =>
    key instanceof CallFailed ? { ...absent(names[i] ?? ''), exists: true, unread: key.failure } : key,
  );
}

async function keyOrDenial(reader: Reader, name: string): Promise<KmsKey | CallFailed> {
  try {
    return await kmsKeyNamed(reader, name);
  } catch (error) {
    if (error instanceof CallFailed && error.failure.code === 'access-denied') return error;
    throw error;
  }
}

function absent(name: string): KmsKey {
  return { id: name, arn: null, state: null, manager: null, exists: false, askedAs: [name], unread: null };
}

/** @param name A key id, an ARN or an alias. */
async function kmsKeyNamed(reader: Reader, name: string): Promise<KmsKey> {
  try {
    const { KeyMetadata } = await reader.call('DescribeKey', { KeyId: name });
    const key = kmsKeyFrom(KeyMetadata ?? {});
    return key.id === name || key.arn === name ? key : { ...key, askedAs: [name] };
  } catch (error) {
    if (isAbsent(error, /^(NotFoundException|InvalidArnException)$/)) return absent(name);
    throw error;
  }
}

/** Whether AWS says that what was requested by name does not exist. */
export function isAbsent(error: unknown, codes: RegExp): boolean {
  if (!(error instanceof CallFailed)) return false;
  const { name, Code } = sdkError(error.cause);
  return codes.test(Code ?? '') || codes.test(name);
}

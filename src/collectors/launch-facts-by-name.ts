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

/** @param name A key id, an ARN or an alias. */
export async function kmsKeyNamed(reader: Reader, name: string): Promise<KmsKey> {
  try {
    const { KeyMetadata } = await reader.call('DescribeKey', { KeyId: name });
    const key = kmsKeyFrom(KeyMetadata ?? {});
    return key.id === name || key.arn === name ? key : { ...key, askedAs: [name] };
  } catch (error) {
    if (isAbsent(error, /^(NotFoundException|InvalidArnException)$/))
      return { id: name, arn: null, state: null, manager: null, exists: false, askedAs: [] };
    throw error;
  }
}

/** Whether AWS says that what was requested by name does not exist. */
export function isAbsent(error: unknown, codes: RegExp): boolean {
  if (!(error instanceof CallFailed)) return false;
  const { name, Code } = sdkError(error.cause);
  return codes.test(Code ?? '') || codes.test(name);
}

import type { Failure } from '../inventory/collected.ts';
import { isAwsHost } from './endpoint.ts';
import type { CallFailed } from './failures.ts';
import type { Reader } from './reader.ts';

/**
 * Why a call failed that only explains or strengthens what others answer. An emulator that does not know a call often
 * answers it with a page of its web framework: there, that is "unsupported".
 */
export function optionalFailure(reader: Reader, action: string, { failure }: CallFailed): Failure {
  const endpoint = reader.endpointOf(action);
  const emulated = endpoint !== null && !isAwsHost(endpoint);
  if (failure.code !== 'unsupported' && !(emulated && failure.code === 'malformed')) return failure;
  return {
    code: 'unsupported',
    message: `${action} in ${reader.region}: ${endpoint ?? 'the region'} does not support the call.`,
    hint: 'Nothing to do: the facts that it returns are left out.',
  };
}

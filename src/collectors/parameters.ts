import type { Parameter as AwsParameter } from '@aws-sdk/client-ssm';
import { missingParameter, type Parameter, parameterFrom } from '../inventory/parameter.ts';
import type { DetailGap } from '../inventory/snapshot.ts';
import { canonical } from './canonical.ts';
import { type DetailFailure, detailGaps } from './detail-gaps.ts';
import { CallFailed, sdkError } from './failures.ts';
import { listed, malformed } from './paging.ts';
import type { Reader } from './reader.ts';
import { withValue } from './silent.ts';

/** SSM takes at most so many names a call. */
const NAMES_PER_CALL = 10;

/**
 * Parameters by name, as they are: a SecureString stays encrypted. One that may not be read is not in the list, and a gap
 * names it; when nothing could be read, the kind could not.
 * @throws CallFailed
 */
export async function readParameters(
  reader: Reader,
  names: readonly string[],
): Promise<{ items: Parameter[]; gaps: DetailGap[] }> {
  const failures: (DetailFailure & { error: CallFailed })[] = [];
  const ask = async (some: readonly string[]): Promise<Parameter[]> => {
    try {
      return await parametersOf(reader, some, ask);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (some.length > 1 && mayBeOneOf(error)) return each(some, ask);
      // A name that breaks the rules for names is a name of no parameter.
      if (some.length === 1 && isNoName(error)) return some.map(missingParameter);
      failures.push(...some.map((item) => ({ item, failure: error.failure, error })));
      return [];
    }
  };
  const items = (await Promise.all(callsFor(names).map(ask))).flat();
  const [first] = failures;
  if (first && items.length === 0) throw first.error;
  return { items, gaps: detailGaps('parameter', 'The values', failures) };
}

/** No parameter twice in a call, in two versions: emulators do not say which answer is which. */
function callsFor(names: readonly string[]): string[][] {
  const calls: Map<string, string>[] = [];
  for (const name of names) {
    const plain = withoutSelector(name);
    const room = calls.find((call) => call.size < NAMES_PER_CALL && !call.has(plain));
    if (room) room.set(plain, name);
    else calls.push(new Map([[plain, name]]));
  }
  return calls.map((call) => [...call.values()]);
}

/** Of "name:version", "name:label" or an ARN with one of them. */
function withoutSelector(name: string): string {
  return name.replace(/:[^:/]*$/, '');
}

type Ask = (names: readonly string[]) => Promise<Parameter[]>;

async function each(names: readonly string[], ask: Ask): Promise<Parameter[]> {
  return (await Promise.all(names.map((name) => ask([name])))).flat();
}

async function parametersOf(reader: Reader, names: readonly string[], ask: Ask): Promise<Parameter[]> {
  const answer = await reader.call('GetParameters', { Names: [...names], WithDecryption: false });
  const rows = parameterRows(reader, answer.Parameters);
  const invalid = new Set(textsOf(reader, answer.InvalidParameters ?? []));
  const [only] = rows;
  const unanswered: string[] = [];
  const found = names.flatMap((name): Parameter[] => {
    const row = rows.find((one) => isAnswerTo(one, name)) ?? (names.length === 1 ? only : undefined);
    if (row) return [{ ...parameterFrom(row), id: name, name }];
    if (invalid.has(name)) return [missingParameter(name)];
    unanswered.push(name);
    return [];
  });
  if (unanswered.length === 0) return found;
  if (names.length === 1) throw malformed(reader, 'GetParameters', `no word of "${names[0]}"`);
  return [...found, ...(await each(unanswered, ask))];
}

/** An answer is JSON, and the SDK takes any type for any other. @throws CallFailed for rows that are none. */
function parameterRows(reader: Reader, value: readonly AwsParameter[] | undefined): readonly AwsParameter[] {
  const rows = listed(reader, 'GetParameters', value);
  if (!Array.isArray(rows)) throw malformed(reader, 'GetParameters', 'its parameters are not a list');
  return rows.map((row: AwsParameter | null) =>
    canonical(reader, 'GetParameters', 'the answer', () => withValue(row ?? {})),
  );
}

function textsOf(reader: Reader, value: readonly string[]): readonly string[] {
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  throw malformed(reader, 'GetParameters', 'its invalid parameters are not a list of names');
}

/** An answer has its version or label apart, and to who asked by ARN the ARN as well. */
function isAnswerTo({ Name, ARN }: AwsParameter, asked: string): boolean {
  const plain = withoutSelector(asked);
  return Name === plain || ARN === plain;
}

/** One bad name fails the call for all of them, and so does one that the caller may not read. */
function mayBeOneOf(error: CallFailed): boolean {
  return error.failure.code === 'access-denied' || isNoName(error);
}

function isNoName({ cause }: CallFailed): boolean {
  return sdkError(cause).Code === 'ValidationException';
}

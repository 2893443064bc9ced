import type { DetailGap } from '../inventory/snapshot.ts';
import { atMost } from '../text/lists.ts';
import type { DetailFailure } from './detail-gaps.ts';
import { CallFailed, sdkError } from './failures.ts';

/** A detail that could not be read, of a row of the list. */
export interface RowFailure extends DetailFailure {
  readonly id: string;
  /** AWS answered that the object does not exist. */
  readonly absent: boolean;
}

/** AWS's codes for an object that does not exist; CloudFormation has no code for a stack. */
const ABSENT =
  /^Invalid(AMIID\.(NotFound|Unavailable)|PrefixListI[dD]\.NotFound|LaunchTemplateId\.NotFound)$/;

/** @param item How to name the object in a message. */
export function rowFailure(id: string, item: string, error: CallFailed): RowFailure {
  const { Code = '', message } = sdkError(error.cause);
  const noStack = Code === 'ValidationError' && /does not exist/.test(message);
  return { id, item, failure: error.failure, absent: ABSENT.test(Code) || noStack };
}

/** What became of rows whose details do not exist. */
export interface Vanished {
  readonly ids: ReadonlySet<string>;
  /** The failures of rows that still exist. */
  readonly failures: readonly RowFailure[];
  readonly gaps: readonly DetailGap[];
}

/**
 * A busy account deletes objects while it is read. What the list has and AWS then says does not exist is looked for once
 * more, and only what a second list does not have either is left out: with a note, since that is no fault of the run.
 * @param there The ids among these that still exist, by a new request.
 */
export async function withoutVanished(
  kind: string,
  failures: readonly RowFailure[],
  there: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<Vanished> {
  const absent = failures.filter((failure) => failure.absent);
  if (absent.length === 0) return { ids: new Set(), failures, gaps: [] };
  const still = await there([...new Set(absent.map(({ id }) => id))].sort()).catch((error: unknown) => {
    if (!(error instanceof CallFailed)) throw error;
    return null;
  });
  // Without an answer none is known to be deleted.
  const ids = new Set(still === null ? [] : absent.filter(({ id }) => !still.has(id)).map(({ id }) => id));
  const names = [...new Set(absent.filter(({ id }) => ids.has(id)).map(({ item }) => item))].sort();
  return {
    ids,
    failures: failures.filter(({ id }) => !ids.has(id)),
    gaps: names.length === 0 ? [] : [gone(kind, names)],
  };
}

function gone(kind: string, names: readonly string[]): DetailGap {
  return {
    kind,
    code: 'not-read',
    message: `${atMost(names, 3)} ${names.length === 1 ? 'was' : 'were'} deleted while the region was read, and ${names.length === 1 ? 'is' : 'are'} not compared.`,
    hint: 'Nothing to do.',
  };
}

import type { EC2Client } from '@aws-sdk/client-ec2';
import type { LimitFunction } from 'p-limit';
import type { Failure } from '../inventory/collected.ts';
import type { Ec2Action, Ec2Calls } from './actions.ts';
import { CallFailed, failureFrom, isUnknownHost } from './failures.ts';
import { NotReadOnly } from './guard.ts';

/** Where a reading stands. `count` grows page by page; a kind that fails is never `done`. */
export interface Progress {
  /** In the plural: "security groups", "launch permissions". */
  readonly what: string;
  readonly count: number;
  readonly done: boolean;
}

/** What became of the calls so far: what explains failures is decided on all of them together. */
export interface CallStats {
  answered: number;
  readonly failed: { readonly failure: Failure; readonly unknownHost: boolean }[];
}

/** One region, read through one client: what every collector is given. */
export interface Reader {
  readonly region: string;
  readonly endpoint: string | null;
  /** Asked for in place of each action's largest page; tests force paging with it. */
  readonly pageSize: number | undefined;
  readonly stats: CallStats;
  /** @throws CallFailed when no usable answer came; what `signal` says when it was aborted. */
  call<Action extends Ec2Action>(
    action: Action,
    input: Ec2Calls[Action]['in'],
  ): Promise<Ec2Calls[Action]['out']>;
  progress(what: string, count: number, done: boolean): void;
}

export interface ReaderOptions {
  readonly client: EC2Client;
  readonly region: string;
  readonly endpoint: string | null;
  readonly limit: LimitFunction;
  readonly pageSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export function makeReader({
  client,
  region,
  endpoint,
  limit,
  pageSize,
  signal,
  onProgress,
}: ReaderOptions): Reader {
  const stats: CallStats = { answered: 0, failed: [] };
  return {
    region,
    endpoint,
    pageSize,
    stats,
    progress: (what, count, done) => onProgress?.({ what, count, done }),
    call: (action, input) =>
      limit(async () => {
        signal?.throwIfAborted();
        try {
          const answer = await send(client, action, input, signal);
          stats.answered += 1;
          return answer;
        } catch (error) {
          signal?.throwIfAborted(); // what an abort breaks is no failure of AWS
          if (error instanceof NotReadOnly) throw error;
          const failure = failureFrom(error, { action, region, endpoint });
          stats.failed.push({ failure, unknownHost: isUnknownHost(error) });
          throw new CallFailed(failure, { cause: error });
        }
      }),
  };
}

/** The SDK's command of an action is `<Action>Command`; only actions of the list can be named here. */
async function send<Action extends Ec2Action>(
  client: EC2Client,
  action: Action,
  input: Ec2Calls[Action]['in'],
  abortSignal: AbortSignal | undefined,
): Promise<Ec2Calls[Action]['out']> {
  const sdk = await import('@aws-sdk/client-ec2');
  const Command = sdk[`${action}Command`] as unknown as new (
    input: Ec2Calls[Action]['in'],
  ) => Parameters<EC2Client['send']>[0];
  return (await client.send(
    new Command(input),
    abortSignal ? { abortSignal } : {},
  )) as Ec2Calls[Action]['out'];
}

import type { LimitFunction } from 'p-limit';
import type { Failure } from '../inventory/collected.ts';
import { type ReadAction, type ReadService, serviceOf } from './actions.ts';
import type { InputOf, OutputOf } from './calls.ts';
import type { ReadClient } from './clients.ts';
import { type Deadline, inTime, refuseLate } from './deadline.ts';
import { isAwsHost, sameEndpoint } from './endpoint.ts';
import { CallFailed, failureFrom, isUnavailable, isUnknownHost, wrongClock } from './failures.ts';
import { NotReadOnly } from './guard.ts';
import { type Pacer, paced } from './pacing.ts';
import type { Pause } from './retries.ts';
import { SDK } from './sdk.ts';

/** The progress of a reading. `count` grows page by page; a kind that fails is never `done`. */
export interface Progress {
  /** In the plural: "security groups", "launch permissions". */
  readonly what: string;
  readonly count: number;
  readonly done: boolean;
  /** Where one call is made for each object: how many there are, and how long the rest takes at the pace so far. */
  readonly total?: number;
  readonly secondsLeft?: number;
}

/** What became of the calls so far: what explains failures is decided on all of them together. */
export interface CallStats {
  /** Of any service where EC2 is: an answer proves region and credentials. */
  answered: number;
  /** Of EC2. Other services may be missing where EC2 is not, and be refused where it is not. */
  readonly failed: {
    readonly failure: Failure;
    readonly unknownHost: boolean;
    /** The service itself was not available, or a gateway before it had no answer of it. */
    readonly unavailable: boolean;
    /** That the clock of this machine is wrong, where the reply shows it. */
    readonly clock: string | null;
  }[];
}

/** One region, read through a client of each service: what every collector is given. */
export interface Reader {
  readonly region: string;
  /** The page size instead of each action's largest; tests force paging with it. */
  readonly pageSize: number | undefined;
  readonly stats: CallStats;
  /** The custom endpoint that an action goes to; null for AWS's own. */
  endpointOf(action: string): string | null;
  /** @throws CallFailed when no usable answer came; what `signal` says when it was aborted. */
  call<Action extends ReadAction>(action: Action, input: InputOf<Action>): Promise<OutputOf<Action>>;
  progress(what: string, count: number, done: boolean): void;
  /** For work of one call per object: to be called after each of the `total` calls. */
  steps(what: string, total: number): () => void;
}

/** A service as it is reached; made when it is first needed, since most runs need EC2 alone. */
export interface ServiceAccess {
  readonly client: ReadClient;
  readonly endpoint: string | null;
  /** The pace of an action, which lasts as long as the side is open. */
  readonly pacerOf: (action: string) => Pacer;
  readonly pause: Pause;
  readonly maxAttempts: number;
}

export interface ReaderOptions {
  readonly access: (service: ReadService) => Promise<ServiceAccess>;
  readonly region: string;
  readonly limit: LimitFunction;
  readonly pageSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: Deadline | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export function makeReader(options: ReaderOptions): Reader {
  const { access, region, limit, pageSize, signal, deadline, onProgress } = options;
  const stats: CallStats = { answered: 0, failed: [] };
  const known = new Map<ReadService, ServiceAccess>();
  const endpointOf = (action: string) => known.get(serviceOf(action) as ReadService)?.endpoint ?? null;
  return {
    region,
    pageSize,
    stats,
    endpointOf,
    progress: (what, count, done) => onProgress?.({ what, count, done }),
    steps: (what, total) => stepper(onProgress, what, total),
    call: async (action, input) => {
      signal?.throwIfAborted();
      const service = serviceOf(action) as ReadService;
      const there = await access(service);
      known.set(service, there);
      const { client, endpoint, pacerOf, pause, maxAttempts } = there;
      const asked = { action, region, endpoint };
      try {
        const answer = await inTime(deadline, asked, signal, (during) =>
          paced({
            send: () => {
              refuseLate(deadline, asked);
              return send(client, service, action, input, during);
            },
            limit,
            pacer: pacerOf(action),
            pause,
            maxAttempts,
            signal: during,
          }),
        );
        if (service === 'ec2' || samePlace(endpoint, (await access('ec2')).endpoint)) stats.answered += 1;
        return answer;
      } catch (error) {
        signal?.throwIfAborted(); // what an abort breaks is no failure of AWS
        if (error instanceof NotReadOnly || error instanceof CallFailed) throw error;
        const failure = failureFrom(error, asked);
        if (service === 'ec2')
          stats.failed.push({
            failure,
            unknownHost: isUnknownHost(error),
            unavailable: isUnavailable(error),
            clock: wrongClock(error, failure.code),
          });
        throw new CallFailed(failure, { cause: error });
      }
    },
  };
}

function stepper(onProgress: ReaderOptions['onProgress'], what: string, total: number): () => void {
  const began = performance.now();
  let count = 0;
  return () => {
    count += 1;
    const secondsLeft = ((performance.now() - began) / 1000 / count) * (total - count);
    onProgress?.({ what, count, done: count === total, total, secondsLeft });
  };
}

/** Whether both are AWS, or both the same emulator. */
function samePlace(a: string | null, b: string | null): boolean {
  const place = (endpoint: string | null) => (endpoint !== null && isAwsHost(endpoint) ? null : endpoint);
  return sameEndpoint(place(a), place(b));
}

type Command = new (input: object) => object;
interface Sender {
  send(command: object, options: { abortSignal?: AbortSignal }): Promise<object>;
}

/** The SDK's command of an action is `<Action>Command`; only actions of the lists can be named here. */
async function send<Action extends ReadAction>(
  client: ReadClient,
  service: ReadService,
  action: Action,
  input: InputOf<Action>,
  abortSignal: AbortSignal | undefined,
): Promise<OutputOf<Action>> {
  const sdk = SDK[service]() as unknown as Readonly<Record<string, Command>>;
  const Command = sdk[`${action}Command`];
  if (!Command) throw new TypeError(`The SDK has no command for ${action}`);
  // Each client types `send` by its own commands; which of them is used is decided by the lists.
  const sender = client as unknown as Sender;
  return (await sender.send(new Command(input), abortSignal ? { abortSignal } : {})) as OutputOf<Action>;
}

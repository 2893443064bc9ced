import { PROXY_FAILED } from './connection/proxy.ts';
import { isBusy, sdkError } from './failures.ts';

/**
 * Waiting helps against throttling, and against one dropped connection. A host that is not there, refuses, or has not
 * answered for a whole timeout is asked three times, not eight: half an hour of silence is no better an answer. Nor is the
 * error page of a web framework, with which emulators answer what they do not know.
 */
const TRIES_WITHOUT_AN_ANSWER = 3;

/** How long to wait before a call is repeated, in milliseconds, given what the SDK would wait. */
export type Pause = (delayMs: number) => number;

interface RetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
}
/** What is used of the SDK's retry strategy; it is not among the types that the clients export. */
interface RetryStrategy {
  refreshRetryTokenForRetry?(token: RetryToken, info: { error?: unknown }): Promise<RetryToken>;
}
interface RetryingClient {
  readonly config: { retryStrategy: () => Promise<unknown> };
}

export interface Retrying {
  readonly pause?: Pause | undefined;
  /** Whether the client waits and sends again where the service takes no call, or leaves that to who paces its calls. */
  readonly busy?: 'wait' | 'throw' | undefined;
}

/**
 * The SDK's own retries (standard or adaptive, as AWS_RETRY_MODE has it), with an end for calls that meet silence. `pause`
 * takes the place of the real waits, so that a test of many repeated calls does not wait.
 */
export function patientRetries<Client extends RetryingClient>(
  client: Client,
  { pause = (delayMs) => delayMs, busy = 'wait' }: Retrying = {},
): Client {
  const strategyOf = client.config.retryStrategy;
  let patched: unknown;
  client.config.retryStrategy = async () => {
    if (!patched) {
      const strategy = (await strategyOf()) as RetryStrategy;
      const refresh = strategy.refreshRetryTokenForRetry?.bind(strategy);
      if (refresh) {
        strategy.refreshRetryTokenForRetry = async (token, info) => {
          if (busy === 'throw' && isBusy(info.error)) throw new Error('Busy');
          if (isSilence(info.error) && token.getRetryCount() + 1 >= TRIES_WITHOUT_AN_ANSWER) {
            throw new Error('No answer after the last attempt');
          }
          const next = await refresh(token, info);
          const delayMs = next.getRetryDelay();
          next.getRetryDelay = () => pause(delayMs);
          return next;
        };
      }
      patched = strategy;
    }
    return patched;
  };
  return client;
}

function isSilence(error: unknown): boolean {
  const { name, code, Code, $metadata } = sdkError(error);
  return (
    (Code === undefined && $metadata?.httpStatusCode === 500) ||
    (name === 'TimeoutError' && code !== 'ECONNRESET' && code !== 'EPIPE') ||
    code === 'ECONNREFUSED' ||
    code === 'ENOTFOUND' ||
    code === PROXY_FAILED
  );
}

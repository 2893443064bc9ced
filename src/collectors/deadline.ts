import { setMaxListeners } from 'node:events';
import { type Asked, CallFailed, failure } from './failures.ts';

/** The most time that the reading of all sides may take together. */
export interface Deadline {
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** A call that would begin after the end of the time is not sent. @throws CallFailed */
export function refuseLate(deadline: Deadline | undefined, asked: Asked): void {
  if (deadline?.signal.aborted) throw late(deadline, asked);
}

/**
 * What `send` gives, unless the time ends first. The SDK's waits between two attempts do not listen to a signal, so the
 * end of the time does not wait for it.
 * @param during what `send` listens to: the end of the run, or of the time.
 * @throws CallFailed where the time ended.
 */
export async function inTime<Value>(
  deadline: Deadline | undefined,
  asked: Asked,
  signal: AbortSignal | undefined,
  send: (during: AbortSignal | undefined) => Promise<Value>,
): Promise<Value> {
  if (!deadline) return send(signal);
  const { signal: end } = deadline;
  // Every call under way listens to it; Node takes more than ten at once for a leak and warns.
  setMaxListeners(0, end);
  let stop = () => {};
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(late(deadline, asked));
    end.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([send(signal ? AbortSignal.any([signal, end]) : end), ended]);
  } catch (error) {
    if (end.aborted && !signal?.aborted) throw late(deadline, asked);
    throw error;
  } finally {
    end.removeEventListener('abort', stop);
  }
}

function late({ seconds }: Deadline, asked: Asked): CallFailed {
  const { message } = failure(
    'timed-out',
    asked,
    `not complete when the ${seconds} s for all reading (--timeout) were over`,
  );
  return new CallFailed({
    code: 'timed-out',
    message,
    hint: 'Give more time with --timeout SECONDS. If that does not help, look for throttling or a slow network.',
  });
}

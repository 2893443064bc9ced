import type { Deadline } from '../collectors/live.ts';
import { Unable } from '../inventory/unable.ts';

/** Seconds for reading all live sides, where none are given. */
export const TIMEOUT_SECONDS = 1800;
/** A timer of Node takes at most 2^31 - 1 milliseconds. */
const MOST_SECONDS = 2_000_000;

/** From now on; no limit where no seconds are given. @throws Unable */
export function deadlineOf(seconds: number | undefined, by = 'timeoutSeconds'): Deadline | undefined {
  if (seconds === undefined) return undefined;
  return { seconds: checkedSeconds(seconds, by), signal: AbortSignal.timeout(seconds * 1000) };
}

/** @throws Unable naming the option, the variable or the setting. */
export function checkedSeconds(seconds: number, by: string, written = String(seconds)): number {
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= MOST_SECONDS) return seconds;
  throw new Unable(
    `${by} cannot be "${written}".`,
    `It takes a number of seconds above 0, at most ${MOST_SECONDS.toLocaleString('en')}, for example ${TIMEOUT_SECONDS}.`,
  );
}

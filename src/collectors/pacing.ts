import { setTimeout as sleep } from 'node:timers/promises';
import type { LimitFunction } from 'p-limit';
import { perSecondOf } from './actions.ts';
import { attemptsMade, isBusy } from './failures.ts';
import type { Pause } from './retries.ts';

/** The first requests after a bucket was found empty: a little slower than it fills, since requests do not arrive evenly. */
const MARGIN = 0.95;
/** Where AWS documents no rate. */
const MOST_PER_SECOND = 1000;
const LEAST_PER_SECOND = 1;
const SLOWER = 0.8;
const FASTER = 1.02;
/** A call that waits for its time sees that the others have given up. */
const LOOK_AGAIN_MS = 1000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;

/** When a request may be sent; not valid any more once the service has refused a request sent after it was given. */
export interface Ticket {
  readonly at: number;
  readonly round: number;
}

/**
 * The pace of one action in one region. EC2 gives each action a bucket of tokens (E4), which other tools of the account draw
 * from too, so requests go out as they come until the service refuses one; from then on at the rate at which the bucket
 * fills, slower after each refusal and faster again with each answer. A service that is not available refuses too: the pauses
 * of 8 attempts are together half a minute and more.
 */
export class Pacer {
  /** How often the service has refused so many rounds one after the other that no call was worth another, and its last error. */
  exhausted: { readonly times: number; readonly error: unknown } = { times: 0, error: null };
  private readonly filling: number | null;
  private rate = Number.POSITIVE_INFINITY;
  private next = 0;
  private round = 0;
  private roundBegan = 0;
  /** Rounds since the last answer. */
  private refusals = 0;
  private answers = 0;
  private firstSent: number | null = null;

  constructor(action: string) {
    this.filling = perSecondOf(action);
  }

  /** @param before The ticket so far, which is kept while it is valid. */
  ticket(before: Ticket | null): Ticket {
    if (before?.round === this.round) return before;
    const at = Math.max(performance.now(), this.next);
    this.next = at + 1000 / this.rate;
    return { at, round: this.round };
  }

  sent(at: number): void {
    this.firstSent ??= at;
  }

  answered(): void {
    this.answers += 1;
    this.refusals = 0;
    if (this.round > 0) this.rate = Math.min(this.rate * FASTER, this.filling ?? MOST_PER_SECOND);
  }

  /**
   * Requests that were under way together are refused together: only the first of them begins a new round.
   * @returns how many rounds in a row were refused.
   */
  refused(sentAt: number, pause: Pause): number {
    if (sentAt < this.roundBegan) return this.refusals;
    const now = performance.now();
    const seconds = Math.max(now - (this.firstSent ?? now), 1) / 1000;
    const rate = this.round === 0 ? (this.filling ?? this.answers / seconds) * MARGIN : this.rate * SLOWER;
    this.rate = Math.max(LEAST_PER_SECOND, rate);
    this.round += 1;
    this.roundBegan = now;
    // An empty bucket fills at once; one that others empty does not.
    const backoff = this.refusals === 0 && this.filling !== null ? 0 : FIRST_PAUSE_MS * 2 ** this.refusals;
    this.refusals += 1;
    this.next =
      now + pause(Math.min(backoff, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2)) + 1000 / this.rate;
    return this.refusals;
  }
}

export interface Sending<Value> {
  readonly send: () => Promise<Value>;
  readonly limit: LimitFunction;
  readonly pacer: Pacer;
  readonly pause: Pause;
  readonly maxAttempts: number;
  /** Aborted, the waiting ends. */
  readonly signal: AbortSignal | undefined;
}

/** What `send` gives, at the pace of its action. A call that waits for its time takes no place among those under way. */
export async function paced<Value>({
  send,
  limit,
  pacer,
  pause,
  maxAttempts,
  signal,
}: Sending<Value>): Promise<Value> {
  const before = pacer.exhausted.times;
  let ticket: Ticket | null = null;
  let attempts = 0;
  for (;;) {
    const outcome = await limit(async (): Promise<{ value: Value } | { waitMs: number }> => {
      signal?.throwIfAborted();
      if (pacer.exhausted.times > before) throw pacer.exhausted.error;
      ticket = pacer.ticket(ticket);
      const now = performance.now();
      if (ticket.at > now) return { waitMs: ticket.at - now };
      pacer.sent(now);
      ticket = null;
      attempts += 1;
      try {
        const value = await send();
        pacer.answered();
        return { value };
      } catch (error) {
        if (!isBusy(error)) throw error;
        // The calls of an action share its bucket: where it stays empty, those that wait need not try either.
        const isExhausted = pacer.refused(now, pause) >= maxAttempts;
        if (!isExhausted && attempts < maxAttempts) return { waitMs: 0 };
        const last = attemptsMade(error, maxAttempts);
        if (isExhausted) pacer.exhausted = { times: pacer.exhausted.times + 1, error: last };
        throw last;
      }
    });
    if ('value' in outcome) return outcome.value;
    const waitMs = Math.min(Math.ceil(outcome.waitMs), LOOK_AGAIN_MS);
    if (waitMs > 0) await sleep(waitMs, undefined, signal && { signal });
  }
}

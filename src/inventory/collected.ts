import * as z from 'zod';

/**
 * Why something could not be read. The code is for scripts, the message for people.
 *
 * - `access-denied`: the caller may not ask (IAM, SCP, permission boundary).
 * - `auth-failure`: AWS does not accept the credentials for this call.
 * - `credentials-expired`: temporary credentials ran out, or the clock is off.
 * - `region-not-enabled`: the account has not opted in to the region. AWS answers AuthFailure for it, as for bad keys.
 * - `throttled`: still refused for rate after all retries.
 * - `truncated`: only a part arrived: a page token left over, or a token that leads nowhere.
 * - `timed-out`, `unreachable`: no answer in time; no connection.
 * - `malformed`: an answer that is not what the API documents.
 * - `unsupported`: this region, partition or emulator does not support the call.
 * - `not-in-dump`: the folder of dumps holds no file of this kind.
 * - `not-read`: not requested, by a stated choice; it limits the answer but does not make the run incomplete.
 * - `service-error`: anything else that AWS answered.
 */
export const FAILURE_CODES = [
  'access-denied',
  'auth-failure',
  'credentials-expired',
  'region-not-enabled',
  'throttled',
  'truncated',
  'timed-out',
  'unreachable',
  'malformed',
  'unsupported',
  'not-in-dump',
  'not-read',
  'service-error',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export const failureSchema = z.strictObject({
  code: z.enum(FAILURE_CODES).describe('Why it could not be read; stable, for scripts.'),
  message: z.string().describe('What was asked and what came back, in one line.'),
  hint: z.string().describe('What the user can do about it, in one line.'),
  commands: z
    .array(z.strictObject({ shell: z.string(), does: z.string() }))
    .optional()
    .describe('What to type for it: complete lines for sh.'),
});
export type Failure = z.infer<typeof failureSchema>;

/** What one collector saw. A gap is an answer: it is stated, never left out, and never "empty". */
export type Collected<Item> = { status: 'complete'; items: Item[] } | { status: 'failed'; failure: Failure };

export function collectedSchema<Item extends z.ZodType>(item: Item) {
  return z.discriminatedUnion('status', [
    z.strictObject({ status: z.literal('complete'), items: z.array(item) }),
    z.strictObject({ status: z.literal('failed'), failure: failureSchema }),
  ]);
}

export function complete<Item>(items: Item[]): Collected<Item> {
  return { status: 'complete', items };
}

export function failed(failure: Failure): { status: 'failed'; failure: Failure } {
  return { status: 'failed', failure };
}

/** The items, or none where the kind could not be read. Only for look-ups; who concludes "missing" must ask `status`. */
export function itemsOf<Item>(collected: Collected<Item>): readonly Item[] {
  return collected.status === 'complete' ? collected.items : [];
}

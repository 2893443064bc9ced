/**
 * A list element that holds something else than its items. The SDK reads it as an empty list, and "there are none" must
 * never come from an answer that does not say so.
 */
export class StrayContent extends Error {
  override name = 'StrayContent';
  /** As on errors of the SDK: the answer itself was a good one. */
  readonly $metadata = { httpStatusCode: 200 };
}

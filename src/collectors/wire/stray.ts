/**
 * A list element that holds something else than its items. The SDK reads it as an empty list, and "there are none" must
 * never come from an answer that does not say so.
 */
export class StrayContent extends Error {
  override name = 'StrayContent';
  /** As on errors of the SDK: the answer itself was a good one. */
  readonly $metadata = { httpStatusCode: 200 };
}

/** Larger than any reply of AWS that the one-pass reader leaves to the SDK. */
export class UnusualReply extends Error {
  override name = 'UnusualReply';
  readonly $metadata = { httpStatusCode: 200 };
  constructor() {
    super('the reply is large, and not written as AWS writes it');
  }
}

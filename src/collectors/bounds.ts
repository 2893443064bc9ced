import { pipeline, type Readable, Transform } from 'node:stream';

/** What is used of an answer of the SDK's HTTP handler. */
interface Answer {
  readonly response: { body?: unknown };
}
/** What is used of an SDK client. */
interface BoundedClient {
  readonly middlewareStack: {
    // biome-ignore lint/suspicious/noExplicitAny: the SDK types middleware by each client's inputs and outputs
    add(middleware: any, options: { step: 'deserialize'; priority: 'low'; name: string }): void;
  };
}

export interface ReplyBounds {
  /** From the head of the reply to the end of its body. */
  readonly milliseconds: number;
  readonly bytes: number;
}

/** Larger than any page of AWS: 1,000 groups with 60 rules each are about 20 MB. */
export const MOST_REPLY_BYTES = 256 * 1024 * 1024;

/** The reply is larger than any of AWS; repeating the call would give the same. */
class ReplyTooLarge extends Error {
  override name = 'ReplyTooLarge';
  readonly $metadata = { httpStatusCode: 200 };
}

/** As the SDK names it, so that the call is repeated as after any other time-out. */
class ReplyTooSlow extends Error {
  override name = 'TimeoutError';
}

/**
 * Ends a reply that takes too long as a whole or that has no end. The SDK's own time-outs count from one byte to the
 * next, and it keeps the whole body in memory before it reads it.
 */
export function boundedReplies<Client extends BoundedClient>(client: Client, bounds: ReplyBounds): Client {
  client.middlewareStack.add(
    (next: (args: unknown) => Promise<Answer>) => async (args: unknown) => {
      const answer = await next(args);
      const { body } = answer.response;
      if (isStream(body)) answer.response.body = bounded(body, bounds);
      return answer;
    },
    { step: 'deserialize', priority: 'low', name: 'boundedReplies' },
  );
  return client;
}

function isStream(body: unknown): body is Readable {
  return typeof (body as Partial<Readable> | null | undefined)?.pipe === 'function';
}

function bounded(body: Readable, { milliseconds, bytes }: ReplyBounds): Readable {
  let count = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      count += chunk.length;
      if (count <= bytes) done(null, chunk);
      else done(new ReplyTooLarge(`the reply is larger than ${Math.floor(bytes / 1024 / 1024)} MiB`));
    },
  });
  const timer = setTimeout(() => {
    counted.destroy(new ReplyTooSlow(`the reply was not complete after ${milliseconds / 1000} s`));
  }, milliseconds);
  // `pipeline` destroys the body with the connection when `counted` fails. The SDK has its own listener for the error.
  pipeline(body, counted, () => clearTimeout(timer));
  return counted;
}

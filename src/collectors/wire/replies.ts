import { type Convert, type EarlyRows, readInOnePass } from './one-pass.ts';
import type { SdkSchema, StructPlan } from './plan.ts';
import { Repeats } from './repeats.ts';
import { planOf } from './schema.ts';
import { UnusualReply } from './stray.ts';
import { strictLists } from './strict-lists.ts';

/** What is used of the reader of XML in an SDK client's protocol. */
interface XmlReader {
  read(schema: unknown, bytes: Uint8Array, resultIn?: string): unknown;
  readSchema(schema: unknown, value: unknown): unknown;
}
interface XmlClient {
  readonly config: object;
  readonly middlewareStack: { remove(name: string): boolean };
}

/**
 * What is not written as AWS writes it is read by the SDK up to this size only: on text that is no XML it spends minutes and
 * gigabytes. Of AWS, a page of that size is read in one pass.
 */
const MOST_UNUSUAL_BYTES = 16 * 1024 * 1024;

/** By the schema of the output, which the SDK has once for each operation. */
const plans = new WeakMap<object, StructPlan | null>();

/**
 * Makes the client read replies in one pass by the schema of their operation, instead of through a tree of the whole
 * document, which takes most of the time of reading a region. What the pass does not expect, errors among them, the SDK
 * reads. Either way a list that holds something else than its items is refused. Clients whose replies are JSON have no
 * such reader, and are left as they are.
 */
export function xmlReplies<Client extends XmlClient>(client: Client, early?: EarlyRows): Client {
  // It copies every reply for a log that is written nowhere.
  client.middlewareStack.remove('loggerMiddleware');
  const { protocol } = strictLists(client).config as { protocol?: { deserializer?: Partial<XmlReader> } };
  const reader = protocol?.deserializer;
  if (!isXmlReader(reader)) return client;
  const stock = reader.read.bind(reader);
  const convert: Convert = (schema, text) => reader.readSchema(schema, text);
  const repeats = early && new Repeats();
  reader.read = (schema, bytes, resultIn) => {
    const plan = isSchema(schema) ? knownPlan(schema) : null;
    const result = plan && readInOnePass(plan, { bytes, resultIn }, { convert, early, repeats });
    if (result) return result;
    if (plan && bytes.byteLength > MOST_UNUSUAL_BYTES) throw new UnusualReply();
    return stock(schema, bytes, resultIn);
  };
  return client;
}

function isXmlReader(reader: Partial<XmlReader> | undefined): reader is XmlReader {
  return typeof reader?.read === 'function' && typeof reader.readSchema === 'function';
}

function isSchema(schema: unknown): schema is SdkSchema {
  return typeof (schema as Partial<SdkSchema> | null)?.structIterator === 'function';
}

function knownPlan(schema: SdkSchema): StructPlan | null {
  const key = schema.getSchema();
  if (typeof key !== 'object' || key === null) return null;
  const before = plans.get(key);
  if (before !== undefined) return before;
  const plan = planOf(schema);
  plans.set(key, plan);
  return plan;
}

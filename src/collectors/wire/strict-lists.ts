import { StrayContent } from './stray.ts';

/** What is used of a schema of the SDK. */
interface ListSchema {
  isListSchema(): boolean;
  getValueSchema(): { getMergedTraits(): { readonly xmlName?: string } };
  getMergedTraits(): { readonly xmlFlattened?: unknown };
  getName(): string | undefined;
}
type Read = (schema: unknown, value: unknown) => unknown;
interface XmlClient {
  readonly config: object;
}

/**
 * Makes the client refuse an answer in which a list element holds text, or elements of another name, in place of items.
 * The SDK's reader of XML goes through every element by its schema, and is asked here at each list: no second parsing, and
 * no copy of the answer. Clients whose answers are JSON have no such reader, and are left as they are.
 */
export function strictLists<Client extends XmlClient>(client: Client): Client {
  const { protocol } = client.config as { protocol?: { deserializer?: { readSchema?: Read } } };
  const deserializer = protocol?.deserializer;
  const read = deserializer?.readSchema;
  if (!deserializer || !read) return client;
  // The SDK calls itself for each member through the instance, and so comes here for nested lists too.
  deserializer.readSchema = function checked(this: unknown, schema: unknown, value: unknown) {
    if (isList(schema)) refuseStray(schema, value);
    return read.call(this, schema, value);
  };
  return client;
}

function isList(schema: unknown): schema is ListSchema {
  return (schema as Partial<ListSchema> | null)?.isListSchema?.() === true;
}

function refuseStray(schema: ListSchema, value: unknown): void {
  if (schema.getMergedTraits().xmlFlattened) return;
  // The SDK asks again with the value in an array of one.
  const element = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const item = schema.getValueSchema().getMergedTraits().xmlName ?? 'member';
  if (typeof element === 'string') {
    // Of a list with white space between its items, the SDK may keep the white space alone.
    if (element !== '') throw new StrayContent(`${schema.getName() ?? 'a list'} contains text, not a list`);
    return;
  }
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return;
  // Attributes of the element are among its keys, as texts.
  const stray = Object.entries(element).find(([key, content]) =>
    key === '#text' ? String(content).trim() !== '' : key !== item && typeof content === 'object',
  );
  if (stray)
    throw new StrayContent(
      `${schema.getName() ?? 'a list'} holds ${stray[0] === '#text' ? 'text' : stray[0]} beside its items`,
    );
}

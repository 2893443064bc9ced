/**
 * The EC2 Query wire, both ways, by the SDK's own schemas: `DescribeKeyPairs$` and its like, which
 * `@aws-sdk/client-ec2` exports. A reply is written as the SDK's reader expects it, a request read back
 * into the shape that was given to `send`; nothing about any operation is written by hand.
 *
 * A schema is a number (0 string, 1 number, 2 boolean, 4 timestamp, 21 blob, …), or a tuple that starts with its kind:
 * `[1, namespace, name, traits, item]` a list, `[3, namespace, name, traits, members, schemas]` a structure,
 * `[9, namespace, name, traits, input, output]` an operation. It may stand behind a function (schemas are recursive),
 * and a member with traits of its own is a pair `[schema, traits]`.
 */
// biome-ignore lint/suspicious/noExplicitAny: the SDK types schemas as tuples of nearly anything
type Any = any;
type Traits = { readonly xmlName?: string; readonly ec2QueryName?: string };
export type Operation = readonly [9, string, string, ...unknown[]];

export interface Shape {
  readonly kind: 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'list' | 'structure';
  readonly traits: Traits;
  readonly item?: unknown;
  readonly members?: readonly (readonly [name: string, schema: unknown])[];
}

const SIMPLE: Readonly<Record<number, Shape['kind']>> = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  4: 'timestamp',
  5: 'timestamp',
  17: 'number',
  19: 'number',
  21: 'blob',
};

/** What an element of a schema holds. */
export function shapeOf(schema: unknown, outer: Traits = {}): Shape {
  if (typeof schema === 'function') return shapeOf(schema(), outer);
  if (typeof schema === 'number') {
    if (schema >= 64 && schema < 128) return { kind: 'list', traits: outer, item: schema - 64 };
    const kind = SIMPLE[schema];
    if (!kind) throw new Error(`wire.ts knows no schema ${schema}`);
    return { kind, traits: outer };
  }
  const tuple = schema as Any[];
  if (tuple.length === 2) return shapeOf(tuple[0], { ...traitsOf(tuple[1]), ...outer });
  const traits = { ...traitsOf(tuple[3]), ...outer };
  switch (tuple[0]) {
    case 0:
      return shapeOf(tuple[4], traits);
    case 1:
      return { kind: 'list', traits, item: tuple[4] };
    case 3:
    case -3:
      return {
        kind: 'structure',
        traits,
        members: (tuple[4] as string[]).map((name, i) => [name, tuple[5][i]] as const),
      };
    default:
      throw new Error(`wire.ts knows no schema of kind ${String(tuple[0])}`);
  }
}

function traitsOf(traits: unknown): Traits {
  return typeof traits === 'object' && traits !== null ? (traits as Traits) : {};
}

export function nameOf(operation: Operation): string {
  return operation[2];
}

/** The reply body of an operation for a value in the SDK's shape. */
export function reply(operation: Operation, value: object, requestId: string): string {
  const body = element(
    `${nameOf(operation)}Response`,
    inner(shapeOf(operation[5]), value) + element('requestId', requestId),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body.replace('>', ' xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">')}`;
}

/** The same in the awsQuery protocol of STS and others, which wraps the result. */
export function queryReply(operation: Operation, value: object, requestId: string): string {
  const name = nameOf(operation);
  const result = element(`${name}Result`, inner(shapeOf(operation[5]), value));
  return element(`${name}Response`, result + element('ResponseMetadata', element('RequestId', requestId)));
}

export function errorReply(code: string, message: string, requestId: string): string {
  const error = element('Error', element('Code', escaped(code)) + element('Message', escaped(message)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('Response', element('Errors', error) + element('RequestID', requestId))}`;
}

/** An error as the services of the awsQuery protocol write it. */
export function queryErrorReply(code: string, message: string, requestId: string): string {
  const error = ['Sender', code, message].map(escaped);
  const parts = ['Type', 'Code', 'Message'].map((name, i) => element(name, error[i] ?? ''));
  return element('ErrorResponse', element('Error', parts.join('')) + element('RequestId', requestId));
}

function inner(shape: Shape, value: Any): string {
  switch (shape.kind) {
    case 'structure':
      return (shape.members ?? [])
        .filter(([name]) => value[name] !== undefined && value[name] !== null)
        .map(([name, schema]) => {
          const member = shapeOf(schema);
          return element(member.traits.xmlName ?? name, inner(member, value[name]));
        })
        .join('');
    case 'list': {
      const item = shapeOf(shape.item);
      return (value as unknown[])
        .map((one) => element(item.traits.xmlName ?? 'member', inner(item, one)))
        .join('');
    }
    case 'timestamp':
      return (value instanceof Date ? value : new Date(value)).toISOString();
    case 'blob':
      return Buffer.from(value).toString('base64');
    default:
      return escaped(String(value));
  }
}

function element(name: string, content: string): string {
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };
function escaped(text: string): string {
  return text.replace(/[&<>\r]/g, (c) => ENTITIES[c] ?? c);
}

/** The input of a request, in the SDK's shape, from its form fields; absent members are absent. */
export function input(operation: Operation, form: URLSearchParams): Record<string, Any> {
  return (parsed(shapeOf(operation[4]), '', form) ?? {}) as Record<string, Any>;
}

function parsed(shape: Shape, at: string, form: URLSearchParams): unknown {
  switch (shape.kind) {
    case 'structure': {
      const entries = (shape.members ?? []).flatMap(([name, schema]) => {
        const member = shapeOf(schema);
        const { ec2QueryName, xmlName } = member.traits;
        const key = ec2QueryName ?? capital(xmlName ?? name);
        const value = parsed(member, at ? `${at}.${key}` : key, form);
        return value === undefined ? [] : [[name, value] as const];
      });
      return entries.length > 0 ? Object.fromEntries(entries) : undefined;
    }
    case 'list': {
      const items: unknown[] = [];
      for (let i = 1; ; i += 1) {
        const item = shapeOf(shape.item);
        const value = parsed(item, `${at}.${i}`, form) ?? parsed(item, `${at}.member.${i}`, form);
        if (value === undefined) return items.length > 0 ? items : undefined;
        items.push(value);
      }
    }
    default: {
      const text = form.get(at);
      if (text === null) return undefined;
      if (shape.kind === 'number') return Number(text);
      return shape.kind === 'boolean' ? text === 'true' : text;
    }
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

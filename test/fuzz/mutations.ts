import fc from 'fast-check';

/** Strings that readers have fallen over: keys of JavaScript objects, escapes, halves of characters, patterns without an end, near misses. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\ufeff',
  '\u202e',
  '\r\n',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'NaN',
  '-0',
  '1e999',
  '9'.repeat(400),
  'x'.repeat(9000),
  '(a+)+b',
  '^(?=(a))\\1*$',
  '*'.repeat(300),
  '[',
  '10.0.0.0/99',
  '256.1.1.1/8',
  '1.2.3.4/08',
  '::/129',
  'fe80::1%eth0',
  '0x7f.1/8',
  'sg-',
  'arn:aws:',
  'arn:::::',
  '2026-99-99T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '$Latest',
  '{{resolve:ssm:a}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: As a template writes it.
  '${AWS::Region}',
  '${'.repeat(200),
  'us-east-1',
  'eu-west-1',
  '%00',
  '../../etc/passwd',
  '\u001b[31m',
] as const;

const KEYS = [
  'Ref',
  'Fn::If',
  'Fn::Sub',
  'Fn::ForEach::x',
  'Fn::Transform',
  '$ref',
  'items',
  'status',
  'Tags',
  'name',
  'id',
] as const;

/** A value that no reader of a document expects where it is put. */
const weird: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...TEXTS) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 0.5, 1e308, -1e308, 2 ** 53, [], {}),
  },
  { weight: 2, arbitrary: fc.constantFrom<number>(30, 300, 20_000).map(nested) },
  { weight: 1, arbitrary: fc.constantFrom<number>(30, 3000).map(nestedObjects) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...TEXTS, ...KEYS).map((key) => withKey({}, key, { polluted: 'yes' })),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom(200, 20_000).map((n) => Array.from({ length: n }, () => ({}))) },
);

function nested(depth: number): unknown {
  let value: unknown = 'end';
  for (let i = 0; i < depth; i += 1) value = [value];
  return value;
}

function nestedObjects(depth: number): unknown {
  let value: unknown = 'end';
  for (let i = 0; i < depth; i += 1) value = { Ref: value };
  return value;
}

/** `__proto__` too becomes an own member, as `JSON.parse` makes it. */
function withKey(object: object, key: string, value: unknown): object {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  return object;
}

const HOWS = ['replace', 'replace', 'remove', 'double', 'add', 'rename', 'move', 'wrap'] as const;

/** One change of a JSON document; `at` says where, from 0 to 1 through all of its values. */
interface JsonChange {
  readonly at: number;
  readonly how: (typeof HOWS)[number];
  readonly other: number;
  readonly value: unknown;
  readonly key: string;
}

const fraction = fc.nat({ max: 9999 }).map((n) => n / 10_000);
const jsonChange: fc.Arbitrary<JsonChange> = fc.record({
  at: fraction,
  how: fc.constantFrom(...HOWS),
  other: fraction,
  value: weird,
  key: fc.constantFrom(...TEXTS, ...KEYS),
});

/** Changes of the text of a document. */
interface TextChange {
  readonly at: number;
  readonly length: number;
  readonly how: 'insert' | 'remove' | 'double' | 'cut' | 'crlf' | 'bom' | 'utf16' | 'flip';
  readonly text: string;
}

const TOKENS = [
  ...TEXTS,
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  '- ',
  '  ',
  '\t',
  '\n',
  '\n\n',
  '&a ',
  '*a',
  '<<: *a\n',
  '!Ref ',
  '!Sub |\n',
  '!!binary ',
  '!!js/function ',
  '? ',
  '---\n',
  '...\n',
  '%YAML 9.9\n',
  '# ',
  "'",
  '"\\u',
  '\\',
  '|',
  '>',
  '-----BEGIN ',
  '-----END ',
  'AAAA',
  '=',
  'ssh-rsa ',
] as const;

const textChange: fc.Arbitrary<TextChange> = fc.record({
  at: fraction,
  length: fc.constantFrom(1, 2, 7, 40, 400),
  how: fc.constantFrom('insert', 'insert', 'remove', 'double', 'cut', 'crlf', 'bom', 'utf16', 'flip'),
  text: fc.constantFrom<string>(...TOKENS),
});

/** Changes of a document that may be JSON: of its values, of its text, or both. */
export interface Changes {
  readonly json: readonly JsonChange[];
  readonly text: readonly TextChange[];
}

export const changes: fc.Arbitrary<Changes> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      json: fc.array(jsonChange, { minLength: 1, maxLength: 3 }),
      text: fc.constant([]),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      json: fc.constant([]),
      text: fc.array(textChange, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      json: fc.array(jsonChange, { minLength: 1, maxLength: 2 }),
      text: fc.array(textChange, { minLength: 1, maxLength: 2 }),
    }),
  },
);

/** The document with the changes made: bytes, since some of them are of bytes. */
export function changed(document: string, { json, text }: Changes): Buffer {
  const value = parsed(document);
  let result = document;
  if (value !== undefined && json.length > 0) {
    const root = { value };
    for (const change of json) changeJson(root, change);
    result = written(root.value);
  }
  return text.reduce(changeText, Buffer.from(result));
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

/** As `JSON.stringify`, which runs out of stack in deep values. */
function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    let depth = 0;
    let inner = value;
    const [open, close]: [string[], string[]] = [[], []];
    while (typeof inner === 'object' && inner !== null && depth < 100_000) {
      const [first] = Object.entries(inner);
      if (first === undefined) break;
      open.push(Array.isArray(inner) ? '[' : `{${JSON.stringify(first[0])}:`);
      close.push(Array.isArray(inner) ? ']' : '}');
      inner = first[1];
      depth += 1;
    }
    return `${open.join('')}"end"${close.reverse().join('')}`;
  }
}

interface Place {
  readonly parent: object;
  readonly key: string;
}

function placesIn(root: object): Place[] {
  const found: Place[] = [];
  const queue: object[] = [root];
  for (let parent = queue.shift(); parent !== undefined && found.length < 20_000; parent = queue.shift())
    for (const [key, value] of Object.entries(parent)) {
      found.push({ parent, key });
      if (typeof value === 'object' && value !== null) queue.push(value);
    }
  return found;
}

function changeJson(root: { value: unknown }, { at, how, other, value, key }: JsonChange): void {
  const places = placesIn(root);
  const place = places[Math.floor(at * places.length)];
  if (!place) return;
  const here = Object.getOwnPropertyDescriptor(place.parent, place.key)?.value;
  const set = (to: unknown) => withKey(place.parent, place.key, to);
  switch (how) {
    case 'replace':
      set(value);
      return;
    case 'wrap':
      set([here]);
      return;
    case 'remove':
      if (Array.isArray(place.parent)) place.parent.splice(Number(place.key), 1);
      else Reflect.deleteProperty(place.parent, place.key);
      return;
    case 'double':
      if (Array.isArray(place.parent)) place.parent.push(here);
      else withKey(place.parent, `${place.key}2`, here);
      return;
    case 'add':
      if (typeof here === 'object' && here !== null && !Array.isArray(here)) withKey(here, key, value);
      else if (Array.isArray(here)) here.push(value);
      return;
    case 'rename':
      if (Array.isArray(place.parent)) return;
      Reflect.deleteProperty(place.parent, place.key);
      withKey(place.parent, key, here);
      return;
    case 'move': {
      const from = places[Math.floor(other * places.length)];
      const taken = from && Object.getOwnPropertyDescriptor(from.parent, from.key)?.value;
      // A copy, so that no value contains itself.
      set(typeof taken === 'object' && taken !== null ? parsed(written(taken)) : taken);
    }
  }
}

function changeText(bytes: Buffer, { at, length, how, text }: TextChange): Buffer {
  const start = Math.floor(at * bytes.length);
  const [head, tail] = [bytes.subarray(0, start), bytes.subarray(start)];
  switch (how) {
    case 'insert':
      return Buffer.concat([head, Buffer.from(text), tail]);
    case 'remove':
      return Buffer.concat([head, tail.subarray(length)]);
    case 'double':
      return Buffer.concat([head, tail.subarray(0, length), tail]);
    case 'cut':
      return head;
    case 'crlf':
      return Buffer.from(bytes.toString('utf8').replace(/\r?\n/g, '\r\n'));
    case 'bom':
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    case 'utf16':
      return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bytes.toString('utf8'), 'utf16le')]);
    case 'flip':
      return Buffer.from(bytes.map((byte, i) => (i === start ? byte ^ (1 << (length % 8)) : byte)));
  }
}

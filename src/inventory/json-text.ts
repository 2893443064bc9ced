import { MOST_LEVELS, nestsDeeperThan } from './json-depth.ts';

/** An object as JSON and YAML have it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where JSON text stops being JSON. `line` and `column` count from 1. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly what: string;
}

/** The values of one text, read up to the first fault. */
export interface JsonDocuments {
  readonly documents: readonly unknown[];
  readonly fault:
    | (JsonFault & {
        /** Top-level keys seen in the value that is broken. */ readonly keys: readonly string[];
      })
    | null;
}

/**
 * Reads one JSON value, or several one after the other: the AWS CLI called in a loop with `>>` appends answer to answer.
 * `JSON.parse` of Node 20 names no position for most faults, so the text is walked again where it is not one plain value.
 */
export function readDocuments(text: string): JsonDocuments {
  const read = documentsIn(text);
  const deep = read.documents.find((document) => nestsDeeperThan(document));
  if (deep === undefined) return read;
  const what = `values are nested deeper than ${MOST_LEVELS} levels`;
  return {
    documents: [],
    fault: { line: 1, column: 1, what, keys: isObject(deep) ? Object.keys(deep) : [] },
  };
}

function documentsIn(text: string): JsonDocuments {
  try {
    return { documents: [JSON.parse(text)], fault: null };
  } catch {
    return walkDocuments(text);
  }
}

function walkDocuments(text: string): JsonDocuments {
  const documents: unknown[] = [];
  for (let at = skipSpace(text, 0); at < text.length || documents.length === 0; ) {
    const walked = walkValue(text, at);
    if ('what' in walked) {
      return { documents, fault: { ...position(text, walked.at), what: walked.what, keys: walked.keys } };
    }
    documents.push(JSON.parse(text.slice(at, walked.end)));
    at = skipSpace(text, walked.end);
  }
  return { documents, fault: null };
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings may not hold them.
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/;
const TOKEN = new RegExp(`[{}[\\],:]|true|false|null|${NUMBER.source}|${STRING.source}`, 'y');

function skipSpace(text: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(text);
  return SPACE.lastIndex;
}

type Walked =
  | { readonly end: number }
  | { readonly at: number; readonly what: string; readonly keys: readonly string[] };
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]';

/** RFC 8259, as a loop and not a recursion: a file of a million brackets must not end in a stack overflow. */
function walkValue(text: string, start: number): Walked {
  const open: string[] = [];
  const keys: string[] = [];
  let expected: Expected = 'value';
  for (let at = start; ; ) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined)
      return { at, what: at >= text.length ? 'the text ends too early' : `${expected} expected`, keys };
    const inside = open.at(-1);
    const isKey = token.startsWith('"') && expected.startsWith('key');
    const closes =
      (token === '}' && (expected === 'key or }' || expected === ', or }')) ||
      (token === ']' && (expected === 'value or ]' || expected === ', or ]'));
    const isComma = token === ',' && expected.startsWith(', or');
    const isValue = expected.startsWith('value') && !'}],:'.includes(token);
    if (isKey) {
      if (open.length === 1) keys.push(JSON.parse(token));
      expected = ':';
    } else if (token === ':' && expected === ':') expected = 'value';
    else if (isComma) expected = inside === '{' ? 'key' : 'value';
    else if (isValue && (token === '{' || token === '[')) {
      open.push(token);
      expected = token === '{' ? 'key or }' : 'value or ]';
    } else if (isValue || closes) {
      if (closes) open.pop();
      if (open.length === 0) return { end: at + token.length };
      expected = open.at(-1) === '{' ? ', or }' : ', or ]';
    } else return { at, what: `${expected} expected`, keys };
    at = skipSpace(text, at + token.length);
  }
}

function position(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

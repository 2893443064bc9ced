import type { Issue } from '../inventory/issue.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { eitherOf } from '../text/lists.ts';

/** What is wrong with a config, in the words of an Unable. */
interface ConfigFault {
  /** Its keys, outermost first. */
  readonly path: readonly string[];
  readonly message: string;
  readonly hint: string;
}

const SEE_SCHEMA = 'See `ec2-parity schema config` for the values of each setting.';

/**
 * One of zod's issues. An unknown key comes first: what is missing beside it is what it was meant to be.
 * @param settings The config as it was written.
 */
export function configFault(given: readonly Issue[], settings: unknown, schema: unknown): ConfigFault {
  const issues = given.map(withinUnion);
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown?.code === 'unrecognized_keys') {
    const [key = ''] = unknown.keys;
    const parent = unknown.path.map(String);
    const known = keysAt(schema, parent);
    const path = [...parent, key];
    return {
      path,
      message: `there is no setting "${path.join('.')}".`,
      hint: `${didYouMean(key, known)}${known.length > 0 ? `Known here: ${known.join(', ')}.` : SEE_SCHEMA}`,
    };
  }
  const [issue] = issues;
  const path = (issue?.path ?? []).map(String);
  const key = path.join('.') || 'the file';
  const words = issue ? wordsOf(issue) : [];
  const value = valueAt(settings, path);
  if (words.length > 0 && typeof value === 'string') {
    return {
      path,
      message: `${key} cannot be "${value}".`,
      hint: `${didYouMean(value, words)}It takes ${eitherOf(words)}.`,
    };
  }
  return { path, message: `${key}: ${issue?.message ?? 'invalid'}.`, hint: SEE_SCHEMA };
}

/** Where a value has one of several forms, what is wrong within the form that it was written in. */
function withinUnion(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const form = issue.errors.find(
    (errors) => errors.length > 0 && errors.every(({ path }) => path.length > 0),
  );
  const [inner] = form ?? [];
  return inner ? withinUnion({ ...inner, path: [...issue.path, ...inner.path] }) : issue;
}

/** The words that would have been accepted in the place, also where it may be something else than a word. */
function wordsOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.filter((value) => typeof value === 'string');
  if (issue.code !== 'invalid_union') return [];
  return [...new Set(issue.errors.flat().flatMap((one) => (one.path.length === 0 ? wordsOf(one) : [])))];
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** The settings that an object of the schema knows. */
function keysAt(schema: unknown, path: readonly string[]): string[] {
  const object = schema as {
    shape?: Record<string, unknown>;
    element?: unknown;
    unwrap?: () => unknown;
  };
  if (object.element !== undefined) return keysAt(object.element, path.slice(1));
  if (!object.shape) return object.unwrap ? keysAt(object.unwrap(), path) : [];
  const [first, ...rest] = path;
  return first === undefined
    ? Object.keys(object.shape).filter((key) => key !== '$schema')
    : keysAt(object.shape[first], rest);
}

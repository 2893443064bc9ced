import type { Document } from 'yaml';
import { repeatedKeyIn } from '../../cloudformation/repeated-key.ts';
import { nestsDeeper } from '../../cloudformation/yaml-depth.ts';
import { MOST_LEVELS } from '../../inventory/json-depth.ts';
import { repeatedKey } from '../../inventory/json-duplicates.ts';
import { isObject, type JsonObject, readDocuments } from '../../inventory/json-text.ts';
import { printable } from '../../text/printable.ts';
import { knownAnswers } from './kinds.ts';
import { answerOfRows } from './shapes.ts';

/**
 * How the answers of a file are written: whole, as the CLI prints them; or as rows without their top-level key: one list,
 * as `--query` writes it, or one row after the other, as `jq -c '.SecurityGroups[]'` writes them.
 */
export type Form = 'whole' | 'list' | 'rows';

/** What a text turned out to hold. */
export interface Contents {
  readonly answers: readonly JsonObject[];
  readonly form: Form;
  /** Our top-level keys whose rows are of another service. */
  readonly foreign: readonly string[];
  /** Whether there was a list of unknown rows. */
  readonly stripped: boolean;
  /** Where the text is broken, with the top-level keys seen there. */
  readonly fault: { readonly why: string; readonly keys: readonly string[] } | null;
}

/** Down to the fields of a row: an answer, its list, the row. JSON.parse drops the first of two equal keys without a word. */
const KEYS_CHECKED = 3;

export function jsonContents(text: string, fileName: string): Contents {
  const { documents, fault } = readDocuments(text);
  const repeated = fault ? null : repeatedKey(text, KEYS_CHECKED);
  if (repeated)
    return contentsOf([], fileName, {
      why: `"${printable(repeated.key, 80)}" is there twice in one object, the second time in line ${repeated.line}`,
      keys: documents.flatMap((document) => (isObject(document) ? Object.keys(document) : [])),
    });
  const why =
    fault && text.trim() === '' ? 'is empty' : `line ${fault?.line}, column ${fault?.column}: ${fault?.what}`;
  return contentsOf(documents, fileName, fault && { why, keys: fault.keys });
}

/** Null for a text that is no YAML with a mapping or a list in it. The reader of YAML is loaded for those who have some. */
export async function yamlContents(text: string, fileName: string): Promise<Contents | null> {
  const { parseAllDocuments, Parser } = await import('yaml');
  if (nestsDeeper([...new Parser().parse(text)], MOST_LEVELS))
    return contentsOf([], fileName, {
      why: `values are nested deeper than ${MOST_LEVELS} levels`,
      keys: keysIn(text),
    });
  const parsed = parseAllDocuments(text, { schema: 'core', logLevel: 'silent', uniqueKeys: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error) {
    const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 };
    return contentsOf([], fileName, { why: `line ${line}, column ${col}: not YAML`, keys: keysIn(text) });
  }
  if (documents.some((document) => repeatedKeyIn(document) !== null))
    return contentsOf([], fileName, { why: 'a key is there twice in one map', keys: keysIn(text) });
  const values = plainValues(documents);
  if (values === null)
    return contentsOf([], fileName, { why: 'its aliases repeat too many values', keys: keysIn(text) });
  if (!values.some((value) => isObject(value) || Array.isArray(value))) return null;
  // An incomplete text can be valid YAML; the CLI ends its last line.
  const cut = !text.endsWith('\n');
  const fault = cut ? { why: 'its last line does not end: the text is cut off', keys: keysIn(text) } : null;
  return contentsOf(values, fileName, fault);
}

/** Null where aliases of aliases would become more values than any answer has. */
function plainValues(documents: readonly Pick<Document, 'toJS'>[]): readonly unknown[] | null {
  try {
    return documents.map((document) => document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    if (error instanceof ReferenceError) return null;
    throw error;
  }
}

/** Keys that begin a line of a YAML answer. A CloudFormation template has `Parameters` too, and is no answer. */
function keysIn(text: string): string[] {
  const keys = [...text.matchAll(/^(?:- )?([A-Z][A-Za-z]+):/gm)].map(([, key]) => key ?? '');
  return keys.includes('Resources') || keys.includes('AWSTemplateFormatVersion') ? ['Resources'] : keys;
}

/** Whether a text begins as the CLI's YAML does. */
export function looksLikeYaml(head: string): boolean {
  return /^(?:\ufeff|\xef\xbb\xbf)?(?:---\s*\n)?(?:- )?[A-Z][A-Za-z]+:(?:[ \r\n]|$)/.test(head);
}

function contentsOf(documents: readonly unknown[], fileName: string, fault: Contents['fault']): Contents {
  // An array of whole answers is what `jq -s` makes of several, and what `--output yaml-stream` prints.
  const values = documents.flatMap((value) => (Array.isArray(value) ? value : [value])).filter(isObject);
  // A row can have a field that is called as an answer is: an instance has SecurityGroups.
  const wholes = values.filter((value) => answerOfRows([value]) === null);
  const known = wholes.map((value) => ({ value, ...knownAnswers(value, fileName) }));
  const answers = known.filter((one) => one.known.length > 0).map(({ value }) => value);
  const foreign = [...new Set(known.flatMap((one) => one.foreign))];
  const listed = documents.some(Array.isArray);
  const nothing = { answers, foreign, fault, form: 'whole', stripped: false } as const;
  if (answers.length > 0 || foreign.length > 0 || fault || documents.length === 0) return nothing;
  const cut = answerOfRows(documents.length === 1 || listed ? documents.flat() : documents);
  // run-instances answers with one reservation, not with a list of them.
  const isOneLaunch = documents.length === 1 && isObject(documents[0]) && cut?.Reservations !== undefined;
  if (cut === null || isOneLaunch) return { ...nothing, stripped: listed };
  return { ...nothing, answers: [cut], form: listed ? 'list' : 'rows' };
}

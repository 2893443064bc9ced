import { join } from 'node:path';
import { isObject, type JsonObject } from '../../inventory/json-text.ts';
import type { CliService } from '../../inventory/kinds.ts';
import type { FactService } from '../../inventory/launch-facts/kinds.ts';
import { shellWord } from '../../text/shell.ts';
import { ANSWER_KEYS, type AnswerKey, isAnswerKey } from './answer-keys.ts';
import { isForeign, isRecycled } from './shapes.ts';

export { type AnswerKey, isAnswerKey, tellsPlace } from './answer-keys.ts';

/** What else must be present with a key that other answers could have too. */
const COMPANIONS: Partial<Readonly<Record<AnswerKey, readonly string[]>>> = {
  UserId: ['Account', 'Arn'],
  LaunchPermissions: ['ImageId'],
  // ssm get-parameters; others, such as describe-parameters, hold no values
  Parameters: ['InvalidParameters'],
  // get-allowed-images-settings
  State: ['ManagedBy'],
};

/** Services with answers under the same keys; in a file's name they show whose an empty list is, which no row can. */
const OTHER_SERVICES =
  /(?<![a-z])(?:workspaces|appstream|opsworks|elasticache|redshift|fsx|ds|directory|memorydb|sagemaker|lightsail|rds|docdb|neptune|dax|medialive|mediaconnect|ecr|outposts|efs)(?![a-z])/i;

/** What the top-level keys of one JSON object turned out to be. */
export interface KnownAnswers {
  readonly known: readonly { readonly key: AnswerKey; readonly value: unknown }[];
  /** Our keys whose rows are of another service. */
  readonly foreign: readonly string[];
}

/** @param fileName Only decides whose an empty list is. */
export function knownAnswers(whole: JsonObject, fileName: string): KnownAnswers {
  const keys = Object.keys(whole);
  const named = keys
    .filter(isAnswerKey)
    .filter((key) => hasCompanions(key, whole) || (key === 'Parameters' && isByPath(whole[key])));
  const isOther = (key: AnswerKey) => {
    const value = whole[key];
    const empty = Array.isArray(value) && value.length === 0;
    return isForeign(key, value) || (empty && OTHER_SERVICES.test(fileName));
  };
  const inRecycleBin = (key: AnswerKey) => {
    const value = whole[key];
    const empty = Array.isArray(value) && value.length === 0;
    return isRecycled(value) || (empty && /recycle/i.test(fileName));
  };
  const foreign = named.filter((key) => isOther(key) || (key === 'Snapshots' && inRecycleBin(key)));
  return {
    known: named
      .filter((key) => !foreign.includes(key))
      .map((key) => ({
        key: key === 'Images' && inRecycleBin(key) ? 'ImagesInRecycleBin' : key,
        value: whole[key],
      })),
    foreign,
  };
}

/** Answers of which the key is the only one; many others have a field of that name. */
const ALONE: ReadonlySet<AnswerKey> = new Set(['KmsKeyId', 'AccountLevel']);

function hasCompanions(key: AnswerKey, whole: JsonObject): boolean {
  if (ALONE.has(key))
    return Object.keys(whole).every((other) => other === key || other === 'ResponseMetadata');
  return (COMPANIONS[key] ?? []).every((other) => Object.hasOwn(whole, other));
}

/** ssm get-parameters-by-path has no companion, but its rows have values. */
function isByPath(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (row) => isObject(row) && ['Name', 'Type', 'Value'].every((field) => typeof row[field] === 'string'),
    )
  );
}

/**
 * The key that a file's name points to, for a file whose text shows none. Names are a last resort and only ever used
 * to say what may be missing, never to read a file as something.
 */
export function keyOfName(name: string): AnswerKey | null {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  // The longest fits best: "ImageAncestryEntries" holds "Entries" too.
  const fitting = ANSWER_KEYS.filter((key) => key.length > 5 && plain.includes(key.toLowerCase()));
  const [best] = fitting.sort((a, b) => b.length - a.length);
  return best ?? (plain.includes('vpcs') ? 'Vpcs' : null);
}

/** What to do about an answer that a folder lacks: a sentence, and the command that saves the answer there. */
export interface Advice {
  readonly hint: string;
  readonly commands: { shell: string; does: string }[];
}

/** The command that saves an answer into the folder. `call`: with its options, each one a word of the shell. */
export function saving(
  { folder, region }: { readonly folder: { readonly path: string }; readonly region: string | null },
  file: string,
  call: string,
  service: CliService | FactService | 'sts' = 'ec2',
): Advice['commands'][number] {
  const where = region === null ? `"\${REGION:?the region of the folder}"` : shellWord(region);
  return {
    shell: `aws ${service} ${call} --region ${where} --output json > ${shellWord(join(folder.path, file))}`,
    does: `Save ${file}`,
  };
}

/** A name of a file that holds a name or an id from AWS: nothing in it refers to another folder. */
export function fileName(text: string): string {
  return text.replace(/[^\w.-]/g, '_');
}

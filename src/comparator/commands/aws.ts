import { capital } from '../../text/capital.ts';
import { isPlain, shellWord } from '../../text/shell.ts';
import { expanded, isExpanded, jsonWord, type ShellVariable, type Substitution } from './shell.ts';

/** A value that only the person knows: an environment variable, without which the shell refuses the command and says what it is. */
export interface Required {
  readonly required: string;
  readonly meaning: string;
}

/** What an option is given: text, a list of words, JSON, or what the shell puts in. */
export type Value =
  | string
  | readonly (string | ShellVariable | Substitution)[]
  | { readonly json: unknown }
  | ShellVariable
  | Substitution
  | Required
  | null;

/** `{'--image-id': 'ami-1', '--copy-image-tags': null}`: in the order in which they are to be written; null for a flag. */
export type Options = Readonly<Record<`--${string}`, Value>>;

/** An operation as the AWS CLI names it: "ec2 create-security-group". */
export type AwsOperation = `${'ec2' | 'ssm' | 'kms'} ${string}`;

/** One command of the AWS CLI in a region. */
export function awsCommand(operation: AwsOperation, region: string, options: Options = {}): string {
  return ['aws', operation, option('--region', region), optionWords(options)]
    .filter((w) => w !== '')
    .join(' ');
}

/**
 * Options as words of a shell. A text that the CLI or the shell would not take as it is goes into
 * `--cli-input-json`, where it is nothing but text: one with characters that are not shown as themselves, and one that
 * begins like a file or an address (`file://…`, `https://…`), which the CLI would replace by what it finds there.
 */
export function optionWords(options: Options): string {
  const entries = Object.entries(options) as [`--${string}`, Value][];
  const awkward = entries.filter(([, value]) => isAwkward(value));
  const plain = entries.filter(([, value]) => !isAwkward(value));
  const input = Object.fromEntries(awkward.map(([name, value]) => [memberName(name), value]));
  return [
    ...plain.map(([name, value]) => option(name, value)),
    ...(awkward.length > 0 ? [option('--cli-input-json', { json: input })] : []),
  ].join(' ');
}

/** What a command reads from the one before it in a pipe: bytes, or a text. */
const STDIN: readonly unknown[] = ['fileb:///dev/stdin', 'file:///dev/stdin'];

function isAwkward(value: Value): boolean {
  if (STDIN.includes(value)) return false;
  if (typeof value === 'string') return !isPlain(value) || /^(file|fileb|https?):\/\//i.test(value);
  return (
    Array.isArray(value) &&
    value.some((word) => typeof word === 'string' && (word.startsWith('-') || isAwkward(word)))
  );
}

/** `--key-name` is `KeyName` in the input of the operation. */
function memberName(name: string): string {
  return name.slice(2).split('-').map(capital).join('');
}

function option(name: string, value: Value): string {
  if (value === null) return name;
  if (typeof value === 'string')
    // The CLI takes a word that begins with a hyphen for another option, unless it is written in one with its own.
    return value.startsWith('-') ? `${name}=${shellWord(value)}` : `${name} ${shellWord(value)}`;
  if (isExpanded(value)) return `${name} ${expanded(value)}`;
  if ('required' in value) return `${name} "${requiredWord(value)}"`;
  if ('json' in value) return `${name} ${jsonWord(value.json)}`;
  return [name, ...value.map((word) => (isExpanded(word) ? expanded(word) : shellWord(word)))].join(' ');
}

/** `sg=$(aws …)`: the command, with what it prints kept in a shell variable for those after it. */
export function assign({ name }: ShellVariable, command: string): string {
  return `${name}=$(${command})`;
}

/** For use between double quotes: `${BUCKET:?an S3 bucket}`. */
export function requiredWord({ required, meaning }: Required): string {
  return `\${${required}:?${meaning.replace(/[^\w .,:/()-]/g, '')}}`;
}

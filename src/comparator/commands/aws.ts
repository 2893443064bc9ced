import { isPlain, shellWord } from '../../text/shell.ts';
import { jsonWord, ShellVariable } from './shell.ts';

/** A value that only the person knows: an environment variable, without which the shell refuses the command and says what it is. */
export interface Required {
  readonly required: string;
  readonly meaning: string;
}

/** What an option is given: text, a list of words, JSON, or what the shell puts in. */
export type Value =
  | string
  | readonly string[]
  | { readonly json: unknown }
  | ShellVariable
  | Required
  | { readonly substitution: string }
  | null;

/** `{'--image-id': 'ami-1', '--copy-image-tags': null}`: in the order in which they are to be written; null for a flag. */
export type Options = Readonly<Record<`--${string}`, Value>>;

/**
 * One command of the AWS CLI in a region. A text that the CLI or the shell would not take as it is goes into
 * `--cli-input-json`, where it is nothing but text: one with characters that are not shown as themselves, and one that
 * begins like a file or an address (`file://…`, `https://…`), which the CLI would replace by what it finds there.
 */
export function awsCommand(
  operation: `${'ec2' | 'ssm' | 'kms'} ${string}`,
  region: string,
  options: Options = {},
): string {
  const entries = Object.entries(options) as [`--${string}`, Value][];
  const awkward = entries.filter(([, value]) => isAwkward(value));
  const plain = entries.filter(([, value]) => !isAwkward(value));
  const input = Object.fromEntries(awkward.map(([name, value]) => [memberName(name), value]));
  return [
    `aws ${operation}`,
    option('--region', region),
    ...plain.map(([name, value]) => option(name, value)),
    ...(awkward.length > 0 ? [option('--cli-input-json', { json: input })] : []),
  ].join(' ');
}

/** What a command reads from the one before it in a pipe. */
const STDIN = 'fileb:///dev/stdin';

function isAwkward(value: Value): boolean {
  if (value === STDIN) return false;
  if (typeof value === 'string') return !isPlain(value) || /^(file|fileb|https?):\/\//i.test(value);
  return Array.isArray(value) && value.some((word) => word.startsWith('-') || isAwkward(word));
}

/** `--key-name` is `KeyName` in the input of the operation. */
function memberName(name: string): string {
  return name
    .slice(2)
    .split('-')
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');
}

function option(name: string, value: Value): string {
  if (value === null) return name;
  if (typeof value === 'string')
    // The CLI takes a word that begins with a hyphen for another option, unless it is written in one with its own.
    return value.startsWith('-') ? `${name}=${shellWord(value)}` : `${name} ${shellWord(value)}`;
  if (value instanceof ShellVariable) return `${name} "$${value.name}"`;
  if ('required' in value) return `${name} "${requiredWord(value)}"`;
  if ('substitution' in value) return `${name} "$(${value.substitution})"`;
  if ('json' in value) return `${name} ${jsonWord(value.json)}`;
  return [name, ...value.map(shellWord)].join(' ');
}

/** `sg=$(aws …)`: the command, with what it prints kept in a shell variable for those after it. */
export function assign({ name }: ShellVariable, command: string): string {
  return `${name}=$(${command})`;
}

/** For use between double quotes: `${BUCKET:?an S3 bucket}`. */
export function requiredWord({ required, meaning }: Required): string {
  return `\${${required}:?${meaning.replace(/[^\w .,:/()-]/g, '')}}`;
}

import type { Redactor } from './redactor.ts';
import { isPublic } from './typed.ts';

/**
 * A command line with its values replaced. What stays is what the tool writes: the program, the operation, the names of options, and the
 * words of the shell. It is not to be run; it shows what would be.
 */
export function redactedCommand(line: string, redactor: Redactor): string {
  return piecesOf(line)
    .map((piece) => (piece.quoted ? quoted(piece.text, redactor) : plain(piece.text, redactor)))
    .join('');
}

interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** Divides a line into what is between single quotation marks (several next to one another are one word) and the rest. */
function piecesOf(line: string): Piece[] {
  const parts = line.split(/((?:'[^']*'|\\')(?:'[^']*'|\\')*)/);
  return parts.map((text, i) => ({ text, quoted: i % 2 === 1 })).filter(({ text }) => text !== '');
}

function quoted(text: string, redactor: Redactor): string {
  const value = text.replace(/'([^']*)'|\\(')/g, (_, inner, mark) => inner ?? mark);
  return shellQuoted(redactedValue(value, redactor));
}

/** JSON is replaced value by value, a query of the AWS CLI stays, anything else is data. */
function redactedValue(value: string, redactor: Redactor): string {
  if (/^[[{]/.test(value)) {
    const json = parsed(value);
    // With a shell variable in it, it is the beginning or the end of JSON.
    if (json !== undefined) return JSON.stringify(inJson(json, redactor));
    if (isFragment(value)) return value.replace(STRING, (text) => JSON.stringify(inFragment(text, redactor)));
  }
  return isQuery(value) ? value : redactor.data(value);
}

const STRING = /"(?:[^"\\]|\\.)*"/g;

/** Whether nothing but punctuation and numbers of JSON is left of it without its strings. */
function isFragment(text: string): boolean {
  return /^[[\]{}:,"\d.-]*$/.test(text.replace(STRING, '').replace(/\b(?:true|false|null)\b/g, ''));
}

function inFragment(text: string, redactor: Redactor): string {
  const value = String(parsed(text) ?? text);
  return MEMBER.test(value) ? value : redactor.data(value);
}

/** Members of requests: "IpPermissions", "CidrIp". Their names are of AWS; with `--cli-input-json` too. */
const MEMBER = /^[A-Z][A-Za-z0-9]{1,40}$/;

/** Members whose values AWS enumerates, or the tool writes. */
const TERM_MEMBERS: ReadonlySet<string> = new Set([
  'IpProtocol',
  'ResourceType',
  'Name',
  'AddressFamily',
  'Encrypted',
  'VolumeType',
]);
const FILTERS = /^(?:tag:|group-name|image-id|name|owner-id|prefix-list-name|vpc-id|[a-z]+(?:-[a-z]+)+)$/;

function inJson(value: unknown, redactor: Redactor, member = ''): unknown {
  if (typeof value === 'string') {
    const isTerm =
      TERM_MEMBERS.has(member) && (member === 'Name' ? FILTERS.test(value) : /^[A-Za-z0-9-]+$/.test(value));
    return isTerm ? value : redactor.data(value);
  }
  if (Array.isArray(value)) return value.map((item) => inJson(item, redactor, member));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      MEMBER.test(key) ? key : redactor.data(key),
      inJson(item, redactor, key),
    ]),
  );
}

/** A path into an answer of the AWS CLI: "PrefixLists[0].Version". */
function isQuery(text: string): boolean {
  return /^[A-Z][A-Za-z]*(?:\[\d*\])?(?:\.[A-Z][A-Za-z0-9]*(?:\[\d*\])?)*$/.test(text) && /[.[]/.test(text);
}

/** Words outside quotation marks: an option's value is data unless it is one of the words of AWS and of the shell. */
function plain(text: string, redactor: Redactor): string {
  // `${BUCKET:?an S3 bucket}`: what the shell says where the person has not set the variable.
  return text
    .split(/(\$\{[A-Z_]+:\?[^}]*\})/)
    .map((part, i) =>
      i % 2 === 1
        ? part.replace(/:\?([^}]*)\}$/, (_, meaning) => `:?${redactor.text(meaning)}}`)
        : part.replace(/[^\s"'|;()$`]+/g, (word) => redactedWord(word, redactor)),
    )
    .join('');
}

const SHELL_WORDS: ReadonlySet<string> = new Set(
  `aws ec2 ssm kms iam s3 s3api autoscaling printf %s for in do done case esac if then else fi sleep break while try true false base64 jq && || \\
  *-in-progress) *) *-in-progress * text json IPv4 IPv6 String StringList aws:ec2:image fileb:///dev/stdin createVolumePermission launchPermission
  add remove Decrypt DescribeKey CreateGrant ReEncryptFrom`.split(/\s+/),
);

function redactedWord(word: string, redactor: Redactor): string {
  const known = redactor.names.known(word);
  if (known !== undefined) return known;
  if (SHELL_WORDS.has(word) || isPublic(word) || isQuery(word)) return word;
  // Options, numbers, variables of the tool, redirections.
  if (/^--[a-z][a-z0-9-]*$/.test(word) || /^\d{1,11}$/.test(word) || /^[<>&\d]+$/.test(word)) return word;
  if (/^(?:[a-z]+_\d+=?|shareable=?|snapshot)$/.test(word)) return word;
  const option = /^(--[a-z][a-z0-9-]*)=(.+)$/s.exec(word);
  if (option) return `${option[1]}=${redactor.data(option[2] ?? '')}`;
  return isOperation(word) ? word : redactor.data(word);
}

/** "describe-images": a verb of AWS and what it is done to. */
function isOperation(word: string): boolean {
  return (
    /^(?:accept|allocate|associate|authorize|copy|create|delete|deregister|describe|disable|disassociate|enable|export|get|import|list|modify|put|register|reset|restore|revoke|start|update|wait)-[a-z]+(?:-[a-z]+)*$/.test(
      word,
    ) || /^(?:wait|image-available|image-exists|snapshot-completed)$/.test(word)
  );
}

function shellQuoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

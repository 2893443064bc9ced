import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { compareText } from './order.ts';
import { DOMAIN_PATTERN, REGION_PATTERN } from './regions.ts';

/** What user data names of a region. Its text is never kept: it may hold secrets. */
export const userDataNamesSchema = z.strictObject({
  regions: z.array(z.string()).describe('Region names: "us-east-1".'),
  ids: z.array(z.string()).describe('Ids of EC2 objects: "sg-…", "ami-…".'),
  arns: z
    .array(z.string())
    .describe(
      'Of each ARN that names a region: "arn:aws:<service>:<region>:<account>", without the resource.',
    ),
  endpoints: z.array(z.string()).describe('Host names of AWS endpoints that name a region.'),
  readable: z.boolean().describe('False where it is not text that could be searched.'),
});
export type UserDataNames = z.infer<typeof userDataNamesSchema>;

/** User data is at most 16 KB before base64; what is packed may be larger, and is not unpacked without an end. */
const MOST_BYTES = 1 << 20;

const IDS =
  /\b(?:ami|sg|subnet|vpc|vol|snap|eni|igw|nat|rtb|acl|lt|eipalloc|vpce|pcx|tgw|pl|fs|fsmt|i|cr|h|key)-(?:[0-9a-f]{17}|[0-9a-f]{8})\b/g;

/** @param encoded User data as the APIs give it: base64. */
export function userDataNames(encoded: string): UserDataNames {
  const text = decoded(encoded);
  return text === null
    ? { regions: [], ids: [], arns: [], endpoints: [], readable: false }
    : namesInText([text, ...packedIn(text, 2)].join('\n'));
}

/** What a text names of a region. */
export function namesInText(text: string): UserDataNames {
  const arns = [
    ...text.matchAll(new RegExp(`arn:aws[a-z-]*:([a-z0-9-]+):(${REGION_PATTERN}):(\\d{12}|)`, 'g')),
  ];
  const hosts = text.match(
    new RegExp(`\\b[a-z0-9.-]*\\b${REGION_PATTERN}\\.[a-z0-9.-]*(?:${DOMAIN_PATTERN})`, 'gi'),
  );
  return {
    regions: sorted(text.match(new RegExp(`(?<![a-z0-9-])${REGION_PATTERN}(?![0-9])`, 'g')) ?? []),
    ids: sorted(text.match(IDS) ?? []),
    arns: sorted(arns.map(([whole]) => whole)),
    endpoints: sorted((hosts ?? []).map((host) => host.toLowerCase())),
    readable: true,
  };
}

function decoded(encoded: string): string | null {
  const unpacked = unpackedBytes(encoded);
  if (unpacked === null || unpacked.includes(0)) return null;
  return unpacked.subarray(0, MOST_BYTES).toString('utf8');
}

function unpackedBytes(encoded: string): Buffer | null {
  const bytes = Buffer.from(encoded, 'base64');
  // cloud-init takes gzip as well.
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipped(bytes) : bytes;
}

/** Base64 of at least 32 characters, in one line or several. */
const BASE64 =
  /(?<![\w+/])(?:[A-Za-z0-9+/]{4}(?:\r?\n[ \t]*)?){8,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/g;

/**
 * The texts that are packed in a text: parts of a MIME message with "Content-Transfer-Encoding: base64", "write_files" of
 * cloud-config with "encoding: b64" or "gz+b64", commands of PowerShell (UTF-16). What is no text when it is decoded was no base64.
 */
function packedIn(text: string, depth: number): string[] {
  if (depth === 0) return [];
  let left = MOST_BYTES;
  return [...text.matchAll(BASE64)].flatMap(([block]) => {
    const bytes = left > 0 ? unpackedBytes(block) : null;
    const inner = bytes && textIn(bytes.subarray(0, left));
    if (inner === null) return [];
    left -= inner.length;
    return [inner, ...packedIn(inner, depth - 1)];
  });
}

/** Null for bytes that are no text. */
function textIn(bytes: Buffer): string | null {
  const text = bytes.toString(bytes.includes(0) ? 'utf16le' : 'utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what shows that it is no text.
  return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/.test(text) ? null : text;
}

function gunzipped(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    return null; // not gzip after all, or too large
  }
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}

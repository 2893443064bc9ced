import { constants } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** The longest text Node can hold, about 512 MiB: what a small .gz that unpacks to terabytes is cut off at. */
export const MAX_TEXT_BYTES = constants.MAX_STRING_LENGTH;

/** The larger part of the time of reading a small file is that of the turns of the event loop. */
const SMALL_BYTES = 1_000_000;

/** A file that cannot be had as text. The message says why in words that follow the file's name. */
export class UnreadableText extends Error {
  override name = 'UnreadableText';
}

/**
 * A text file, gzipped or not, in UTF-8 or in the UTF-16 that PowerShell's `>` writes. Known by its first bytes and
 * not by its name: a browser unpacks a `.gz` on the way and leaves the name.
 * @throws UnreadableText
 */
export async function readTextFile(path: string, limit = MAX_TEXT_BYTES): Promise<string> {
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw new UnreadableText('is a folder');
    // A pipe or a terminal would be waited on for ever.
    if (!found.isFile()) throw new UnreadableText('is not a regular file');
    if (found.size > limit) throw tooLarge(limit);
    return decode(await unpack(found.size <= SMALL_BYTES ? readFileSync(path) : await readFile(path), limit));
  } catch (error) {
    if (error instanceof UnreadableText) throw error;
    throw new UnreadableText(describe(error as NodeJS.ErrnoException), { cause: error });
  }
}

/** Whether `readTextFile` has something to undo before the bytes are plain text. */
export function isPackedOrUtf16(bytes: Uint8Array): boolean {
  return isGzip(bytes) || encodingOf(bytes) !== 'utf-8';
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

async function unpack(bytes: Buffer, limit: number): Promise<Buffer> {
  if (!isGzip(bytes)) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: limit });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    throw new UnreadableText(
      code === 'Z_BUF_ERROR' ? 'is incomplete gzip data' : `is damaged gzip data (${message})`,
    );
  }
}

function decode(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    // `TextDecoder` takes the byte order mark away; `fatal` keeps a wrong encoding from passing as replacement characters.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableText(`is not ${encoding.toUpperCase()} text`);
  }
}

function tooLarge(limit: number): UnreadableText {
  return new UnreadableText(`contains more than ${Math.floor(limit / 2 ** 20)} MiB of text`);
}

function describe(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user';
    case 'ELOOP':
      return 'is a symbolic link that points to itself';
    default:
      return `answers: ${error.message}`;
  }
}

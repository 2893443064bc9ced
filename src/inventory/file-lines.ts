import { isAscii, isUtf8 } from 'node:buffer';
import { open, readFile, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { isGzip, MAX_TEXT_BYTES, UnreadableText } from './text-file.ts';

const CHUNK = 2 ** 20;
/** A stack's template has at most 1 MB. */
const LONGEST_LINE = 2 ** 25;
const LINE = 0x0a;

/**
 * The lines of a regular file in UTF-8, gzipped or not, without holding its text. In lists, since a step of a loop over
 * promises costs more than a line.
 * @throws UnreadableText or the error of Node for what cannot be read so: another encoding, a very long line, a folder.
 */
export async function* fileLines(path: string): AsyncGenerator<readonly string[]> {
  let total = 0;
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of chunksOf(path)) {
    total += chunk.length;
    const [first, last] = [chunk.indexOf(LINE), chunk.lastIndexOf(LINE)];
    if (total > MAX_TEXT_BYTES || rest.length > LONGEST_LINE) throw new UnreadableText('is too long');
    if (first < 0) rest = Buffer.concat([rest, chunk]);
    else {
      // Only the line that began in an earlier chunk is joined.
      const lines = linesOf(Buffer.concat([rest, chunk.subarray(0, first)]));
      yield last === first ? lines : [...lines, ...linesOf(chunk.subarray(first + 1, last))];
      rest = Buffer.from(chunk.subarray(last + 1));
    }
  }
  yield linesOf(Buffer.from(rest));
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  // To open a pipe would wait until something is written into it.
  if (!(await stat(path)).isFile()) throw new UnreadableText('is not a regular file');
  const file = await open(path);
  try {
    const start = Buffer.alloc(2);
    await file.read(start, 0, 2, 0);
    if (isGzip(start)) {
      const gunzip = createGunzip({ chunkSize: CHUNK });
      gunzip.end(await readFile(path));
      yield* gunzip;
      return;
    }
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK, null);
      if (bytesRead === 0) return;
      yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function linesOf(bytes: Buffer): string[] {
  const plain = isAscii(bytes);
  if (!plain && !isUtf8(bytes)) throw new UnreadableText('is not UTF-8 text');
  const lines: string[] = [];
  for (let at = 0; at <= bytes.length; ) {
    const end = bytes.indexOf(LINE, at);
    const stop = end < 0 ? bytes.length : end;
    // Each a separate text: a part of a longer one keeps all of that in memory.
    lines.push(bytes.toString(plain ? 'latin1' : 'utf8', at, stop));
    at = stop + 1;
  }
  return lines;
}

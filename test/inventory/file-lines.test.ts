import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileLines } from '../../src/inventory/file-lines.ts';
import { storeFiles } from './store-kit.ts';

const { file, folder } = storeFiles();

async function linesOf(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const some of fileLines(path)) lines.push(...some);
  return lines;
}

describe('the lines of a file', () => {
  it('are those of its text, plain or gzipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.boolean(), async (text, packed) => {
        const bytes = Buffer.from(text);
        const expected = bytes.toString().split('\n');
        expect(await linesOf(await file('lines', packed ? gzipSync(bytes) : bytes))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('are whole where a part that is read ends inside of one, or inside of a character', async () => {
    const text = Array.from({ length: 5 }, (_, n) => `${n}${'ü€😀'.repeat(60_000 + n)}`).join('\n');
    for (const bytes of [Buffer.from(text), gzipSync(text)])
      expect((await linesOf(await file('long', bytes))).join('\n') === text).toBe(true);
  });

  it.each<[string, Uint8Array]>([
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0x0a])],
    ['a gzip file that is incomplete', gzipSync('{}\n'.repeat(1000)).subarray(0, 20)],
    ['a line beyond any item', Buffer.alloc(40 * 2 ** 20, 'a')],
  ])('are refused: %s', async (_, bytes) => {
    await expect(linesOf(await file('wrong', bytes))).rejects.toThrow();
  });

  it('are refused for what is no regular file', async () => {
    await expect(linesOf(folder)).rejects.toThrow('not a regular file');
    await expect(linesOf('/dev/zero')).rejects.toThrow('not a regular file');
    await expect(linesOf(`${folder}/missing`)).rejects.toThrow('ENOENT');
  });
});

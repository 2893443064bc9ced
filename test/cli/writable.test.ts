import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuseUnwritable } from '../../src/cli/writable.ts';
import { writeWholeFiles } from '../../src/inventory/write-file.ts';

let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ec2-parity-writable-'));
  mkdirSync(at('dumps', 'older'), { recursive: true });
  writeFileSync(at('source.json'), '{}');
  writeFileSync(at('dumps', 'images.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('an output is refused', () => {
  it('where it is an input, by whatever path', async () => {
    symlinkSync(at('source.json'), at('link.json'));
    symlinkSync(folder, at('here'));
    linkSync(at('source.json'), at('hard.json'));
    const inputs = [at('source.json')];
    await expect(refuseUnwritable([at('source.json')], 'report', inputs)).rejects.toThrow(
      'it is read in this run',
    );
    for (const path of [at('link.json'), at('here', 'source.json'), at('hard.json')]) {
      await expect(refuseUnwritable([path], 'report', inputs)).rejects.toThrow(
        `cannot be written to ${path}: it is the same file as ${at('source.json')}, which is read in this run`,
      );
    }
  });

  it('where the input is the link and the output its file', async () => {
    symlinkSync(at('source.json'), at('link.json'));
    await expect(refuseUnwritable([at('source.json')], 'report', [at('link.json')])).rejects.toThrow(
      'the same file',
    );
  });

  it('among the files of a folder that is read, new or old, also through a link to the folder', async () => {
    symlinkSync(at('dumps'), at('side'));
    for (const path of [at('dumps', 'report.json'), at('dumps', 'images.json'), at('side', 'report.json')]) {
      await expect(refuseUnwritable([path], 'report', [at('dumps')])).rejects.toThrow(
        `the files of ${at('dumps')} are read in this run`,
      );
    }
    await expect(refuseUnwritable([at('side', 'a.json')], 'report', [at('side')])).rejects.toThrow(
      'the files of',
    );
  });
});

it('an output beside the inputs, in a folder of theirs that is not read, or to a device is taken', async () => {
  const inputs = [at('source.json'), at('dumps'), '-'];
  const paths = [
    at('report.json'),
    at('new', 'deep', 'r.json'),
    at('dumps', 'older', 'report.json'),
    '/dev/null',
  ];
  await expect(refuseUnwritable(paths, 'report', inputs)).resolves.toBeUndefined();
  expect(readdirSync(folder).sort()).toEqual(['dumps', 'source.json']);
});

describe('of several outputs', () => {
  it('all are written', async () => {
    await writeWholeFiles(
      [
        { path: at('a'), data: 'A' },
        { path: at('b', 'c'), data: 'B' },
        { path: '/dev/null', data: 'x' },
      ],
      'report',
    );
    expect([readFileSync(at('a'), 'utf8'), readFileSync(at('b', 'c'), 'utf8')]).toEqual(['A', 'B']);
    await writeWholeFiles([], 'report');
  });

  it.each([0, 1, 2])(
    'none is written, and none stays half-written, where number %d cannot be',
    async (bad) => {
      writeFileSync(at('a'), 'former');
      const paths = [at('a'), at('b'), at('c')];
      const files = paths.map((path, index) => ({
        path: index === bad ? at('source.json', 'x') : path,
        data: 'new',
      }));
      await expect(writeWholeFiles(files, 'report')).rejects.toThrow(
        `The report cannot be written to ${at('source.json', 'x')}: a part of the path is a file`,
      );
      expect(readdirSync(folder).sort()).toEqual(['a', 'dumps', 'source.json']);
      expect(readFileSync(at('a'), 'utf8')).toBe('former');
    },
  );
});

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Temporary } from '../../src/inventory/temporary-files.ts';
import {
  isUnderWay,
  nothingUnderWay,
  writeWholeFile,
  writeWholeFiles,
} from '../../src/inventory/write-file.ts';
import { temporaryFolder } from '../cli/kit/run.ts';

const folder = temporaryFolder();
const emptyFolder = () => mkdtempSync(join(folder, 'out-'));

describe('a file that is written', () => {
  it('keeps the mode of the one that it replaces', async () => {
    const path = join(emptyFolder(), 'report.json');
    writeFileSync(path, 'former');
    chmodSync(path, 0o640);
    await writeWholeFile(path, 'new', 'report');
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['new', 0o640]);
  });

  it('takes the place of the file that a symbolic link leads to, and the link stays', async () => {
    const [one, other] = [emptyFolder(), emptyFolder()];
    writeFileSync(join(other, 'real.json'), 'former');
    symlinkSync(join(other, 'real.json'), join(one, 'link.json'));
    await writeWholeFile(join(one, 'link.json'), 'new', 'report');
    expect([readdirSync(one), readdirSync(other)]).toEqual([['link.json'], ['real.json']]);
    expect(readFileSync(join(other, 'real.json'), 'utf8')).toBe('new');
    expect(statSync(join(one, 'link.json')).ino).toBe(statSync(join(other, 'real.json')).ino);
  });

  it('is known to be under way until it is in its place', async () => {
    const path = join(emptyFolder(), 'large.txt');
    const writing = writeWholeFile(path, 'x'.repeat(1e6), 'report');
    expect(isUnderWay()).toBe(true);
    await nothingUnderWay();
    expect([isUnderWay(), readFileSync(path).length]).toEqual([false, 1e6]);
    await writing;
  });

  it('never has the same temporary name twice, not even in two processes with one number', () => {
    const all = Array.from({ length: 1000 }, () => new Temporary('/nowhere'));
    expect(new Set(all.map(({ path }) => path)).size).toBe(1000);
  });
});

describe('a temporary file of a run that was killed', () => {
  /** A process that has ended. */
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  const HOUR = 3_600_000;

  /** A file as a run names it, made so many milliseconds ago. */
  function left(into: string, { host = own(), pid = ended, age = 0, suffix = '.tmp' } = {}): string {
    const name = `.ec2-parity-${host}-${pid}-0123456789abcdef${suffix}`;
    writeFileSync(join(into, name), 'half');
    const time = (Date.now() - age) / 1000;
    utimesSync(join(into, name), time, time);
    return name;
  }
  const own = () => new Temporary('/nowhere').path.split('-')[2] ?? '';

  it.each([
    ['of a process of this machine that has ended', {}, false],
    ['of this process', { pid: process.pid }, true],
    ['of a process of another user, which is known to exist', { pid: 1 }, true],
    ['of another machine, an hour ago', { host: '00000000', age: HOUR + 60_000 }, false],
    ['of another machine, just now: it may be written at this moment', { host: '00000000' }, true],
    ['whose number was given to another process since', { pid: process.pid, age: HOUR + 60_000 }, false],
    ['or a file that only looks like one', { suffix: '.tmp.txt' }, true],
  ])('%s', async (_, how, stays) => {
    const into = emptyFolder();
    const name = left(into, how);
    await writeWholeFile(join(into, 'report.json'), '{}', 'report');
    expect(readdirSync(into).sort()).toEqual(stays ? [name, 'report.json'] : ['report.json']);
  });

  it('is also removed where a link leads to its folder, and where the new file cannot be written', async () => {
    const [into, linked] = [emptyFolder(), emptyFolder()];
    writeFileSync(join(into, 'report.json'), 'former');
    symlinkSync(join(into, 'report.json'), join(linked, 'r.json'));
    left(into);
    await writeWholeFile(join(linked, 'r.json'), '{}', 'report');
    expect(readdirSync(into)).toEqual(['report.json']);
    left(into);
    const files = [
      { path: join(into, 'report.json'), data: 'new' },
      { path: into, data: 'a folder is there' },
    ];
    await expect(writeWholeFiles(files, 'report')).rejects.toThrow('it is a folder');
    expect([readdirSync(into), readFileSync(join(into, 'report.json'), 'utf8')]).toEqual([
      ['report.json'],
      '{}',
    ]);
  });
});

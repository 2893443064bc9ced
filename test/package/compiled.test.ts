import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from './kit.ts';

const base = mkdtempSync(join(tmpdir(), 'ec2-parity-compiled-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let folder: string;
let main: string;
let kept: string;
let count = 0;

const LOADER = join(ROOT, 'bin/compiled.cjs');

/** A process that runs the module with the file of compiled code. */
function run(env: NodeJS.ProcessEnv = {}) {
  const script = `const { runCompiled } = require(${JSON.stringify(LOADER)}); runCompiled(${JSON.stringify(main)}, ${JSON.stringify(kept)});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

/** What it says is to be the same, whatever the state of the file. */
const RIGHT = { status: 0, stdout: 'one 2 /\n', stderr: '' };
/** A time that no run leaves. */
const LONG_AGO = new Date('2001-01-01T00:00:00Z');
const wasReplaced = () => statSync(kept).mtimeMs !== LONG_AGO.getTime();

beforeEach(() => {
  folder = join(base, String(++count));
  main = join(folder, 'lib/main.cjs');
  kept = join(folder, 'cache/compiled/x.bin');
  mkdirSync(dirname(main), { recursive: true });
  writeFileSync(
    main,
    "const { one } = require('./one.cjs');\nconst { sep } = require('node:path');\nconst { two } = require('../two.cjs');\nconsole.log(one(), two, sep);\n",
  );
  writeFileSync(join(folder, 'lib/one.cjs'), "exports.one = () => 'one';\n");
  writeFileSync(join(folder, 'two.cjs'), 'exports.two = 2;\n');
});

/** A first run, whose file is then made to look old. */
function keep(): void {
  expect(run()).toEqual(RIGHT);
  utimesSync(kept, LONG_AGO, LONG_AGO);
}

describe('modules whose compiled code is kept', () => {
  it('run as others do, and the next run uses the code', () => {
    keep();
    expect(run()).toEqual(RIGHT);
    expect(wasReplaced()).toBe(false);
  });

  it('leave a file that only the user can write', () => {
    keep();
    expect([statSync(kept), statSync(dirname(kept))].map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o700]);
    expect(readdirSync(dirname(kept))).toEqual(['x.bin']);
  });

  it('are compiled again where one of them changed', () => {
    keep();
    writeFileSync(join(folder, 'lib/one.cjs'), "exports.one = () => 'three';\n");
    expect(run()).toEqual({ ...RIGHT, stdout: 'three 2 /\n' });
    expect(wasReplaced()).toBe(true);
  });

  const whole = () => readFileSync(kept);
  it.each<[string, () => Uint8Array]>([
    ['empty', () => new Uint8Array()],
    ['cut off', () => whole().subarray(0, whole().length - 100)],
    ['without its code', () => whole().subarray(0, 40)],
    ['changed in the digest', () => changed(3)],
    ['changed in the length of the list', () => changed(33)],
    ['changed in the list', () => changed(40)],
    ['changed in the code', () => changed(whole().length - 200)],
  ])('run where the file is %s, and replace it', (_, content) => {
    keep();
    writeFileSync(kept, content());
    utimesSync(kept, LONG_AGO, LONG_AGO);
    expect(run()).toEqual(RIGHT);
    expect(wasReplaced()).toBe(true);
  });

  it.skipIf(process.platform === 'win32').each<[string, () => void]>([
    ['others can write the file', () => chmodSync(kept, 0o620)],
    ['others can write the folder', () => chmodSync(dirname(kept), 0o770)],
    [
      'the file is a link',
      () => {
        renameSync(kept, join(folder, 'elsewhere'));
        symlinkSync(join(folder, 'elsewhere'), kept);
      },
    ],
  ])('do not use the code where %s', (_, expose) => {
    keep();
    // Code of a module that does not exist: to use it would show.
    const other = readFileSync(join(folder, 'lib/one.cjs'), 'utf8').replace("one'", "two'");
    writeFileSync(join(folder, 'lib/one.cjs'), other);
    rmSync(kept);
    expect(run().stdout).toBe('two 2 /\n');
    writeFileSync(join(folder, 'lib/one.cjs'), other.replace("two'", "one'"));
    expose();
    expect(run()).toEqual(RIGHT);
  });

  it('run where nothing can be written, and leave nothing', () => {
    mkdirSync(join(folder, 'cache'));
    writeFileSync(join(folder, 'cache/compiled'), 'a file');
    expect(run()).toEqual(RIGHT);
    expect(readdirSync(join(folder, 'cache'))).toEqual(['compiled']);
  });

  it('remove the oldest of many files', () => {
    mkdirSync(dirname(kept), { recursive: true, mode: 0o700 });
    for (let n = 1; n <= 9; n++) {
      writeFileSync(join(dirname(kept), `${n}.bin`), '');
      utimesSync(join(dirname(kept), `${n}.bin`), new Date(n), new Date(n));
    }
    expect(run()).toEqual(RIGHT);
    expect(readdirSync(dirname(kept)).sort()).toEqual(['6.bin', '7.bin', '8.bin', '9.bin', 'x.bin']);
  });

  it('fail as others do, with the place of the fault', () => {
    writeFileSync(join(folder, 'lib/one.cjs'), '\n  undefined.one;\n');
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain(`${join(folder, 'lib/one.cjs')}:2:13`);
    writeFileSync(join(folder, 'lib/one.cjs'), 'undefined.one;\n');
    expect(run().stderr).toContain(`${join(folder, 'lib/one.cjs')}:1:11`);
  });
});

describe('the file for the compiled code', () => {
  const place = (env: NodeJS.ProcessEnv, args: readonly string[] = []) =>
    spawnSync(
      process.execPath,
      [...args, '-p', `require(${JSON.stringify(LOADER)}).keptFor(${JSON.stringify(main)})`],
      { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder, ...env } },
    ).stdout.trim();

  it('is below the folder for caches', () => {
    expect(dirname(place({}))).toBe(join(folder, '.cache/ec2-parity/compiled'));
    expect(dirname(place({ XDG_CACHE_HOME: '/x' }))).toBe('/x/ec2-parity/compiled');
  });

  it('is another one for another build and for other options of Node.js', () => {
    const first = place({});
    expect(place({})).toBe(first);
    expect(place({}, ['--no-opt'])).not.toBe(first);
    writeFileSync(main, readFileSync(main, 'utf8').replace('one()', 'one(1)'));
    expect(place({})).not.toBe(first);
  });

  it.each<[string, NodeJS.ProcessEnv, readonly string[]]>([
    ['NODE_DISABLE_COMPILE_CACHE', { NODE_DISABLE_COMPILE_CACHE: '1' }, []],
    ['coverage', { NODE_V8_COVERAGE: join(base, 'coverage') }, []],
    ['source maps', {}, ['--enable-source-maps']],
    ['no folder that is known', { HOME: '', XDG_CACHE_HOME: 'relative' }, []],
  ])('is none: %s', (_, env, args) => {
    expect(place(env, args)).toBe('undefined');
    expect(existsSync(join(folder, '.cache'))).toBe(false);
  });
});

/** The file with one other byte. */
function changed(at: number): Uint8Array {
  const bytes = Uint8Array.from(readFileSync(kept));
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  return bytes;
}

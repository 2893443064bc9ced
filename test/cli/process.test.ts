import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeDumps, writeEstate } from './kit/estate.ts';
import { installedTool, modulesOf, ownTool, runProcess, start } from './kit/process.ts';
import { cleanEnvironment, filesBelow, temporaryFolder } from './kit/run.ts';

let main: string;
const folder = temporaryFolder();
const estate = writeEstate(folder);
const MANY = 12_000;
beforeAll(() => {
  main = installedTool().main;
  const groups = Array.from({ length: MANY }, (_, i) => `group-${i}`);
  writeDumps(join(folder, 'many', 'us-east-1'), { region: 'us-east-1', groups });
}, 120_000);
const many = join(folder, 'many', 'us-east-1');

describe('a pipe', () => {
  /** Reads a little, waits, reads on: the pipe is full most of the time. */
  async function slowly(args: readonly string[]) {
    const child = start(main, args, { cwd: folder });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    let text = '';
    child.stderr.resume();
    child.stdout.setEncoding('utf8');
    for await (const chunk of child.stdout) {
      text += chunk;
      if (text.length < 2_000_000) await delay(5);
    }
    return { code: await ended, text };
  }

  test.each([
    [1, []],
    [0, ['--fail-on', 'none']],
  ])(
    '10 MB of JSON arrive whole with exit code %i',
    async (code, options) => {
      const { code: got, text } = await slowly(['audit', many, estate.same, '-o', 'json', ...options]);
      expect(text.length).toBeGreaterThan(10_000_000);
      expect(JSON.parse(text).pairs.length).toBeGreaterThan(MANY);
      expect(got).toBe(code);
    },
    60_000,
  );

  test('10 MB of JSON arrive whole with exit code 3', async () => {
    const { code, text } = await slowly(['audit', many, estate.unread, '-o', 'json', '--fail-on', 'none']);
    expect(JSON.parse(text).pairs.length).toBeGreaterThan(MANY);
    expect(code).toBe(3);
  }, 60_000);

  test('closed by its reader (| head) ends the run quietly', async () => {
    const child = start(main, ['audit', many, estate.same, '-o', 'json', '--quiet'], { cwd: folder });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  }, 60_000);

  test.runIf(process.platform === 'linux')(
    'a full disk behind stdout is an error, and no crash',
    async () => {
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, [main, 'iam-policy'], {
        env: cleanEnvironment(),
        stdio: ['ignore', full, 'pipe'],
      });
      let stderr = '';
      child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
        stderr += chunk;
      });
      const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: Standard output cannot be written: ENOSPC.+\nhint: .+\n$/);
    },
  );
});

describe('colour and width', () => {
  const terminal = (env: Record<string, string>, options: readonly string[] = []) =>
    runProcess(main, ['audit', estate.source, estate.different, '-o', 'terminal', ...options], {
      cwd: folder,
      env,
    }).then(({ stdout }) => stdout);
  const coloured = (text: string) => text.includes('\x1b[');

  test('a pipe gets none, in CI too; FORCE_COLOR asks for it; NO_COLOR and --no-color win', async () => {
    expect(coloured(await terminal({}))).toBe(false);
    expect(coloured(await terminal({ CI: 'true' }))).toBe(false);
    expect(coloured(await terminal({ FORCE_COLOR: '1' }))).toBe(true);
    expect(coloured(await terminal({ FORCE_COLOR: '1', NO_COLOR: '1' }))).toBe(false);
    expect(coloured(await terminal({ FORCE_COLOR: '1' }, ['--no-color']))).toBe(false);
    expect(coloured(await terminal({ FORCE_COLOR: '1', EC2_PARITY_NO_COLOR: '1' }))).toBe(false);
  });

  test('a report in a file has none', async () => {
    await runProcess(main, ['audit', estate.source, estate.different, '-o', 'terminal=r.txt'], {
      cwd: folder,
      env: { FORCE_COLOR: '1' },
    });
    expect(coloured(readFileSync(join(folder, 'r.txt'), 'utf8'))).toBe(false);
  });

  test('without a terminal the width is COLUMNS, else 80', async () => {
    // A command is on a line of its own that is never broken.
    const wrapped = (line: string) => !/^ *(aws|printf) /.test(line);
    const widest = (text: string) =>
      Math.max(
        ...text
          .split('\n')
          .filter(wrapped)
          .map((line) => line.length),
      );
    const usual = widest(await terminal({}));
    expect(usual).toBeLessThanOrEqual(80);
    expect(usual).toBeGreaterThan(60);
    expect(widest(await terminal({ COLUMNS: '60' }))).toBeLessThanOrEqual(60);
    expect(widest(await terminal({ COLUMNS: 'wide' }))).toBeLessThanOrEqual(80);
  });
});

describe('what is loaded', () => {
  test('file-to-file work never loads the SDK', async () => {
    const { code, modules: loaded } = await modulesOf(main, ['audit', estate.source, estate.same]);
    expect(code).toBe(0);
    expect(loaded).toContain('comparator/compare.js');
    expect(loaded).not.toContain('@aws-sdk');
    expect(loaded).not.toContain('@smithy');
  });

  test('JSON needs no template engine, and the version no schema library', async () => {
    expect(
      (await modulesOf(main, ['audit', estate.source, estate.same, '-o', 'json'])).modules,
    ).not.toContain('/handlebars/');
    expect((await modulesOf(main, ['--version'])).modules).not.toContain('/zod/');
    expect((await modulesOf(main, ['iam-policy'])).modules).not.toContain('/zod/');
  });
});

test('a defect of the tool says so, with its stack and code 2, and leaves nothing half done', async () => {
  const { home, main: broken } = ownTool(mkdtempSync(join(folder, 'tool-')));
  unlinkSync(join(home, 'templates'));
  const cwd = mkdtempSync(join(folder, 'run-'));
  const { code, stdout, stderr } = await runProcess(broken, ['audit', estate.source, estate.same], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^error: a defect of ec2-parity \d+\.\d+\.\d+: .+\nhint: Report it.+\nError: .+\n +at /,
  );
  expect(filesBelow(cwd)).toEqual([]);
});

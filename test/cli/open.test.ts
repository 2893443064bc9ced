import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/cli/command.ts';
import { notOpened, opener, openFile } from '../../src/cli/open.ts';
import { writeEstate } from './kit/estate.ts';
import { run, temporaryFolder } from './kit/run.ts';

const estate = writeEstate(temporaryFolder());

describe('the program that opens a file', () => {
  const path = '/tmp/a "b" $(c) & d.html';
  test.each([
    ['linux', 'xdg-open'],
    ['freebsd', 'xdg-open'],
    ['darwin', 'open'],
    ['win32', 'rundll32.exe'],
  ] as const)('on %s is %s, and has the path as one argument', (platform, program) => {
    const command = opener(platform, path);
    expect(command[0]).toBe(program);
    expect(command.at(-1)).toBe(path);
  });
});

/** A run on a terminal whose xdg-open writes down what it is given. */
function onTerminal(env: Record<string, string> = {}, withProgram = true) {
  const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-open-'));
  const opened = join(folder, 'opened');
  if (withProgram) {
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$#" "$1" > '${opened}'\n`);
    chmodSync(join(folder, 'xdg-open'), 0o755);
  }
  const notes: string[] = [];
  const stream = () =>
    Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { isTTY: true });
  const context: Context = {
    stdin: Readable.from([]),
    stdout: stream(),
    stderr: stream(),
    signal: new AbortController().signal,
    working: async (work) => work(),
    env: { PATH: withProgram ? `${folder}:/usr/bin:/bin` : folder, ...env },
    data: async () => {},
    note: (line) => notes.push(line),
  };
  return { context, notes, opened };
}

describe.runIf(process.platform === 'linux')('a report', () => {
  test('is opened without a shell: a path may hold anything', async () => {
    const { context, notes, opened } = onTerminal();
    await openFile('/tmp/$(touch x) "y" & z.html', context);
    for (let i = 0; i < 200 && !existsSync(opened); i++) await new Promise((done) => setTimeout(done, 20));
    expect(readFileSync(opened, 'utf8')).toBe('1\n/tmp/$(touch x) "y" & z.html\n');
    expect(notes).toEqual([]);
  });

  test('is not opened in CI, and a note says so', async () => {
    const { context, notes, opened } = onTerminal({ CI: 'true' });
    await openFile('/tmp/r.html', context);
    expect(notes).toEqual(['note: /tmp/r.html is not opened: CI is set']);
    expect(existsSync(opened)).toBe(false);
  });

  test('that no program can open is a note, and no failure', async () => {
    const { context, notes } = onTerminal({}, false);
    await openFile('/tmp/r.html', context);
    expect(notes).toEqual([expect.stringMatching(/^note: \/tmp\/r\.html is not opened: .*xdg-open/)]);
  });
});

test('without a terminal nothing is opened', () => {
  const stream = new Writable();
  expect(notOpened({ env: {}, stdout: stream, stderr: stream })).toBe('there is no terminal');
});

test('audit --open without an HTML report is refused before anything is read', async () => {
  const { code, stderr } = await run(['audit', estate.source, estate.different, '-o', 'json', '--open']);
  expect(code).toBe(2);
  expect(stderr).toContain('--open opens the HTML report, and none is written.');
});

test('audit --open in a pipe writes the report and says that it is not opened', async () => {
  const cwd = temporaryFolder();
  const args = ['audit', estate.source, estate.different, '-o', 'html=r.html', '--open', '--fail-on', 'none'];
  const { code, stderr } = await run(args, { cwd });
  expect(code).toBe(0);
  expect(stderr).toContain(`r.html is not opened: there is no terminal`);
  expect(existsSync(join(cwd, 'r.html'))).toBe(true);
});

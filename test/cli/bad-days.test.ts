import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { badDay } from '../kit/bad-days.ts';
import { type Region, writeDumps } from './kit/estate.ts';
import { installedTool, runProcess } from './kit/process.ts';
import { cleanEnvironment, filesBelow, run, temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
const emptyFolder = () => mkdtempSync(join(folder, 'run-'));
const sides = (cwd: string, target: Partial<Region> = {}) => {
  writeDumps(join(cwd, 'us-east-1'), { region: 'us-east-1', groups: ['web', 'db'] });
  writeDumps(join(cwd, 'eu-west-1'), { region: 'eu-west-1', ...target });
};
const AUDIT = ['audit', './us-east-1', './eu-west-1'];
let main: string;
beforeAll(() => {
  main = installedTool().main;
}, 120_000);

describe(badDay('two-runs'), () => {
  it('of the same sides, in different phases', async () => {
    const cwd = emptyFolder();
    sides(cwd);
    const phases = ['readiness', 'verification', 'readiness', 'verification'];
    const args = (phase: string, to: string) => [...AUDIT, '--phase', phase, '--output-dir', to, '--quiet'];
    const alone = await Promise.all(
      ['readiness', 'verification'].map((phase) => run(args(phase, `alone-${phase}`), { cwd })),
    );
    const together = await Promise.all(
      phases.map((phase) => runProcess(main, args(phase, 'together'), { cwd })),
    );
    for (const [i, ran] of together.entries()) {
      const expected = alone[i % 2];
      expect({ code: ran.code, stderr: ran.stderr }).toEqual({
        code: expected?.code,
        stderr: expected?.stderr,
      });
    }
    expect(filesBelow(join(cwd, 'together'))).toEqual(['report.html', 'report.json', 'report.md']);
    const read = (name: string) => readFileSync(join(cwd, 'together', name), 'utf8');
    expect(phases).toContain(JSON.parse(read('report.json')).phase);
    // Neither times nor the folder are a matter of which run wrote the file.
    const timeless = (text: string) =>
      text
        .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( UTC|Z)?/g, '')
        .replace(/together|alone-\w+/g, 'out');
    const wholes = ['readiness', 'verification'].map((phase) =>
      timeless(readFileSync(join(cwd, `alone-${phase}`, 'report.md'), 'utf8')),
    );
    expect(wholes).toContain(timeless(read('report.md')));
    expect(read('report.html')).toMatch(/<\/html>\s*$/);
  });
});

describe(badDay('changing-dumps'), () => {
  const small = { region: 'eu-west-1', groups: ['web'] };
  const large = { region: 'eu-west-1', groups: ['web', 'db', 'cache'] };
  const FILE = 'SecurityGroups.json';

  /** What an audit says of the groups of the target: how many, or that the file was refused. */
  async function groupsSeen(cwd: string): Promise<number | 'refused'> {
    const { code, stdout, stderr } = await run([...AUDIT, '-o', 'json', '--quiet'], { cwd });
    if (code === 2) {
      expect(stderr).toContain(FILE);
      return 'refused';
    }
    const { pairs } = JSON.parse(stdout);
    return pairs.filter(
      (p: { kind: string; target: object | null }) => p.kind === 'security-group' && p.target,
    ).length;
  }

  it.each([
    [
      'in place, by halves',
      (path: string, text: string) => {
        writeFileSync(path, text.slice(0, text.length / 2));
        setImmediate(() => writeFileSync(path, text));
      },
    ],
    [
      'by another file that takes its name',
      (path: string, text: string) => {
        writeFileSync(`${path}.new`, text);
        renameSync(`${path}.new`, path);
      },
    ],
    [
      'by being deleted and written again',
      (path: string, text: string) => {
        rmSync(path, { force: true });
        setImmediate(() => writeFileSync(path, text));
      },
    ],
  ])('%s', async (_, change) => {
    const cwd = emptyFolder();
    sides(cwd, small);
    const path = join(cwd, 'eu-west-1', FILE);
    const former = readFileSync(path, 'utf8');
    writeDumps(join(folder, 'large'), large);
    const later = readFileSync(join(folder, 'large', FILE), 'utf8');
    let turn = 0;
    const timer = setInterval(() => change(path, turn++ % 2 === 0 ? later : former), 1);
    try {
      for (let i = 0; i < 12; i++) {
        const seen = await groupsSeen(cwd);
        // The default group is one of each. Without the file no group of the target is known.
        expect([2, 4, 0, 'refused']).toContain(seen);
      }
    } finally {
      clearInterval(timer);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(turn).toBeGreaterThan(12);
    writeFileSync(path, later);
    expect(await groupsSeen(cwd)).toBe(4);
  });

  it('a file that is gone when the folder is read is a kind that was not read, and no group is missing for it', async () => {
    const cwd = emptyFolder();
    sides(cwd, small);
    rmSync(join(cwd, 'eu-west-1', FILE));
    const { stdout } = await run([...AUDIT, '-o', 'json', '--quiet'], { cwd });
    const report = JSON.parse(stdout);
    expect(report.complete).toBe(false);
    expect(report.findings.map(({ rule }: { rule: string }) => rule)).not.toContain('security-group/missing');
  });
});

describe(badDay('half-written'), () => {
  const texts = (at: string) =>
    filesBelow(at).map((name) => [name, readFileSync(join(at, name), 'utf8')] as const);

  it.each([
    ['reports', ['audit', './us-east-1', './eu-west-1', '--output-dir', 'out', '--quiet'], 1],
    ['a snapshot', ['snapshot', './us-east-1', '-o', 'out/snapshot.json', '--quiet'], 0],
    ['a plan', ['plan', './us-east-1', './eu-west-1', '-o', 'out', '--quiet'], 0],
  ])('%s', async (_, args, code) => {
    const cwd = emptyFolder();
    sides(cwd);
    expect((await runProcess(main, args, { cwd })).code).toBe(code);
    const before = texts(join(cwd, 'out'));
    expect(before.length).toBeGreaterThan(0);
    // Another run writes other files: one group more.
    writeDumps(join(cwd, 'us-east-1'), { region: 'us-east-1', groups: ['web', 'db', 'more'] });
    // A limit on the size of files, in kilobytes, ends the process by a signal in the middle of a write.
    const limited = [
      '-c',
      'ulimit -c 0; ulimit -f 1; "$@"; echo ended with $?',
      'limited',
      process.execPath,
      main,
    ];
    const { stdout } = await promisify(execFile)('bash', [...limited, ...args], {
      cwd,
      env: cleanEnvironment(),
    });
    expect(stdout).toMatch(/^ended with (1[2-9]\d|2)\n$/);
    expect(texts(join(cwd, 'out'))).toEqual(before);
  });

  it.runIf(existsSync('/dev/full'))('a full disk is named', async () => {
    const cwd = emptyFolder();
    sides(cwd);
    const args = [...AUDIT, '-o', 'json=/dev/full', '-o', 'md=out/report.md', '--quiet'];
    const { code, stderr } = await runProcess(main, args, { cwd });
    expect(code).toBe(2);
    expect(stderr).toBe(
      'error: The report cannot be written to /dev/full: no space is left on that file system.\nhint: Free some space there, or choose a path on another file system.\n',
    );
    expect(existsSync(join(cwd, 'out', 'report.md'))).toBe(false);
  });
});

describe(badDay('read-only-home'), () => {
  it.each([
    ['is no folder', () => '/dev/null'],
    ['does not exist', () => join(folder, 'nowhere')],
    ['is empty', () => emptyFolder()],
  ])('%s', async (_, home) => {
    const cwd = emptyFolder();
    sides(cwd);
    const HOME = home();
    const ran = await runProcess(main, [...AUDIT, '--quiet'], { cwd, env: { HOME } });
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    // Credentials of the environment: the SDK looks for the files of the home folder.
    const live = ['snapshot', 'us-east-1', '-o', 's.json', '--endpoint-url', 'http://127.0.0.1:9', '--quiet'];
    const env = { HOME, AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'b', AWS_MAX_ATTEMPTS: '1' };
    expect((await runProcess(main, live, { cwd, env })).code).toBe(3);
    if (existsSync(HOME) && statSync(HOME).isDirectory()) expect(filesBelow(HOME)).toEqual([]);
  });
});

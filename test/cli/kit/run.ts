import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll } from 'vitest';
import { run as runCommandLine } from '../../../src/cli/run.ts';

/** What one run of the tool left behind. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input holds; empty unless given. */
  readonly stdin?: string | Buffer;
}

let earlier: Promise<unknown> = Promise.resolve();

/**
 * Runs the command line inside this process. The AWS SDK and the file system ask the process itself for variables and the
 * current folder, so both are set for as long as the run takes; runs that are started together take turns.
 */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const ran = earlier.then(() => runHere(args, options));
  earlier = ran.catch(() => {});
  return ran;
}

async function runHere(args: readonly string[], { cwd, env, stdin = '' }: RunOptions): Promise<Ran> {
  const before = { cwd: process.cwd(), env: process.env };
  const stdout = new Kept();
  const stderr = new Kept();
  process.env = cleanEnvironment(env);
  if (cwd !== undefined) process.chdir(cwd);
  try {
    const code = await runCommandLine(args, {
      env: process.env,
      stdin: Readable.from(stdin.length > 0 ? [Buffer.from(stdin)] : []),
      stdout,
      stderr,
      signal: new AbortController().signal,
    });
    return { code, stdout: stdout.text, stderr: stderr.text };
  } finally {
    process.chdir(before.cwd);
    process.env = before.env;
  }
}

/** A stream that keeps what is written to it, and leads to no terminal. */
class Kept extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  // The real path: macOS's temporary folder is a link, and messages name what was resolved.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ec2-parity-test-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An environment with nothing of the machine's own that the tool or the SDK listens to. */
export function cleanEnvironment(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const home = join(tmpdir(), 'ec2-parity-no-home');
  mkdirSync(home, { recursive: true });
  const kept = ['PATH', 'SystemRoot'].flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...env,
  };
}

/** Every file below a folder, by its path from there. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** A run as a person would see it: for goldens. What differs from run to run is replaced. */
export function transcript(args: readonly string[], { code, stdout, stderr }: Ran, cwd: string): string {
  const tidy = (text: string) =>
    text
      .replaceAll(cwd, '.')
      .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{3})?Z/g, '<time>')
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, '<time>')
      .replace(/[ \t]+$/gm, '');
  const words = args.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word)));
  return `$ ec2-parity ${words.join(' ')}\n${tidy(stdout)}${tidy(stderr).replace(/^(?=.)/gm, '! ')}[exit ${code}]\n`;
}

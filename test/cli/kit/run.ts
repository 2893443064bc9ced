import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What one run of the tool left behind. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node itself. */
  readonly node?: readonly string[];
}

/**
 * The tool as it is installed: compiled by tsc into a folder of its own, with the package's other parts beside it. Once per test file;
 * faster than compiling in every one of its processes, and it is what users run.
 */
export function installedTool(): { home: string; main: string; index: string } {
  const home = temporaryFolder();
  for (const part of ['node_modules', 'package.json', 'templates', 'fixtures'])
    symlinkSync(join(root, part), join(home, part));
  const dist = join(home, 'dist');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    execFileSync(
      process.execPath,
      [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', dist, '--declaration', 'false'],
      { stdio: 'pipe' },
    );
  } catch (error) {
    // `npm run typecheck` is who complains about types; here it is enough that something can be run.
    if (!existsSync(join(dist, 'cli', 'main.js'))) throw error;
  }
  return { home, main: join(dist, 'cli', 'main.js'), index: join(dist, 'index.js') };
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

export function start(main: string, args: readonly string[], { cwd, env, node = [] }: RunOptions = {}) {
  return spawn(process.execPath, [...node, main, ...args], {
    cwd,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs to the end; output is kept as it comes. */
export function run(main: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return ended(start(main, args, options));
}

export function ended(child: ReturnType<typeof start>): Promise<Ran> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, ...texts }));
  });
}

const RECORDER = `
import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(process.env.LOADED_LOG, url + '\\n');
  return next(url, context);
}`;

/** The addresses of all modules that a run imports, one a line. */
export async function modulesOf(
  main: string,
  args: readonly string[],
  { env = {}, ...options }: RunOptions = {},
): Promise<Ran & { modules: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-test-'));
  try {
    const log = join(folder, 'loaded.txt');
    writeFileSync(join(folder, 'recorder.mjs'), RECORDER);
    writeFileSync(
      join(folder, 'register.mjs'),
      `import { register } from 'node:module';\nregister('./recorder.mjs', import.meta.url);`,
    );
    const ran = await run(main, args, {
      cwd: folder,
      ...options,
      env: { ...env, LOADED_LOG: log },
      node: ['--import', join(folder, 'register.mjs')],
    });
    return { ...ran, modules: readFileSync(log, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z/g, '<time>')
      .replace(/[ \t]+$/gm, '');
  const words = args.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word)));
  return `$ ec2-parity ${words.join(' ')}\n${tidy(stdout)}${tidy(stderr).replace(/^(?=.)/gm, '! ')}[exit ${code}]\n`;
}

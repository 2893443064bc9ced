import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
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

interface Tool {
  readonly home: string;
  readonly main: string;
  readonly index: string;
}

const CACHE = join(root, 'node_modules', '.cache', 'ec2-parity-test');

/**
 * The tool as it is installed: compiled by tsc, with the package's other parts beside it. Faster than compiling in every
 * process that is spawned, and it is what users run. Compiled again only when a source is newer.
 */
export function installedTool(): Tool {
  const home = join(CACHE, versionOfSources());
  if (!existsSync(home)) {
    mkdirSync(CACHE, { recursive: true });
    for (const old of readdirSync(CACHE)) {
      const path = join(CACHE, old);
      // Another run may be using what it compiled a minute ago.
      if (Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { recursive: true, force: true });
    }
    const building = mkdtempSync(join(CACHE, 'building-'));
    install(building);
    try {
      renameSync(building, home);
    } catch {
      // Another worker was faster with the same.
      rmSync(building, { recursive: true, force: true });
    }
  }
  return toolIn(home);
}

/** A tool of one's own in an empty folder, to break. */
export function ownTool(home: string): Tool {
  cpSync(join(installedTool().home, 'dist'), join(home, 'dist'), { recursive: true });
  linkParts(home);
  return toolIn(home);
}

function toolIn(home: string): Tool {
  return { home, main: join(home, 'dist', 'cli', 'main.js'), index: join(home, 'dist', 'index.js') };
}

function versionOfSources(): string {
  const src = join(root, 'src');
  const stamps = filesBelow(src).map((path) => `${path} ${statSync(join(src, path)).mtimeMs}`);
  return createHash('sha256').update(stamps.join('\n')).digest('hex').slice(0, 16);
}

function install(home: string): void {
  linkParts(home);
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [
    '-p',
    join(root, 'tsconfig.build.json'),
    '--outDir',
    join(home, 'dist'),
    '--declaration',
    'false',
  ];
  try {
    execFileSync(process.execPath, [tsc, ...args], { stdio: 'pipe' });
  } catch (error) {
    // `npm run typecheck` is who complains about types; here it is enough that something can be run.
    if (!existsSync(toolIn(home).main)) throw error;
  }
}

function linkParts(home: string): void {
  for (const part of ['node_modules', 'package.json', 'templates', 'fixtures']) {
    symlinkSync(join(root, part), join(home, part));
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
      .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{3})?Z/g, '<time>')
      .replace(/[ \t]+$/gm, '');
  const words = args.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word)));
  return `$ ec2-parity ${words.join(' ')}\n${tidy(stdout)}${tidy(stderr).replace(/^(?=.)/gm, '! ')}[exit ${code}]\n`;
}

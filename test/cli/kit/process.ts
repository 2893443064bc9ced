import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, filesBelow, type Ran, type RunOptions } from './run.ts';

/*
 * The tool as a process of its own, for what only a process shows: signals, pipes, terminals and which modules are loaded.
 * Everything else uses `run` in run.ts, which takes a hundredth of the time.
 */

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface ProcessOptions extends Omit<RunOptions, 'stdin'> {
  /** Options of Node itself. */
  readonly node?: readonly string[];
}

interface Tool {
  readonly home: string;
  readonly main: string;
  readonly index: string;
}

/**
 * The tool with each file of src compiled by tsc, and the package's other parts beside it. Faster than compiling in every
 * process that is spawned. Compiled again only when a source is newer. test/package runs the bundle that is published.
 */
export function installedTool(): Tool {
  return toolIn(cached('ec2-parity-test', versionOfSources(['src']), install));
}

/** A folder that is made once for each version, and by one worker. */
export function cached(name: string, version: string, make: (folder: string) => void): string {
  const cache = join(root, 'node_modules', '.cache', name);
  const home = join(cache, version);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache)) {
    const path = join(cache, old);
    // Another run may be using what it compiled a minute ago.
    if (Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { recursive: true, force: true });
  }
  const building = mkdtempSync(join(cache, 'building-'));
  make(building);
  try {
    renameSync(building, home);
  } catch {
    // Another worker was faster with the same.
    rmSync(building, { recursive: true, force: true });
  }
  return home;
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

/** @param parts Files and folders of the checkout. */
export function versionOfSources(parts: readonly string[]): string {
  const stamps = parts.flatMap((part) => {
    const path = join(root, part);
    const files = statSync(path).isDirectory() ? filesBelow(path).map((file) => join(path, file)) : [path];
    return files.map((file) => `${file} ${statSync(file).mtimeMs}`);
  });
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
    '--emitDeclarationOnly',
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

export function start(main: string, args: readonly string[], { cwd, env, node = [] }: ProcessOptions = {}) {
  return spawn(process.execPath, [...node, main, ...args], {
    cwd,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs to the end; output is kept as it comes. */
export function runProcess(
  main: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<Ran> {
  return ended(start(main, args, options));
}

export function ended(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Promise<Ran> {
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

/** The addresses of all modules that a run imports, and the paths of those that it requires, one a line. */
export async function modulesOf(
  main: string,
  args: readonly string[],
  { env = {}, ...options }: ProcessOptions = {},
): Promise<Ran & { modules: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-test-'));
  try {
    const log = join(folder, 'loaded.txt');
    writeFileSync(join(folder, 'recorder.mjs'), RECORDER);
    writeFileSync(
      join(folder, 'register.mjs'),
      `import { appendFileSync } from 'node:fs';
      import Module, { register } from 'node:module';
      register('./recorder.mjs', import.meta.url);
      const compile = Module.prototype._compile;
      Module.prototype._compile = function (content, file, ...rest) {
        appendFileSync(process.env.LOADED_LOG, file + '\\n');
        return compile.call(this, content, file, ...rest);
      };`,
    );
    const ran = await runProcess(main, args, {
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

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, versionOfSources } from '../cli/kit/process.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const VERSION: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;

const PARTS = [
  'bin',
  'templates',
  'schemas',
  'fixtures',
  'package.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
];

export interface BuiltPackage {
  /** As npm unpacks it, with the dependencies beside it. */
  readonly folder: string;
  /** Runs Node.js in the folder. */
  node(
    args: readonly string[],
    env?: NodeJS.ProcessEnv,
  ): { code: number | null; stdout: string; stderr: string };
  /** The files that `npm pack` takes. */
  packed(): string[];
  remove(): void;
}

/** What npm installs with the package: what only developers need would not be there. */
function installed(): string[] {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  return Object.entries(packages).flatMap(([path, { dev }]) =>
    dev || !/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) ? [] : [path],
  );
}

/** The bundle and the types as `npm run build` makes them, outside the checkout. Made again only when a source is newer. */
export function buildPackage(): BuiltPackage {
  const made = cached(
    'ec2-parity-package',
    versionOfSources([
      'src',
      'scripts/build.ts',
      'scripts/commonjs.ts',
      'scripts/precompiled.ts',
      'templates',
      'package-lock.json',
    ]),
    build,
  );
  const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-package-'));
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  cpSync(made, join(folder, 'dist'), { recursive: true });
  for (const path of installed()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(folder, path));
  }
  return {
    folder,
    node: (args, env = {}) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1', ...env },
      });
      return { code: status, stdout, stderr };
    },
    packed: () => {
      const listing = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [{ files }] = JSON.parse(listing) as [{ files: { path: string }[] }];
      return files.map(({ path }) => path).sort();
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function build(dist: string): void {
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: ROOT, stdio: 'pipe' });
  run(join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', dist);
  const said = run('--import', 'tsx', 'scripts/build.ts', dist).toString();
  if (said !== '') throw new Error(said);
}

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';
import config, { BOUNDARIES } from '../.dependency-cruiser.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** [the file that imports, what it imports], each against the row of the room that the file is in. */
const FORBIDDEN = [
  ['text', 'src/inventory/a.ts'],
  ['text', 'node:fs'],
  ['inventory', 'src/report/a.ts'],
  ['inventory', 'src/collectors/a.ts'],
  ['inventory', '@aws-sdk/client-ec2'],
  ['keys', 'src/report/a.ts'],
  ['keys', 'src/collectors/a.ts'],
  ['keys', 'node:https'],
  ['keys', '@aws-sdk/client-ec2'],
  ['cloudformation', 'src/comparator/context.ts'],
  ['cloudformation', 'node:fs/promises'],
  ['terraform', 'node:fs'],
  ['listing', 'src/report/a.ts'],
  ['listing', 'node:fs'],
  ['collectors', 'src/report/a.ts'],
  ['collectors', 'src/comparator/context.ts'],
  ['collectors', 'src/renderers/a.ts'],
  ['collectors', 'src/audit/a.ts'],
  ['report', 'src/comparator/context.ts'],
  ['report', 'src/renderers/a.ts'],
  ['report', 'node:fs'],
  ['drift', 'src/comparator/context.ts'],
  ['drift', 'node:fs'],
  ['waivers', 'src/comparator/context.ts'],
  ['waivers', 'node:fs'],
  ['report', '@aws-sdk/client-ec2'],
  ['terraform', 'src/comparator/compare.ts'],
  ['comparator/families', 'src/comparator/context.ts'],
  ['traffic', 'src/inventory/a.ts'],
  ['traffic', 'src/comparator/context.ts'],
  ['traffic', 'src/comparator/keys/a.ts'],
  ['traffic', 'ipaddr.js'],
  ['comparator/network', 'src/inventory/a.ts'],
  // src/keys is not src/comparator/keys: the one reads key files, the other compares what was read.
  ['comparator/keys', 'src/keys/a.ts'],
  ['comparator/keys', 'src/comparator/pairing/a.ts'],
  ['comparator/families', 'src/comparator/pairing/a.ts'],
  ['comparator/makers', 'src/comparator/pairing/a.ts'],
  ['comparator/pairing', 'src/comparator/workloads/a.ts'],
  ['comparator/images', 'src/comparator/rules/a.ts'],
  ['comparator/groups', 'src/comparator/rules/a.ts'],
  ['comparator/commands', 'src/comparator/rules/a.ts'],
  ['comparator/workloads', 'src/comparator/rules/a.ts'],
  ['comparator/launches', 'src/comparator/rules/a.ts'],
  ['comparator/rules', 'src/comparator/findings/a.ts'],
  ['comparator/rules', 'src/comparator/compare.ts'],
  ['comparator/verdicts', 'src/comparator/causes/a.ts'],
  ['comparator/findings', 'src/comparator/causes/a.ts'],
  ['comparator/causes', 'src/comparator/suggest/a.ts'],
  ['comparator/causes', 'src/comparator/compare.ts'],
  ['comparator/suggest', 'src/comparator/rules/a.ts'],
  ['comparator/rules', 'node:child_process'],
  ['comparator/rules', '@aws-sdk/client-ec2'],
  ['comparator', 'src/collectors/a.ts'],
  ['comparator', 'src/renderers/a.ts'],
  ['comparator', 'src/cli/a.ts'],
  ['comparator', 'src/keys/a.ts'],
  ['comparator', 'node:fs'],
  ['comparator', 'node:http'],
  ['plan', 'src/collectors/a.ts'],
  ['plan', 'node:child_process'],
  ['matrix', 'src/renderers/markdown/a.ts'],
  ['matrix', 'src/comparator/config.ts'],
  ['matrix', 'node:fs'],
  ['comparator', 'src/matrix/rollup.ts'],
  ['redact', 'src/comparator/a.ts'],
  ['redact', 'node:fs'],
  ['renderers', 'src/comparator/context.ts'],
  ['renderers', 'src/inventory/a.ts'],
  ['renderers', 'src/collectors/a.ts'],
  ['renderers', 'zod'],
  ['renderers', '@aws-sdk/client-ec2'],
  ['audit', 'src/cli/a.ts'],
  ['audit', 'src/index.ts'],
  ['index.ts', 'src/cli/a.ts'],
  ['cli', 'src/index.ts'],
] as const;

const ALLOWED = [
  ['inventory', 'src/text/a.ts'],
  ['collectors', '@aws-sdk/client-ec2'],
  ['collectors', 'node:fs/promises'],
  ['comparator/rules', 'src/comparator/commands/a.ts'],
  ['comparator/network', 'src/traffic/a.ts'],
  ['comparator', 'src/comparator/causes/a.ts'],
  ['renderers', 'src/report/a.ts'],
  ['renderers', 'handlebars'],
  ['audit', 'src/renderers/a.ts'],
  ['index.ts', 'src/audit/a.ts'],
  ['cli', 'src/comparator/rules/a.ts'],
] as const;

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The files and packages that are imported, so that each import resolves. */
function writeTargets(boundaries: readonly (readonly [string, string])[]): void {
  for (const [, target] of boundaries) {
    if (target.startsWith('node:')) continue;
    if (target.startsWith('src/')) write(target, 'export type A = string;\n');
    else {
      write(`node_modules/${target}/index.js`, 'export {};\n');
      write(
        `node_modules/${target}/package.json`,
        JSON.stringify({ name: target, type: 'module', main: 'index.js' }),
      );
    }
  }
}

/** One file of a room that imports one thing. Every way to import counts: here each third one is a type or is lazy. */
function plant([room, imported]: readonly [string, string], name: string, n: number): string {
  const path = room.endsWith('.ts')
    ? `src/${room}`
    : room === 'comparator' && name.startsWith('good')
      ? 'src/comparator/compare.ts'
      : `src/${room}/${name}.ts`;
  const target = imported.startsWith('src/') ? relativeTo(path, imported) : imported;
  const ways = [`import '${target}';`, `import type { A } from '${target}';`, `await import('${target}');`];
  write(path, `${ways[n % ways.length]}\nexport type B = string;\n`);
  return path;
}

function relativeTo(from: string, to: string): string {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

async function violations(): Promise<readonly { rule: string; from: string; to: string }[]> {
  const options = {
    ...config.options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  };
  const { output } = await cruise(['src'], options as never, config.options.enhancedResolveOptions);
  const { summary } = output as ICruiseResult;
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

const reasonOf = (rule: string): string =>
  config.forbidden.find(({ name }: { name: string }) => name === rule)?.comment ?? '';

describe('the boundaries of the rooms', () => {
  it('a planted violation of each is found, with the reason of its room', async () => {
    writeTargets(FORBIDDEN);
    const planted = FORBIDDEN.map((boundary, n) => ({ boundary, path: plant(boundary, `bad${n}`, n) }));
    const found = await violations();
    const missed = planted.filter(
      ({ boundary: [room, imported], path }) =>
        !found.some(
          ({ from, to, rule }) =>
            from === path &&
            to.includes(imported.replace('node:', '')) &&
            reasonOf(rule) === BOUNDARIES[room]?.because,
        ),
    );
    expect(missed).toEqual([]);
  });

  it('what a room may import is not found', async () => {
    writeTargets(ALLOWED);
    const planted = ALLOWED.map((boundary, n) => plant(boundary, `good${n}`, n));
    const found = await violations();
    expect(found.filter(({ from }) => planted.includes(from))).toEqual([]);
  });

  it('a room without a row and a circle of files are found', async () => {
    write('src/newroom/a.ts', "import '../text/a.ts';\n");
    write('src/report/one.ts', "import './two.ts';\n");
    write('src/report/two.ts', "import './one.ts';\n");
    const rules = (await violations()).map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(['every-room-has-a-row', 'no-circle']));
  });

  it('every room has a violation in this test', () => {
    const tried = new Set<string>(FORBIDDEN.map(([room]) => room));
    expect(Object.keys(BOUNDARIES).filter((room) => !tried.has(room))).toEqual([]);
  });

  it('every folder of src and of the comparator has a row', () => {
    const folders = (path: string) =>
      readdirSync(join(root, path), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
    const rooms = [...folders('src'), ...folders('src/comparator').map((name) => `comparator/${name}`)];
    expect(rooms.filter((room) => !(room in BOUNDARIES))).toEqual([]);
  });
});

describe('a clock in a pure room', () => {
  /** What the linter says of the file, with the settings of this repository. */
  const lint = (path: string, code: string): string => {
    const home = mkdtempSync(join(folder, 'lint-'));
    for (const settings of ['biome.json', 'lint'])
      cpSync(join(root, settings), join(home, settings), { recursive: true });
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), code);
    const { stdout, stderr } = spawnSync(
      join(root, 'node_modules/.bin/biome'),
      ['lint', '--vcs-enabled=false', 'src'],
      { cwd: home, encoding: 'utf8' },
    );
    expect(stdout + stderr).toContain('Checked 1 file');
    return stdout + stderr;
  };

  it.each([
    ['src/comparator/rules/planted.ts', 'export const now = Date.now();\n'],
    ['src/report/planted.ts', 'export const now = new Date();\n'],
    ['src/renderers/planted.ts', 'export const home = process.env.HOME;\n'],
    ['src/plan/planted.ts', 'export const id = Math.random();\n'],
  ])('is refused in %s', (path, code) => {
    expect(lint(path, code)).toContain('so that the same input gives the same bytes');
  });

  it('is allowed where the time of a run is taken, and so is a date that was read', () => {
    expect(lint('src/audit/planted.ts', 'export const now = Date.now();\n')).not.toContain('same bytes');
    expect(lint('src/report/planted.ts', 'export const then = new Date(0);\n')).not.toContain('same bytes');
  });
});

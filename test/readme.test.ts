import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readCosts } from '../bench/reads.ts';
import { configSchema } from '../src/comparator/config.ts';
import { run } from './cli/kit/run.ts';

const root = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((m) => m[1] ?? '');
const commands = blocks('sh')
  .flatMap((block) => block.split('\n'))
  .filter((line) => line.startsWith('ec2-parity '));

describe('the README', () => {
  it('has its two commands, each on a line of its own, and the scripts behind them', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    for (const line of ['npm ci && npm run demo', 'npm ci && npm test'])
      expect(readme.split('\n')).toContain(line);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test', 'build', 'prepare']));
  });

  it('shows only commands and options that the tool knows', async () => {
    expect(commands.length).toBeGreaterThan(6);
    for (const command of new Set(commands.map((line) => line.split(' ')[1] ?? ''))) {
      const { code, stdout } = await run([command, '--help']);
      expect(code, command).toBe(0);
      const flags = commands
        .filter((line) => line.split(' ')[1] === command)
        .flatMap((line) => line.match(/ --?[a-z][a-z-]*/g) ?? []);
      for (const flag of new Set(flags.map((f) => f.trim())))
        expect(stdout, `${command} ${flag}`).toMatch(new RegExp(`(^|[\\s,])${flag}\\b`));
    }
  });

  it('shows configs that the tool accepts, and a workflow with inputs that the action has', () => {
    const examples = blocks('yaml').map((text) => parse(text));
    const configs = examples.filter((example) => !Array.isArray(example));
    expect(configs).toHaveLength(2);
    for (const config of configs) expect(() => configSchema.parse(config)).not.toThrow();
    const [step] = examples.find((example) => Array.isArray(example)) ?? [];
    const action = parse(readFileSync(new URL('action.yml', root), 'utf8'));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
    expect(step.uses).toMatch(/^ec2-parity\/ec2-parity@v/);
  });

  it('says what the tool says of its exit codes', async () => {
    const { stdout } = await run(['--help']);
    for (const code of ['0', '1', '2', '3']) {
      expect(readme).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
      expect(stdout).toMatch(new RegExp(`Exit codes:[\\s\\S]*\\b${code}\\s+[a-z]`));
    }
  });

  it('says what reading for launches costs as the benchmark measures it', async () => {
    const [, requests, templates] =
      /takes (\d+) requests in a region of ([\d,]+) launch templates/.exec(readme) ?? [];
    const count = Number(templates?.replace(',', ''));
    const [cost] = await readCosts(count, 1, ['security-groups', 'workloads']);
    const { DescribeLifecycleHooks: hooks, ...rest } = cost?.perAction ?? {};
    expect(hooks).toBe(count / 2);
    expect(Object.values(rest).reduce((sum, n) => sum + n, 0)).toBe(Number(requests));
    expect(configSchema.parse({ launch: { skip: ['lifecycleHooks'] } })).toBeDefined();
  });

  it('states speeds of what the benchmarks measure, under the names that they print', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
    for (const [, script] of readme.matchAll(/npm run (bench[:a-z-]*)/g))
      expect(scripts).toHaveProperty([script ?? '']);
    const bench = readFileSync(new URL('bench/processes.ts', root), 'utf8');
    const [, speed = ''] = /^## Speed$([\s\S]*?)^## /m.exec(readme) ?? [];
    const [files = '', live = ''] = speed.split('Reading from a server');
    const rows = [...files.matchAll(/^\| (?!work|---)(.*?) \|(?:[^|]*\|){2} (.*?) \|/gm)];
    expect(rows.length).toBeGreaterThan(4);
    for (const [, work = '', against = ''] of rows) {
      for (const part of work.split('10,000 groups x 50')) expect(bench).toContain(part);
      expect(bench).toContain(against);
    }
    const reading = ['bench/reading.ts', 'bench/end-to-end.ts'].map((path) =>
      readFileSync(new URL(path, root), 'utf8'),
    );
    const peers = [...live.matchAll(/^\| .*?\| `(.+?)`[^|]*\| [\d.]+ \|/gm)].map(([, peer]) => peer ?? '');
    expect(peers.length).toBeGreaterThan(4);
    for (const peer of peers) expect(reading.join('')).toContain(`'${peer}'`);
  });

  it('links only to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g)].map((m) => m[1] ?? '');
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(existsSync(fileURLToPath(new URL(link, root))), link).toBe(true);
  });
});

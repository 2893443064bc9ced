import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-package-'));
const main = join(folder, 'dist/cli/main.js');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const node = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, stdout, stderr };
};

describe('the files that are published', () => {
  beforeAll(() => {
    for (const part of ['templates', 'fixtures', 'package.json'])
      cpSync(join(root, part), join(folder, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(root, 'scripts/build.ts'), join(folder, 'dist')],
      { cwd: root, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('say their version', () => {
    expect(node(main, '--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('audit folders with a config, in every format that has templates', () => {
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'ec2-parity.config.yaml'), 'rules: { image/missing-copy: low }\n');
    const outputs = ['json', 'html', 'md', 'sarif'].map((format) => `--output=${format}=out/r.${format}`);
    const { code, stderr } = node(
      main,
      'audit',
      'fixtures/demo/us-east-1',
      'fixtures/demo/eu-west-1',
      ...outputs,
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.not.stringContaining('defect') });
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['r.html', 'r.json', 'r.md', 'r.sarif']);
    const report = JSON.parse(readFileSync(join(folder, 'out/r.json'), 'utf8'));
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'image/missing-copy', severity: 'low', usually: 'medium' }),
    );
  });

  it('write a config, and read key files', () => {
    expect(node(main, 'init', '-o', 'new.yaml')).toMatchObject({ code: 0 });
    writeFileSync(
      join(folder, 'key.pub'),
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n',
    );
    expect(node(main, 'fingerprint', 'key.pub')).toMatchObject({ code: 0 });
  });

  it('are a library too', () => {
    const library = pathToFileURL(join(folder, 'dist/index.js')).href;
    const { stdout } = node(
      '--input-type=module',
      '-e',
      `console.log(Object.keys(await import('${library}')).join())`,
    );
    for (const name of ['audit', 'compare', 'render', 'snapshot'])
      expect(stdout.trim().split(',')).toContain(name);
  });

  it('come with the licence of everything that is in them', () => {
    const notices = readFileSync(join(folder, 'dist/THIRD-PARTY.txt'), 'utf8');
    for (const name of ['handlebars', 'yargs', 'zod'])
      expect(notices).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)`, 'm'));
  });
});

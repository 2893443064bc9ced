import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');

/** The instructions, with lines that a backslash continues in one. */
const instructions = read('Dockerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => /^([A-Z]+) (.*)$/.exec(line)?.slice(1) ?? ['?', line]);
const all = (name: string) => instructions.flatMap(([word, rest = '']) => (word === name ? [rest] : []));

describe('the Dockerfile', () => {
  it('consists of instructions that Docker knows', () => {
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'ENTRYPOINT', 'CMD'];
    for (const [word, rest] of instructions) expect(known, `${word} ${rest}`).toContain(word);
  });

  it('starts from tagged images of a supported Node.js', () => {
    const { engines } = JSON.parse(read('package.json'));
    expect(engines.node).toBe('>=20.19');
    for (const image of all('FROM')) expect(image).toMatch(/^node:(2[02468])-bookworm-slim( AS [a-z]+)?$/);
  });

  it('does not run as root, and starts the command line without a shell', () => {
    const last = instructions.map(([word]) => word).lastIndexOf('FROM');
    const final = instructions.slice(last);
    expect(final.filter(([word]) => word === 'USER')).toEqual([['USER', 'node']]);
    expect(JSON.parse(all('ENTRYPOINT')[0] ?? '')).toEqual(['node', '/opt/ec2-parity/bin/ec2-parity.cjs']);
    expect(JSON.parse(all('CMD')[0] ?? '')).toEqual(['--help']);
  });

  it('copies what there is, and everything that the package publishes', () => {
    const { files, bin } = JSON.parse(read('package.json'));
    const copied = all('COPY').flatMap((rest) => {
      const words = rest.split(' ').filter((word) => !word.startsWith('--'));
      return words.slice(0, -1).map((word) => word.replace('/build/', ''));
    });
    for (const file of copied.filter((f) => !['dist', 'node_modules'].includes(f)))
      expect(existsSync(`${root}${file}`), file).toBe(true);
    const needed = files.filter((file: string) => file !== 'CHANGELOG.md');
    expect(copied).toEqual(expect.arrayContaining([...needed, 'package.json', 'node_modules']));
    expect(`/opt/ec2-parity/${bin['ec2-parity']}`).toBe(JSON.parse(all('ENTRYPOINT')[0] ?? '')[1]);
  });

  it('has absolute working directories, and installs by the lock file', () => {
    for (const folder of all('WORKDIR')) expect(folder).toMatch(/^\//);
    expect(all('RUN').join('\n')).toMatch(/^npm ci --ignore-scripts /m);
    const ignored = read('.dockerignore').split('\n');
    for (const folder of ['.git', 'node_modules', 'dist']) expect(ignored).toContain(folder);
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltPackage, buildPackage, ROOT } from './kit.ts';

let built: BuiltPackage;
let project: string;
beforeAll(() => {
  built = buildPackage();
  project = mkdtempSync(join(tmpdir(), 'ec2-parity-consumer-'));
  mkdirSync(join(project, 'node_modules', '@types'), { recursive: true });
  symlinkSync(built.folder, join(project, 'node_modules', 'ec2-parity'));
  symlinkSync(join(ROOT, 'node_modules/@types/node'), join(project, 'node_modules/@types/node'));
}, 180_000);
afterAll(() => {
  built?.remove();
  rmSync(project, { recursive: true, force: true });
});

/** What README shows, with a mistake that types have to find. */
const IMPORTED = `
import { audit, compare, exitCode, isOf, render, snapshot, Unable, type Report, type Snapshot } from 'ec2-parity';
export async function main(): Promise<number> {
  const taken: Snapshot = await snapshot('us-east-1');
  const report: Report = await audit('us.json', 'eu.json', { phase: 'readiness' });
  for (const finding of report.findings)
    if (isOf(finding, 'key-pair/different-key')) finding.subject.name.toUpperCase();
  // @ts-expect-error no such phase
  compare({ source: taken, target: taken, phase: 'nonsense' });
  await render(report, 'md');
  return exitCode(report, 'high') + (new Unable('a', 'b').hint.length ?? 0);
}
`;
const REQUIRED = `
import ec2parity = require('ec2-parity');
export const compare = ec2parity.compare;
// @ts-expect-error no such name
export const nothing = ec2parity.nothing;
`;
const AWAITED = `
export async function main(): Promise<string> {
  const { compare } = await import('ec2-parity');
  return compare.name;
}
`;

/** What tsc says of one file under these options; empty where it accepts it. */
function said(file: string, text: string, options: Record<string, string>): string {
  writeFileSync(join(project, file), text);
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(
    process.execPath,
    [tsc, '--noEmit', '--strict', '--target', 'es2022', '--types', 'node', ...flags, file],
    { cwd: project, encoding: 'utf8' },
  );
  return stdout;
}

describe('TypeScript has the types of the library', () => {
  it.each([
    ['node16', { module: 'node16' }],
    ['nodenext', { module: 'nodenext' }],
    ['bundler', { module: 'esnext', moduleResolution: 'bundler' }],
  ])('by import, with %s', (_, options) => {
    expect(said('imported.mts', IMPORTED, options)).toBe('');
  });

  it('by require, with nodenext', () => {
    expect(said('required.cts', REQUIRED, { module: 'nodenext' })).toBe('');
  });

  it('by an awaited import in a CommonJS file, with node16, which refuses to require an ES module', () => {
    expect(said('awaited.cts', AWAITED, { module: 'node16' })).toBe('');
    expect(said('required.cts', REQUIRED, { module: 'node16' })).toContain('TS1471');
  });
});

describe('Node.js', () => {
  const run = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8', stdio: 'pipe' });

  it('imports and requires the library, and both are one', () => {
    writeFileSync(
      join(project, 'both.cjs'),
      `const required = require('ec2-parity');
       import('ec2-parity').then((imported) => console.log(required.compare === imported.compare, typeof required.audit));`,
    );
    expect(run('both.cjs')).toBe('true function\n');
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditResult } from '../scripts/audit-result.ts';

const read = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
const { dependencies, devDependencies } = read('package.json') as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const { packages } = read('package-lock.json') as { packages: Record<string, { version?: string }> };
const ofAws = Object.entries(dependencies).filter(([name]) => /^@(aws-sdk|smithy)\//.test(name));

describe('the packages of the AWS SDK', () => {
  it('are pinned to one version each, and it is the installed one', () => {
    expect(ofAws.length).toBeGreaterThan(10);
    for (const [name, version] of ofAws) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  it('are of one release: none is newer than the client of EC2, which is in each', () => {
    const release = (version: string) => Number(version.split('.')[1]);
    const ec2 = release(dependencies['@aws-sdk/client-ec2'] ?? '');
    for (const [name, version] of ofAws.filter(([name]) => name.startsWith('@aws-sdk/')))
      expect(release(version), name).toBeLessThanOrEqual(ec2);
  });

  it('rest on one copy of what they share', () => {
    for (const shared of ['@aws-sdk/core', '@smithy/core', '@smithy/node-http-handler']) {
      const copies = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${shared}`));
      expect(copies, shared).toEqual([`node_modules/${shared}`]);
    }
  });
});

describe('CONTRIBUTING.md', () => {
  const text = readFileSync(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8');
  const [, section = ''] = /^## Dependencies$([\s\S]*?)^## /m.exec(text) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );

  it('names every dependency once, and none that is not there', () => {
    expect(named.sort()).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)].sort());
  });

  it('says of each why', () => {
    for (const row of rows) expect(row.split(' | ')[1]?.length, row).toBeGreaterThan(20);
  });
});

describe('npm audit', () => {
  const found = (severity: string) =>
    JSON.stringify({ vulnerabilities: { a: { name: 'a', severity, range: '<2' } } });

  it.each([
    ['critical', true],
    ['high', true],
    ['moderate', false],
    ['low', false],
  ])('with a vulnerability that is %s fails: %s', (severity, failed) => {
    expect(auditResult(found(severity))).toEqual({ failed, lines: [`${severity}: a <2`] });
  });

  it('without one says so', () => {
    expect(auditResult('{"vulnerabilities":{}}').failed).toBe(false);
    expect(auditResult('{"vulnerabilities":{}}').lines).toEqual([
      'npm audit knows no vulnerability of what users install.',
    ]);
  });

  it.each([
    ['', undefined, 'it gave no answer'],
    ['{"message":"request failed"}', undefined, 'request failed'],
    ['{"error":{"summary":"no network"}}', undefined, 'no network'],
    ['', 'spawnSync npm ETIMEDOUT', 'spawnSync npm ETIMEDOUT'],
  ])('that the registry does not answer is said and does not fail: %j', (json, stopped, why) => {
    expect(auditResult(json, stopped)).toEqual({
      failed: false,
      lines: [`npm audit was not made: the registry did not answer (${why}).`],
    });
  });
});

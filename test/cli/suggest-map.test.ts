import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeDumps } from './kit/estate.ts';
import { run, temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
const tool = (args: readonly string[], cwd = folder) => run(args, { cwd });
const side = (region: string, groups: readonly string[], without: readonly string[] = []) =>
  writeDumps(join(mkdtempSync(join(folder, 'dumps-')), region), { region, groups, without });

describe('suggest-map', () => {
  test('prints a config section that settles what the audit asked, and applies nothing itself', async () => {
    const source = side('us-east-1', ['web-use1', 'db-use1-a']);
    const target = side('eu-west-1', ['web-euw1', 'db-euw1-a']);
    const here = mkdtempSync(join(folder, 'run-'));
    const suggested = await tool(['suggest-map', source, target], here);
    expect(suggested).toMatchObject({ code: 0, stderr: '' });
    expect(suggested.stdout).toContain('# 2 for, 0 against');
    const audit = () => tool(['audit', source, target, '-o', 'json', '--only', 'security-groups'], here);
    const states = (stdout: string) =>
      (JSON.parse(stdout) as { pairs: { state: string }[] }).pairs.map((p) => p.state);
    expect(states((await audit()).stdout)).toContain('missing-in-target');
    writeFileSync(join(here, 'ec2-parity.config.yaml'), suggested.stdout);
    expect(new Set(states((await audit()).stdout))).toEqual(new Set(['same']));
  });

  test('says so where there is nothing to suggest', async () => {
    const { code, stdout } = await tool([
      'suggest-map',
      side('us-east-1', ['web']),
      side('eu-west-1', ['web']),
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Nothing to suggest/);
    expect(parse(stdout)).toBeNull();
  });

  test('names what it could not read and ends with 3', async () => {
    const { code, stderr } = await tool([
      'suggest-map',
      side('us-east-1', ['web'], ['Vpcs']),
      side('eu-west-1', ['web']),
    ]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/not read: VPCs of us-east-1 \(not-in-dump\)/);
  });
});

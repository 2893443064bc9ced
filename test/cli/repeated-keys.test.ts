import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/cli/config.ts';
import { writeDumps } from './kit/estate.ts';
import { run, temporaryFolder } from './kit/run.ts';

/*
 * JSON.parse keeps the last of two equal keys without a word: what the first one held would be missing, and its findings with it.
 * Such a file comes from a merge of two versions, or from a hand.
 */
const folder = temporaryFolder();
const AUDIT = ['audit', './us-east-1', './eu-west-1', '-o', 'json', '--quiet'];
let cwd: string;
let number = 0;
beforeEach(() => {
  number += 1;
  cwd = join(folder, String(number));
  writeDumps(join(cwd, 'us-east-1'), { region: 'us-east-1', groups: ['web', 'db'] });
  writeDumps(join(cwd, 'eu-west-1'), { region: 'eu-west-1', groups: ['web', 'db'] });
});

/** Puts a further member at the end of the outermost object of a file. */
function add(file: string, member: string): void {
  const path = join(cwd, file);
  writeFileSync(path, `${readFileSync(path, 'utf8').trimEnd().slice(0, -1)}, ${member}}\n`);
}

describe('a key that a file has twice', () => {
  it.each([
    ['an answer', (text: string) => `${text.trimEnd().slice(0, -1)}, "SecurityGroups": []}`],
    [
      'a field of a row',
      (text: string) => text.replace('"GroupId"', '"GroupName": "other", "GroupName": "x", "GroupId"'),
    ],
  ])('in a dump makes its kind a gap, and no object is missing for it: %s', async (_, change) => {
    const path = join(cwd, 'eu-west-1', 'SecurityGroups.json');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    const { code, stdout } = await run(AUDIT, { cwd });
    const report = JSON.parse(stdout);
    expect(code).toBe(3);
    expect(report.gaps).toContainEqual(
      expect.objectContaining({
        side: 'target',
        code: 'malformed',
        message: expect.stringMatching(/"(SecurityGroups|GroupName)" is there twice in one object/),
      }),
    );
    expect(report.findings.filter((f: { rule: string }) => f.rule === 'security-group/missing')).toEqual([]);
  });

  it('in a dump in YAML makes its kind a gap', async () => {
    writeFileSync(join(cwd, 'eu-west-1', 'more.yaml'), 'KeyPairs: []\nKeyPairs: []\n');
    const { code, stdout } = await run(AUDIT, { cwd });
    expect(code).toBe(3);
    expect(JSON.parse(stdout).gaps).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('a key is there twice in one map') }),
    );
  });

  it.each([
    ['render', ['render', 'report.json']],
    ['accept', ['accept', 'report.json']],
    ['a baseline', [...AUDIT, '--baseline', 'report.json']],
  ])('in a report is refused: %s', async (_, args) => {
    await run(['audit', './us-east-1', './eu-west-1', '-o', 'json=report.json', '--quiet'], { cwd });
    add('report.json', '"findings": [], "complete": true');
    const { code, stderr } = await run(args, { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /report\.json has "findings" twice in one object, the second time in line \d+\.\nhint: /,
    );
  });

  it('in a report is one pair that could not be read, for merge', async () => {
    await run(['audit', './us-east-1', './eu-west-1', '-o', 'json=report.json', '--quiet'], { cwd });
    add('report.json', '"verdict": "parity"');
    const { code, stdout } = await run(['merge', 'report.json'], { cwd });
    expect(code).toBe(2);
    expect(stdout).toContain('"verdict" twice in one object');
  });

  it('in a ledger is refused', async () => {
    const audit = [...AUDIT, '--history', 'history'];
    await run(audit, { cwd });
    add('history/us-east-1..eu-west-1.json', '"runs": []');
    const { code, stderr } = await run(audit, { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('is not a ledger of ec2-parity'),
    });
  });
});

describe('a config with very many keys in one map', () => {
  it('is read in time that grows with their number, and not with its square', async () => {
    const cost = async (keys: number) => {
      const names = Array.from({ length: keys }, (_, n) => `    key-${n}: other-${n}\n`).join('');
      const file = join(cwd, 'c.yaml');
      writeFileSync(file, `names:\n  keyPairs:\n${names}`);
      const start = process.cpuUsage();
      await loadConfig({ value: file, by: '--config', from: 'flag' });
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    await cost(1_000);
    const few = Math.min(await cost(8_000), await cost(8_000));
    // Four times as many take about four times as long; by the square it was fourteen times.
    expect((await cost(32_000)) / few).toBeLessThan(9);
  });
});

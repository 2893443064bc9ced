import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Report } from '../../src/report/model.ts';
import { writeDumps, writeEstate } from './kit/estate.ts';
import { filesBelow, run, temporaryFolder } from './kit/run.ts';

let root: string;
let estate: ReturnType<typeof writeEstate>;
let count = 0;
beforeAll(() => {
  root = temporaryFolder();
  estate = writeEstate(join(root, 'estate'));
});
const empty = () => {
  count += 1;
  const folder = join(root, `work-${count}`);
  writeDumps(join(folder, 'us-east-1'), { region: 'us-east-1' });
  return folder;
};
const tool = (args: readonly string[], cwd: string) => run(args, { cwd });
const report = (cwd: string, name: string): Report => JSON.parse(readFileSync(join(cwd, name), 'utf8'));
const drift = (target: string, ...more: string[]) => [
  'audit',
  estate.source,
  target,
  '--phase',
  'drift',
  '-o',
  'json=r.json',
  ...more,
];

describe('a baseline', () => {
  test('that does not exist is refused, and is not needed with --baseline-optional', async () => {
    const cwd = empty();
    const missing = await tool(drift(estate.same, '--baseline', 'base.json'), cwd);
    expect([missing.code, missing.stderr]).toEqual([
      2,
      'error: --baseline: there is no file "base.json".\nhint: For the first run add --baseline-optional; after it, `ec2-parity accept REPORT -o baseline.json` writes the file.\n',
    ]);
    const optional = await tool(drift(estate.same, '--baseline', 'base.json', '--baseline-optional'), cwd);
    expect(optional.code).toBe(0);
    expect(optional.stderr).toContain('note: there is no file base.json yet; every finding is new');
  });

  test('of swapped sides and of other sides are refused', async () => {
    const cwd = empty();
    await tool(drift(estate.different), cwd);
    const swapped = await tool(
      ['audit', estate.different, estate.source, '--phase', 'drift', '--baseline', 'r.json', '-o', 'json'],
      cwd,
    );
    expect([swapped.code, swapped.stderr.split('\n')[0]]).toEqual([
      2,
      'error: --baseline r.json: its sides are swapped; it compares us-east-1 with eu-west-1, this run eu-west-1 with us-east-1.',
    ]);
    const other = await tool(
      ['audit', estate.source, estate.source, '--phase', 'drift', '--baseline', 'r.json', '-o', 'json'],
      cwd,
    );
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('of another pair of sides')]);
  });

  test('is what accept wrote, and the next night is quiet', async () => {
    const cwd = empty();
    await tool(drift(estate.different), cwd);
    const accepted = await tool(['accept', 'r.json', '-o', 'state.json'], cwd);
    expect([accepted.code, accepted.stderr]).toEqual([
      0,
      expect.stringMatching(/^wrote state\.json: \d+ findings? accepted\n$/),
    ]);
    const next = await tool(drift(estate.different, '--baseline', 'state.json', '-o', 'terminal'), cwd);
    expect(next.code).toBe(0);
    expect(next.stdout).toMatch(/accepted state of .+\n/);
    expect(next.stdout).toContain('no drift: 0 new, 0 worsened');
    const unknown = await tool(['accept', 'r.json', '--finding', 'nothing'], cwd);
    expect([unknown.code, unknown.stderr.split('\n')[0]]).toEqual([
      2,
      'error: r.json: no finding has the fingerprint "nothing".',
    ]);
  });
});

describe('a history', () => {
  test('tells which side moved, and a night without change adds no file', async () => {
    const cwd = empty();
    const night = (target: string) => {
      const known = existsSync(join(cwd, 'last.json')) ? ['--baseline', 'last.json'] : [];
      return tool([...drift(target, '--history', 'history', '-o', 'json=last.json'), ...known], cwd);
    };
    expect((await night(estate.same)).code).toBe(0);
    const files = filesBelow(join(cwd, 'history'));
    expect(files.filter((name) => name.startsWith('snapshots'))).toHaveLength(2);
    const bytes = () => files.map((name) => statSync(join(cwd, 'history', name)).size);
    const before = bytes();
    await night(estate.same);
    expect(filesBelow(join(cwd, 'history'))).toEqual(files);
    expect(bytes()).toEqual(before);
    expect((await night(estate.different)).code).toBe(1);
    const { findings, history } = report(cwd, 'last.json');
    expect(new Set(findings.map((f) => `${f.status} ${f.moved?.side}`))).toEqual(new Set(['new target']));
    expect(history).toMatchObject({ runs: 3, trend: [{ from: expect.any(String) }, {}] });
    expect(filesBelow(join(cwd, 'history'))).toHaveLength(files.length + 1);
  });

  test('that is not one is refused', async () => {
    const cwd = empty();
    writeDumps(join(cwd, 'history'), { region: 'x' });
    writeFileSync(join(cwd, 'history', 'us-east-1..eu-west-1.json'), '{"ledger": 9}');
    const { code, stderr } = await tool(drift(estate.same, '--history', 'history'), cwd);
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      'error: --history: history/us-east-1..eu-west-1.json is a ledger of version 9; this ec2-parity reads version 1.',
    ]);
  });
});

describe('waive', () => {
  const words = ['--reason', 'known', '--owner', 'platform', '--until', '2999-01-31'];

  test('writes the entry, keeps what the config says, and the finding is waived in the next run', async () => {
    const cwd = empty();
    await tool(drift(estate.different), cwd);
    const [first] = report(cwd, 'r.json').findings;
    writeFileSync(join(cwd, 'ec2-parity.config.yaml'), '# ours\nfailOn: high # as agreed\n');
    const { code } = await tool(['waive', first?.fingerprint ?? '', 'r.json', ...words, '--pin'], cwd);
    const text = readFileSync(join(cwd, 'ec2-parity.config.yaml'), 'utf8');
    expect([code, text]).toEqual([
      0,
      expect.stringContaining('# ours\nfailOn: high # as agreed\nwaivers:\n'),
    ]);
    expect(parse(text).waivers[0]).toMatchObject({
      rule: first?.rule,
      until: '2999-01-31',
      pin: first?.content,
    });
    await tool(drift(estate.different), cwd);
    expect(report(cwd, 'r.json').waived.map((f) => f.fingerprint)).toEqual([first?.fingerprint]);
  });

  test('makes the config where there is none, and refuses what is no day', async () => {
    const cwd = empty();
    await tool(drift(estate.different), cwd);
    const [first] = report(cwd, 'r.json').findings;
    const fingerprint = first?.fingerprint ?? '';
    const soon = await tool(['waive', fingerprint, 'r.json', ...words.slice(0, 4), '--until', 'soon'], cwd);
    expect([soon.code, soon.stderr.split('\n')[0]]).toEqual([
      2,
      'error: --until: "soon" is not a day like 2027-01-31, nor never.',
    ]);
    expect((await tool(['waive', fingerprint, 'r.json', ...words], cwd)).code).toBe(0);
    expect(readFileSync(join(cwd, 'ec2-parity.config.yaml'), 'utf8')).toMatch(/^waivers:\n {2}- rule: /);
  });

  test('a waiver that is wrong, or has expired, is named with its line', async () => {
    const cwd = empty();
    const config = (until: string) =>
      writeFileSync(
        join(cwd, 'ec2-parity.config.yaml'),
        `failOn: high\nwaivers:\n  - { rule: key-pair/extra, subject: x, reason: a, owner: b, until: never }\n  - rule: key-pair/*\n    subject: deploy\n    reason: a\n    owner: b\n${until}`,
      );
    config('');
    expect((await tool(drift(estate.different), cwd)).stderr).toMatch(
      /^error: ec2-parity\.config\.yaml:4: waivers\.1\.until: a waiver needs "until"/,
    );
    config('    until: 2020-01-31\n');
    const { stderr } = await tool(drift(estate.different), cwd);
    expect(stderr).toContain(
      'note: ec2-parity.config.yaml:4: the waiver for key-pair/* "deploy" expired on 2020-01-31; its finding (critical) counts again.\nhint: Fix the finding, set a later date, or delete the waiver.\n',
    );
    expect(stderr).toContain(
      'note: ec2-parity.config.yaml:3: the waiver for key-pair/extra "x" matches no finding.',
    );
  });
});

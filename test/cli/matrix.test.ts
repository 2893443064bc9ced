import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Rollup } from '../../src/matrix/model.ts';
import { writeDumps } from './kit/estate.ts';
import { filesBelow, run, temporaryFolder } from './kit/run.ts';

let home: string;
const config = (text: string, name = 'ec2-parity.config.yaml') => writeFileSync(join(home, name), text);
const matrix = (...args: string[]) => run(['matrix', ...args], { cwd: home });
const read = (file: string) => readFileSync(join(home, file), 'utf8');
const rollup = (file = 'reports/matrix/rollup.json'): Rollup => JSON.parse(read(file));

const PAIRS = `pairs:
  - { name: dr, source: dumps/us-east-1, target: [dumps/eu-west-1, dumps/ap-south-1] }
  - { name: same, source: dumps/us-east-1, target: dumps/us-west-2 }
  - { name: gone, source: dumps/us-east-1, target: dumps/nowhere }
`;

beforeAll(() => {
  home = temporaryFolder();
  writeDumps(join(home, 'dumps/us-east-1'), { region: 'us-east-1' });
  writeDumps(join(home, 'dumps/us-west-2'), { region: 'us-west-2' });
  writeDumps(join(home, 'dumps/eu-west-1'), { region: 'eu-west-1', groups: [] });
  writeDumps(join(home, 'dumps/ap-south-1'), { region: 'ap-south-1', groups: [], keys: [] });
});

describe('matrix', () => {
  it('audits every pair, writes a report for each and one roll-up, and names the pair that failed', async () => {
    config(PAIRS);
    const { code, stdout, stderr } = await matrix('--fail-on', 'low');
    expect(code).toBe(2);
    expect(filesBelow(join(home, 'reports/matrix'))).toEqual(
      [
        ...['dr-dumps-ap-south-1', 'dr-dumps-eu-west-1', 'same'].flatMap((pair) =>
          ['html', 'json', 'md'].map((format) => `${pair}/report.${format}`),
        ),
        'rollup.html',
        'rollup.json',
        'rollup.md',
      ].sort(),
    );
    const { pairs, repeated, summary } = rollup();
    expect(pairs.map(({ name, exitCode }) => [name, exitCode])).toEqual([
      ['gone', 2],
      ['dr dumps/ap-south-1', 1],
      ['dr dumps/eu-west-1', 1],
      ['same', expect.any(Number)],
    ]);
    expect(summary).toMatchObject({ pairs: 4, failed: 1 });
    expect(repeated.map(({ title }) => title)).toContainEqual(expect.stringContaining('"web"'));
    expect(stdout).toMatch(/^result: differences {2}4 pairs$/m);
    expect(stdout).toContain('1 could not be audited');
    expect(stderr).toContain('note: gone: not audited: ');
    expect(stderr).toContain('wrote reports/matrix/rollup.json');
    expect(read('reports/matrix/rollup.html')).toContain('<a href="dr-dumps-eu-west-1/report.html">');
  });

  it('has in each folder the report that an audit of the pair writes', async () => {
    config(PAIRS);
    await matrix();
    await run(['audit', 'dumps/us-east-1', 'dumps/eu-west-1', '-o', 'json=alone.json', '-q'], { cwd: home });
    const timeless = (file: string) => JSON.parse(read(file).replaceAll(/"\d{4}-\d\d-\d\dT[^"]*Z"/g, '""'));
    expect(timeless('reports/matrix/dr-dumps-eu-west-1/report.json')).toEqual(timeless('alone.json'));
  });

  it('lists the pairs for a CI matrix, and audits one by name or a part of them', async () => {
    config(PAIRS);
    const listed = JSON.parse((await matrix('--list')).stdout);
    expect(listed[0]).toEqual({
      name: 'dr dumps/eu-west-1',
      folder: 'dr-dumps-eu-west-1',
      source: 'dumps/us-east-1',
      target: 'dumps/eu-west-1',
    });
    const names = async (...args: string[]) =>
      JSON.parse((await matrix('--list', ...args)).stdout).map(({ name }: { name: string }) => name);
    expect(await names('--pair', 'same')).toEqual(['same']);
    expect(await names('--pair', 'dr *')).toEqual(['dr dumps/eu-west-1', 'dr dumps/ap-south-1']);
    const parts = [
      ...(await names('--shard', '1/3')),
      ...(await names('--shard', '2/3')),
      ...(await names('--shard', '3/3')),
    ];
    expect(parts.sort()).toEqual((await names()).sort());
  });

  it('takes a config, a gate and a baseline for a pair, and options for all', async () => {
    mkdirSync(join(home, 'conf'), { recursive: true });
    config('failOn: none\nrules: { security-group/missing: info }\n', 'conf/prod.yaml');
    config(
      `failOn: low
pairs:
  - { name: own, source: ../dumps/us-east-1, target: ../dumps/eu-west-1, config: prod.yaml }
  - { name: gate, source: ../dumps/us-east-1, target: ../dumps/eu-west-1, failOn: critical, phase: verification }
  - { name: main, source: ../dumps/us-east-1, target: ../dumps/eu-west-1, baseline: ../base.json }
`,
      'conf/matrix.yaml',
    );
    await run(['audit', 'dumps/us-east-1', 'dumps/eu-west-1', '-o', 'json=base.json', '-q'], { cwd: home });
    await matrix('--config', 'conf/matrix.yaml', '--output-dir', 'out', '-q');
    const seen = Object.fromEntries(
      rollup('out/rollup.json').pairs.map((p) => [
        p.name,
        p.state === 'audited' ? [p.failOn, p.phase, p.findings.high + p.findings.critical > 0, p.changed] : p,
      ]),
    );
    expect(seen).toEqual({
      own: ['none', 'readiness', false, null],
      gate: ['critical', 'verification', true, null],
      main: ['low', 'readiness', true, { new: 0, worsened: 0, resolved: 0 }],
    });
    await matrix(
      '--config',
      'conf/matrix.yaml',
      '--output-dir',
      'out',
      '-q',
      '--fail-on',
      'info',
      '--formats',
      'json,sarif',
    );
    expect(rollup('out/rollup.json').pairs.every((p) => p.state === 'audited' && p.failOn === 'info')).toBe(
      true,
    );
    expect(existsSync(join(home, 'out/own/report.sarif'))).toBe(true);
  });

  it('compares each pair with its baseline of a folder: the reports of an earlier run, or accepted states', async () => {
    config(PAIRS);
    const drift = ['--phase', 'drift', '--pair', 'dr *', '-q', '--output-dir'];
    const without = await matrix(...drift, 'night', '--baseline', 'earlier');
    expect([without.code, rollup('night/rollup.json').summary.failed]).toEqual([2, 2]);
    await matrix(...drift, 'earlier', '--baseline', 'earlier', '--baseline-optional');
    const changes = (file: string) =>
      rollup(file).pairs.map((p) => (p.state === 'audited' ? [p.exitCode, p.changed?.new] : []));
    expect(changes('earlier/rollup.json').every(([code]) => code === 1)).toBe(true);
    await matrix(...drift, 'night', '--baseline', 'earlier');
    expect(changes('night/rollup.json')).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const [first] = JSON.parse((await matrix('--list')).stdout);
    await run(['accept', `earlier/${first.folder}/report.json`, '-o', `accepted/${first.folder}.json`], {
      cwd: home,
    });
    await matrix(...drift, 'night', '--baseline', 'accepted', '--baseline-optional');
    expect(changes('night/rollup.json').map(([code]) => code)).toEqual([1, 0]);
  });

  it('keeps a history for each pair', async () => {
    config(PAIRS);
    await matrix('--history', 'ledger', '--pair', 'dr *', '-q');
    expect(
      filesBelow(join(home, 'ledger')).filter(
        (file) => file.endsWith('.json') && !file.includes('snapshots'),
      ),
    ).toEqual([
      'dr-dumps-ap-south-1/us-east-1..ap-south-1.json',
      'dr-dumps-eu-west-1/us-east-1..eu-west-1.json',
    ]);
  });

  it.each([
    ['no pairs', 'failOn: low\n', [], /lists no pairs/],
    ['an unknown pair', PAIRS, ['--pair', 'prod'], /no pair has the name "prod"/],
    ['an unknown format', PAIRS, ['--formats', 'pdf'], /--formats cannot be "pdf"/],
    ['a shard that is none', PAIRS, ['--shard', '4/3'], /--shard is "4\/3"/],
    ['a shard without pairs', PAIRS, ['--shard', '9/9'], /has no pair: there are 4 pairs/],
    ['no pair at a time', PAIRS, ['--concurrency', '0'], /--concurrency cannot be "0"/],
    ['an unknown key', 'pairs: [{ sorce: a, target: b }]\n', [], /config\.yaml:1: .*pairs/],
    ['a pair without a target', 'pairs:\n  - { source: us-east-1 }\n', [], /:2: .*needs a target/],
    [
      'no accounts file',
      'accounts: a.yml\npairs: [{ source: us-east-1, accounts: ["*"] }]\n',
      [],
      /accounts in .*a\.yml/,
    ],
    ['a format of reports', PAIRS, ['-o', 'sarif'], /not a format.*|The formats are terminal, md, json/],
  ])('is refused with %s', async (_, text, args, message) => {
    config(text);
    const { code, stderr } = await matrix(...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it('refuses an output that is read, before any pair is audited', async () => {
    config(PAIRS);
    const { code, stderr } = await matrix('-o', 'md=ec2-parity.config.yaml');
    expect([code, stderr]).toEqual([2, expect.stringContaining('it is read in this run')]);
    expect(stderr).not.toContain('reading');
    const among = await matrix('--output-dir', 'dumps/us-west-2', '-o', 'json=dumps/us-west-2/rollup.json');
    expect([among.code, among.stderr]).toEqual([
      2,
      expect.stringContaining('the files of dumps/us-west-2 are read'),
    ]);
  });
});

describe('merge', () => {
  it('makes the same roll-up from the reports as matrix made', async () => {
    config(PAIRS);
    await matrix('--pair', 'dr *', '-q', '-o', 'json=rolled.json');
    const reports = ['eu-west-1', 'ap-south-1'].map((r) => `reports/matrix/dr-dumps-${r}/report.json`);
    const { code } = await run(['merge', ...reports, '-o', 'json=merged.json', '-o', 'md=merged.md', '-q'], {
      cwd: home,
    });
    expect(code).toBe(1);
    const named = ({ pairs, ...rest }: Rollup) => ({
      ...rest,
      pairs: pairs.map((pair) => ({ ...pair, name: '' })),
      repeated: rest.repeated.map((one) => ({ ...one, pairs: one.pairs.length })),
    });
    expect(named(rollup('merged.json'))).toEqual(named(rollup('rolled.json')));
    expect(rollup('merged.json').pairs.map(({ name }) => name)).toEqual([
      'dr-dumps-ap-south-1',
      'dr-dumps-eu-west-1',
    ]);
    expect(read('merged.md')).toContain('### ✖ 2 of 2 pairs fail');
  });

  it('names a report that cannot be read and one that is missing, and hides no other', async () => {
    config(PAIRS);
    await matrix('--pair', 'dr *', '-q');
    writeFileSync(join(home, 'broken.json'), '{');
    const good = 'reports/matrix/dr-dumps-eu-west-1/report.json';
    const { code, stdout } = await run(['merge', good, 'broken.json', '--expect', '4', '--fail-on', 'none'], {
      cwd: home,
    });
    expect(code).toBe(2);
    expect(stdout).toContain('broken: broken.json is not JSON');
    expect(stdout).toContain('2 more pairs: 2 reports of 4 were given, so 2 pairs have none.');
    expect(stdout).toContain('dr-dumps-eu-west-1: us-east-1');
    expect(stdout).toContain('2 could not be audited, 1 passes');
  });

  it('refuses a report that is given twice, and a number that is none', async () => {
    const twice = await run(['merge', 'a.json', './a.json'], { cwd: home });
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('./a.json is given twice.')]);
    const none = await run(['merge', 'a.json', '--expect', 'x'], { cwd: home });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('--expect cannot be "x"')]);
  });
});

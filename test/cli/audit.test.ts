import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeDumps, writeEstate } from './kit/estate.ts';
import { filesBelow, run, temporaryFolder, transcript } from './kit/run.ts';

const folder = temporaryFolder();
const estate = writeEstate(folder);
const emptyFolder = () => mkdtempSync(join(folder, 'run-'));
const tool = (args: readonly string[], cwd = emptyFolder()) =>
  run(args, { cwd }).then((ran) => ({ ...ran, cwd }));

const REPORTS = ['report.html', 'report.json', 'report.md'];
const below = (parent: string) => REPORTS.map((name) => `${parent}/${name}`);

describe('exit codes', () => {
  test('0 when the sides agree', async () => {
    const { code, stdout } = await tool(['audit', estate.source, estate.same]);
    expect(code).toBe(0);
    expect(stdout).toContain('result: parity');
  });

  test('1 for a finding at or above the gate, 0 for one below it', async () => {
    expect((await tool(['audit', estate.source, estate.different])).code).toBe(1);
    expect((await tool(['audit', estate.source, estate.different, '--fail-on', 'critical'])).code).toBe(1);
    expect((await tool(['audit', estate.source, estate.different, '--fail-on', 'none'])).code).toBe(0);
    expect(
      (await tool(['audit', estate.source, estate.different, '--fail-on', 'high', '--only', 'images'])).code,
    ).toBe(0);
  });

  test('3 when something could not be read, whatever the gate', async () => {
    for (const gate of ['high', 'none']) {
      const { code, stdout } = await tool(['audit', estate.source, estate.unread, '--fail-on', gate]);
      expect(code).toBe(3);
      expect(stdout).toContain('result: inconclusive');
    }
  });

  test('1 and not 3 when something was found in what could be read', async () => {
    const target = writeDumps(join(emptyFolder(), 'eu-west-1'), {
      region: 'eu-west-1',
      keySeed: 'other',
      without: ['Images'],
    });
    expect((await tool(['audit', estate.source, target])).code).toBe(1);
  });

  test('what --only leaves out is no gap', async () => {
    expect(
      (await tool(['audit', estate.source, estate.unread, '--only', 'key-pairs,security-groups'])).code,
    ).toBe(0);
  });

  test('a transcript of each', async () => {
    const cwd = folder;
    const runs: string[] = [];
    for (const target of ['same', 'different', 'unread']) {
      const args = ['audit', 'us-east-1/', `${target}/eu-west-1`, '-o', 'terminal'];
      // With the slash it is a folder; without it the region.
      args[1] = './us-east-1';
      runs.push(transcript(args, await run(args, { cwd }), cwd));
    }
    await expect(runs.join('\n')).toMatchFileSnapshot('golden/audits.txt');
  });
});

describe('outputs', () => {
  test('by default the terminal report on stdout, and the three files in reports/<source>..<target>', async () => {
    const { cwd, stdout, stderr } = await tool(['audit', estate.source, estate.different]);
    expect(filesBelow(cwd)).toEqual(below('reports/us-east-1..eu-west-1'));
    for (const path of below('reports/us-east-1..eu-west-1')) expect(stdout).toContain(path);
    expect(stdout).toMatch(/^result: /);
    expect(stderr).toBe('');
    expect(
      JSON.parse(readFileSync(join(cwd, 'reports/us-east-1..eu-west-1/report.json'), 'utf8')).verdict,
    ).toBe('differences');
    expect(readFileSync(join(cwd, 'reports/us-east-1..eu-west-1/report.html'), 'utf8')).toMatch(
      /^<!doctype html>/i,
    );
  });

  test('--output-dir takes the place of the folder', async () => {
    const { cwd } = await tool(['audit', estate.source, estate.same, '--output-dir', 'a/b']);
    expect(filesBelow(cwd)).toEqual(below('a/b'));
  });

  test('any -o replaces the defaults: files only where asked for, stdout empty where nothing is sent there', async () => {
    const { code, cwd, stdout, stderr } = await tool([
      'audit',
      estate.source,
      estate.different,
      '-o',
      'json=x/r.json',
      '-o',
      'md=r.md',
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(filesBelow(cwd)).toEqual(['r.md', 'x/r.json']);
    expect(stderr).toBe(
      'wrote x/r.json\nwrote r.md\n✖ no workloads to launch; 1 of 3 pairs is the same · 2 findings (1 critical, 1 high) · exit code 1\n',
    );
  });

  test('--limit bounds the Markdown and the HTML, and refuses what it cannot do', async () => {
    const limited = (limit: string, format = 'md') =>
      tool(['audit', estate.source, estate.different, '-o', format, '--limit', limit]);
    expect(Buffer.byteLength((await limited('md=4096')).stdout)).toBeLessThanOrEqual(4096);
    expect(Buffer.byteLength((await limited('html=200000', 'html')).stdout)).toBeLessThanOrEqual(200_000);
    for (const [limit, said] of [
      ['mdd=65536', 'Did you mean "md"?'],
      ['md', 'without a number of bytes'],
      ['md=64k', 'without a number of bytes'],
      ['md=100', 'too few'],
      ['html=65536', 'Give at least 200000'],
    ] as const) {
      const { code, stderr } = await limited(limit);
      expect({ limit, code, told: stderr.includes(said) }).toEqual({ limit, code: 2, told: true });
    }
  });

  test('--quiet prints nothing, writes the files all the same, and sends to stdout what -o names', async () => {
    const silent = await tool(['audit', estate.source, estate.different, '-q']);
    expect({ ...silent, cwd: '' }).toEqual({ code: 1, cwd: '', stdout: '', stderr: '' });
    expect(filesBelow(silent.cwd)).toHaveLength(3);
    const asked = await tool(['audit', estate.source, estate.different, '-q', '-o', 'json']);
    expect(JSON.parse(asked.stdout).verdict).toBe('differences');
    expect(asked.stderr).toBe('');
  });

  test.each([
    ['json', /^\{\n/],
    ['md', /^<!-- ec2-parity /],
    ['html', /^<!doctype html>/i],
    ['terminal', /^result: /],
    ['sarif', /^\{\n {2}"\$schema"/],
    ['junit', /^<\?xml /],
  ])('-o %s alone sends it to stdout, and nothing else', async (format, begins) => {
    const { cwd, stdout } = await tool(['audit', estate.source, estate.different, '-o', format]);
    expect(stdout).toMatch(begins);
    expect(filesBelow(cwd)).toEqual([]);
    expect((await tool(['audit', estate.source, estate.different, '-o', `${format}=-`])).stdout).toMatch(
      begins,
    );
  });

  test('SARIF places its results in the config that governs them, by its path from the root of the checkout', async () => {
    const root = emptyFolder();
    const cwd = join(root, 'audits');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'ec2-parity.config.json'), '{}');
    const place = async (args: readonly string[], GITHUB_WORKSPACE: string) => {
      const { stdout } = await run([...args, '-o', 'sarif'], { cwd, env: { GITHUB_WORKSPACE } });
      return JSON.parse(stdout).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri;
    };
    const audit = ['audit', estate.source, estate.different];
    expect(await place(audit, root)).toBe('audits/ec2-parity.config.json');
    expect(await place(audit, '')).toBe('ec2-parity.config.json');
    expect(await place(audit, folder)).toMatch(/audits\/ec2-parity\.config\.json$/);
    expect(await place(audit, join(root, 'elsewhere'))).toMatch(/^file:\/\/\/.*\/ec2-parity\.config\.json$/);
    await run([...audit, '-o', 'json=r.json'], { cwd });
    expect(await place(['render', 'r.json'], root)).toBe('audits/ec2-parity.config.json');
  });

  test('JUnit goes by the gate of the run', async () => {
    const failures = async (gate: string) => {
      const { code, stdout } = await tool([
        'audit',
        estate.source,
        estate.different,
        '-o',
        'junit',
        '--fail-on',
        gate,
      ]);
      return [code, /<testsuites[^>]* failures="(\d+)"/.exec(stdout)?.[1] === '0'];
    };
    expect(await failures('high')).toEqual([1, false]);
    expect(await failures('none')).toEqual([0, true]);
  });

  test('the same JSON goes to a file and to stdout', async () => {
    const { cwd, stdout } = await tool([
      'audit',
      estate.source,
      estate.different,
      '-o',
      'json',
      '-o',
      'json=r.json',
    ]);
    expect(readFileSync(join(cwd, 'r.json'), 'utf8')).toBe(stdout);
  });

  test('two runs give the same report but for the times', async () => {
    const [one, two] = [
      await tool(['audit', estate.source, estate.different, '-o', 'json']),
      await tool(['audit', estate.source, estate.different, '-o', 'json']),
    ];
    const untimed = (text: string) => text.replace(/"(startedAt|finishedAt|firstSeen)": "[^"]+"/g, '');
    expect(untimed(one.stdout)).toBe(untimed(two.stdout));
    expect(one.stdout).toContain('"startedAt"');
  });

  test('a region that a file invents cannot choose the folder', async () => {
    const cwd = emptyFolder();
    await tool(['snapshot', estate.same, '-o', 'evil.json'], cwd);
    const text = readFileSync(join(cwd, 'evil.json'), 'utf8').replace('"eu-west-1"', '"../../../tmp/x"');
    writeFileSync(join(cwd, 'evil.json'), text);
    const { code } = await tool(['audit', estate.source, 'evil.json'], cwd);
    expect(filesBelow(cwd).filter((path) => path !== 'evil.json')).toEqual(
      code === 2 ? [] : below('reports/us-east-1..tmp-x'),
    );
  });

  test('to a device it is written, and the device stays', async () => {
    const { code, stdout } = await tool(['audit', estate.source, estate.same, '-o', 'json=/dev/null']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(existsSync('/dev/null')).toBe(true);
    expect(readFileSync('/dev/null', 'utf8')).toBe('');
  });
});

describe('what cannot be written', () => {
  const refused = async (args: readonly string[], cwd: string, named: string) => {
    const before = filesBelow(cwd);
    const { code, stdout, stderr } = await tool(args, cwd);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
    expect(stderr).toContain(named);
    expect(filesBelow(cwd)).toEqual(before);
  };

  test('a folder in the place of a file is named, and nothing else is written', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'out', 'report.md'), { recursive: true });
    await refused(['audit', estate.source, estate.same, '--output-dir', 'out'], cwd, 'out/report.md');
  });

  test('a file in the place of a folder is named', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'out'), '');
    await refused(['audit', estate.source, estate.same, '--output-dir', 'out/deep'], cwd, 'out');
  });

  test('a place where nothing can be made is named', async () => {
    await refused(
      ['audit', estate.source, estate.same, '-o', 'json=/proc/none/report.json'],
      emptyFolder(),
      '/proc/none/report.json',
    );
  });

  test('a snapshot is not replaced by the report about it', async () => {
    const cwd = emptyFolder();
    await tool(['snapshot', estate.source, '-o', 'us.json'], cwd);
    await refused(['audit', 'us.json', estate.same, '-o', 'json=./us.json'], cwd, 'us.json');
  });

  test('a live side is not asked before', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'out'), '');
    // Port 9 answers nobody: had it been asked, the message would be about that.
    await refused(
      ['audit', 'us-east-1', estate.same, '--endpoint-url', 'http://127.0.0.1:9', '--output-dir', 'out'],
      cwd,
      'out',
    );
  });

  test('an older report is replaced as a whole', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'r.json'), 'x'.repeat(1e6));
    await tool(['audit', estate.source, estate.same, '-o', 'json=r.json'], cwd);
    expect(JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8')).schemaVersion).toBe(1);
    expect(filesBelow(cwd)).toEqual(['r.json']);
  });
});

describe('a baseline', () => {
  test('makes findings persist, and drift end with 0 when nothing is new', async () => {
    const cwd = emptyFolder();
    await tool(['audit', estate.source, estate.different, '-o', 'json=last.json'], cwd);
    const first = await tool(
      ['audit', estate.source, estate.different, '--phase', 'drift', '-o', 'json'],
      cwd,
    );
    const again = await tool(
      ['audit', estate.source, estate.different, '--phase', 'drift', '--baseline', 'last.json', '-o', 'json'],
      cwd,
    );
    expect([first.code, again.code]).toEqual([1, 0]);
    expect(first.stderr).toMatch(/^✖ drift: 2 new .* · exit code 1$/m);
    expect(again.stderr).toMatch(/^✔ no drift: 0 new, .* · exit code 0$/m);
    expect(
      JSON.parse(again.stdout).findings.map((finding: { status: string }) => finding.status),
    ).not.toContain('new');
  });

  test('may be written over by the run that read it', async () => {
    const cwd = emptyFolder();
    await tool(['audit', estate.source, estate.different, '-o', 'json=last.json'], cwd);
    const args = ['audit', estate.source, estate.same, '--baseline', 'last.json', '-o', 'json=last.json'];
    expect((await tool(args, cwd)).code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'last.json'), 'utf8')).resolved.length).toBeGreaterThan(0);
  });

  test('that is not a report is refused, with the option and the file', async () => {
    const cwd = emptyFolder();
    await tool(['snapshot', estate.source, '-o', 'us.json'], cwd);
    const { code, stderr } = await tool(['audit', estate.source, estate.same, '--baseline', 'us.json'], cwd);
    expect(code).toBe(2);
    expect(stderr).toContain('--baseline: us.json is a snapshot, not a report.');
  });
});

describe('sides', () => {
  test('a snapshot with itself is compared, with a note', async () => {
    const cwd = emptyFolder();
    await tool(['snapshot', estate.source, '-o', 'us.json'], cwd);
    const { code, stdout, stderr } = await tool(['audit', 'us.json', './us.json', '-o', 'terminal'], cwd);
    expect(code).toBe(0);
    expect(stdout).toContain('result: parity');
    expect(stderr).toMatch(/^note: .+ with itself\n$/);
    expect((await tool(['audit', 'us.json', 'us.json', '-o', 'terminal', '--quiet'], cwd)).stderr).toBe('');
  });

  test('a folder whose name is no region needs the option that tells it, and takes it', async () => {
    const dumps = writeDumps(join(emptyFolder(), 'theirs'), { region: 'eu-west-1' });
    const without = await tool(['audit', estate.source, dumps]);
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('--target-region');
    expect((await tool(['audit', estate.source, dumps, '--target-region', 'eu-west-1'])).code).toBe(0);
    expect((await tool(['audit', estate.source, dumps, '--target-region', 'euwest1'])).code).toBe(2);
  });

  test.each([
    ['an empty file', ''],
    ['something else than JSON', 'hello'],
    ['JSON of another kind', '[1, 2]'],
    ['a cut-off snapshot', '{"schemaVersion": 1, "region": "us'],
    ['binary rubbish', '\u0000\ufffd\u0001'],
  ])('%s in the place of a snapshot is refused, with its name', async (_, content) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'us.json'), content);
    const { code, stderr } = await tool(['audit', 'us.json', estate.same], cwd);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*us\.json.+\nhint: .+\n$/);
  });

  test('an empty folder, and a file that is no snapshot by name, are refused', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'us.txt'), '{}');
    mkdirSync(join(cwd, 'us-east-1-empty'));
    expect((await tool(['audit', 'us.txt', estate.same], cwd)).stderr).toContain(
      'neither a snapshot by its name',
    );
    expect((await tool(['audit', 'us-east-1-empty', estate.same], cwd)).code).toBe(2);
  });
});

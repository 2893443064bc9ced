import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { pinned } from '../../src/cli/pinned-actions.ts';
import { writeDumps } from '../cli/kit/estate.ts';
import { filesBelow, run, temporaryFolder } from '../cli/kit/run.ts';
import { installNpx } from '../kit/github.ts';
import { ACTION_TEXT, action, useAction } from './kit.ts';

let home: string;
const SIDES = { source: 'dumps/us-east-1', target: 'dumps/eu-west-1' };
const used = (inputs: Readonly<Record<string, string>> = {}, before = '') =>
  useAction(home, { ...SIDES, ...inputs }, {}, before);

beforeAll(() => {
  home = temporaryFolder();
  writeDumps(join(home, 'dumps/us-east-1'), { region: 'us-east-1', keys: ['deploy', 'extra'] });
  writeDumps(join(home, 'dumps/eu-west-1'), { region: 'eu-west-1', groups: [] });
  writeDumps(join(home, 'dumps/us-west-2'), { region: 'us-west-2', keys: ['deploy', 'extra'] });
  writeDumps(join(home, 'dumps/cut'), { region: 'eu-west-1', without: ['KeyPairs'] });
  installNpx(home);
}, 120_000);

describe('the description of the action', () => {
  it('uses actions of others at a commit, the one that workflows of init use too', async () => {
    const uses = ACTION_TEXT.split('\n').flatMap((line) => /uses: (.*)/.exec(line)?.[1] ?? []);
    expect(uses).toEqual(
      (['actions/setup-node', 'actions/upload-artifact', 'github/codeql-action/upload-sarif'] as const).map(
        pinned,
      ),
    );
  });

  it('has no expression in a script: what is given reaches it as a variable', async () => {
    const scripts = action.runs.steps.flatMap((step) => ('run' in step ? [step.run] : []));
    expect(scripts).toHaveLength(3);
    for (const script of scripts) expect(script).not.toContain('${{');
  });

  it('hands every input to a step, and every output comes from one', async () => {
    const { inputs, outputs } = action;
    for (const name of Object.keys(inputs))
      expect(ACTION_TEXT, name).toMatch(new RegExp(`inputs\\.${name}\\b`));
    for (const name of [
      ...['verdict', 'parity', 'blocked', 'findings', 'new', 'worsened', 'incomplete'],
      ...['report-path', 'json-path'],
    ])
      expect(Object.keys(outputs)).toContain(name);
  });
});

describe('the action', () => {
  it('audits, sets its outputs, adds the summary, annotates the worst, keeps the reports, and fails last', async () => {
    const { failed, outputs, summary, log, ran, steps } = await used();
    expect(failed).toBe(true);
    expect(outputs).toEqual({
      verdict: 'differences',
      parity: 'false',
      blocked: '0',
      findings: expect.stringMatching(/^[1-9]\d*$/),
      new: outputs.findings,
      worsened: '0',
      incomplete: expect.stringMatching(/^(true|false)$/),
      'exit-code': '1',
      'report-path': join(home, 'ec2-parity-reports/report.html'),
      'json-path': join(home, 'ec2-parity-reports/report.json'),
    });
    expect(summary).toBe(readFileSync(join(home, 'ec2-parity-reports/report.md'), 'utf8'));
    expect(log).toMatch(
      /^::error title=high%3A security-group\/missing::Security group "web" does not exist/m,
    );
    expect(log).toMatch(/^result: differences/m);
    expect(ran.map(({ step }) => step.slice(0, 30))).toEqual([
      'actions/setup-node',
      'node "$GITHUB_ACTION_PATH/acti',
      'actions/upload-artifact',
      'exit "$EXIT_CODE"',
    ]);
    expect(ran[2]?.with).toMatchObject({ name: 'ec2-parity', path: join(home, 'ec2-parity-reports') });
    expect(steps.audit?.outputs.folder).toBe(join(home, 'ec2-parity-reports'));
    expect(filesBelow(join(home, 'ec2-parity-reports'))).toEqual(['report.html', 'report.json', 'report.md']);
  });

  it('passes where the gate lets the findings pass', async () => {
    const { failed, outputs, log } = await used({ 'fail-on': 'none', annotations: '1' });
    expect([failed, outputs['exit-code']]).toEqual([
      outputs.incomplete === 'true',
      outputs.incomplete === 'true' ? '3' : '0',
    ]);
    expect(log.match(/^::(error|warning|notice) title=(critical|high|medium|low)/gm)).toHaveLength(1);
    expect(log).not.toMatch(/^::error/m);
  });

  it('is incomplete where something was not read, and says what', async () => {
    const { failed, outputs, log } = await used({
      target: 'dumps/cut',
      'target-region': 'eu-west-1',
      'fail-on': 'none',
    });
    expect([failed, outputs.incomplete, outputs['exit-code']]).toEqual([true, 'true', '3']);
    expect(log).toMatch(/^::warning title=not read%3A key-pair of the target::/m);
  });

  it('fails without a report where the tool could not run, and the summary has the end of the log', async () => {
    const { failed, outputs, summary, log, ran } = await used({ target: 'dumps/nowhere' });
    expect([failed, outputs.verdict, outputs.parity, outputs['exit-code']]).toEqual([
      true,
      'inconclusive',
      'false',
      '2',
    ]);
    expect(summary).toContain('could not audit');
    expect(summary).toContain('error: "dumps/nowhere" does not exist.');
    expect(log).toMatch(/^::error title=ec2-parity::error: "dumps\/nowhere" does not exist/m);
    expect(ran.map(({ step }) => step)).toContain('actions/upload-artifact');
  });

  it('runs what was built in its own checkout, where nothing else is requested', async () => {
    const checkout = temporaryFolder();
    cpSync(join(import.meta.dirname, '../../action'), join(checkout, 'action'), { recursive: true });
    writeFileSync(join(checkout, 'package.json'), '{ "version": "1.2.3" }');
    mkdirSync(join(checkout, 'dist/cli'), { recursive: true });
    writeFileSync(
      join(checkout, 'dist/cli/main.js'),
      'process.stderr.write("error: built " + process.argv[2]); process.exitCode = 2;\n',
    );
    const { log } = await useAction(home, { ...SIDES, version: '' }, { GITHUB_ACTION_PATH: checkout });
    expect(log).toContain('error: built audit');
  });

  it('takes a version of the tool, and only a version', async () => {
    expect((await used({ version: '9.9.9' })).outputs['exit-code']).toBe('99');
    expect((await used({ version: '1.0.0 && curl' })).log).toContain(
      '::error title=ec2-parity::The input version is',
    );
  });

  it('sends results to code scanning and other formats to the artifact where that is given', async () => {
    const { ran } = await used({ 'upload-sarif': 'true', formats: 'junit, csv', 'output-dir': 'out' });
    const upload = ran.find(({ step }) => step === 'github/codeql-action/upload-sarif');
    expect(upload?.with.sarif_file).toBe(join(home, 'out/report.sarif'));
    expect(filesBelow(join(home, 'out'))).toEqual([
      'report.csv',
      'report.json',
      'report.junit.xml',
      'report.md',
      'report.sarif',
    ]);
  });

  it('uploads nothing and writes no summary where that is not wanted', async () => {
    const { ran, summary } = await used({ 'artifact-name': '', summary: 'false', 'node-version': '' });
    expect(ran.map(({ step }) => step.split(' ')[0])).toEqual(['node', 'exit']);
    expect(summary).toBe('');
  });

  it('fails in phase drift on what is new, with what the baseline had left out of the annotations', async () => {
    await run(['audit', SIDES.source, SIDES.target, '-q', '-o', 'json=base.json'], { cwd: home });
    const known = await used({ phase: 'drift', baseline: 'base.json', history: 'ledger' });
    expect([known.outputs.new, known.outputs['exit-code'] === '1']).toEqual(['0', false]);
    expect(known.log).not.toMatch(/^::error/m);
    expect(existsSync(join(home, 'ledger/us-east-1..eu-west-1.json'))).toBe(true);
    const first = await used({ phase: 'drift', baseline: 'none.json' });
    expect(first.outputs['exit-code']).toBe('1');
  });

  it('hands templates, one a line, and places their findings on their lines', async () => {
    writeFileSync(
      join(home, 'app.yaml'),
      'Resources:\n  Server:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-0123456789abcdef0\n      InstanceType: t3.micro\n',
    );
    const { log } = await used({ template: 'app.yaml\n\n', annotations: '50' });
    expect(log).toMatch(/^::(error|warning|notice) file=app\.yaml,line=\d,title=/m);
  });

  it.each([
    ['source', ''],
    ['source', '--config=x'],
    ['phase', 'now'],
    ['fail-on', 'worst'],
    ['formats', 'html,pdf'],
    ['annotations', 'many'],
    ['comment', 'yes'],
    ['config', 'a\nb'],
  ])('refuses %s "%s" before anything runs', async (name, value) => {
    const { failed, log, outputs, ran } = await used({ [name]: value });
    expect(failed).toBe(true);
    expect(log).toContain(`::error title=ec2-parity::The input ${name} `);
    expect(log).not.toContain('result:');
    expect(outputs).toMatchObject({ parity: 'false', 'exit-code': '2' });
    expect(ran.map(({ step }) => step)).not.toContain('exit "$EXIT_CODE"');
  });

  it.each([
    '$(touch pwned)"; touch pwned; "',
    "it's `touch pwned` && touch pwned",
    '\u202e ::set-output name=x::y',
  ])('takes %j for a name in every input that is text', async (name) => {
    const { log } = await used({ source: name, config: name, 'output-dir': 'safe', 'artifact-name': name });
    expect(log).toMatch(/error/);
    expect(filesBelow(home).filter((file) => file.endsWith('pwned'))).toEqual([]);
  });

  it('adds to a summary and stays below the size at which GitHub drops it', async () => {
    const earlier = `${'x'.repeat(979)}\n`.repeat(1_000);
    const { summary, outputs } = await used({}, earlier);
    expect(summary.startsWith(earlier)).toBe(true);
    expect(summary.slice(earlier.length)).toContain('### ✖ No workloads to launch');
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_000_000);
    const full = await used({}, `${'x'.repeat(999)}\n`.repeat(1_000));
    expect(full.summary).toHaveLength(1_000_000);
    expect(full.log).toContain('::warning::The summary of this step is full');
    expect(full.outputs['exit-code']).toBe(outputs['exit-code']);
  });
});

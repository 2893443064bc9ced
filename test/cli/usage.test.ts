import pLimit from 'p-limit';
import { describe, expect, test } from 'vitest';
import { run, temporaryFolder, transcript } from './kit/run.ts';

const folder = temporaryFolder();
const tool = (args: readonly string[], env?: Record<string, string>) =>
  run(args, { cwd: folder, ...(env ? { env } : {}) });

describe('help and version', () => {
  test('help goes to stdout, names every command, and ends with 0', async () => {
    const { code, stdout, stderr } = await tool(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of [
      'audit',
      'snapshot',
      'render',
      'plan',
      'rules',
      'export',
      'fingerprint',
      'iam-policy',
      'schema',
      'demo',
    ])
      expect(stdout).toContain(`ec2-parity ${command}`);
  });

  test.each([
    'audit',
    'snapshot',
    'render',
    'rules',
    'export',
    'fingerprint',
    'iam-policy',
    'schema',
    'demo',
  ])('%s --help ends with 0 and runs nothing', async (command) => {
    const { code, stdout, stderr } = await tool([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`ec2-parity ${command}`);
  });

  test('the help of audit names every option of the contract that this version has', async () => {
    const { stdout } = await tool(['audit', '--help']);
    for (const option of [
      'phase',
      'fail-on',
      'output',
      'output-dir',
      'config',
      'baseline',
      'only',
      'public-keys',
      'verify-content',
      'verify-budget',
      'source-role-arn',
      'target-role-arn',
      'external-id',
      'endpoint-url',
      'source-region',
      'target-region',
      'quiet',
      'verbose',
      'no-color',
    ])
      expect(stdout).toContain(`--${option}`);
  });

  test('the version goes to stdout and is that of the package', async () => {
    expect(await tool(['--version'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });

  test('without arguments the help goes to stderr and the code is 2', async () => {
    const { code, stdout, stderr } = await tool([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Commands:');
  });

  test('messages are English whatever the locale', async () => {
    const { stdout } = await tool(['--help'], { LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' });
    expect(stdout).toContain('Commands:');
  });
});

const MISTAKES: readonly (readonly string[])[] = [
  ['adit', 'us-east-1', 'eu-west-1'],
  ['us-east-1', 'eu-west-1'],
  ['plan', 'report.json'],
  ['plan', 'us-east-1', 'eu-west-1'],
  ['fingerprint'],
  ['fingerprint', 'id_rsa.pub'],
  ['export'],
  ['export', 'us-east-1', '--only', 'workloads'],
  ['--phase', 'drift'],
  ['audit'],
  ['audit', 'us-east-1'],
  ['audit', 'us-east-1', 'eu-west-1', 'us-west-2'],
  ['audit', 'us-east-1', 'eu-west-1', '--fail-onn', 'high'],
  ['audit', 'us-east-1', 'eu-west-1', '--failOn', 'high'],
  ['audit', 'us-east-1', 'eu-west-1', '--sarif'],
  ['audit', '--phse', 'us-east-1', 'eu-west-1'],
  ['audit', 'us-east-1', 'eu-west-1', '-ojson'],
  ['audit', 'us-east-1', 'eu-west-1', '-o'],
  ['audit', 'us-east-1', 'eu-west-1', '--config='],
  ['audit', 'us-east-1', 'eu-west-1', '--template', 'none.yaml'],
  ['audit', 'us-east-1', 'eu-west-1', '--template', 'none.yaml', '--only', 'images'],
  ['audit', 'us-east-1', 'eu-west-1', '--phase', 'drift', '--phase', 'readiness'],
  ['audit', 'us-east-1', 'eu-west-1', '--phase', 'rediness'],
  ['audit', 'us-east-1', 'eu-west-1', '--fail-on', 'new'],
  ['audit', 'us-east-1', 'eu-west-1', '--only', 'keypairs'],
  ['audit', 'us-east-1', 'eu-west-1', '-o', 'sarf=report.sarif'],
  ['audit', 'us-east-1', 'eu-west-1', '-o', 'jsn'],
  ['audit', 'us-east-1', 'eu-west-1', '-o', 'json,md'],
  ['audit', 'us-east-1', 'eu-west-1', '-o', 'json='],
  ['audit', 'us-east-1', 'eu-west-1', '-o', 'json', '-o', 'md'],
  ['audit', 'us-east-1', 'eu-west-1', '-o', 'json=x', '-o', 'html=./x'],
  ['audit', 'us-east-1', 'eu-west-1', '--source-region', 'us-east-1'],
  ['audit', 'us-east-1', 'eu-west-1', '--endpoint-url', 'localhost:5000'],
  ['audit', 'us-east-1', 'eu-west-1', '--endpoint-url', 'https://vpce-1.ec2.us-east-1.vpce.amazonaws.com'],
  ['audit', 'us-east-1', 'eu-west-1', '--source-role-arn', 'Auditor'],
  ['audit', 'useast1', 'eu-west-1'],
  ['audit', 'us-east-1a', 'eu-west-1'],
  ['audit', 'us-east-1@', 'eu-west-1'],
  ['audit', 'snapshots/none.json', 'eu-west-1'],
  ['audit', '', 'eu-west-1'],
  ['snapshot', 'us-east-1'],
  ['snapshot', 'us-east-1', '-o', 'us'],
  ['snapshot', 'us-east-1', '-o', 'a.json', '-o', 'b.json'],
  ['render'],
  ['render', 'none.json'],
  ['rules', 'key-pair/diferent-key'],
  ['rules', '--json', '--markdown'],
  ['rules', 'key-pair/missing', '--markdown'],
  ['iam-policy', '--json'],
  ['schema'],
  ['schema', 'raport'],
  ['demo', 'us-east-1'],
];

test('every mistake ends with 2, two lines that say what is wrong and what to do, and nothing on stdout', async () => {
  const transcripts: string[] = [];
  // A few processes at once: none of them writes anything.
  const atOnce = pLimit(4);
  const runs = MISTAKES.map((args) => ({ args, ran: atOnce(() => tool(args)) }));
  for (const { args, ran: over } of runs) {
    const ran = await over;
    transcripts.push(transcript(args, ran, folder));
    expect({ args, code: ran.code, stdout: ran.stdout }).toEqual({ args, code: 2, stdout: '' });
    expect({ args, stderr: ran.stderr }).toEqual({
      args,
      stderr: expect.stringMatching(/^error: .+\nhint: .+\n$/),
    });
  }
  await expect(transcripts.join('\n')).toMatchFileSnapshot('golden/mistakes.txt');
}, 120_000);

test('a stack comes with --verbose only', async () => {
  const { stderr } = await tool(['audit', 'useast1', 'eu-west-1', '--verbose']);
  expect(stderr).toMatch(/^error: .+\nhint: .+\nUnable: .+\n +at /);
});

test('what could steer the terminal is written as an escape', async () => {
  const { code, stderr } = await tool(['audit', '\x1b[2Jred\u202egpj.exe\n', 'eu-west-1']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/\\u\{1B\}\[2Jred\\u\{202E\}gpj\.exe\\n/);
  expect(stderr.split('\n')).toHaveLength(3);
});

test('colour in the error line only where stderr is a terminal or FORCE_COLOR asks for it', async () => {
  const esc = '\x1b[';
  expect((await tool(['adit'])).stderr).not.toContain(esc);
  expect((await tool(['adit'], { FORCE_COLOR: '1' })).stderr).toContain(esc);
  expect((await tool(['adit'], { FORCE_COLOR: '0' })).stderr).not.toContain(esc);
  expect((await tool(['adit'], { FORCE_COLOR: '1', NO_COLOR: '1' })).stderr).not.toContain(esc);
  expect((await tool(['adit', '--no-color'], { FORCE_COLOR: '1' })).stderr).not.toContain(esc);
});

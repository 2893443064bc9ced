import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../endpoint/endpoint.ts';
import { writeEstate } from './kit/estate.ts';
import { ended, installedTool, modulesOf, start } from './kit/process.ts';
import { cleanEnvironment, filesBelow, run, temporaryFolder } from './kit/run.ts';

/** Two regions of the double, as the same things stand in both. */
const REGION = (name: string) => ({
  vpcs: [{ VpcId: `vpc-${name}`, CidrBlock: '172.31.0.0/16', IsDefault: true }],
  keyPairs: [{ KeyPairId: `key-${name}`, KeyName: 'deploy', KeyType: 'ed25519' as const, PublicKey: KEY }],
  securityGroups: ['default', 'web'].map((group) => ({
    GroupId: `sg-${group}-${name}`,
    GroupName: group,
    Description: group,
    VpcId: `vpc-${name}`,
  })),
});
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f deploy';

let main: string;
let aws: Endpoint;
const folder = temporaryFolder();
const estate = writeEstate(folder);
const emptyFolder = () => mkdtempSync(join(folder, 'run-'));
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_MAX_ATTEMPTS: '2' };
const tool = (args: readonly string[], env: Record<string, string> = {}) =>
  run(args, { cwd: emptyFolder(), env: { ...KEYS, ...env } });

beforeAll(() => {
  main = installedTool().main;
}, 120_000);
beforeEach(async () => {
  await aws?.close();
  aws = await startEndpoint({ regions: { 'us-east-1': REGION('us'), 'eu-west-1': REGION('eu') } });
});
afterAll(() => aws?.close());

describe('two live regions', () => {
  const audit = ['audit', 'us-east-1', 'eu-west-1', '-o', 'terminal'];

  test('are read over the real API and compared, with one quiet line on a stderr that is no terminal', async () => {
    const { code, stdout, stderr } = await tool([...audit, '--endpoint-url', aws.url]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'reading us-east-1 and eu-west-1\n' });
    expect(stdout).toContain('result: parity');
    for (const region of ['us-east-1', 'eu-west-1'])
      expect(aws.calls('DescribeSecurityGroups', region)).toHaveLength(1);
  });

  test.each(['AWS_ENDPOINT_URL_EC2', 'AWS_ENDPOINT_URL', 'EC2_PARITY_ENDPOINT_URL'])(
    'the endpoint may come from %s',
    async (name) => {
      expect((await tool([...audit, '--quiet'], { [name]: aws.url })).code).toBe(0);
      expect(aws.calls('DescribeImages').length).toBe(2);
    },
  );

  test('--quiet says nothing on stderr', async () => {
    expect((await tool([...audit, '--quiet', '--endpoint-url', aws.url])).stderr).toBe('');
  });

  test('an endpoint that is down is one gap of each side in words, not one of each kind', async () => {
    const { url } = aws;
    await aws.close();
    const { code, stdout } = await tool([...audit, '--endpoint-url', url], { AWS_MAX_ATTEMPTS: '1' });
    expect(code).toBe(3);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text.match(/ECONNREFUSED/g)).toHaveLength(2);
    for (const region of ['us-east-1', 'eu-west-1'])
      expect(text).toContain(`No call in ${region} was answered: connect ECONNREFUSED`);
    expect(text).toContain('? unknown: not all workloads could be read');
  });

  test('one denied kind makes the run incomplete, and the rest is compared', async () => {
    aws.misbehave('eu-west-1', 'DescribeImages', { deny: true });
    const { code, stdout } = await tool([
      'audit',
      'us-east-1',
      'eu-west-1',
      '-o',
      'json',
      '--endpoint-url',
      aws.url,
    ]);
    expect(code).toBe(3);
    const report = JSON.parse(stdout);
    expect(report.gaps).toEqual([
      expect.objectContaining({ side: 'target', kind: 'image', code: 'access-denied', blocking: true }),
    ]);
    expect(report.summary.byKind['key-pair'].same).toBe(1);
  });

  test('what --timeout leaves unread makes the run incomplete; the other kinds are compared', async () => {
    aws.misbehave('eu-west-1', 'DescribeKeyPairs', { delayMs: 120_000 });
    const { code, stdout } = await tool([...audit, '--endpoint-url', aws.url, '--timeout', '3']);
    expect(code).toBe(3);
    expect(stdout.replace(/\s+/g, ' ')).toContain('3 s for all reading (--timeout) were over');
    expect(aws.calls('DescribeSecurityGroups', 'eu-west-1')).toHaveLength(1);
  });

  test('a non-loopback endpoint for both is refused before anything is sent, wherever it comes from', async () => {
    const elsewhere = 'http://192.0.2.1:5000';
    for (const [args, env] of [
      [[...audit, '--endpoint-url', elsewhere], {}],
      [audit, { EC2_PARITY_ENDPOINT_URL: elsewhere }],
      [audit, { AWS_ENDPOINT_URL_CLOUDFORMATION: elsewhere }],
      [audit, { AWS_ENDPOINT_URL_SSM: elsewhere }],
    ] as const) {
      const { code, stderr } = await tool(args, env);
      expect(code).toBe(2);
      expect(stderr).toContain('the same place');
    }
  });

  test('one region under one name twice is refused', async () => {
    const { code, stderr } = await tool([
      'audit',
      'us-east-1',
      'us-east-1',
      '--quiet',
      '--endpoint-url',
      aws.url,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('the same place');
    expect(aws.calls('DescribeSecurityGroups')).toEqual([]);
  });

  test('no credentials are one error of two lines', async () => {
    const { code, stderr } = await run([...audit, '--quiet', '--endpoint-url', aws.url], {
      cwd: emptyFolder(),
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
  });

  test('a profile that does not exist is named', async () => {
    const { code, stderr } = await tool([
      'audit',
      'us-east-1@nobody',
      'eu-west-1',
      '--quiet',
      '--endpoint-url',
      aws.url,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('nobody');
  });
});

test('the reports of a side with a profile stand in a folder that says so', async () => {
  const cwd = emptyFolder();
  const config = join(cwd, '.aws');
  writeFileSync(config, '[profile dr]\naws_access_key_id = AKIADR\naws_secret_access_key = s\n');
  const { code } = await run(
    ['audit', estate.source, 'eu-west-1@dr', '--quiet', '--fail-on', 'none', '--endpoint-url', aws.url],
    {
      cwd,
      env: { AWS_CONFIG_FILE: config },
    },
  );
  expect(code).toBe(0);
  expect(filesBelow(join(cwd, 'reports'))[0]).toBe('us-east-1..eu-west-1@dr/report.html');
});

test('a folder that is called as a region is not read for it, and a note says how it would be', async () => {
  const args = ['audit', 'us-east-1', 'eu-west-1', '-o', 'terminal', '--endpoint-url', aws.url];
  const { code, stderr } = await run(args, { cwd: folder, env: KEYS });
  expect(code).toBe(0);
  expect(stderr).toContain(
    'note: us-east-1 is read from AWS; to use the folder of that name, write ./us-east-1\n',
  );
});

test('a live snapshot, audited as a file, gives what the live audit gave', async () => {
  const cwd = emptyFolder();
  const env = KEYS;
  expect(
    (await run(['snapshot', 'us-east-1', '-o', 'us.json', '--endpoint-url', aws.url], { cwd, env })).code,
  ).toBe(0);
  const { code, stdout } = await run(
    ['audit', 'us.json', 'eu-west-1', '-o', 'json', '--endpoint-url', aws.url],
    { cwd, env },
  );
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'parity',
    source: { origin: 'live' },
    target: { origin: 'live' },
  });
});

test('a snapshot of what is denied ends with 3 and says so', async () => {
  aws.misbehave('us-east-1', 'DescribeKeyPairs', { deny: true });
  const { code, stderr } = await tool([
    'snapshot',
    'us-east-1',
    '-o',
    'us.json',
    '--quiet',
    '--endpoint-url',
    aws.url,
  ]);
  expect(code).toBe(3);
  expect(stderr).toMatch(/^not read: key pairs of us-east-1 \(access-denied\): .+\n$/);
});

test('live work loads the SDK: the record of modules would show it for file-to-file work too', async () => {
  const { modules } = await modulesOf(
    main,
    ['snapshot', 'us-east-1', '-o', 'us.json', '--endpoint-url', aws.url],
    { cwd: emptyFolder(), env: KEYS },
  );
  expect(modules).toContain('@aws-sdk');
});

describe('an interrupted run', () => {
  const reading = async (earlier: number) => {
    for (let i = 0; i < 1000 && aws.received.length === earlier; i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
  };

  test.each([
    ['SIGINT', 130, ['audit', 'us-east-1', 'eu-west-1']],
    ['SIGTERM', 143, ['audit', 'us-east-1', 'eu-west-1']],
    ['SIGINT', 130, ['snapshot', 'us-east-1', '-o', 'us.json']],
  ] as const)('by %s ends with %i at once, with one line and no file: %s', async (signal, code, args) => {
    aws.misbehave('us-east-1', '*', { delayMs: 20_000 });
    aws.misbehave('eu-west-1', '*', { delayMs: 20_000 });
    const cwd = emptyFolder();
    const earlier = aws.received.length;
    const child = start(main, [...args, '--endpoint-url', aws.url], { cwd, env: KEYS });
    const over = ended(child);
    await reading(earlier);
    const before = Date.now();
    child.kill(signal);
    const ran = await over;
    expect(Date.now() - before).toBeLessThan(5_000);
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code, stdout: '' });
    expect(ran.stderr).toMatch(new RegExp(`^reading .+\\ninterrupted by ${signal}\\n$`));
    expect(filesBelow(cwd)).toEqual([]);
  });
});

// `script` of other systems takes other options.
describe.runIf(process.platform === 'linux')('on a terminal', () => {
  const onTerminal = async (columns: number) => {
    aws.misbehave('eu-west-1', 'DescribeImages', { delayMs: 500 });
    const command = `${process.execPath} ${main} audit us-east-1 eu-west-1 -o json=r.json --endpoint-url ${aws.url}`;
    const env = { ...cleanEnvironment(KEYS), TERM: 'xterm' };
    return ended(
      spawn('script', ['-qec', `stty cols ${columns}; ${command}`, '/dev/null'], {
        cwd: emptyFolder(),
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  };

  test('the progress names both sides and counts, and the cursor is shown again', async () => {
    const { code, stdout } = await onTerminal(120);
    expect(code).toBe(0);
    expect(stdout).toMatch(/us-east-1: [^|\r\n]*security groups 2.* \| eu-west-1: /);
    expect(stdout.lastIndexOf('\x1b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\x1b[?25l'));
  });

  test('the code of an MFA device is read once for both sides, and is not shown', async () => {
    const roleArn = 'arn:aws:iam::111122223333:role/audit';
    await aws.close();
    const regions = { 'us-east-1': REGION('us'), 'eu-west-1': REGION('eu') };
    aws = await startEndpoint({ regions, roles: { [roleArn]: {} } });
    const cwd = emptyFolder();
    const config = join(cwd, 'config');
    writeFileSync(
      config,
      `[profile mfa]\nrole_arn = ${roleArn}\nmfa_serial = arn:aws:iam::111122223333:mfa/ann\n` +
        `credential_source = Environment\nendpoint_url = ${aws.url}\n`,
    );
    const child = spawn(
      'script',
      [
        '-qec',
        `stty cols 120; ${process.execPath} ${main} audit us-east-1@mfa eu-west-1@mfa -o json=r.json`,
        '/dev/null',
      ],
      {
        cwd,
        env: { ...cleanEnvironment(KEYS), TERM: 'xterm', AWS_CONFIG_FILE: config },
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
    let seen = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const before = seen;
      seen += chunk;
      if (!before.includes('MFA code of') && seen.includes('MFA code of')) child.stdin.write('654321\r');
    });
    const { code, stdout } = await ended(child);
    expect(code).toBe(0);
    expect(stdout.match(/MFA code of profile mfa \(arn:aws:iam::111122223333:mfa\/ann\): /g)).toHaveLength(1);
    expect(stdout).not.toContain('654321');
    expect(aws.calls('AssumeRole').map(({ form }) => form.get('TokenCode'))).toEqual(['654321']);
  });

  test('that has no size, there is one quiet line', async () => {
    const { code, stdout } = await onTerminal(0);
    expect(code).toBe(0);
    expect(stdout).toContain('reading us-east-1 and eu-west-1\r\n');
    expect(stdout).not.toContain('\x1b[?25l');
  });
});

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeEstate } from './kit/estate.ts';
import { filesBelow, run, temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
const estate = writeEstate(folder);

/** An audit of a critical and a high finding, from an empty current folder that may hold a config. */
function auditWith(given: { args?: string[]; env?: Record<string, string>; config?: string; file?: string }) {
  const cwd = mkdtempSync(join(folder, 'run-'));
  if (given.config !== undefined)
    writeFileSync(join(cwd, given.file ?? 'ec2-parity.config.yaml'), given.config);
  const args = ['audit', estate.source, estate.different, ...(given.args ?? ['-o', 'json'])];
  return run(args, { cwd, env: given.env ?? {} }).then((ran) => ({ ...ran, cwd }));
}
const phaseOf = (stdout: string): string => JSON.parse(stdout).phase;

describe('precedence', () => {
  test('a flag wins over a variable, that over the config, that over the default', async () => {
    const config = 'phase: drift\n';
    const env = { EC2_PARITY_PHASE: 'verification' };
    const flag = ['-o', 'json', '--phase', 'readiness'];
    expect(phaseOf((await auditWith({})).stdout)).toBe('readiness');
    expect(phaseOf((await auditWith({ config })).stdout)).toBe('drift');
    expect(phaseOf((await auditWith({ config, env })).stdout)).toBe('verification');
    expect(phaseOf((await auditWith({ config, env, args: flag })).stdout)).toBe('readiness');
  });

  test('the same holds for the gate', async () => {
    const config = 'failOn: none\n';
    expect((await auditWith({ config })).code).toBe(0);
    expect((await auditWith({ config, env: { EC2_PARITY_FAIL_ON: 'critical' } })).code).toBe(1);
    expect(
      (
        await auditWith({
          config,
          env: { EC2_PARITY_FAIL_ON: 'critical' },
          args: ['-o', 'json', '--fail-on', 'none'],
        })
      ).code,
    ).toBe(0);
  });

  test('the kinds come from --only, from the variable, from the config', async () => {
    const kinds = (stdout: string) => Object.keys(JSON.parse(stdout).summary.byKind);
    expect(kinds((await auditWith({ config: 'only: [images]\n' })).stdout)).toEqual(['image']);
    expect(
      kinds((await auditWith({ config: 'only: [images]\n', env: { EC2_PARITY_ONLY: 'key-pairs' } })).stdout),
    ).toEqual(['key-pair']);
    const both = await auditWith({
      args: ['-o', 'json', '--only', 'images, key-pairs'],
      env: { EC2_PARITY_ONLY: 'key-pairs' },
    });
    expect(kinds(both.stdout).sort()).toEqual(['image', 'key-pair']);
  });

  test('the output folder of a config counts from the folder of the config', async () => {
    const cwd = mkdtempSync(join(folder, 'run-'));
    mkdirSync(join(cwd, 'etc'));
    writeFileSync(join(cwd, 'etc', 'parity.yaml'), 'outputDir: out\n');
    await run(['audit', estate.source, estate.same, '--config', 'etc/parity.yaml'], { cwd });
    expect(filesBelow(cwd)).toEqual([
      'etc/out/report.html',
      'etc/out/report.json',
      'etc/out/report.md',
      'etc/parity.yaml',
    ]);
  });

  test('outputs may come from a variable, separated by commas', async () => {
    const { cwd, stdout } = await auditWith({ args: [], env: { EC2_PARITY_OUTPUT: 'json=r.json,terminal' } });
    expect(filesBelow(cwd)).toEqual(['r.json']);
    expect(stdout).toContain('result: differences');
  });

  test('flags without a value come from variables too', async () => {
    const noise = await auditWith({ args: ['-o', 'json'] });
    expect(noise.stderr).not.toBe('');
    expect((await auditWith({ env: { EC2_PARITY_QUIET: '1' } })).stderr).toBe('');
    expect((await auditWith({ env: { EC2_PARITY_QUIET: 'false' } })).stderr).not.toBe('');
  });
});

describe('variables', () => {
  test.each([
    ['EC2_PARITY_PHASE', 'rediness', 'Did you mean "readiness"?'],
    ['EC2_PARITY_FAIL_ON', 'never', 'It takes critical, high, medium, low, info or none.'],
    ['EC2_PARITY_ONLY', 'key-pairs,image', 'Did you mean "images"?'],
    ['EC2_PARITY_QUIET', 'maybe', 'It takes 1, 0, true or false.'],
    ['EC2_PARITY_OUTPUT', 'pdf', 'The formats are'],
    ['EC2_PARITY_CONFIG', 'none.yaml', 'Name a YAML or JSON file'],
    ['EC2_PARITY_BASELINE', 'none.json', 'For the first run add --baseline-optional'],
    ['EC2_PARITY_FAILON', 'high', 'Did you mean "EC2_PARITY_FAIL_ON"?'],
    ['EC2_PARITY_TEMPLATE', 'none.yaml', 'Name a template file'],
    ['EC2_PARITY_TIMEOUT', 'soon', 'It takes a number of seconds above 0'],
    ['EC2_PARITY_TIMEOUT', '0', 'It takes a number of seconds above 0'],
    ['EC2_PARITY_TIMEOUT', '1e99', 'at most 2,000,000'],
  ])('%s=%s is named in the error', async (name, value, hint) => {
    const { code, stdout, stderr } = await auditWith({ env: { [name]: value }, args: [] });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(name);
    expect(stderr).toContain(hint);
  });

  test('an invalid endpoint is named with its variable as soon as a side is live', async () => {
    const { code, stderr } = await run(['audit', 'us-east-1', estate.same], {
      env: { EC2_PARITY_ENDPOINT_URL: 'localhost:5000' },
    });
    expect(code).toBe(2);
    expect(stderr).toContain('EC2_PARITY_ENDPOINT_URL');
  });

  test.each([
    ['http://me:s3cret@127.0.0.1:5000', 'has a user name or a password'],
    ['http://s3cret@127.0.0.1:5000/', 'has a user name or a password'],
    ['me:s3cret@127.0.0.1:5000', 'is not an HTTP or HTTPS URL'],
    ['ftp://me:s3cret@host', 'is not an HTTP or HTTPS URL'],
    ['https://me:s3cret@ec2.eu-west-1.amazonaws.com', 'has a user name or a password'],
  ])('the endpoint %s is refused, and its password is printed nowhere', async (url, why) => {
    for (const env of [{ EC2_PARITY_ENDPOINT_URL: url }, { AWS_ENDPOINT_URL_EC2: url }]) {
      const keys = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret' };
      const { code, stdout, stderr } = await run(['audit', 'us-east-1', estate.same, '--verbose'], {
        env: { ...env, ...keys },
      });
      expect(code).toBe(2);
      expect(stderr).toContain(why);
      expect(stdout + stderr).not.toContain('s3cret');
    }
  });

  test('an empty variable counts as unset', async () => {
    expect((await auditWith({ env: { EC2_PARITY_PHASE: '', EC2_PARITY_FAIL_ON: '' } })).code).toBe(1);
  });

  test('an unknown variable is refused by every command, and help still comes', async () => {
    const env = { EC2_PARITY_PHAZE: 'drift' };
    expect((await run(['iam-policy'], { env })).code).toBe(2);
    expect((await run(['--help'], { env })).code).toBe(0);
  });
});

describe('the config file', () => {
  const refusals: readonly (readonly [what: string, config: string, ...parts: string[]])[] = [
    [
      'an unknown key',
      'phase: drift\nfail-on: high\n',
      'ec2-parity.config.yaml:2:',
      '"fail-on"',
      'Did you mean "failOn"?',
    ],
    [
      'an unknown key further in',
      'names:\n  keyPairs: {}\n  securityGroup:\n    a: b\n',
      ':3:',
      '"names.securityGroup"',
      'Did you mean "securityGroups"?',
    ],
    ['an invalid word', 'failOn: worst\n', ':1:', 'failOn', 'critical'],
    [
      'a text in place of ranges',
      'cidrs: nonsense\n',
      ':1:',
      'cidrs',
      'expected source ranges with their target ranges',
    ],
    ['a range that is none', 'cidrs:\n  10.0.0.0/8: nonsense\n', ':2:', '"nonsense" is not an address range'],
    ['a value of the wrong type', 'cidrs:\n  10.0.0.0/8: 1\n', ':2:', 'cidrs.10.0.0.0/8', 'string'],
    ['a number that must be positive', 'quotas:\n  rulesPerGroup: 0\n', ':2:', 'quotas.rulesPerGroup'],
    ['a kind that is not one', 'only:\n  - key-pairs\n  - keys\n', 'only'],
    ['no kinds at all', 'only: []\n', 'only in ec2-parity.config.yaml'],
    ['a list in place of settings', '- phase\n', 'the file'],
    ['broken YAML', 'phase: [drift\n', 'ec2-parity.config.yaml:', 'Correct the YAML'],
    ['a key twice', 'phase: drift\nphase: readiness\n', ':2:', 'the key "phase" is there twice in one map'],
    [
      'a key twice further in',
      'names:\n  images:\n    a: b\n    c: d\n    a: e\n',
      ':5:',
      '"a" is there twice',
    ],
    [
      'aliases that unfold without end',
      `a: &a [${'x,'.repeat(50)}x]\n${[...'bcdefgh'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`).join('\n')}\n`,
      'ec2-parity.config.yaml',
    ],
  ];
  test.each(refusals)('%s is refused with file, place and what to do', async (_, config, ...parts) => {
    const { code, stdout, stderr } = await auditWith({ config });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
    for (const part of parts) expect(stderr).toContain(part);
  });

  test('may be JSON, with its tabs and its $schema', async () => {
    const config = '{\n\t"$schema": "./config.schema.json",\n\t"phase": "drift"\n}\n';
    expect(phaseOf((await auditWith({ config, file: 'ec2-parity.config.json' })).stdout)).toBe('drift');
  });

  test('an empty one, or one of comments only, changes nothing', async () => {
    expect((await auditWith({ config: '' })).code).toBe(1);
    expect((await auditWith({ config: '# later\n' })).code).toBe(1);
  });

  test('two in one folder are refused', async () => {
    const cwd = mkdtempSync(join(folder, 'run-'));
    for (const name of ['ec2-parity.config.yaml', 'ec2-parity.config.json'])
      writeFileSync(join(cwd, name), '{}');
    const { code, stderr } = await run(['audit', estate.source, estate.same], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('both exist in this folder');
    expect(
      (
        await run(['audit', estate.source, estate.same, '--config', 'ec2-parity.config.json', '-o', 'json'], {
          cwd,
        })
      ).code,
    ).toBe(0);
  });

  test('is not searched for upwards', async () => {
    const cwd = mkdtempSync(join(folder, 'run-'));
    writeFileSync(join(cwd, 'ec2-parity.config.yaml'), 'phase: drift\n');
    mkdirSync(join(cwd, 'inner'));
    const { stdout } = await run(['audit', estate.source, estate.same, '-o', 'json'], {
      cwd: join(cwd, 'inner'),
    });
    expect(phaseOf(stdout)).toBe('readiness');
  });

  test('its names reach the comparison', async () => {
    const config = 'names:\n  keyPairs:\n    deploy: nobody\n';
    const { stdout } = await auditWith({ config });
    expect(JSON.parse(stdout).findings.map((finding: { rule: string }) => finding.rule)).not.toContain(
      'key-pair/different-key',
    );
  });

  test('is never written to, even when a report is sent to its path', async () => {
    const config = 'phase: drift\n';
    const { code, cwd, stderr } = await auditWith({ config, args: ['-o', 'json=ec2-parity.config.yaml'] });
    expect(code).toBe(2);
    expect(stderr).toContain('it is read in this run');
    expect(readFileSync(join(cwd, 'ec2-parity.config.yaml'), 'utf8')).toBe(config);
  });
});

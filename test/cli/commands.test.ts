import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeEstate } from './kit/estate.ts';
import { filesBelow, run, temporaryFolder } from './kit/run.ts';

let report: string;
const folder = temporaryFolder();
const estate = writeEstate(folder);
const emptyFolder = () => mkdtempSync(join(folder, 'run-'));
const tool = (args: readonly string[], cwd = folder) => run(args, { cwd });

beforeAll(async () => {
  await tool(['audit', estate.source, estate.different, '-o', 'json=report.json']);
  report = join(folder, 'report.json');
}, 120_000);

describe('render', () => {
  test('shows the saved report as the audit did, and ends with 0 whatever it holds', async () => {
    const audited = await tool(['audit', estate.source, estate.different, '-o', 'terminal']);
    const rendered = await tool(['render', report]);
    expect([audited.code, rendered.code]).toEqual([1, 0]);
    expect(rendered.stdout).toBe(audited.stdout);
  });

  test('JSON from JSON is the same bytes', async () => {
    expect((await tool(['render', report, '-o', 'json'])).stdout).toBe(readFileSync(report, 'utf8'));
  });

  test('writes the formats asked for', async () => {
    const cwd = emptyFolder();
    const { stdout, stderr } = await tool(['render', report, '-o', 'html=r.html', '-o', 'md'], cwd);
    expect(filesBelow(cwd)).toEqual(['r.html']);
    expect(stdout).toMatch(/^<!-- ec2-parity .* -->\n### \S/);
    expect(stderr).toBe('wrote r.html\n');
  });

  test('--fail-on changes what the terminal report says of the gate, and no code', async () => {
    const { code, stdout } = await tool(['render', report, '--fail-on', 'none']);
    expect(code).toBe(0);
    expect(stdout).toContain('--fail-on none');
  });

  test('does not write over what it reads', async () => {
    expect((await tool(['render', report, '-o', `html=${report}`])).code).toBe(2);
  });

  const broken: readonly (readonly [string, (text: string) => string, string])[] = [
    [
      'a field of the wrong type',
      (text) => text.replace('"complete": true', '"complete": "yes"'),
      'complete',
    ],
    [
      'an unknown severity deep inside',
      (text) => text.replace(/("rule": "key-pair\/different-key",\s+"severity": )"critical"/, '$1"worst"'),
      'findings[0].severity',
    ],
    ['a newer version', (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'), 'version 2'],
    ['a cut-off file', (text) => text.slice(0, 500), 'not JSON'],
    ['an empty file', () => '', 'not JSON'],
    ['another JSON value', () => 'null', 'the file'],
    ['an answer of the AWS CLI', () => '{"KeyPairs": []}', 'schemaVersion'],
  ];
  test.each(broken)('%s is refused with file and field', async (_, broken_, named) => {
    const path = join(emptyFolder(), 'r.json');
    writeFileSync(path, broken_(readFileSync(report, 'utf8')));
    const { code, stdout, stderr } = await tool(['render', path]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
    expect(stderr).toContain(path);
    expect(stderr).toContain(named);
  });
});

describe('rules', () => {
  test('lists every rule once, in 80 columns', async () => {
    const { code, stdout } = await tool(['rules']);
    const rules: { id: string }[] = JSON.parse((await tool(['rules', '--json'])).stdout);
    expect(code).toBe(0);
    expect(rules.length).toBeGreaterThan(20);
    for (const { id } of rules)
      expect(stdout.split('\n').filter((line) => line.startsWith(`${id} `))).toHaveLength(1);
    expect(
      Math.max(
        ...stdout
          .trimEnd()
          .split('\n')
          .slice(0, -1)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  test('explains one in full', async () => {
    const { code, stdout } = await tool(['rules', 'key-pair/different-key']);
    expect(code).toBe(0);
    for (const part of [
      'key-pair/different-key',
      'Severity',
      'critical',
      'Compares',
      'Why',
      'Remedy',
      'https://',
    ])
      expect(stdout).toContain(part);
    expect(JSON.parse((await tool(['rules', 'key-pair/different-key', '--json'])).stdout).id).toBe(
      'key-pair/different-key',
    );
  });

  test('the Markdown page holds the same rules', async () => {
    const { code, stdout } = await tool(['rules', '--markdown']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# /);
    expect(stdout).toContain('key-pair/different-key');
  });
});

describe('iam-policy', () => {
  test('is a policy document that only reads', async () => {
    const { code, stdout } = await tool(['iam-policy']);
    const policy: { Version: string; Statement: { Effect: string; Action: string | string[] }[] } =
      JSON.parse(stdout);
    expect(code).toBe(0);
    expect(policy.Version).toBe('2012-10-17');
    const actions = policy.Statement.flatMap(({ Action }) => Action);
    expect(actions.length).toBeGreaterThan(5);
    for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:(Describe|Get|List)[A-Za-z]+$/);
  });

  test('names resources in the partition that is asked for', async () => {
    const { stdout } = await tool(['iam-policy', '--partition', 'aws-us-gov', '--with-verify-content']);
    const resources: string[] = JSON.parse(stdout).Statement.flatMap((s: { Resource: string }) => s.Resource);
    expect(resources).toContain('arn:aws-us-gov:ssm:*::parameter/aws/service/*');
    expect(resources.filter((arn) => !/^(\*|arn:aws-us-gov:.+)$/.test(arn))).toEqual([]);
    const { code, stderr } = await tool(['iam-policy', '--partition', 'china']);
    expect(code).toBe(2);
    expect(stderr).toContain('--partition is "china"');
  });

  test('adds what reading blocks takes when it is asked for, and nothing else', async () => {
    const { stdout } = await tool(['iam-policy', '--with-verify-content']);
    const statements: { Sid: string; Action: string | string[]; Resource: string }[] =
      JSON.parse(stdout).Statement;
    const plain = JSON.parse((await tool(['iam-policy'])).stdout).Statement;
    expect(statements.slice(0, plain.length)).toEqual(plain);
    expect(statements.slice(plain.length)).toMatchObject([
      { Action: ['ebs:GetSnapshotBlock', 'ebs:ListSnapshotBlocks'], Resource: 'arn:aws:ec2:*::snapshot/*' },
      { Action: 'kms:Decrypt', Resource: 'arn:aws:kms:*:*:key/*' },
    ]);
  });
});

describe('schema', () => {
  const validator = async (subject: string) =>
    new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse((await tool(['schema', subject])).stdout),
    );

  test('of a report accepts a real report and refuses another', async () => {
    const validate = await validator('report');
    const value = JSON.parse(readFileSync(report, 'utf8'));
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...value, verdict: 'fine' })).toBe(false);
  });

  test('of a snapshot accepts a real snapshot', async () => {
    await tool(['snapshot', estate.source, '-o', 'us.json']);
    const validate = await validator('snapshot');
    expect(
      validate(JSON.parse(readFileSync(join(folder, 'us.json'), 'utf8'))),
      JSON.stringify(validate.errors),
    ).toBe(true);
  });

  test('of the config knows its settings and no others', async () => {
    const validate = await validator('config');
    expect(validate({ phase: 'drift', names: { keyPairs: { a: 'b' } } })).toBe(true);
    expect(validate({ phaze: 'drift' })).toBe(false);
  });
});

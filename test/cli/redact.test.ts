import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/audit/formats.ts';
import type { Report } from '../../src/report/model.ts';
import { run, temporaryFolder } from './kit/run.ts';

const side = (region: string) => fileURLToPath(new URL(`../../fixtures/demo/${region}`, import.meta.url));
const AUDIT = ['audit', side('us-east-1'), side('eu-west-1')];
const file = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8');
const report = (cwd: string, name: string): Report => JSON.parse(file(cwd, name));
const SECRET =
  /ci-runner|log-collector|web-golden|111122223333|203\.0\.113|sg-3e2f425b55412692f|private-folder/;

let cwd: string;
beforeAll(async () => {
  cwd = temporaryFolder();
  await run([...AUDIT, '-o', 'json=plain.json'], { cwd });
});

describe('--redact', () => {
  test('every format of an audit is redacted, and the exit code is that of the audit', async () => {
    const outputs = FORMATS.flatMap((format) => ['-o', `${format}=private-folder.${format}`]);
    const { code, stderr } = await run([...AUDIT, '--redact', '--full', ...outputs], { cwd });
    expect(code).toBe(1);
    for (const format of FORMATS)
      expect([format, file(cwd, `private-folder.${format}`).match(SECRET)]).toEqual([format, null]);
    expect(stderr.replaceAll('private-folder.', '')).not.toMatch(SECRET);
    expect(file(cwd, 'plain.json')).toMatch(SECRET);
  });

  test('render redacts a saved report as the audit does', async () => {
    const audited = await run([...AUDIT, '--redact', '-o', 'csv'], { cwd });
    const rendered = await run(['render', 'plain.json', '--redact', '-o', 'csv'], { cwd });
    const untimed = (text: string) => text.replace(/T\d\d:[\d:.]+Z/g, '');
    expect(untimed(rendered.stdout) === untimed(audited.stdout)).toBe(true);
  });

  test('rendering a redacted report again leaves its pseudonyms as they are in number', async () => {
    await run([...AUDIT, '--redact', '-o', 'json=redacted.json'], { cwd });
    const { stdout } = await run(['render', 'redacted.json', '-o', 'json'], { cwd });
    expect(JSON.parse(stdout)).toEqual(report(cwd, 'redacted.json'));
  });

  test.each([
    ['a baseline', () => [...AUDIT, '--baseline', 'redacted.json', '-o', 'json']],
    ['accept', () => ['accept', 'redacted.json', '-o', 'accepted.json']],
    [
      'waive',
      (fingerprint: string) =>
        `waive ${fingerprint} redacted.json --reason r --owner o --until never`.split(' '),
    ],
  ])('%s cannot be made of it, since its names mean nothing outside it', async (_, args) => {
    await run([...AUDIT, '--redact', '-o', 'json=redacted.json'], { cwd });
    const [first] = report(cwd, 'redacted.json').findings;
    const { code, stderr } = await run(args(first?.fingerprint ?? ''), { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: (?:--baseline: )?(?:--baseline )?redacted\.json was written with --redact: .*\nhint: .*\n$/,
    );
  });

  test('explain shows a finding of it by its pseudonyms', async () => {
    await run([...AUDIT, '--redact', '-o', 'json=redacted.json'], { cwd });
    const [first] = report(cwd, 'redacted.json').findings;
    const { code, stdout } = await run(['explain', first?.fingerprint ?? '', 'redacted.json'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('name-1');
    expect(stdout).not.toMatch(SECRET);
  });
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, run, temporaryFolder } from './kit/run.ts';

const folder = temporaryFolder();
const REPORTS = ['reports/demo/report.html', 'reports/demo/report.json', 'reports/demo/report.md'];

test('the demo prints the report, writes the files and says where, and ends with 0 and the code of an audit', async () => {
  const cwd = mkdtempSync(join(folder, 'run-'));
  const { code, stdout, stderr } = await run(['demo'], { cwd });
  // One file of the demo is an answer of another service: it is named and ignored.
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^note: \S+us-east-1: ignored \(rows of another service\): workspace-images\.json\n$/,
  );
  expect(stdout).toMatch(/^result: differences/);
  for (const path of REPORTS) expect(stdout).toContain(path);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/exit code 0.+would have ended with 1/);
  expect(filesBelow(cwd)).toEqual(REPORTS);
});

test('the demo is the same whatever config and variables the user has', async () => {
  const untimed = (text: string) => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/g, '');
  const [plain, own] = [mkdtempSync(join(folder, 'run-')), mkdtempSync(join(folder, 'run-'))];
  writeFileSync(join(own, 'ec2-parity.config.yaml'), 'phase: drift\n');
  const [a, b] = [
    await run(['demo'], { cwd: plain }),
    await run(['demo'], { cwd: own, env: { EC2_PARITY_ONLY: 'images' } }),
  ];
  expect(untimed(b.stdout)).toBe(untimed(a.stdout));
});

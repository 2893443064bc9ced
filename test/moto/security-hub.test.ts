import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderAsff } from '../../src/renderers/asff.ts';
import type { Report } from '../../src/report/model.ts';
import { demoReport } from '../kit/demo.ts';
import { type Moto, run, startMoto } from './kit.ts';

let moto: Moto;
let demo: Report;
const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-hub-'));

beforeAll(async () => {
  [moto, demo] = await Promise.all([startMoto(), demoReport({}, undefined, 'drift')]);
}, 120_000);
afterAll(() => moto?.stop());

async function aws(...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await run(
    'aws',
    ['securityhub', ...args, '--region', 'eu-west-1', '--endpoint-url', moto.url, '--output', 'json'],
    { PATH: process.env.PATH },
  );
  expect([code, stderr.trim()]).toEqual([0, '']);
  return JSON.parse(stdout);
}

/** As a job sends it: the AWS CLI checks names, types and lengths against the model of the service. */
async function sent(report: Report): Promise<unknown> {
  const file = join(folder, 'findings.json');
  writeFileSync(file, renderAsff(report));
  return aws('batch-import-findings', '--findings', `file://${file}`);
}
async function stored(): Promise<readonly { Id: string; RecordState: string }[]> {
  const { Findings } = (await aws('get-findings')) as { Findings: { Id: string; RecordState: string }[] };
  return Findings;
}

describe('the findings for Security Hub', () => {
  it('are imported whole, and a second night updates them under the same ids', async () => {
    const first = await sent(demo);
    // One more says what was not looked at.
    expect(first).toMatchObject({ SuccessCount: demo.findings.length + 1, FailedCount: 0 });
    const before = (await stored()).map(({ Id }) => Id);
    const [gone, ...rest] = demo.findings;
    if (!gone) throw new Error('the demo has findings');
    const second = await sent({ ...demo, findings: rest, resolved: [gone] });
    expect(second).toMatchObject({ FailedCount: 0 });
    const after = await stored();
    expect(new Set(after.map(({ Id }) => Id))).toEqual(new Set(before));
    const [archived] = after.filter(({ RecordState }) => RecordState === 'ARCHIVED');
    expect(archived?.Id).toContain(gone.fingerprint);
  }, 60_000);
});

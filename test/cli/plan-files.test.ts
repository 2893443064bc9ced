import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MadePlan, writePlan } from '../../src/cli/plan.ts';
import { Unable } from '../../src/inventory/unable.ts';
import { writeWholeFiles } from '../../src/inventory/write-file.ts';
import { emptyReport } from '../kit/report.ts';
import { run } from './kit/run.ts';

const DEMO = fileURLToPath(new URL('../../fixtures/demo', import.meta.url));

describe('the files of a plan', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plan-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const made = (...names: string[]): MadePlan => ({
    report: emptyReport(),
    folder,
    files: names.map((name) => ({ path: join(folder, name), data: `new ${name}` })),
    summary: '1 step.',
  });
  const template = (metadata: object) => JSON.stringify({ Metadata: metadata, Resources: {} });

  it('are written, and further templates of a former plan are removed with one line each', async () => {
    writeFileSync(join(folder, 'cloudformation-2.json'), template({ 'ec2-parity': { Order: '' } }));
    writeFileSync(join(folder, 'cloudformation-3.json'), template({ 'ec2-parity': { Order: '' } }));
    const lines: string[] = [];
    await writePlan(made('cloudformation.json', 'cloudformation-2.json'), (line) => lines.push(line));
    expect(readdirSync(folder).sort()).toEqual(['cloudformation-2.json', 'cloudformation.json']);
    expect(readFileSync(join(folder, 'cloudformation-2.json'), 'utf8')).toBe('new cloudformation-2.json');
    expect(lines).toContain(`removed ${join(folder, 'cloudformation-3.json')}, a part of a former plan`);
  });

  it('leave what a person put beside them', async () => {
    const others = {
      'cloudformation-2.json': template({ Author: 'me' }),
      'cloudformation-3.json': 'no JSON',
      'cloudformation-x.json': template({ 'ec2-parity': {} }),
      'notes.txt': 'x',
    };
    for (const [name, text] of Object.entries(others)) writeFileSync(join(folder, name), text);
    await writePlan(made('cloudformation.json'), () => {});
    for (const [name, text] of Object.entries(others))
      expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });

  it('leave the reports of their run as they were where one of them cannot be written', async () => {
    const report = join(folder, 'report.json');
    writeFileSync(report, 'former');
    mkdirSync(join(folder, 'plan.sh'));
    const plan = { path: join(folder, 'plan.sh'), data: 'new', what: 'plan' };
    await expect(writeWholeFiles([{ path: report, data: 'new' }, plan], 'report')).rejects.toThrow(
      `The plan cannot be written to ${plan.path}: it is a folder.`,
    );
    expect(readFileSync(report, 'utf8')).toBe('former');
  });

  it.each(['plan.json', 'link.json'])('are refused where a report goes to one of them: %s', async (name) => {
    const plan = join(folder, 'plan.json');
    writeFileSync(plan, 'former');
    symlinkSync(plan, join(folder, 'link.json'));
    const { code, stderr } = await run(
      ['audit', `${DEMO}/us-east-1`, `${DEMO}/eu-west-1`, '-o', `json=${folder}/${name}`, '--plan', folder],
      { cwd: folder },
    );
    expect(code).toBe(2);
    expect(stderr).toContain(`The plan cannot be written to ${plan}: -o writes a report to the same file.`);
    expect(readFileSync(plan, 'utf8')).toBe('former');
  });

  it('are all as they were where one of them cannot be written, and nothing is removed', async () => {
    writeFileSync(join(folder, 'plan.md'), 'former');
    writeFileSync(join(folder, 'cloudformation-2.json'), template({ 'ec2-parity': {} }));
    mkdirSync(join(folder, 'plan.sh'));
    await expect(writePlan(made('plan.md', 'plan.sh'), () => {})).rejects.toThrow(Unable);
    expect(readFileSync(join(folder, 'plan.md'), 'utf8')).toBe('former');
    expect(existsSync(join(folder, 'cloudformation-2.json'))).toBe(true);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../src/audit/parse.ts';
import { writeEstate } from './kit/estate.ts';
import { filesBelow, run, temporaryFolder } from './kit/run.ts';

describe('init', () => {
  let estate: ReturnType<typeof writeEstate>;
  beforeAll(() => {
    estate = writeEstate(join(temporaryFolder(), 'estate'));
  });
  const read = (cwd: string, name: string) => readFileSync(join(cwd, name), 'utf8');

  test('writes a config that sets nothing, and takes the place of none', async () => {
    const cwd = temporaryFolder();
    expect((await run(['init'], { cwd })).code).toBe(0);
    expect(filesBelow(cwd)).toEqual(['ec2-parity.config.yaml']);
    expect(parse(read(cwd, 'ec2-parity.config.yaml'))).toBeNull();
    const again = await run(['init'], { cwd });
    expect([again.code, again.stderr.split('\n')[0]]).toEqual([
      2,
      'error: ec2-parity.config.yaml exists already.',
    ]);
  });

  test('what it proposes is valid, once its lines are no comments any more', async () => {
    const cwd = temporaryFolder();
    await run(['init'], { cwd });
    const lines = read(cwd, 'ec2-parity.config.yaml').split('\n');
    const settings = lines.flatMap((line) =>
      /^# ( *)(- |\{|[a-zA-Z/-]+: ?[^ ]*)/.test(line) ? [line.slice(2)] : [],
    );
    const config = parseConfig(parse(settings.filter((line) => /^( |[a-z]+:)/i.test(line)).join('\n')));
    expect(Object.keys(config)).toEqual(
      expect.arrayContaining(['phase', 'waivers', 'rules', 'ignore', 'include', 'exclude']),
    );
  });

  test('has suggestions from two sides, and writes a workflow where asked', async () => {
    const cwd = temporaryFolder();
    const { code } = await run(['init', estate.source, estate.same, '--workflow', 'ci/nightly.yml'], { cwd });
    expect(code).toBe(0);
    expect(read(cwd, 'ec2-parity.config.yaml')).toContain('Suggested from the two sides');
    const { jobs, on } = parse(read(cwd, 'ci/nightly.yml'));
    expect(on.schedule).toHaveLength(1);
    expect(jobs.drift.env.SOURCE).toBe(estate.source);
  });

  test('takes two sides or none', async () => {
    const { code, stderr } = await run(['init', 'us-east-1'], { cwd: temporaryFolder() });
    expect([code, stderr.split('\n')[0]]).toEqual([2, 'error: init takes two sides, or none.']);
  });
});

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { tool } from '../../src/audit/tool.ts';
import { workflowText } from '../../src/cli/init-workflow.ts';
import { writeDumps } from './kit/estate.ts';
import { installedTool } from './kit/process.ts';
import { cleanEnvironment, filesBelow, run, temporaryFolder } from './kit/run.ts';

/** What GitHub takes of a workflow, as far as this one goes: a key that it does not know makes it refuse the file. */
const step = z.union([
  z.strictObject({
    // At a commit: a tag can be moved to other code.
    uses: z.string().regex(/^[\w-]+\/[\w-]+(\/[\w-]+)?@[0-9a-f]{40}$/),
    if: z.string().optional(),
    with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  }),
  z.strictObject({ run: z.string(), if: z.string().optional() }),
]);
const workflow = z.strictObject({
  name: z.string(),
  on: z.strictObject({
    schedule: z.array(z.strictObject({ cron: z.string().regex(/^\d+ \d+ \* \* \*$/) })).length(1),
    workflow_dispatch: z.null(),
  }),
  permissions: z.strictObject({ contents: z.literal('read'), 'id-token': z.literal('write').optional() }),
  concurrency: z.strictObject({ group: z.string() }),
  jobs: z.strictObject({
    drift: z.strictObject({
      'runs-on': z.literal('ubuntu-latest'),
      'timeout-minutes': z.number(),
      env: z.record(z.string().regex(/^[A-Z_]+$/), z.string()),
      steps: z.array(step),
    }),
  }),
});
type Workflow = z.output<typeof workflow>;

const live = (text: string, hasProfile = false) => ({ text, isLive: true, hasProfile });
const file = (text: string, region?: string) => ({ text, isLive: false, hasProfile: false, region });
const made = (...[source, target]: Parameters<typeof workflowText>[0]['source'][]): Workflow => {
  if (!source || !target) throw new Error('two sides');
  return workflow.parse(parse(workflowText({ source, target }, 'ec2-parity.config.yaml', '1.2.3')));
};
const actions = ({ jobs }: Workflow) =>
  jobs.drift.steps.flatMap((s) => ('uses' in s ? [s.uses.replace(/@.*/, '')] : []));
const scripts = ({ jobs }: Workflow) => jobs.drift.steps.flatMap((s) => ('run' in s ? [s.run] : []));

describe('the workflow that init writes', () => {
  it('names each action at a commit, with its version beside it, and the tool at its own version', () => {
    const text = workflowText({ source: live('us-east-1'), target: live('eu-west-1') }, 'c.yaml', '1.2.3');
    const uses = text.split('\n').filter((line) => line.includes('uses:'));
    for (const line of uses) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(uses).toHaveLength(6);
    expect(text).toContain('npx --yes ec2-parity@1.2.3 audit');
  });

  it('has credentials for sides that are read from AWS alone, and roles in place of profiles', () => {
    const files = made(file('dumps/a'), file('b.json'));
    expect([files.permissions['id-token'], actions(files)]).toEqual([
      undefined,
      expect.not.arrayContaining(['aws-actions/configure-aws-credentials']),
    ]);
    const two = made(live('us-east-1', true), live('eu-west-1', true));
    expect(two.permissions['id-token']).toBe('write');
    expect(actions(two)).toContain('aws-actions/configure-aws-credentials');
    const [audit = ''] = scripts(two);
    expect(audit).toContain('--source-role-arn "$SOURCE_ROLE"');
    expect(audit).toContain('--target-role-arn "$TARGET_ROLE"');
    const [dumps = ''] = scripts(made(file('dumps/a', 'us-east-1'), file('dumps/b')));
    expect([dumps.includes('--source-region "$SOURCE_REGION"'), dumps.includes('--target-region')]).toEqual([
      true,
      false,
    ]);
  });

  it.each([
    "it's",
    '$(touch x)',
    '"; rm -rf .',
    '# no comment',
    '\u202e',
    'a: b',
    `${'$'}{{ secrets.TOKEN }}`,
  ])('takes %j for a name, in YAML, in an expression and in the shell', (name) => {
    const { jobs } = made(file(name), file('b'));
    expect(evaluated(jobs.drift.env.SOURCE ?? '')).toBe(name);
    expect(scripts({ jobs } as Workflow).join()).not.toContain(name);
  });
});

/** The one expression that a name can hold, as GitHub evaluates it. */
function evaluated(text: string): string {
  return text.replaceAll(/\$\{\{ '(\$\{\{)' \}\}/g, '$1');
}

describe('its steps, run in order as a runner does', () => {
  let home: string;
  let jobs: Workflow['jobs'];

  beforeAll(async () => {
    home = temporaryFolder();
    writeDumps(join(home, 'dumps/us-east-1'), { region: 'us-east-1' });
    writeDumps(join(home, 'dumps/eu-west-1'), { region: 'eu-west-1', groups: [] });
    const { code } = await run(['init', 'dumps/us-east-1', 'dumps/eu-west-1', '--workflow', 'ci.yml'], {
      cwd: home,
    });
    expect(code).toBe(0);
    jobs = workflow.parse(parse(readFileSync(join(home, 'ci.yml'), 'utf8'))).jobs;
    // What npx would install.
    const bin = join(home, 'bin');
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'npx'),
      `#!/bin/sh\n[ "$1 $2" = "--yes ec2-parity@${tool.version}" ] || exit 99\nshift 2\nexec "${process.execPath}" "${installedTool().main}" "$@"\n`,
    );
    chmodSync(join(bin, 'npx'), 0o755);
  }, 120_000);

  /** One night: which steps ran, what the summary says, and how the job ended. */
  function night(): { ran: string[]; summary: string; failed: boolean } {
    const summary = join(home, 'summary.md');
    writeFileSync(summary, '');
    const ran: string[] = [];
    let failed = false;
    for (const one of jobs.drift.steps) {
      if (failed && one.if !== 'always()') continue;
      ran.push('uses' in one ? one.uses.replace(/@.*/, '') : (one.run.split(' ')[0] ?? ''));
      if (!('run' in one)) continue;
      // GitHub runs a script of no named shell so.
      const { status } = spawnSync('bash', ['-e', '-c', one.run], {
        cwd: home,
        env: {
          ...cleanEnvironment({ ...jobs.drift.env, GITHUB_STEP_SUMMARY: summary }),
          PATH: `${join(home, 'bin')}${delimiter}${process.env.PATH}`,
        },
      });
      failed ||= status !== 0;
    }
    return { ran, summary: readFileSync(summary, 'utf8'), failed };
  }

  it('fail on a first night with findings, keep the history all the same, and pass once those are accepted', async () => {
    const first = night();
    expect(first.failed).toBe(true);
    expect(first.ran.slice(-4)).toEqual(['npx', 'actions/cache/save', 'test', 'actions/upload-artifact']);
    expect(first.summary).toContain('### ✖ Drift: 1 new');
    expect(filesBelow(join(home, 'reports'))).toEqual(['report.html', 'report.json', 'report.md']);
    expect(existsSync(join(home, 'ec2-parity-history/us-east-1..eu-west-1.json'))).toBe(true);
    await run(['accept', 'reports/report.json', '-o', 'baseline.json'], { cwd: home });
    const second = night();
    expect([second.failed, second.summary.includes('### ✔ No drift')]).toEqual([false, true]);
    writeDumps(join(home, 'dumps/eu-west-1'), { region: 'eu-west-1', groups: [], keySeed: 'other' });
    const third = night();
    expect(third.failed).toBe(true);
    expect(third.summary).toContain('The target changed alone');
  }, 120_000);
});

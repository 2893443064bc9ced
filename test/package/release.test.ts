import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './kit.ts';

const folder = join(ROOT, '.github/workflows');
const workflows = readdirSync(folder).map((file) => ({
  file,
  text: readFileSync(join(folder, file), 'utf8'),
}));

interface Workflow {
  readonly permissions?: object;
  readonly jobs: Readonly<Record<string, { needs?: string; permissions?: object; steps: readonly Step[] }>>;
}
interface Step {
  readonly uses?: string;
  readonly run?: string;
}
const read = (text: string) => parse(text) as Workflow;
const stepsOf = (workflow: Workflow) => Object.values(workflow.jobs).flatMap(({ steps }) => steps);

describe.each(workflows)('the workflow $file', ({ text }) => {
  it('names each action of others by its commit', () => {
    for (const { uses } of stepsOf(read(text)))
      if (uses && !uses.startsWith('./')) expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/);
  });

  it('has no right that it does not name, and takes no expression into a shell', () => {
    expect(read(text).permissions).toBeDefined();
    for (const { run = '' } of stepsOf(read(text))) expect(run).not.toContain('${{');
  });
});

describe('a release', () => {
  const release = read(workflows.find(({ file }) => file === 'release.yml')?.text ?? '');

  it('is published after the whole proof, and only under the version of package.json', () => {
    const { proof, publish } = release.jobs;
    expect(proof?.steps.map(({ run }) => run)).toContain('.ci/run');
    expect(proof?.steps.some(({ run }) => run?.includes('"$GITHUB_REF_NAME"'))).toBe(true);
    expect(publish?.needs).toBe('proof');
  });

  it('states its provenance, and keeps no token', () => {
    expect(release.jobs.publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(release.jobs.publish?.steps.at(-1)?.run).toBe('npm publish --provenance --access public');
    expect(workflows.every(({ text }) => !text.includes('secrets.'))).toBe(true);
  });
});

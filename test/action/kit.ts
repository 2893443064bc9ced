import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { tool } from '../../src/audit/tool.ts';
import { expanded, type JobRun, runJob } from '../kit/github.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const ACTION_TEXT = readFileSync(`${root}action.yml`, 'utf8');

const step = z.union([
  z.strictObject({
    if: z.string().optional(),
    uses: z.string(),
    with: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    id: z.string().optional(),
    if: z.string().optional(),
    shell: z.literal('bash'),
    run: z.string(),
    'working-directory': z.string().optional(),
    env: z.record(z.string().regex(/^[A-Z_]+$/), z.string()),
  }),
]);

/** What GitHub takes of the description of a composite action, as far as this one goes. */
export const action = z
  .strictObject({
    name: z.string(),
    description: z.string().max(125),
    author: z.string(),
    branding: z.strictObject({
      icon: z.string(),
      color: z.enum(['white', 'orange', 'blue', 'green', 'purple', 'red', 'gray-dark']),
    }),
    inputs: z.record(
      z.string().regex(/^[a-z-]+$/),
      z.strictObject({
        description: z.string().min(10),
        required: z.literal(true).optional(),
        default: z.string().optional(),
      }),
    ),
    outputs: z.record(z.string(), z.strictObject({ description: z.string().min(10), value: z.string() })),
    runs: z.strictObject({ using: z.literal('composite'), steps: z.array(step) }),
  })
  .parse(parse(ACTION_TEXT));

/** Uses the action in a job, with these inputs. */
export async function useAction(
  home: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  before = '',
): Promise<JobRun & { readonly outputs: Readonly<Record<string, string>> }> {
  const github = { token: 'token-of-the-job' };
  const defaults = Object.entries(action.inputs).map(([name, { default: otherwise = '' }]) => [
    name,
    expanded(otherwise, { github }),
  ]);
  const job = await runJob({
    home,
    before,
    steps: action.runs.steps as never,
    contexts: {
      // What a checkout has in dist/ may be older than its sources.
      inputs: { ...Object.fromEntries(defaults), version: tool.version, ...inputs },
      github,
    },
    env: { GITHUB_ACTION_PATH: root, GITHUB_WORKSPACE: home, CI: 'true', ...env },
  });
  const outputs = job.steps.audit?.outputs ?? {};
  return {
    ...job,
    outputs: Object.fromEntries(
      Object.entries(action.outputs).map(([name, { value }]) => [
        name,
        outputs[/^\$\{\{ steps\.audit\.outputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? ''] ?? '',
      ]),
    ),
  };
}

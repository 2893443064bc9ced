import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { tool } from '../../src/audit/tool.ts';
import { installedTool } from '../cli/kit/process.ts';
import { cleanEnvironment } from '../cli/kit/run.ts';

/** A step of a workflow or of a composite action, as its YAML has it. */
export interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

/** What expressions refer to: `inputs.source`, `steps.audit.outputs.verdict`, `github.token`. */
export type Contexts = Readonly<Record<string, unknown>>;

export interface JobRun {
  /** The steps that ran, by the action that they use or by their script. */
  readonly ran: readonly { readonly step: string; readonly with: Readonly<Record<string, string>> }[];
  readonly failed: boolean;
  readonly summary: string;
  readonly log: string;
  readonly steps: Readonly<Record<string, { readonly outputs: Readonly<Record<string, string>> }>>;
}

interface Job {
  /** The folder of the checkout. */
  readonly home: string;
  readonly steps: readonly Step[];
  readonly contexts?: Contexts;
  readonly env?: Readonly<Record<string, string>>;
  /** Outputs of steps that ran before these. */
  readonly outputs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What the summary has already. */
  readonly before?: string;
}

/** Runs the scripts of the steps in order, as a runner does; the actions that they use are recorded. */
export async function runJob({
  home,
  steps,
  contexts = {},
  env = {},
  before = '',
  outputs = {},
}: Job): Promise<JobRun> {
  const ran: { step: string; with: Record<string, string> }[] = [];
  const outputsOf: Record<string, { outputs: Readonly<Record<string, string>> }> = Object.fromEntries(
    Object.entries(outputs).map(([id, values]) => [id, { outputs: values }]),
  );
  const summary = join(home, 'step-summary.md');
  writeFileSync(summary, before);
  let [failed, log] = [false, ''];
  for (const step of steps) {
    const seen = { ...contexts, steps: outputsOf };
    const condition = step.if?.replace(/^\$\{\{(.*)\}\}$/s, '$1') ?? 'true';
    // Without a function of the state of the job, a condition means "and everything so far succeeded".
    const runs = evaluated(condition, seen) && (!failed || /always\(\)/.test(condition));
    if (!runs) continue;
    const given = Object.fromEntries(
      Object.entries(step.with ?? {}).map(([key, value]) => [key, expanded(String(value), seen)]),
    );
    ran.push({ step: step.uses?.replace(/@.*/, '') ?? step.run ?? '', with: given });
    if (step.run === undefined) continue;
    const output = join(home, 'step-output.txt');
    writeFileSync(output, '');
    const { status, printed } = await script(
      expanded(step.run, seen),
      join(home, expanded(step['working-directory'] ?? '.', seen)),
      {
        ...cleanEnvironment({
          ...env,
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: summary,
          ...Object.fromEntries(
            Object.entries(step.env ?? {}).map(([k, v]) => [k, expanded(String(v), seen)]),
          ),
        }),
        PATH: `${join(home, '.bin')}${delimiter}${process.env.PATH}`,
      },
    );
    log += printed;
    failed ||= status !== 0;
    if (step.id) outputsOf[step.id] = { outputs: outputsIn(readFileSync(output, 'utf8')) };
  }
  return {
    ran,
    failed,
    log,
    steps: outputsOf,
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
  };
}

/** As a runner starts it. Not synchronously: a test may be the server that the script asks. */
function script(
  text: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ status: number | null; printed: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', text], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        printed += chunk;
      });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, printed }));
  });
}

/** `npx --yes ec2-parity@<this version>` is the tool as it was compiled here; any other version does not exist. */
export function installNpx(home: string): void {
  const bin = join(home, '.bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, 'npx'),
    `#!/bin/sh\n[ "$1 $2" = "--yes ec2-parity@${tool.version}" ] || exit 99\nshift 2\nexec "${process.execPath}" "${installedTool().main}" "$@"\n`,
  );
  chmodSync(join(bin, 'npx'), 0o755);
}

/** `name=value` lines and `name<<end … end` blocks. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const [, name, end] = /^([\w-]+)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && end !== undefined) {
      const from = i + 1;
      while (lines[++i] !== end) if (i >= lines.length) throw new Error(`${name} has no end`);
      outputs[name] = lines.slice(from, i).join('\n');
    } else if (line.includes('=')) {
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
  }
  return outputs;
}

/** The text with the values of its expressions. */
export function expanded(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => String(found(expression, contexts)));
}

/** Conditions of the form `a == 'b' && always()`. */
function evaluated(condition: string, contexts: Contexts): boolean {
  return condition.split('&&').every((part) => {
    const [left = '', operator, right = ''] = part.split(/(==|!=)/);
    if (operator === undefined) return Boolean(found(left, contexts));
    const equal = found(left, contexts) === found(right, contexts);
    return operator === '==' ? equal : !equal;
  });
}

/** A reference, a text, a number, or the first of `a || b` that is not empty. What is absent is the empty text, as on GitHub. */
function found(expression: string, contexts: Contexts): unknown {
  const options = expression.split('||').map((part) => part.trim());
  if (options.length > 1) return options.map((o) => found(o, contexts)).find(Boolean) ?? '';
  const [word = ''] = options;
  if (word === 'always()' || word === 'true') return true;
  const [, quoted] = /^'(.*)'$/s.exec(word) ?? [];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  const [, json] = /^fromJSON\((.*)\)$/.exec(word) ?? [];
  if (json !== undefined) return JSON.parse(String(found(json, contexts)));
  if (!/^[\w.-]+$/.test(word)) throw new Error(`this runner does not know the expression ${word}`);
  let at: unknown = contexts;
  for (const key of word.split('.')) at = (at as Record<string, unknown> | undefined)?.[key];
  return at ?? '';
}

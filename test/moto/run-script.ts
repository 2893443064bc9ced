import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Plan } from '../../src/plan/model.ts';
import { planScript } from '../../src/plan/script/index.ts';
import { shellWord } from '../../src/text/shell.ts';
import { type Ended, run } from './kit.ts';

/**
 * In place of the AWS CLI: writes down each call that changes something. The one that FAIL_AT names fails: before it is sent, or
 * (FAIL_AFTER) after it was carried out, as when the answer is lost. BLIND: a look-up of rules finds none, as if they were made
 * after it.
 */
const aws = (real: string) => `#!/bin/sh
previous=
operation=
profile=
for word in "$@"; do
  case $previous in
    --profile) profile=$word ;;
    ec2 | ssm | sts | kms) operation=$word; break ;;
  esac
  previous=$word
done
PATH=\${PATH#*:}
case $operation in
  describe-security-group-rules) if [ -n "\${BLIND:-}" ]; then exit 0; fi ;;
  describe-* | get-* | list-*) ;;
  *)
    echo "$profile $operation" >> "$CHANGES"
    if [ "$(grep -c . "$CHANGES")" -eq "\${FAIL_AT:-0}" ]; then
      if [ -n "\${FAIL_AFTER:-}" ]; then ${real} "$@" >/dev/null; fi
      echo 'stopped here' >&2
      exit 9
    fi
    ;;
esac
exec ${real} "$@"
`;

/** In place of sleep: the script waits for what a server does at once, or never does. */
const SLEEP = '#!/bin/sh\necho "$1" >> "$SLEEPS"\n';

export interface Ran extends Ended {
  /** How many calls changed something, or were to. */
  readonly changes: number;
  /** Those calls: the profile, where there is one, and the operation. */
  readonly changing: readonly string[];
  /** How many seconds the script waited, or would have. */
  readonly waited: number;
}

/** Runs the scripts of plans with the AWS CLI against a server. */
export class ScriptRunner {
  readonly folder: string;
  readonly #url: string;
  readonly #server: ChildProcess | null;

  private constructor(url: string, folder: string, cli: { server: ChildProcess; call: string } | null) {
    this.#url = url;
    this.folder = folder;
    this.#server = cli?.server ?? null;
    writeFileSync(join(folder, 'aws'), aws(cli?.call ?? 'aws'), { mode: 0o755 });
    writeFileSync(join(folder, 'sleep'), SLEEP, { mode: 0o755 });
  }

  /** The AWS CLI takes a second to load. Where it is a module of Python, it is loaded once and forked for each call. */
  static async start(url: string): Promise<ScriptRunner> {
    const folder = mkdtempSync(join(tmpdir(), 'ec2-parity-script-'));
    return new ScriptRunner(url, folder, await awsServer(folder));
  }

  /** @param how FAIL_AT, FAIL_AFTER, BLIND, and further variables of the environment. */
  async run(plan: Plan, shell: 'dash' | 'bash', how: NodeJS.ProcessEnv = {}): Promise<Ran> {
    const [path, changes, sleeps] = ['plan.sh', 'changes', 'sleeps'].map((name) =>
      join(this.folder, name),
    ) as [string, string, string];
    writeFileSync(path, planScript(plan));
    for (const file of [changes, sleeps]) writeFileSync(file, '');
    const ended = await run(shell, [path], {
      PATH: `${this.folder}${delimiter}${process.env.PATH}`,
      AWS_ENDPOINT_URL: this.#url,
      AWS_SERVER: join(this.folder, 'socket'),
      CHANGES: changes,
      SLEEPS: sleeps,
      // The AWS CLI keeps the credentials of roles there.
      HOME: this.folder,
      TARGET_KMS_KEY: 'alias/plan',
      ...how,
    });
    const changing = linesOf(changes).map((line) => line.trim());
    const waited = linesOf(sleeps).reduce((sum, seconds) => sum + Number(seconds), 0);
    return { ...ended, changes: changing.length, changing, waited };
  }

  /** Forgets the credentials of roles, which a server that was reset does not know. */
  forgetRoles(): void {
    rmSync(join(this.folder, '.aws'), { recursive: true, force: true });
  }

  remove(): void {
    this.#server?.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}

/** Null where the AWS CLI is no module of Python, as version 2 is. */
async function awsServer(folder: string): Promise<{ server: ChildProcess; call: string } | null> {
  const file = (name: string) => join(import.meta.dirname, name);
  const server = spawn('python3', [file('aws_server.py'), join(folder, 'socket')], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, HOME: folder },
  });
  process.once('exit', () => server.kill());
  const python = await new Promise<string | null>((resolve) => {
    createInterface({ input: server.stdout }).once('line', resolve);
    server.once('error', () => resolve(null));
    server.once('exit', () => resolve(null));
  });
  return python === null
    ? null
    : { server, call: `${shellWord(python)} -I -S ${shellWord(file('aws_client.py'))}` };
}

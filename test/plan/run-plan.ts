import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Plan } from '../../src/plan/model.ts';
import { planScript } from '../../src/plan/script/index.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the signal to the end, where one was sent. */
  readonly milliseconds: number;
}

/** Runs plan.sh with a program in place of the AWS CLI, which writes down each call. */
export class PlanFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'ec2-parity-plan-'));

  /** @param aws What the program does after it has written down the call; `$*` is the call. */
  constructor(plan: Plan, aws: string) {
    writeFileSync(join(this.folder, 'plan.sh'), planScript(plan));
    writeFileSync(join(this.folder, 'calls'), '');
    this.program('aws', `printf '%s\\n' "$*" >> "$STATE/calls"\n${aws}`);
  }

  program(name: string, text: string): void {
    const path = join(this.folder, name);
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
  }

  calls(): string[] {
    return readFileSync(join(this.folder, 'calls'), 'utf8').split('\n').slice(0, -1);
  }

  /**
   * @param stop Sends the signal once a call contains the text: to the shell alone, or to all of its processes, as Ctrl-C in a
   * terminal does.
   */
  async run(
    shell: 'dash' | 'bash',
    how: {
      readonly args?: readonly string[];
      readonly env?: NodeJS.ProcessEnv;
      readonly stop?: {
        readonly at: string;
        readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP';
        readonly all: boolean;
      };
    } = {},
  ): Promise<Ended> {
    const { args = [], env = {}, stop } = how;
    const child = spawn(shell, [join(this.folder, 'plan.sh'), ...args], {
      detached: true,
      env: { PATH: `${this.folder}${delimiter}/usr/bin:/bin`, STATE: this.folder, ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
    let sent = Date.now();
    if (stop) {
      while (child.exitCode === null && !this.calls().some((call) => call.includes(stop.at)))
        await new Promise((resolve) => setTimeout(resolve, 20));
      // The shell has to come from the call to what follows it.
      await new Promise((resolve) => setTimeout(resolve, 200));
      sent = Date.now();
      process.kill(stop.all ? -(child.pid ?? 0) : (child.pid ?? 0), stop.signal);
    }
    const code = await closed;
    return { code, stdout, stderr, milliseconds: Date.now() - sent };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

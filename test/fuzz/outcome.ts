import { Readable, Writable } from 'node:stream';
import { run } from '../../src/cli/run.ts';

/** How one run of the tool ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the processor: a busy machine takes longer by the clock. */
  readonly seconds: number;
}

class Kept extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

/** Runs the command line in this process, with paths that do not depend on the current folder and without AWS. */
export async function outcomeOf(args: readonly string[], home: string): Promise<Outcome> {
  const [stdout, stderr] = [new Kept(), new Kept()];
  const start = process.cpuUsage();
  const code = await run(args, {
    env: { HOME: home, AWS_EC2_METADATA_DISABLED: 'true', NO_COLOR: '1' },
    stdin: Readable.from([]),
    stdout,
    stderr,
    signal: new AbortController().signal,
  });
  return { code, stdout: stdout.text, stderr: stderr.text, seconds: secondsSince(start) };
}

/** What the process computed since then. */
export function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

const REFUSAL = /(?:^|\n)error: [^\n]+\nhint: [^\n]+\n$/;
/** The first control character but a line end, or one that turns the direction of text; null where there is none. */
export function controlIn(text: string): string | null {
  const isControl = (code: number) =>
    (code < 0x20 && code !== 0x0a) ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069);
  return [...text].find((char) => isControl(char.codePointAt(0) ?? 0)) ?? null;
}

const CLEAN = Object.getOwnPropertyNames(Object.prototype).sort().join();

/**
 * What is wrong with how a run ended, whatever it was given: it has to answer or to refuse in two lines, soon, without
 * control characters, and without a trace in what all objects share. Null where nothing is.
 * @param most The seconds that a run may take.
 */
export function faultOf({ code, stderr, seconds }: Outcome, most: number): string | null {
  const polluted = Object.getOwnPropertyNames(Object.prototype).sort().join() !== CLEAN;
  if (polluted) {
    for (const name of Object.getOwnPropertyNames(Object.prototype))
      if (!CLEAN.split(',').includes(name)) Reflect.deleteProperty(Object.prototype, name);
    return 'a member of all objects was set';
  }
  if (seconds > most) return `it took ${seconds.toFixed(1)} s`;
  if (![0, 1, 2, 3].includes(code)) return `it ended with ${code}`;
  if (/ a defect of /.test(stderr)) return stderr.slice(0, 1500);
  if (code === 2 && !REFUSAL.test(stderr)) return `a refusal that is not two lines: ${stderr.slice(0, 600)}`;
  const control = controlIn(stderr);
  if (control !== null)
    return `stderr has ${JSON.stringify(control)}: ${JSON.stringify(stderr.slice(0, 600))}`;
  return null;
}

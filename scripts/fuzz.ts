/**
 * Gives changed documents to every reader of the tool for so many minutes (`npm run fuzz -- MINUTES [FOLDER] [TARGET]`): each has to be
 * answered or refused in two lines within two seconds. What is not is kept in FOLDER (fuzz-found), one folder per fault with
 * the file and what happened. A run that hangs is ended from outside. Ends with 1 where anything was found.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { documentsIn } from '../test/fuzz/documents.ts';
import { changed, changes } from '../test/fuzz/mutations.ts';
import { faultOf } from '../test/fuzz/outcome.ts';
import { type Target, targetsFor } from '../test/fuzz/targets.ts';

const SECONDS = 2;
const HANGS_SECONDS = 30;
/** A worker reads its first documents before it begins, on a busy machine for longer than it may hang. */
const STARTS_WITHIN_SECONDS = 300;
const [minutes = '1', found = 'fuzz-found', only = ''] = process.argv.slice(2);
const until = Date.now() + Number(minutes) * 60_000;

if (process.send === undefined) await supervise();
else await work();

/** Starts the worker again when it hangs or dies, with the document that it was at kept. */
async function supervise(): Promise<void> {
  mkdirSync(found, { recursive: true });
  const counts = { runs: 0, faults: 0 };
  while (Date.now() < until) {
    const worker = fork(fileURLToPath(import.meta.url), process.argv.slice(2), {
      execArgv: process.execArgv,
    });
    let current = '';
    let since = Date.now();
    worker.on('message', (message: { at?: string; fault?: string }) => {
      if (message.at !== undefined) current = message.at;
      if (message.at !== undefined) counts.runs += 1;
      if (message.fault !== undefined) counts.faults += 1;
      since = Date.now();
    });
    const ended = new Promise<number | null>((resolve) => worker.on('exit', resolve));
    const watch = setInterval(() => {
      const most = current === '' ? STARTS_WITHIN_SECONDS : HANGS_SECONDS;
      if (Date.now() - since > most * 1000) worker.kill('SIGKILL');
    }, 1000);
    const code = await ended;
    clearInterval(watch);
    if (code !== 0) {
      counts.faults += 1;
      say(`the worker ended with ${code} at ${current}`);
    }
  }
  say(`${counts.runs} documents, ${counts.faults} faults${counts.faults > 0 ? `: see ${found}` : ''}`);
  process.exitCode = counts.faults > 0 ? 1 : 0;
}

async function work(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'ec2-parity-fuzz-'));
  const targets = targetsFor(await documentsIn(home)).filter(({ name }) => name.startsWith(only));
  const seed = Date.now() % 2 ** 31;
  const any = fc.record({ target: fc.nat(), seed: fc.nat(), pick: fc.nat({ max: 99 }), change: changes });
  let number = 0;
  process.on('uncaughtException', (error) => keep(`${seed}-${number}-uncaught`, String(error.stack)));
  process.on('unhandledRejection', (error) => keep(`${seed}-${number}-unhandled`, String(error)));
  for (const { target, seed: document, pick, change } of endless(any, seed)) {
    if (Date.now() > until) break;
    number += 1;
    const { name, seeds, run } = targets[target % targets.length] as Target;
    const bytes = changed(seeds[document % seeds.length] ?? '', change);
    const at = `${seed}-${number}-${name}`;
    writeFileSync(join(found, 'current'), bytes);
    process.send?.({ at });
    const folder = mkdtempSync(join(home, 'run-'));
    const outcome = await run(bytes, folder, pick, home);
    rmSync(folder, { recursive: true, force: true });
    const fault = faultOf(outcome, SECONDS);
    if (fault !== null) keep(at, `${fault}\npick ${pick}\n`, bytes);
  }
  rmSync(home, { recursive: true, force: true });
  process.disconnect();
}

function keep(at: string, fault: string, bytes?: Buffer): void {
  const folder = join(found, at);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'document'), bytes ?? readFileSync(join(found, 'current')));
  writeFileSync(join(folder, 'fault.txt'), fault);
  say(`${at}: ${fault.split('\n', 1)[0]?.slice(0, 200)}`);
  process.send?.({ fault });
}

function* endless<T>(arbitrary: fc.Arbitrary<T>, seed: number): Generator<T> {
  for (let i = 0; ; i += 1) yield* fc.sample(arbitrary, { numRuns: 100, seed: seed + i });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

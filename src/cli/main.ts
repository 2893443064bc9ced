#!/usr/bin/env node
import { reportFailure } from './errors.ts';
import { Interrupted, listenForInterruption } from './signals.ts';
import { note, tolerateClosedPipes } from './streams.ts';

const words = process.argv.slice(2);
/** Asked without the parser: it may be the parser that failed. */
const said = (flag: string): boolean =>
  words.includes(`--${flag}`) || isTrue(process.env[`EC2_PARITY_${flag.toUpperCase().replace('-', '_')}`]);
const isTrue = (value = ''): boolean => ['1', 'true', 'yes', 'on'].includes(value.toLowerCase());

/** The code is set and never exited with: what is on its way to a pipe arrives whole. */
function endWith(error: unknown): void {
  if (error instanceof Interrupted) {
    note(error.message);
    process.exitCode = error.code;
  } else {
    reportFailure(error, { verbose: said('verbose'), noColor: said('no-color') });
    process.exitCode = 2;
  }
}

tolerateClosedPipes();
// Node's own answer to an error that nobody caught is code 1, which here means "findings".
process.on('uncaughtException', endWith);
const interruption = listenForInterruption();
try {
  // Loaded here, so that a broken installation is reported as every other failure is.
  const { runCommandLine } = await import('./parser.ts');
  const work = runCommandLine(words, { signal: interruption.signal, env: process.env });
  const code = await Promise.race([work, interruption.happened]);
  process.exitCode ??= code;
} catch (error) {
  endWith(error);
}

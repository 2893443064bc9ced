import { reportEnd, run } from './run.ts';
import { listenForInterruption } from './signals.ts';
import { tolerateClosedPipes } from './streams.ts';

const words = process.argv.slice(2);
const { env, stdin, stdout, stderr } = process;

// The code is set and `process.exit` is never called: output that is still in a pipe arrives whole.
tolerateClosedPipes({ stdin, stdout, stderr });
// For an uncaught error Node exits with code 1, which here means "findings".
process.on('uncaughtException', (error) => {
  process.exitCode = reportEnd(error, words, { stderr, env });
});
// No top-level await: the built form of this file is CommonJS, which starts faster.
run(words, { env, stdin, stdout, stderr, signal: listenForInterruption() }).then((code) => {
  process.exitCode ??= code;
});

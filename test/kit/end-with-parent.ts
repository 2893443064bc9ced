/**
 * Ends the worker with the run that started it. Vitest does not: a run that is killed would leave workers that wait for an answer of
 * it, with the servers of their tests, for as long as the machine runs.
 */
const KNOWN = Symbol.for('ec2-parity.end-with-parent');
const shared = globalThis as { [KNOWN]?: true };
// Workers are used for several files, and each loads this one.
if (process.connected && !shared[KNOWN]) {
  shared[KNOWN] = true;
  process.once('disconnect', () => process.exit(1));
}

import { Script } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { Interrupted } from './signals.ts';

const WORK = Symbol.for('ec2-parity.work');
const SCRIPT = new Script(`globalThis[Symbol.for('ec2-parity.work')]()`);

/**
 * Does work that does not return to the event loop for seconds, in which a signal would wait for its end. Node can break
 * off a script at SIGINT; at SIGTERM the process ends as if it did not listen, which leaves no file behind, since nothing
 * is being written meanwhile.
 * @throws Interrupted at SIGINT.
 */
export function interruptible<Result>(work: () => Result): Result {
  if (!isMainThread) return work();
  const listeners = process.rawListeners('SIGTERM') as NodeJS.SignalsListener[];
  const shared = globalThis as { [WORK]?: () => Result };
  process.removeAllListeners('SIGTERM');
  shared[WORK] = work;
  try {
    return SCRIPT.runInThisContext({ breakOnSigint: true }) as Result;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED')
      throw new Interrupted('SIGINT');
    throw error;
  } finally {
    delete shared[WORK];
    for (const listener of listeners) process.on('SIGTERM', listener);
  }
}

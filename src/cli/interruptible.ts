import { setImmediate } from 'node:timers/promises';
import { Script } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import type { Working } from '../inventory/working.ts';
import { isUnderWay, nothingUnderWay } from '../inventory/write-file.ts';
import { growLess } from './heap.ts';
import { Interrupted, SIGNALS } from './signals.ts';

const WORK = Symbol.for('ec2-parity.work');
const SCRIPT = new Script(`globalThis[Symbol.for('ec2-parity.work')]()`);
/** Text of this length is read and converted in some hundredths of a second. */
const SHORT = 500_000;
/** Those that Node cannot break off a script at. */
const OTHERS = SIGNALS.filter((name) => name !== 'SIGINT');

/**
 * Does work that does not return to the event loop for seconds, in which a signal would wait for its end. Node can break
 * off a script at SIGINT. At the other signals the process ends as if it did not listen, which leaves no file behind: the work
 * begins when no file is being written.
 * @param signal Aborts at a signal that came before the work.
 * @returns What does such work. It rejects with Interrupted at SIGINT.
 */
export function interruptibleWith(signal: AbortSignal): Working {
  return async (work, characters = Number.POSITIVE_INFINITY) => {
    // To prepare for a signal takes longer than many a short work, of which a folder of answers has a hundred.
    if (characters <= SHORT) {
      signal.throwIfAborted();
      return work();
    }
    do {
      await nothingUnderWay();
      // A signal that came during earlier work is known when the event loop has polled. One turn is not enough: it may be the
      // rest of a turn that polled before the signal came. What is not known when a script begins, Node drops.
      await setImmediate();
      await setImmediate();
    } while (isUnderWay());
    signal.throwIfAborted();
    try {
      return interruptible(work);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error;
      // Node passes this SIGINT to no listener, and the rest of the run has to stop as well.
      process.emit('SIGINT', 'SIGINT');
      signal.throwIfAborted();
      throw new Interrupted('SIGINT');
    }
  };
}

function interruptible<Result>(work: () => Result): Result {
  if (!isMainThread) return work();
  growLess();
  const listeners = OTHERS.map((name) => ({
    name,
    all: process.rawListeners(name) as NodeJS.SignalsListener[],
  }));
  const shared = globalThis as { [WORK]?: () => Result };
  for (const { name } of listeners) process.removeAllListeners(name);
  shared[WORK] = work;
  try {
    return SCRIPT.runInThisContext({ breakOnSigint: true, displayErrors: false }) as Result;
  } finally {
    delete shared[WORK];
    for (const { name, all } of listeners) for (const listener of all) process.on(name, listener);
  }
}

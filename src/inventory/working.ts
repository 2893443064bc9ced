/**
 * Does work that takes seconds without a return to the event loop. The command line gives one that a signal breaks off; the
 * library does the work at once.
 */
export type Working = <Result>(work: () => Result) => Promise<Result>;

export const atOnce: Working = async (work) => work();

/**
 * Does work that takes seconds without a return to the event loop. The command line gives one that a signal breaks off; the
 * library does the work at once. `characters` is the length of the text that the work is about, where that is known: a signal can
 * wait for the end of work on a short one.
 */
export type Working = <Result>(work: () => Result, characters?: number) => Promise<Result>;

export const atOnce: Working = async (work) => work();

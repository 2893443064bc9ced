/** What the shell expects of a program that a signal ended: 128 + its number. */
const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof CODES;
/** The signals that interrupt a run: Ctrl-C, `kill`, and a terminal that is closed. */
export const SIGNALS = Object.keys(CODES) as readonly Signal[];

/** How long work in flight may take to wind down before we go anyway. */
const GRACE_MS = 2000;

/** The user, or CI, wants us to stop. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly signal: Signal;
  readonly code: (typeof CODES)[Signal];
  constructor(signal: Signal) {
    super(`interrupted by ${signal}`);
    this.signal = signal;
    this.code = CODES[signal];
  }
}

/** Aborts on the first of the signals, with Interrupted as the reason; a second one ends the process at once. */
export function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (signal: Signal): void => {
    // The output is no longer needed after a signal, so this exit loses nothing. Files are renamed into
    // place whole, and the temporary ones are removed on exit.
    const leave = () => process.exit(CODES[signal]);
    if (controller.signal.aborted) leave();
    controller.abort(new Interrupted(signal));
    setTimeout(leave, GRACE_MS).unref();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return controller.signal;
}

/** What the shell expects of a program that a signal ended: 128 + its number. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof CODES;

/** How long work in flight may take to wind down before we go anyway. */
const GRACE_MS = 2000;

/** The user, or CI, wants us to stop. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly signal: Signal;
  readonly code: 130 | 143;
  constructor(signal: Signal) {
    super(`interrupted by ${signal}`);
    this.signal = signal;
    this.code = CODES[signal];
  }
}

/** Aborts on the first SIGINT or SIGTERM, with Interrupted as the reason; a second one ends the process at once. */
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
  for (const signal of Object.keys(CODES) as Signal[]) process.on(signal, onSignal);
  return controller.signal;
}

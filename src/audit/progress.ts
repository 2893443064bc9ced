/** What a collector reports while it reads: which kind, and how many items of it so far. */
export interface Step {
  readonly what: string;
  readonly count: number;
  /** Where one call is made for each item: how many there are, and how long the rest takes at the pace so far. */
  readonly total?: number;
  readonly secondsLeft?: number;
}

/** Where the progress of a run goes. The command line draws a line on a terminal; the library calls a function. */
export interface Progress {
  /** The listener for one side. */
  of(side: string): (step: Step) => void;
  /** Asks the user for what only they know (a code of an MFA device); null where there is no terminal. */
  ask?(question: string): Promise<string | null>;
  stop(): void;
}

import type { Json } from '../../report/model.ts';

/** One thing to mend, and the findings that go with it. */
export interface Root {
  /** What makes it this one and no other, in words that mean the same in every region: the kind of cause first. */
  readonly key: readonly Json[];
  readonly title: string;
  readonly remedy: string;
  /** Fingerprints. */
  readonly findings: readonly string[];
}

/** "3 groups", "1 group". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

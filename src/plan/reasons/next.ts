import type { ReasonOf, ReasonType } from './reason.ts';

/** One or two sentences, and what would have to happen. */
export interface ReasonText<R> {
  readonly text: (reason: R) => string;
  readonly next: Next;
}

/** What a finding that is left waits for: an option of the plan, a person, or nothing. */
export type Next = 'option' | 'person' | 'nothing';

export type ReasonTexts<T extends ReasonType> = { readonly [R in T]: ReasonText<ReasonOf<R>> };

export const person = <R>(text: string | ((reason: R) => string)): ReasonText<R> => ({
  text: typeof text === 'string' ? () => text : text,
  next: 'person',
});
export const option = <R>(text: string | ((reason: R) => string)): ReasonText<R> => ({
  ...person(text),
  next: 'option',
});
export const nothing = <R>(text: string | ((reason: R) => string)): ReasonText<R> => ({
  ...person(text),
  next: 'nothing',
});

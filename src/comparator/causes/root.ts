import { wordsOf } from '../../inventory/kinds.ts';
import type { Finding } from '../../report/model.ts';
import type { Json } from '../../report/rules/shared.ts';
import type { Kind } from '../../report/vocabulary.ts';
import { count } from '../../text/counts.ts';
import { listedWith } from '../findings/commands.ts';

/** One object to correct, and the findings that this resolves. */
export interface Root {
  /** What makes it this one and no other, in words that mean the same in every region: the kind of cause first. */
  readonly key: readonly Json[];
  readonly title: string;
  readonly remedy: string;
  /** Of its findings, those whose commands are its fix; absent: all. */
  readonly fixedBy?: readonly string[];
  /** Fingerprints. */
  readonly findings: readonly string[];
}

/** A kind in the middle of a sentence. */
export function wordFor(kind: Kind): string {
  return wordsOf(kind).one;
}

/** " 3 groups differ by it alone."; nothing where none does. */
export function byItAlone(groups: number): string {
  return groups === 0 ? '' : ` ${count(groups, 'group')} ${groups === 1 ? 'differs' : 'differ'} only by it.`;
}

const MOST_REMEDIES = 3;

/** What is to be done about each of them, said once. */
export function remediesOf(findings: readonly Finding[]): string {
  // The commands of all of them are beside the cause.
  const here = [...new Set(findings.map(listedWith))];
  const remedy = (text: string) => {
    const reference = here.find((end) => text.endsWith(end));
    return reference === undefined ? text : text.slice(0, -reference.length);
  };
  const all = [...new Set(findings.map((f) => remedy(f.remedy)))];
  return [
    ...all.slice(0, MOST_REMEDIES),
    ...(all.length > MOST_REMEDIES ? ['The findings say what else is to be done.'] : []),
  ].join(' ');
}

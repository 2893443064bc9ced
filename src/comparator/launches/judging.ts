import type { FactKind } from '../../inventory/launch-facts/kinds.ts';
import { FACTS } from '../../inventory/launch-facts/kinds.ts';
import type { Refusal } from '../../report/rules/launches.ts';
import type { LaunchPart } from '../../report/vocabulary.ts';
import type { FactIndex, Known } from './facts.ts';
import type { LaunchIssue, LaunchOmission, UnreadFact } from './issue.ts';
import { PART_OF_FACT } from './parts.ts';

/** An issue before it is known which object it belongs to. */
export type Draft = LaunchIssue extends infer I ? (I extends LaunchIssue ? Omit<I, 'owner'> : never) : never;

/** The result of one check: issues, what cannot be known because it could not be read, and what was not looked at. */
export interface Checked {
  readonly drafts: readonly Draft[];
  readonly unread: readonly UnreadFact[];
  readonly omissions: readonly LaunchOmission[];
  /** The parts of the launch that it compared with what the target has. */
  readonly looked: readonly LaunchPart[];
}

/** Nothing to check, or nothing known that could be checked. */
export const NOTHING_FOUND: Checked = { drafts: [], unread: [], omissions: [], looked: [] };

/** It was looked at, and nothing is wrong with it. */
export function passed(part: LaunchPart): Checked {
  return { ...NOTHING_FOUND, looked: [part] };
}

export function found(...drafts: Draft[]): Checked {
  return { ...NOTHING_FOUND, drafts };
}

export function all(checked: readonly Checked[]): Checked {
  return {
    drafts: checked.flatMap((c) => c.drafts),
    unread: checked.flatMap((c) => c.unread),
    omissions: checked.flatMap((c) => c.omissions),
    looked: [...new Set(checked.flatMap((c) => c.looked))],
  };
}

/** @param which What distinguishes it from another refusal of the kind, independent of what was found. Default: `what`. */
export type RefuseLaunch = (
  because: Refusal,
  steps: string[],
  what?: string | null,
  limit?: number | null,
  which?: string,
) => Checked;

/** What is said where a fact was not read. `what`: the object that it is about, for a chain. */
export function notKnown(
  why: Exclude<Known<unknown>, { is: 'item' | 'none' }>,
  kind: FactKind,
  facts: FactIndex,
  what: string,
  part: LaunchPart | null = PART_OF_FACT[kind],
): Checked {
  if (why.is === 'failed')
    return {
      ...NOTHING_FOUND,
      unread: [
        {
          steps: [
            what,
            why.failure ? 'could not be read' : `the ${FACTS[kind].many} of ${facts.place} could not be read`,
          ],
          ...(why.failure ? { failure: why.failure } : {}),
          kind,
          part,
          side: facts.side,
        },
      ],
    };
  const { many, decides } = FACTS[kind];
  return {
    ...NOTHING_FOUND,
    omissions: [
      {
        what: `${many} (${decides})`,
        side: facts.side,
        because: why.because,
        parts: part === null ? [] : [part],
      },
    ],
  };
}

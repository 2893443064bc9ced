import { visible } from '../../text/printable.ts';
import type { Workload } from '../model.ts';
import { LAUNCH_PARTS, type LaunchPart, PART_STATES, type PartState } from '../vocabulary.ts';
import { PART_LABELS, PART_STATE_LABELS, PART_STATE_MARKS } from './labels.ts';

/** One part of a launch: a mark, and the same in words. */
export interface PartView {
  readonly part: LaunchPart;
  readonly label: string;
  readonly state: PartState;
  readonly stateLabel: string;
  readonly mark: string;
  /** What the launch names of it: "deploy", "m5.large"; empty where it names nothing. */
  readonly what: string;
}

/** In the order of the parts; empty for reports of versions that did not state them. */
export function partViews({ lookedAt }: Pick<Workload, 'lookedAt'>): PartView[] {
  if (!lookedAt) return [];
  return LAUNCH_PARTS.map((part) => {
    const { state, what = [] } = lookedAt[part];
    return {
      part,
      label: PART_LABELS[part],
      state,
      stateLabel: PART_STATE_LABELS[state],
      mark: PART_STATE_MARKS[state],
      what: what.map(visible).join(', '),
    };
  });
}

/** "stops the launch: type; fine: key, groups, image". What does not apply is left out. */
export function partsText(parts: readonly PartView[]): string {
  return PART_STATES.filter((state) => state !== 'does-not-apply')
    .flatMap((state) => {
      const own = parts.filter((p) => p.state === state);
      return own.length === 0
        ? []
        : [`${PART_STATE_LABELS[state]}: ${own.map((p) => p.label.toLowerCase()).join(', ')}`];
    })
    .join('; ');
}

/** One character each, since a table has them for every workload. */
const LETTERS = {
  fine: '+',
  degrades: '!',
  stops: 'x',
  unknown: '?',
  'not-looked-at': 'o',
  'does-not-apply': '-',
} as const satisfies Record<PartState, string>;

/** "++x++--+": one character per part, in their order; empty where the report does not state them. */
export function partLetters({ lookedAt }: Pick<Workload, 'lookedAt'>): string {
  return lookedAt ? LAUNCH_PARTS.map((part) => LETTERS[lookedAt[part].state]).join('') : '';
}

/** What the characters mean, for a line below a table. */
export function lettersLegend(): string {
  const parts = LAUNCH_PARTS.map((part) => PART_LABELS[part].toLowerCase()).join(', ');
  const { fine, degrades, stops, unknown, 'not-looked-at': unseen } = LETTERS;
  return `Looked at: ${parts}; ${fine} fine, ${degrades} degrades, ${stops} stops, ${unknown} unknown, ${unseen} not looked at.`;
}

import { capital } from '../../text/capital.ts';
import { fenced } from '../../text/markdown.ts';
import { visible } from '../../text/printable.ts';
import type { Plan, Step } from '../model.ts';
import { type findingTexts, shown, stepsText } from './words.ts';

/** Each step: where it runs, why it is done, what it costs where that is known, and its commands. */
export function stepSections({ steps }: Plan, texts: ReturnType<typeof findingTexts>): string[] {
  const numbers = new Map(steps.map(({ id }, i) => [id, i + 1]));
  const neededBy = new Map<string, number[]>();
  const resolvedBy = new Map<string, number>();
  for (const [i, { needs, resolves }] of steps.entries()) {
    for (const need of needs) neededBy.set(need, [...(neededBy.get(need) ?? []), i + 1]);
    for (const fingerprint of resolves) resolvedBy.set(fingerprint, i + 1);
  }
  return [
    `## Steps (${steps.length})`,
    ...steps.flatMap((step, i) => section(step, i + 1, { numbers, neededBy, resolvedBy, texts })),
  ];
}

interface Known {
  /** By the id of a step: its number, and the numbers of the steps that need it. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly neededBy: ReadonlyMap<string, readonly number[]>;
  /** By fingerprint. */
  readonly resolvedBy: ReadonlyMap<string, number>;
  readonly texts: ReturnType<typeof findingTexts>;
}

function section(step: Step, number: number, known: Known): string[] {
  const { does, side, needs, notes = [], commands } = step;
  const after = needs.map((need) => known.numbers.get(need)).filter((n) => n !== undefined);
  return [
    `### ${number}. ${shown(does)}`,
    [
      `Runs on the ${side}${after.length > 0 ? `, after ${stepsText(after)}` : ''}.`,
      ...notes.map(shown),
    ].join(' '),
    ...reasons(step, known),
    ...(commands.length > 0
      ? [
          fenced(
            'sh',
            commands.map(({ shell }) => visible(shell)),
          ),
        ]
      : []),
  ];
}

/** Why a step is done. Each has a reason: see `Step`. */
function reasons({ id, resolves, serves, completes }: Step, known: Known): string[] {
  const { numbers, neededBy, resolvedBy, texts } = known;
  const needing = neededBy.get(id) ?? [];
  const completed = completes === undefined ? undefined : numbers.get(completes);
  const also = [
    ...(completed === undefined || resolves.length + serves.length > 0
      ? []
      : [`What step ${completed} makes is not complete without it.`]),
    ...(needing.length === 0
      ? []
      : [`${capital(stepsText(needing))} ${needing.length === 1 ? 'needs' : 'need'} it.`]),
  ];
  return [
    ...(resolves.length === 0 ? [] : [`Resolves:\n\n${list(resolves.map(texts.full))}`]),
    ...(serves.length === 0
      ? []
      : [
          `Is part of what resolves:\n\n${list(
            serves.map((f) => `${texts.name(f)}, resolved once step ${resolvedBy.get(f)} is done`),
          )}`,
        ]),
    ...(also.length === 0 ? [] : [also.join(' ')]),
  ];
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

import type { ContentEvidence } from '../../inventory/content.ts';
import { compareText } from '../../inventory/order.ts';
import { gapOf } from '../../report/gap.ts';
import type { Gap } from '../../report/model.ts';
import { SIDES } from '../../report/vocabulary.ts';
import { listed } from '../../text/lists.ts';
import { printable } from '../../text/printable.ts';

/** How many images a gap names; the count says the rest. */
const NAMED = 3;

/**
 * What of the content could not be compared. One gap per side and code, however many images are affected: all of them have
 * one cause. A gap for a spent budget does not make the run incomplete: the user chose the budget.
 */
export function contentGaps(content: ContentEvidence | undefined): Gap[] {
  if (!content) return [];
  const affected = new Map<string, { gap: Gap; images: Set<string> }>();
  for (const image of content.images)
    for (const { side, ...failure } of image.devices.flatMap((device) => device.failures)) {
      const key = `${SIDES.indexOf(side)} ${failure.code}`;
      const gap = gapOf(side, 'image', failure, failure.code !== 'not-read');
      const known = affected.get(key) ?? { gap, images: new Set() };
      known.images.add(image.name);
      affected.set(key, known);
    }
  const gaps = [...affected]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { gap, images }]) => ({
      ...gap,
      message: `The content of ${namesOf(images)} could not be compared: ${gap.message}`,
    }));
  return [...gaps, ...overBudget(content)];
}

function overBudget({ images, budgetGiB }: ContentEvidence): Gap[] {
  const left = images.filter(({ devices }) => devices.some(({ reason }) => reason === 'budget'));
  if (left.length === 0) return [];
  return [
    {
      side: 'source',
      kind: 'image',
      code: 'not-read',
      message: `The content of ${namesOf(new Set(left.map(({ name }) => name)))} was not compared, or not completely: it exceeds the budget of ${budgetGiB} GiB.`,
      hint: 'Raise --verify-budget, or compare a sample: --verify-content 100.',
      blocking: false,
    },
  ];
}

function namesOf(names: ReadonlySet<string>): string {
  return listed(
    [...names].map((name) => `"${printable(name)}"`),
    NAMED,
  );
}

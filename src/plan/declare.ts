import type { LeftToScript } from './declared.ts';
import type { StepOf } from './group-changes.ts';
import type { OperationType, Plan, Step } from './model.ts';

/** What a format declares for a step; or why it cannot. */
export type Declaration<Out> = readonly Out[] | { readonly because: string };

/** For every type of operation. A new type does not compile before each format has an answer. */
export type Declarers<Out> = {
  readonly [T in OperationType]: (step: StepOf<T>) => Declaration<Out>;
};

/**
 * Declares the steps in their order. A step that needs one which the format leaves to the script is left too.
 * @param format Its name in sentences.
 * @param refuses Why the format cannot hold a step, whichever type it has; null where it can.
 */
export function declareSteps<Out>(
  { steps }: Pick<Plan, 'steps'>,
  format: string,
  declarers: Declarers<Out>,
  refuses: (step: Step) => string | null = () => null,
): { readonly out: readonly Out[]; readonly left: readonly LeftToScript[] } {
  const left = new Map<string, LeftToScript>();
  const out: Out[] = [];
  for (const step of steps) {
    const missing = [...step.needs, ...madeByIn(step.operation)].find((id) => left.has(id));
    const because =
      missing === undefined
        ? refuses(step)
        : `It needs a step that ${format} does not do: ${left.get(missing)?.step.does}.`;
    const declared = because === null ? declare(step, declarers) : { because };
    if ('because' in declared) left.set(step.id, { step, because: declared.because });
    else out.push(...declared);
  }
  return { out, left: [...left.values()] };
}

function declare<Out>(step: Step, declarers: Declarers<Out>): Declaration<Out> {
  const declarer = declarers[step.operation.type] as (step: Step) => Declaration<Out>;
  return declarer(step);
}

/** Ids of the steps that make what an operation refers to. */
function madeByIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(madeByIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'madeBy' && typeof inner === 'string' ? [inner] : madeByIn(inner),
  );
}

import type { Declared, DeclaredFormats } from './declared.ts';
import type { Plan } from './model.ts';
import { nextOf } from './reasons/text.ts';

/** `plan.json`. The fields are a public contract: they are only ever added to. */
export function planJson(plan: Plan, formats: DeclaredFormats): string {
  const { steps, resolves, left, simulated, source, target, findings } = plan;
  return `${JSON.stringify(
    {
      source,
      target,
      steps: steps.map(
        ({ id, does, side, needs, completes, resolves: own, serves, notes, operation, commands }) => ({
          id,
          does,
          side,
          needs,
          ...(completes === undefined ? {} : { completes }),
          resolves: own,
          serves,
          ...(notes && notes.length > 0 ? { notes } : {}),
          operation,
          commands,
        }),
      ),
      resolves,
      left: left.map(({ fingerprint, because, reason }) => ({
        fingerprint,
        because,
        reason: reason.type,
        next: nextOf(reason),
      })),
      simulated,
      findings,
      formats: {
        terraform: declaredJson(formats.terraform),
        cloudformation: declaredJson(formats.cloudformation),
      },
    },
    null,
    2,
  )}\n`;
}

/** The files of a format, and the steps that only the script does. */
function declaredJson({ files, isEmpty, left }: Declared) {
  return {
    files: isEmpty ? [] : files.map(({ name }) => name),
    left: left.map(({ step, because }) => ({ step: step.id, because })),
  };
}

import type { Plan } from './model.ts';

/** `plan.json`. The fields are a public contract: they are only ever added to. */
export function planJson(plan: Plan): string {
  const { steps, resolves, left, simulated, source, target, findings } = plan;
  return `${JSON.stringify(
    {
      source,
      target,
      steps: steps.map(({ id, does, side, needs, resolves: own, notes, operation, commands }) => ({
        id,
        does,
        side,
        needs,
        resolves: own,
        ...(notes && notes.length > 0 ? { notes } : {}),
        operation,
        commands,
      })),
      resolves,
      left,
      simulated,
      findings,
    },
    null,
    2,
  )}\n`;
}

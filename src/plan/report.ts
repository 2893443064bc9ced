import type { Report } from '../report/model.ts';
import type { Plan } from './model.ts';

/** The report with what the plan would do, so that every format of it can show the plan. */
export function withPlan(report: Report, { steps, resolves, left, simulated }: Plan): Report {
  return {
    ...report,
    plan: {
      steps: steps.map(({ id, does, side, needs, resolves: own, commands }) => ({
        id,
        does,
        side,
        needs,
        resolves: own,
        commands,
      })),
      resolves,
      left: left.map(({ fingerprint, because }) => ({ fingerprint, because })),
      simulated: { resolved: simulated.resolved, new: simulated.new },
    },
  };
}

import type { Operation, Plan, Step } from '../../src/plan/model.ts';
import { ACCOUNT } from '../kit/estate.ts';

/** A plan of these steps, by their ids. */
export function planOf(operations: Readonly<Record<string, Operation>>): Plan {
  const steps = Object.entries(operations).map(
    ([id, operation]): Step => ({
      id,
      does: `Do ${id}`,
      side: 'target',
      needs: [],
      resolves: [],
      serves: [],
      commands: [],
      operation,
    }),
  );
  return {
    source: { account: ACCOUNT, region: 'us-east-1' },
    target: { account: ACCOUNT, region: 'eu-west-1' },
    steps,
    resolves: [],
    left: [],
    simulated: { resolved: 0, new: 0, notes: [], notLookedAt: [] },
    findings: 0,
  };
}

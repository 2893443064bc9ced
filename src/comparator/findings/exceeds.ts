import { z } from 'zod';
import { type Finding, isOf, plainFacts } from '../../report/model.ts';
import { denoted, difference, isEmpty } from '../traffic/index.ts';

const rows = z.object({ source: z.array(z.string()), target: z.array(z.string()) });

/** Rules whose facts name the packets that they are about. */
const OF_TRAFFIC = [
  'security-group/allows-less',
  'security-group/allows-more',
  'workload/unreachable',
] as const;

/**
 * Whether a finding says more than it did before: of traffic, packets that it did not name; of what is compared in rows,
 * a row that it did not have. Of anything else, another content counts as more. `before` may come from a file.
 */
export function exceeds(before: Finding, now: Finding): boolean {
  if (isOf(before, ...OF_TRAFFIC) && isOf(now, ...OF_TRAFFIC)) {
    try {
      return !isEmpty(difference(denoted(now.facts.traffic), denoted(before.facts.traffic)));
    } catch {
      return true; // facts that this version does not understand
    }
  }
  const [former, current] = [before, now].map((f) => rows.safeParse(plainFacts(f).rows).data);
  if (!former || !current) return true;
  return (['source', 'target'] as const).some((side) =>
    current[side].some((row) => !former[side].includes(row)),
  );
}

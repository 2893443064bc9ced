import { count } from '../text/counts.ts';
import type { Plan } from './model.ts';

/** "12 steps. Simulated: 9 of 14 findings resolved, 0 new; 5 are left." */
export function simulatedText({ steps, simulated, findings, left }: Plan): string {
  const rest = left.length === 1 ? '1 is' : `${left.length} are`;
  return `${count(steps.length, 'step')}. Simulated: ${simulated.resolved} of ${count(findings, 'finding')} resolved, ${simulated.new} new; ${rest} left.`;
}

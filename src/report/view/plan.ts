import { count, thousands } from '../../text/counts.ts';
import type { Report } from '../model.ts';

/** What writes the plan: the two sides are given as to the audit. */
export const PLAN_COMMAND = 'ec2-parity plan … -o DIR';

/** "writes 16 steps that resolve 14 of 81 findings; 67 are left", after the command; empty without a step. */
export function planText({ plan, findings }: Pick<Report, 'plan' | 'findings'>): string {
  if (!plan || plan.steps.length === 0 || findings.length === 0) return '';
  const resolved = new Set(plan.resolves);
  const done = findings.filter((f) => resolved.has(f.fingerprint)).length;
  const left = findings.length - done;
  const rest = left === 0 ? '' : `; ${thousands(left)} ${left === 1 ? 'is' : 'are'} left`;
  return `writes ${count(plan.steps.length, 'step')} that ${plan.steps.length === 1 ? 'resolves' : 'resolve'} ${thousands(done)} of ${count(findings.length, 'finding')}${rest}`;
}

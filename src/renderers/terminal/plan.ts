import type { Report } from '../../report/model.ts';
import { PLAN_COMMAND, planText } from '../../report/view/plan.ts';
import { hang } from './layout.ts';

/** What a plan would resolve, and the command that writes it; nothing where a plan has no step. */
export function planLines(report: Report, columns: number): string[] {
  const text = planText(report);
  return text === '' ? [] : hang('', `${PLAN_COMMAND} ${text}`, columns);
}

import type { Finding } from '../report/model.ts';
import { SEVERITIES } from '../report/vocabulary.ts';

/** What a finding weighs, and what its rule says that it weighs where the config says otherwise. */
export type Weighed = Pick<Finding, 'severity' | 'usually'>;

/** Whether a finding weighs more than before because of what was found. That only the config says so is no drift. */
export function weighsMore(before: Weighed, now: Weighed): boolean {
  return isAbove(now.severity, before.severity) && isAbove(ofRule(now), ofRule(before));
}

/** Whether only the config, or its absence, makes the finding weigh more. */
export function weighsMoreByConfig(before: Weighed, now: Weighed): boolean {
  return (
    isAbove(now.severity, before.severity) &&
    !isAbove(ofRule(now), ofRule(before)) &&
    (now.usually !== undefined || before.usually !== undefined)
  );
}

function ofRule({ severity, usually }: Weighed): Finding['severity'] {
  return usually ?? severity;
}

function isAbove(a: Finding['severity'], b: Finding['severity']): boolean {
  return SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b);
}

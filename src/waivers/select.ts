import type { Finding } from '../report/model.ts';
import { plainFacts } from '../report/model.ts';
import { isExact, matches } from './glob.ts';

/** What a waiver or a setting is about. */
export interface Selector {
  readonly rule: string;
  readonly subject?: string | undefined;
  readonly kind?: string | undefined;
  readonly scope?: string | undefined;
  readonly side?: 'source' | 'target' | undefined;
}

export function selects({ rule, subject, kind, scope, side }: Selector, finding: Finding): boolean {
  const { name, scope: vpc, sourceId, targetId } = finding.subject;
  if (!matches(rule, finding.rule) || (kind !== undefined && kind !== finding.kind)) return false;
  if (subject !== undefined && !matches(subject, name)) return false;
  if (scope !== undefined && (vpc === null || !matches(scope, vpc))) return false;
  if (side === undefined) return true;
  // A fact that names a side is more precise than where the object exists.
  const { side: said } = plainFacts(finding);
  if (said === 'source' || said === 'target') return said === side;
  return (side === 'source' ? sourceId : targetId) !== null;
}

/**
 * What is missing on the target and stops a workload is only ever set aside by its own rule and name: a pattern would
 * set aside tomorrow's outage too.
 */
export function needsName({ rule, severity }: Pick<Finding, 'rule' | 'severity'>): boolean {
  return severity === 'critical' && /\/missing(-|$)/.test(rule);
}

export function isByName({ rule, subject }: Selector): boolean {
  return isExact(rule) && isExact(subject);
}

/** "security-group/allows-more "bastion"", for messages. */
export function selectorText({ rule, subject, scope }: Selector): string {
  const vpc = scope === undefined ? '' : ` (VPC ${scope})`;
  return `${rule}${subject === undefined ? '' : ` "${subject}"`}${vpc}`;
}

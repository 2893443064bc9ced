import { compareMaybe, compareText, firstOf } from '../../inventory/order.ts';
import type { Finding } from '../../report/model.ts';
import { KINDS, SEVERITIES } from '../../report/vocabulary.ts';

/** Worst first; then by kind, rule, place and fingerprint, so that the order is total. */
export function byWeight(a: Weighed, b: Weighed): number {
  return firstOf(
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
    compareText(a.rule, b.rule),
    compareMaybe(a.subject.scope, b.subject.scope),
    compareText(a.subject.name, b.subject.name),
    compareText(a.fingerprint, b.fingerprint),
    compareMaybe(a.subject.sourceId, b.subject.sourceId),
    compareMaybe(a.subject.targetId, b.subject.targetId),
  );
}

type Weighed = Pick<Finding, 'severity' | 'kind' | 'rule' | 'subject' | 'fingerprint'>;

import type { Finding, Pair } from '../../report/model.ts';
import type { RuleId } from '../../report/rules/index.ts';
import { groupByEach } from '../../text/groups.ts';
import type { Counterpart } from '../pairing/counterpart.ts';
import type { Origin } from '../rules/rule.ts';

/** One pair with what the rules said of it, and the objects that each finding comes from. */
export interface Judged {
  readonly counterpart: Counterpart<unknown>;
  readonly pair: Pick<Pair, 'state'>;
  readonly findings: readonly Finding[];
  readonly origins: ReadonlyMap<Finding, Origin>;
}

/** What was said of each pair, by either of its ends. */
export interface Judgements {
  of(item: unknown): Judged | null;
  /** Fingerprints of the findings of these rules that a reference, a template check or a launch issue has. */
  about(reference: object, ...rules: readonly RuleId[]): string[];
  finding(fingerprint: string): Finding | null;
}

export function judgementsOf(judged: readonly Judged[]): Judgements {
  const byItem = new Map<unknown, Judged>();
  const byFingerprint = new Map<string, Finding>();
  for (const one of judged) {
    if (one.counterpart.source) byItem.set(one.counterpart.source, one);
    if (one.counterpart.target) byItem.set(one.counterpart.target, one);
    for (const finding of one.findings) {
      byFingerprint.set(finding.fingerprint, finding);
    }
  }
  const origins = judged.flatMap((one) => [...one.origins]);
  const byReference = groupByEach(origins, ([, { references = [] }]) => references);
  return {
    of: (item) => byItem.get(item) ?? null,
    about: (reference, ...rules) =>
      (byReference.get(reference) ?? []).flatMap(([f]) => (rules.includes(f.rule) ? [f.fingerprint] : [])),
    finding: (fingerprint) => byFingerprint.get(fingerprint) ?? null,
  };
}

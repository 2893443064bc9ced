import type { Finding } from '../../report/model.ts';
import type { State } from '../../report/vocabulary.ts';
import type { Counterpart } from '../pairing/counterpart.ts';

/** One pair with what the rules said of it. */
export interface Judged {
  readonly counterpart: Counterpart<unknown>;
  readonly state: State;
  readonly findings: readonly Finding[];
}

/** What was said of each pair, by either of its ends. */
export interface Judgements {
  of(item: unknown): Judged | null;
  finding(fingerprint: string): Finding | null;
}

export function judgementsOf(judged: readonly Judged[]): Judgements {
  const byItem = new Map<unknown, Judged>();
  const byFingerprint = new Map<string, Finding>();
  for (const one of judged) {
    if (one.counterpart.source) byItem.set(one.counterpart.source, one);
    if (one.counterpart.target) byItem.set(one.counterpart.target, one);
    for (const finding of one.findings) byFingerprint.set(finding.fingerprint, finding);
  }
  return {
    of: (item) => byItem.get(item) ?? null,
    finding: (fingerprint) => byFingerprint.get(fingerprint) ?? null,
  };
}

import type { Report } from '../report/model.ts';
import type { RedactedFindings } from './findings.ts';
import type { Redactor } from './redactor.ts';

/** Without its commands, which could not be run: findings have them with pseudonyms, to be read. */
export function redactedPlan(
  { steps, resolves, left, simulated }: NonNullable<Report['plan']>,
  r: Redactor,
  findings: RedactedFindings,
): NonNullable<Report['plan']> {
  const digests = (all: readonly string[]) => all.map((one) => r.digest(one));
  const about = (fingerprints: readonly string[]) => {
    r.begin();
    findings.include(fingerprints);
  };
  return {
    steps: steps.map(({ id, does, side, needs, resolves: own }) => {
      about(own);
      return {
        id: r.digest(id),
        does: r.text(does),
        side,
        needs: digests(needs),
        resolves: digests(own),
        commands: [],
      };
    }),
    resolves: digests(resolves),
    left: left.map(({ fingerprint, because }) => {
      about([fingerprint]);
      return { fingerprint: r.digest(fingerprint), because: r.text(because) };
    }),
    simulated,
  };
}

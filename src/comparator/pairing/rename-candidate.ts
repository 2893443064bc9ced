import { compareText, firstOf } from '../../inventory/order.ts';
import type { RenameCandidateFacts } from '../../report/rules/shared.ts';
import { listed } from '../../text/lists.ts';

/** An object of another name that may be the missing one. Offered, never paired. */
export type RenameCandidate = RenameCandidateFacts;

/** The evidence that two objects correspond. */
export interface Likeness {
  readonly confidence: 'high' | 'medium';
  readonly because: readonly string[];
}

/**
 * The three best. Where several fit equally well, or (`rivals`) several missing objects fit one candidate, none is sure.
 * `rivals` counts the missing objects that it fits with high confidence, this one among them.
 */
export function bestCandidates(
  found: readonly (Likeness & Pick<RenameCandidate, 'name' | 'config'> & { readonly rivals: number })[],
): RenameCandidate[] {
  const certain = found.filter((f) => f.confidence === 'high').length;
  return found
    .map(
      ({ name, config, because, confidence, rivals }): RenameCandidate => ({
        name,
        confidence: confidence === 'high' && certain === 1 && rivals === 1 ? 'high' : 'medium',
        because,
        config,
      }),
    )
    .sort((a, b) =>
      firstOf(
        Number(b.confidence === 'high') - Number(a.confidence === 'high'),
        b.because.length - a.because.length,
        compareText(a.name, b.name),
      ),
    )
    .slice(0, 3);
}

/** The sentence that offers a candidate, with a blank before it. */
export function candidateText({ name, confidence, because }: RenameCandidate): string {
  return ` It may be "${name}" (${confidence} confidence: ${listed(because)}).`;
}

/** What to add to the config where the candidate is the missing object. */
export function candidateRemedy({ config }: RenameCandidate): string {
  return `If the two correspond, add to ec2-parity.config.yaml:  ${config.replace('\n', '   and   ')}`;
}
